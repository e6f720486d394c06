"""Real servers and workers, killed in the middle: fifty links make fifty ballots, and a survey closes once."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import pytest

from tests.core.jobs.test_faults import signal_all
from tests.stage import (
    ROOT,
    Unavailable,
    clean_environment,
    comes_true,
    connect,
    free_port,
    new_database,
    temp_redis,
)
from tests.surveys_loop.posting import post

pytestmark = pytest.mark.faults

PATIENCE = 90  # seconds
MODULE = "tests.surveys_loop.slow_closing"
STEPS = ("opened_ballots", "publication_of", "store", "destroy_keys")
LINKS, PRESSES = 50, 20
KILLS = (1 / 4, 1 / 2, 3 / 4)  # of the way
PEOPLE, AROUND = 200, 2  # seconds before and after the close


@dataclass
class Place:
    """A folder with keys, a database and a broker: what web servers and workers share."""

    var: Path
    environment: dict[str, str]

    def run(self, *words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def do(self, command: str, *words: str) -> dict:
        return json.loads(self.run("-m", MODULE, command, *words))

    def value(self, query: str):
        with closing(connect(self.environment["DATABASE_URL"])) as database, closing(database.cursor()) as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0]

    @contextmanager
    def process(self, *words: str) -> Iterator[subprocess.Popen]:
        with (self.var / "log").open("a") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield started
        finally:
            signal_all(started, signal.SIGKILL)

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen]:
        schedule = ["--schedule", str(self.var / f"schedule-{os.urandom(4).hex()}")]
        with self.process("celery", "-A", MODULE, "worker", "--beat", "--concurrency", "1", *schedule) as started:
            yield started

    def log(self) -> str:
        return (self.var / "log").read_text()[-3000:]


@pytest.fixture
def place(tmp_path, prepared_database) -> Iterator[Place]:
    with new_place(tmp_path, prepared_database) as found:
        yield found


@contextmanager
def new_place(folder: Path, prepared: str) -> Iterator[Place]:
    with ExitStack() as stack:
        try:
            broker = stack.enter_context(temp_redis())
        except Unavailable as reason:
            pytest.skip(str(reason))
        database = stack.enter_context(new_database(folder, like=prepared))
        settings = {"VAR": str(folder), "DATABASE_URL": database, "REDIS_URL": broker, "PORT": str(free_port())}
        yield Place(folder, clean_environment(**settings))


# --- Submitting ---------------------------------------------------------------------------------------


@dataclass
class Crowd:
    """Twenty people who press the button of every link, again and again until a page answers."""

    survey: str
    port: int
    pressed: int = 0
    refused: int = 0  # connections that a dying server broke
    lock: Lock = field(default_factory=Lock)
    on_the_way: dict = field(default_factory=dict)  # press → what is done then

    def press(self, token: str, *, at: float = 0.0) -> str:
        """Where the button leads to; `at`: not before that moment."""
        time.sleep(max(0.0, at - time.monotonic()))
        self._count()
        for _ in range(10):
            try:
                return post(self.port, self.survey, token, "submit", {"matters_most": "", "to": "submit"})
            except (OSError, http.client.HTTPException):
                self.refused += 1
        return "nowhere"

    def _count(self) -> None:
        with self.lock:
            self.pressed += 1
            self.on_the_way.pop(self.pressed, lambda: None)()


@contextmanager
def web(place: Place) -> Iterator[subprocess.Popen]:
    """Two web workers of four threads."""
    port = int(place.environment["PORT"])
    shape = ["--workers=2", "--worker-class=gthread", "--threads=4", "--no-control-socket", f"--bind=127.0.0.1:{port}"]
    with place.process("gunicorn", "trace_site.wsgi", *shape) as master:
        assert comes_true(lambda: len(workers_of(master)) == 2 and _answers(port), seconds=PATIENCE), place.log()
        yield master


def _answers(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", "/")
            return connection.getresponse().status == 200
    except OSError:
        return False


def workers_of(master: subprocess.Popen) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()]


@pytest.mark.proof
def test_fifty_links_pressed_twenty_times_at_once_make_fifty_ballots_though_servers_die(place, figure):
    prepared, killed = place.do("saved_by_fifty"), set()

    def kill_one() -> None:
        killed.add(victim := random.choice(workers_of(master)))
        os.kill(victim, signal.SIGKILL)

    with web(place) as master, ThreadPoolExecutor(PRESSES) as people:
        moments = [int(LINKS * PRESSES * part) for part in KILLS]
        crowd = Crowd(prepared["survey"], int(place.environment["PORT"]), on_the_way=dict.fromkeys(moments, kill_one))
        links = [token for token in prepared["tokens"] for _ in range(PRESSES)]
        ends = set(people.map(crowd.press, links))
        assert comes_true(lambda: len(workers_of(master)) == 2, seconds=PATIENCE)
        assert len(killed) == len(KILLS)
        assert killed.isdisjoint(workers_of(master))

    assert ends == {f"302 /answer/{prepared['survey']}/thanks/"}, place.log()
    assert place.value("SELECT count(*) FROM diagnostics_ballot") == LINKS
    assert place.value("SELECT count(DISTINCT tag) FROM diagnostics_ballot") == LINKS
    assert place.value("SELECT count(*) FROM diagnostics_draft") == 0
    figure(
        "exactly once", f"{LINKS} links × {PRESSES} presses, {len(KILLS)} kills, {engine(place)}", f"{LINKS} ballots"
    )


def engine(place: Place) -> str:
    return place.environment["DATABASE_URL"].partition(":")[0]


@pytest.mark.proof
def test_two_hundred_who_hand_in_around_the_close_are_counted_where_they_are_thanked(place, figure):
    prepared = place.do("saved_by_two_hundred")
    with web(place), place.worker(), ThreadPoolExecutor(16) as people:
        begin = time.monotonic() + 3 * AROUND  # which gives the one who stops it time to start
        crowd = Crowd(prepared["survey"], int(place.environment["PORT"]))
        stopped = people.submit(place.do, "stopped_for_good", str(begin + AROUND))
        moments = sorted(begin + random.uniform(0, 2 * AROUND) for _ in range(PEOPLE))
        ends = list(
            people.map(lambda one: crowd.press(one[0], at=one[1]), zip(prepared["tokens"], moments, strict=True))
        )
        stopped.result()
        assert comes_true(lambda: status(place) == "closed", seconds=PATIENCE), place.log()

    thanked = ends.count(f"302 /answer/{prepared['survey']}/thanks/")
    ledger = place.value("SELECT ledger FROM reports_edition")
    counted = (json.loads(ledger) if isinstance(ledger, str) else ledger)["n"]
    assert 0 < thanked < PEOPLE
    assert thanked == counted
    figure("exactly once", f"{PEOPLE} around the close, {engine(place)}", f"{thanked} thanked, {counted} counted")


# --- Closing --------------------------------------------------------------------------------------------


def test_a_close_whose_workers_are_killed_one_after_another_ends_in_the_same_hash(place):
    place.do("answered_by_twenty")
    expected = place.do("stopped")["hash"]
    stand_at, stands = place.var / "stand-at", place.var / "stands"
    for step in STEPS:
        stand_at.write_text(step)
        with place.worker() as worker:
            stood = comes_true(lambda: stands.exists() and stands.read_text() == step, seconds=PATIENCE)  # noqa: B023
            assert stood, place.log()
            signal_all(worker, signal.SIGKILL)
    stand_at.unlink()
    with place.worker():
        assert comes_true(lambda: status(place) == "closed", seconds=PATIENCE), place.log()

    assert place.value("SELECT count(*) FROM reports_edition") == 1
    assert place.value("SELECT content_hash FROM reports_edition") == expected
    assert place.value("SELECT count(*) FROM diagnostics_ballot") == 0
    assert place.value("SELECT deaths FROM jobs_job WHERE kind = 'close_survey'") == len(STEPS)
    assert not list((place.var / "keys").glob("*.key"))


def status(place: Place) -> str:
    return place.value("SELECT status FROM diagnostics_survey")
