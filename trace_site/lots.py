"""What respondents do, counted so that no figure tells when one of them came.

Each figure grows by whole lots of many, in full quarters of an hour. What does not fill a lot waits for the next, in
the memory of its process alone; a process that ends takes it along. So the figures of a small site hardly move, and
those of a large one are right within a lot for each process.
"""

import threading
import time
from collections.abc import Callable

QUARTER = 900.0  # seconds
LOT = {"save": 1_000, "submit": 50}  # of a person's many pages and answers, and of people
OTHERS = 500

Seen = tuple[str, float]  # outcome, seconds


class Lots:
    def __init__(self, count: Callable[[str, str, float], object]) -> None:
        self.count = count  # (room, outcome, seconds)
        self.waiting: dict[str, list[Seen]] = {}
        self.lock = threading.Lock()
        self.clock: threading.Thread | None = None

    def add(self, room: str, outcome: str, seconds: float) -> None:
        with self.lock:
            self.waiting.setdefault(room, []).append((outcome, seconds))
            if self.clock is None:
                self.clock = threading.Thread(target=self._release_on_time, daemon=True)
                self.clock.start()

    def release(self) -> None:
        """The oldest, as many whole lots as there are; nobody's request decides when."""
        with self.lock:
            full = {room: len(seen) - len(seen) % LOT.get(room, OTHERS) for room, seen in self.waiting.items()}
            out = {room: self.waiting[room][:number] for room, number in full.items()}
            self.waiting = {room: seen[full[room] :] for room, seen in self.waiting.items()}
        for room, seen in out.items():
            for outcome, seconds in seen:
                self.count(room, outcome, seconds)

    def _release_on_time(self) -> None:
        while True:
            time.sleep(QUARTER - time.time() % QUARTER)
            self.release()
