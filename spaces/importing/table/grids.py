"""One sheet of what was brought, as its program shows it: texts in rows. Text has one sheet, without a name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

MOST_COLUMNS = 50
LONGEST_CELL = 10_000  # characters


class TooHeavy(Exception):
    """More than a list of people can need."""


@dataclass(frozen=True)
class Line:
    number: int  # as its program counts
    cells: list[str]
    is_hidden: bool = False  # by a filter, or by hand
    sheet: str = ""  # only where several sheets are one list


@dataclass(frozen=True)
class Grid:
    name: str
    lines: list[Line]
    is_hidden: bool = False


@dataclass(frozen=True)
class Merged:
    """Cells that are shown as one. Only how far down they reach matters: a name beside several rows is said of each."""

    first: int
    last: int
    column: int  # from 0


def filled_down(lines: Iterable[Line], merged: Iterable[Merged]) -> list[Line]:
    """With the text of merged cells in each of their rows that holds something."""
    by_number = {line.number: line for line in lines}
    for one in merged:
        top = by_number.get(one.first)
        text = top.cells[one.column] if top and one.column < len(top.cells) else ""
        if not text:
            continue
        for number in _among(by_number, one):
            line = by_number[number]
            cells = line.cells + [""] * (one.column + 1 - len(line.cells))
            cells[one.column] = text
            by_number[number] = replace(line, cells=cells)
    return list(by_number.values())


def _among(lines: dict[int, Line], one: Merged) -> Iterator[int]:
    """The rows below its first that are there, however far it claims to reach."""
    if one.last - one.first > len(lines):
        return (number for number in list(lines) if one.first < number <= one.last)
    return (number for number in range(one.first + 1, one.last + 1) if number in lines)
