"""Two things timed in turn. Machines are noisy for seconds at a time, so only neighbours are compared."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Timed = Callable[[], float]  # does its work and returns how many seconds it took


@dataclass(frozen=True)
class Pairs:
    """Seconds of each round; the same round of both lies side by side in time."""

    ours: tuple[float, ...]
    others: tuple[float, ...]

    @property
    def times_as_long(self) -> float:
        """As many times longer do we take."""
        return median(one / other for one, other in zip(self.ours, self.others, strict=True))

    @property
    def share_of_speed(self) -> float:
        """So large a part of the other's speed is ours."""
        return median(other / one for one, other in zip(self.ours, self.others, strict=True))

    def rates(self, count: int, what: str) -> str:
        """'12.3 and 15.4 saves/s', of rounds in which `count` of them happen."""
        return f"{count / median(self.ours):,.1f} and {count / median(self.others):,.1f} {what}/s"

    def times(self) -> str:
        return f"{_seconds(median(self.ours))} and {_seconds(median(self.others))}"


def in_turn(ours: Timed, others: Timed, *, rounds: int, warm: bool = True) -> Pairs:
    """Who goes first changes from round to round. With `warm`, one round of each goes before and is not counted."""
    if warm:
        ours(), others()
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            taken[which].append((ours, others)[which]())
    return Pairs(tuple(taken[0]), tuple(taken[1]))


def timed(work: Callable[[], object]) -> Timed:
    def run() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return run


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"
