import threading
import time
from contextlib import ExitStack

from core.accounts.turns import in_turn


def test_the_second_waits_for_the_first():
    events = []

    def second():
        with in_turn("key"):
            events.append("second")

    with in_turn("key"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.2)
        events.append("first")
    thread.join()
    assert events == ["first", "second"]


def test_patience_ends():
    began = time.monotonic()
    with in_turn("key"), in_turn("key", patience=0.2):
        assert time.monotonic() - began >= 0.2


def test_whoever_gave_up_waiting_frees_nothing():
    with in_turn("key"):
        with in_turn("key", patience=0.2):
            pass
        assert waits_for("key")
    assert not waits_for("key")


def test_whoever_held_on_for_too_long_frees_nothing():
    with ExitStack() as second, ExitStack() as first:
        first.enter_context(in_turn("key", patience=0.5))
        time.sleep(0.6)
        second.enter_context(in_turn("key"))
        first.close()
        assert waits_for("key")


def waits_for(key: str) -> bool:
    began = time.monotonic()
    with in_turn(key, patience=0.2):
        return time.monotonic() - began >= 0.2


def test_others_do_not_wait():
    with in_turn("key"):
        began = time.monotonic()
        with in_turn("another key"):
            assert time.monotonic() - began < 1
