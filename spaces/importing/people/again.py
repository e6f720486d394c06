"""Some rows of a list, so that they are understood again without the others."""

from collections.abc import Container
from dataclasses import dataclass, replace

from spaces.importing.people.columns import HEADING_OF
from spaces.importing.people.headings import Field, field_of
from spaces.importing.people.plan import Plan
from spaces.importing.table.rows import Row


@dataclass(frozen=True)
class Again:
    heading: Row
    rows: list[Row]
    fields: dict[int, Field]


def again(plan: Plan, places: Container[str]) -> Again:
    """With a heading that says what was read from where, and with the groups that were made of who reports to whom."""
    entries = [entry for entry in plan.entries if entry.row.place in places]
    heading = plan.columns.heading or Row(0, plan.columns.heading_cells())
    fields, rows = dict(plan.columns.fields), [entry.row for entry in entries]
    if plan.by_managers:
        width = max(len(row.cells) for row in (heading, *rows))
        paths = [" › ".join(entry.group) for entry in entries]
        rows = [_with_cell(row, width, path) for row, path in zip(rows, paths, strict=True)]
        fields[width] = "path"
    for column, said in fields.items():
        if field_of(heading.cell(column)) != said:
            heading = _with_cell(heading, column, HEADING_OF[said])
    return Again(heading, rows, fields)


def _with_cell(row: Row, column: int, text: str) -> Row:
    cells = [*row.cells, *[""] * (column + 1 - len(row.cells))]
    cells[column] = text
    return replace(row, cells=tuple(cells))
