"""Child processes that live and die together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

GRACE = 10  # seconds between asking a child to stop and ending it
STARTS = 10  # of one child in one run
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    name: str
    command: list[str]
    options: dict
    holds_others: bool
    starts: int = 0

    def start(self) -> None:
        """A session of its own keeps the terminal's Ctrl-C away: the family decides who stops when."""
        command, options = self.command, self.options
        self.process = subprocess.Popen(command, start_new_session=True, preexec_fn=_stop_with_parent, **options)  # noqa: PLW1509
        self.starts += 1

    def ask_to_stop(self) -> None:
        self.process.terminate()

    def stop(self) -> None:
        """Ask, wait, then end the whole process group, so that nothing stays behind."""
        self.ask_to_stop()
        self.wait()

    def wait(self) -> None:
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self._end_group()
            self.process.wait()

    def _end_group(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


class Family:
    """Started one after the other; asked to stop all at once when the block ends, before those that hold others."""

    def __init__(self) -> None:
        self.children: list[Child] = []

    def __enter__(self) -> "Family":
        return self

    def __exit__(self, *_: Any) -> None:
        held = [child for child in reversed(self.children) if not child.holds_others]
        for child in held:
            child.ask_to_stop()
        for child in held:
            child.wait()
        for child in self.children:
            if child.holds_others:
                child.stop()

    def start(self, name: str, command: list[str], *, holds_others: bool = False, **options: Any) -> None:
        child = Child(name, command, options, holds_others)
        child.start()
        self.children.append(child)

    def revive(self, name: str) -> bool:
        """Start a child that has ended once more; False when that has been done often enough."""
        child = next(child for child in self.children if child.name == name)
        if child.starts >= STARTS:
            return False
        child.stop()  # what is left of its group
        child.start()
        return True

    def dead(self) -> str | None:
        """The name of a child that has ended by itself."""
        return next((child.name for child in self.children if child.process.poll() is not None), None)

    def wait_until(self, ready: Callable[[], object], *, seconds: float) -> bool:
        """True as soon as `ready()`; False when a child has ended or the time is up."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.dead():
            if ready():
                return True
            time.sleep(0.1)
        return False


def _stop_with_parent() -> None:
    """On Linux the kernel asks the child to stop when its parent is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
