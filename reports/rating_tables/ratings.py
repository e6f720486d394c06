"""From a table of text to ratings: one row per person (wide), or one row per rating (long)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from reports.rating_tables.cells import CellMap
from reports.rating_tables.table import Malformed, Problem, Table
from reports.scoring import CellKey

DONT_KNOW, BLANK = 0.0, float("nan")
VALUES = {
    "": BLANK,
    "na": BLANK,
    "dk": DONT_KNOW,
    "n/a": DONT_KNOW,
    "don't know": DONT_KNOW,
    "don’t know": DONT_KNOW,
    **{f"{rating}{end}": float(rating) for rating in range(6) for end in ("", ".0")},
}
PERSON, GROUP, RATER, STATEMENT, RATING = "person", "group", "rater", "statement", "rating"
LONG = {STATEMENT, RATING}
MAX_PARTS = 1_000  # groups times rater categories
SHOWN_AT_MOST = 40  # characters of what is wrong

Who = tuple[str, str, str]  # person, group, rater category; "" where the table has no such column


@dataclass(frozen=True)
class Ratings:
    """Who gave what. One row per person, group and rater category, in the order of the table."""

    groups: tuple[str | None, ...]  # None where the table names none
    raters: tuple[str | None, ...]
    given: pd.DataFrame = field(repr=False)  # columns = statements in the order of the instrument; 1–5, 0, NaN
    cells: dict[CellKey, tuple[str, ...]]

    @property
    def valid(self) -> pd.DataFrame:
        """1–5, NaN for "don't know" too."""
        return self.given.where(self.given != DONT_KNOW)


def ratings_of(table: Table, cells: CellMap) -> Ratings:
    """The ratings of a wide or a long table, told apart by the headings. Raises Malformed, naming every line.

    Wide: a column for each statement, and, if wanted, person, group and rater. Long: person, statement and rating, and,
    if wanted, group and rater.

    >>> from reports.rating_tables.table import read_table
    >>> wide = ratings_of(read_table(b"group,T1.team,T2.team\\nnorth,4,DK\\nsouth,,2\\n"), CellMap())
    >>> wide.groups, wide.given.to_numpy().tolist()
    (('north', 'south'), [[4.0, 0.0], [nan, 2.0]])
    >>> long = b"person,statement,rating\\np1,T1.team,4\\np2,T1.team,5\\np1,T2.team,2\\n"
    >>> ratings_of(read_table(long), CellMap()).given.to_numpy().tolist()
    [[4.0, 2.0], [5.0, nan]]
    """
    read = _long if LONG & set(table.heading_names) else _wide
    return read(table, cells)


def _wide(table: Table, cells: CellMap) -> Ratings:
    places = {at: name for at, name in enumerate(table.heading) if name.casefold() not in (PERSON, GROUP, RATER)}
    problems = [Problem(1, _no_statement(name, cells)) for name in places.values() if cells.cell_of(name) is None]
    if not places:
        problems.append(Problem(1, "No column holds ratings. Name columns like “T1.team”; for others see --help."))
    problems.extend(table.problems)
    seen: dict[Who, int] = {}
    values = np.full((len(table.rows), len(places)), BLANK)
    people = []
    for number, row in enumerate(table.rows):
        who, wrong = _who(table, row.values)
        if who[0] and (line := seen.setdefault(who, row.line)) != row.line:
            wrong.append(f"{_named(who)} stands in line {line} already. Keep one of both lines.")
        for column, (at, statement) in enumerate(places.items()):
            if (value := VALUES.get(row.values[at].casefold())) is None:
                wrong.append(_no_rating(row.values[at], statement))
            else:
                values[number, column] = value
        people.append(who)
        problems.extend(Problem(row.line, what) for what in wrong)
    if problems:
        raise Malformed(problems)
    return _ratings(people, pd.DataFrame(values, columns=list(places.values())), cells)


def _long(table: Table, cells: CellMap) -> Ratings:
    if missing := list(_problems_of_long_heading(table)):
        raise Malformed([*missing, *table.problems])
    at_statement, at_rating = (table.heading_names.index(name) for name in (STATEMENT, RATING))
    problems = list(table.problems)
    rows: dict[Who, int] = {}
    columns: dict[str, int] = {}
    found: dict[tuple[int, int], tuple[float, int]] = {}  # (row, column) → value and line
    for row in table.rows:
        who, wrong = _who(table, row.values)
        statement, rating = row.values[at_statement], row.values[at_rating]
        value = VALUES.get(rating.casefold())
        if cells.cell_of(statement) is None:
            wrong.append(_no_statement(statement, cells))
        if value is None:
            wrong.append(_no_rating(rating, statement))
        elif not wrong:
            place = rows.setdefault(who, len(rows)), columns.setdefault(statement, len(columns))
            _value, line = found.setdefault(place, (value, row.line))
            if line != row.line:
                wrong.append(f"{_named(who)} rates {statement} in line {line} already. Keep one of both lines.")
        problems.extend(Problem(row.line, what) for what in wrong)
    if problems:
        raise Malformed(problems)
    values = np.full((len(rows), len(columns)), BLANK)
    for place, (value, _line) in found.items():
        values[place] = value
    return _ratings(list(rows), pd.DataFrame(values, columns=list(columns)), cells)


def _ratings(people: Sequence[Who], given: pd.DataFrame, cells: CellMap) -> Ratings:
    parts = len({(group, rater) for _person, group, rater in people})
    if parts > MAX_PARTS:
        ought = (
            f"at most {MAX_PARTS:,} are scored at once. Look whether the columns are the right ones, or split the file."
        )
        raise Malformed([Problem(0, f"{parts:,} groups and rater categories are named; {ought}")])
    ordered = cells.in_order(given.columns)
    statements = [statement for inside in ordered.values() for statement in inside]
    return Ratings(
        groups=tuple(group or None for _person, group, _rater in people),
        raters=tuple(rater or None for _person, _group, rater in people),
        given=given[statements],
        cells=ordered,
    )


def _problems_of_long_heading(table: Table) -> Iterator[Problem]:
    names = table.heading_names
    for name in (PERSON, STATEMENT, RATING):
        if name not in names:
            yield Problem(1, f"A table with one rating a line has the column “{name}”. Add it.")
    for shown, name in zip(table.heading, names, strict=True):
        if name not in (PERSON, GROUP, RATER, STATEMENT, RATING):
            yield Problem(1, f"“{shown}” is none of person, statement, rating, group and rater. Take the column out.")


def _who(table: Table, values: Sequence[str]) -> tuple[Who, list[str]]:
    """And what of it is missing, though the table has a column for it."""
    told = {name: values[at] for at, name in enumerate(table.heading_names) if name in (PERSON, GROUP, RATER)}
    wrong = [f"The {name} is missing. Fill it in, or take the line out." for name, value in told.items() if not value]
    return (told.get(PERSON, ""), told.get(GROUP, ""), told.get(RATER, "")), wrong


def _named(who: Who) -> str:
    person, *others = who
    where = ", ".join(other for other in others if other)
    return f"“{person}” ({where})" if where else f"“{person}”"


def _no_statement(name: str, cells: CellMap) -> str:
    if cells.of is not None:
        return f"“{_short(name)}” has no cell. Give it one in the table of cells, or take it out."
    looks = "which look like “T1.team”. Mend the name, give its cell with --cells, or take it out."
    return f"“{_short(name)}” is no statement of TRACE, {looks}"


def _no_rating(value: str, statement: str) -> str:
    return f"“{_short(value)}” for {_short(statement)} is no rating. Write 1 to 5, DK for “don’t know”, or nothing."


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_AT_MOST else f"{text[:SHOWN_AT_MOST]}…"
