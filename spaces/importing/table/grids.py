"""One sheet of what was brought, as its program shows it: texts in rows. Text has one sheet, without a name."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

MOST_COLUMNS = 50
LONGEST_CELL = 10_000  # characters
MOST_FILLED = 200_000  # cells below the first of merged ones


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
    """With the text of merged cells in each of their rows that holds something. Raises TooHeavy."""
    filled = {line.number: line for line in lines}
    numbers = sorted(filled)
    room = MOST_FILLED
    for one in {(one.first, one.column): one for one in merged}.values():
        top = filled.get(one.first)
        text = top.cells[one.column] if top and one.column < len(top.cells) else ""
        among = slice(bisect_right(numbers, one.first), bisect_right(numbers, one.last))
        if not text or among.stop <= among.start:
            continue
        room -= among.stop - among.start
        if room < 0:
            raise TooHeavy
        for number in numbers[among]:
            line = filled[number]
            cells = line.cells + [""] * (one.column + 1 - len(line.cells))
            cells[one.column] = text
            filled[number] = replace(line, cells=cells)
    return list(filled.values())
