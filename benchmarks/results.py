"""What was measured, held against its goal; a line for each that other programs can read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    limit: float
    is_least: bool

    def __str__(self) -> str:
        return f"{'>=' if self.is_least else '<='}{self.limit:g}"

    def is_met_by(self, value: float) -> bool:
        return value >= self.limit if self.is_least else value <= self.limit


def at_least(limit: float) -> Goal:
    return Goal(limit, is_least=True)


def at_most(limit: float) -> Goal:
    return Goal(limit, is_least=False)


@dataclass(frozen=True)
class Result:
    """`value` counts as it is printed, to two decimals; `aside` holds the absolute figures behind it."""

    name: str
    value: float
    goal: Goal
    aside: str = ""

    @property
    def verdict(self) -> str:
        return "pass" if self.goal.is_met_by(round(self.value, 2)) else "fail"

    @property
    def line(self) -> str:
        return f"bench {self.name} {self.value:.2f} {self.goal} {self.verdict}"


HEADS = ("what", "ratio", "goal", "", "absolute, and only for today's machine")


def table(results: Iterable[Result]) -> Iterator[str]:
    rows = [HEADS, *((one.name, f"{one.value:.2f}", str(one.goal), one.verdict, one.aside) for one in results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
