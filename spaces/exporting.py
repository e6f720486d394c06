"""The people of a workspace as a list, in the columns that an import understands."""

import csv
import datetime
import io
from collections.abc import Iterator

import xlsxwriter
from django.utils.translation import gettext as _

from spaces.importing.table.cells import harmless
from spaces.models import Person, Workspace
from spaces.tree import Branch, branches

HEADING = ("Name", "E-mail", "Group", "Language", "Manager", "Manager e-mail")  # in words that every import knows
WIDTHS = (28, 34, 50, 12, 28, 34)
MADE_AT = datetime.datetime(2026, 1, 1)  # of every list, so that the same people give the same bytes
STRINGS_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def as_csv(workspace: Workspace) -> str:
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(HEADING)
    lines.writerows(map(harmless, row) for row in _rows(workspace))
    return "\ufeff" + text.getvalue()  # by which Excel knows UTF-8


def as_workbook(workspace: Workspace) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **STRINGS_ONLY}) as book:
        book.set_properties({"created": MADE_AT})
        sheet, bold = book.add_worksheet(_("People")), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, (name, width) in enumerate(zip(HEADING, WIDTHS, strict=True)):
            sheet.write_string(0, column, name, bold)
            sheet.set_column(column, column, width)
        for number, row in enumerate(_rows(workspace), 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return file.getvalue()


def _rows(workspace: Workspace) -> Iterator[tuple[str, ...]]:
    """By group in the order of the tree, then by name; those without a group last. Three queries."""
    tree = branches(workspace.groups.all())
    by_group: dict[int | None, Branch] = {branch.group.pk: branch for branch in tree}
    order: dict[int | None, int] = {branch.group.pk: number for number, branch in enumerate(tree)}
    people = list(workspace.people.all())
    by_key: dict[int | None, Person] = {person.pk: person for person in people}
    for person in sorted(people, key=lambda one: (order.get(one.group_id, len(tree)), one.name.casefold(), one.pk)):
        branch = by_group.get(person.group_id)
        leader = by_key.get(branch.group.leader_id) if branch else None
        yield (
            person.name,
            person.email,
            _path(branch) if branch else "",
            person.language,
            leader.name if leader else "",
            leader.email if leader else "",
        )


def _path(branch: Branch) -> str:
    """With another mark between the names where one of them has a slash like it."""
    path = " / ".join(group.name for group in (*branch.above, branch.group))
    return path if path.count(" / ") == len(branch.above) else branch.path
