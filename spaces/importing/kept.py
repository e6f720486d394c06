"""A list between its check and its import: how it was read, and what somebody said of its columns."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from spaces.importing.people.columns import ROWS_ABOVE, Chosen, columns_of
from spaces.importing.people.headings import plain
from spaces.importing.table.reading import Choice, Reading
from spaces.importing.table.rows import Row, unpacked
from spaces.models import ListShape, PeopleList, Workspace


@dataclass(frozen=True)
class HowRead:
    """What a list's row keeps of its reading."""

    choice: Choice = field(default_factory=Choice)
    encodings: Mapping[str, str] = field(default_factory=dict)  # code → words as they read in it
    sheets: Mapping[str, int] = field(default_factory=dict)  # name → rows
    hidden: int = 0


def how_else(reading: Reading) -> bool:
    """Whether the file can be read in another way."""
    return bool(reading.encodings or reading.sheets or reading.hidden)


def stored(reading: Reading) -> dict[str, Any]:
    return {
        "choice": asdict(reading.choice),
        "encodings": reading.encodings,
        "sheets": reading.sheets,
        "hidden": reading.hidden,
    }


def how_read(people_list: PeopleList) -> HowRead:
    kept = people_list.reading
    if not people_list.content or "choice" not in kept:
        return HowRead()
    return HowRead(Choice(**kept["choice"]), kept["encodings"], kept["sheets"], kept["hidden"])


def chosen_for(people_list: PeopleList) -> Chosen:
    """What was said of this list's columns."""
    kept = people_list.reading.get("columns", {})
    fields = {int(column): said for column, said in kept.items()}
    reading = people_list.reading
    return Chosen(fields, reading.get("heading"), reading.get("by_managers", False))


def remembered(workspace: Workspace, rows: Sequence[Row]) -> dict[str, Any]:
    """Which of the first rows was a heading the last time, and what the columns under it were taken for."""
    guessed = columns_of(rows).heading_at
    marks = {at: mark_of_heading(row) for at, row in enumerate(rows[:ROWS_ABOVE])}
    shapes = ListShape.objects.filter(workspace=workspace, mark__in=marks.values())
    fields = {shape.mark: shape.fields for shape in shapes}
    known = [at for at in sorted(marks, key=lambda at: at != guessed) if marks[at] in fields]
    return {"columns": fields[marks[known[0]]], "heading": known[0], "is_remembered": True} if known else {}


def mark_of_heading(heading: Row) -> str:
    """Of lists from the same system."""
    return hashlib.sha256("\n".join(map(plain, heading.cells)).encode()).hexdigest()


def rows_of(people_list: PeopleList) -> Sequence[Row]:
    return unpacked(people_list.rows)
