"""Verbs on a list of people before its import: keep it for the check, read it otherwise, correct it, forget it."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.jobs import registry
from core.jobs.actions import ask
from core.jobs.runs import Run
from core.quotas.actions import spend
from spaces.access import lock_workspace
from spaces.actions.groups import check_is_shared
from spaces.importing.actions.remembering import FORGET_IMPORT
from spaces.importing.actions.undoing import forget as forget_import
from spaces.importing.kept import chosen_for, how_else, mark_of_heading, remembered, rows_of, stored
from spaces.importing.people.columns import ROWS_ABOVE, Chosen, columns_of
from spaces.importing.people.headings import Field
from spaces.importing.table.reading import Choice, Reading, read
from spaces.importing.table.rows import Row, packed
from spaces.models import LIST_LASTS, ListShape, PeopleList, Workspace

FORGET_LIST = "spaces.forget_list"  # subject: the list


@transaction.atomic
def keep_list(
    *, workspace: Workspace, content: bytes, reading: Reading, source: str, by: User, now: datetime.datetime
) -> PeopleList:
    """Nothing enters the workspace yet; after a day the list is deleted."""
    check_is_shared(workspace)
    spend("imports", person=by.pk, workspace=workspace.pk)
    people_list = PeopleList(workspace=workspace, user=by, source=source[:200], created_at=now)
    _take(people_list, content, reading)
    people_list.save()
    ask(kind=FORGET_LIST, subject=people_list.public_id, by=by, not_before=now + LIST_LASTS)
    return people_list


def _take(people_list: PeopleList, content: bytes, reading: Reading) -> None:
    """Its rows as they were read, with what is remembered of lists of the same shape."""
    people_list.rows, people_list.reading = packed(reading.rows), stored(reading)
    people_list.content = content if how_else(reading) else b""
    people_list.reading |= remembered(people_list.workspace, reading.rows)


@transaction.atomic
def read_anew(*, people_list: PeopleList, choice: Choice) -> None:
    """The same file in another way. Raises a ValidationError where that gives no list."""
    lock_workspace(people_list.workspace)
    people_list.refresh_from_db()
    content = bytes(people_list.content)
    reading = read(content, choice)
    columns_of(reading.rows)
    _take(people_list, content, reading)
    people_list.save(update_fields=["rows", "reading", "content"])


@transaction.atomic
def take_columns(
    *, people_list: PeopleList, fields: Mapping[int, Field | None], heading: int, by_managers: bool
) -> None:
    """What somebody says of the columns; it is remembered for lists with the same heading."""
    workspace = lock_workspace(people_list.workspace)
    people_list.refresh_from_db()
    rows = rows_of(people_list)
    before = columns_of(rows, chosen_for(people_list))
    if heading != before.heading_at:
        fields = {}  # other columns than those that were seen
        if before.heading:
            ListShape.objects.filter(workspace=workspace, mark=mark_of_heading(before.heading)).delete()
    columns = columns_of(rows, Chosen(fields, heading))
    said = {"columns": dict(fields), "heading": heading, "by_managers": by_managers}
    people_list.reading |= said | {"is_remembered": False}
    people_list.save(update_fields=["reading"])
    if columns.heading:
        ListShape.objects.update_or_create(
            workspace=workspace, mark=mark_of_heading(columns.heading), defaults={"fields": dict(fields)}
        )


@transaction.atomic
def correct_list(*, people_list: PeopleList, rows: Sequence[Row]) -> None:
    """What is written in it now."""
    lock_workspace(people_list.workspace)
    people_list.refresh_from_db()
    people_list.reading = _still_said(people_list, rows)
    people_list.rows, people_list.content = packed(rows), b""
    people_list.save(update_fields=["rows", "reading", "content"])


def _still_said(people_list: PeopleList, rows: Sequence[Row]) -> dict[str, Any]:
    """How its columns were read and what was said of them, as long as its heading stays, or none comes."""
    before, chosen = rows_of(people_list), chosen_for(people_list)
    columns = columns_of(before, chosen)
    cells = [row.cells for row in rows]
    if columns.heading:
        at = cells.index(columns.heading.cells) if columns.heading.cells in cells[: ROWS_ABOVE + 1] else None
    else:
        is_same = not {row.cells for row in before}.isdisjoint(cells)
        at = -1 if is_same and (chosen.heading == -1 or columns_of(rows).heading is None) else None
    if at is None:
        return {}
    return {"columns": {**columns.fields, **chosen.fields}, "heading": at, "by_managers": chosen.by_managers}


def forget(run: Run) -> None:
    PeopleList.objects.filter(public_id=run.job.subject).delete()


def register_all() -> None:
    registry.register(
        registry.Kind(
            name=FORGET_LIST,
            run=forget,
            label=gettext_lazy("The deletion of a list"),
            can_see=lambda user, job: False,
            done_url=lambda job: None,
        )
    )
    registry.register(
        registry.Kind(
            name=FORGET_IMPORT,
            run=forget_import,
            label=gettext_lazy("The end of taking an import back"),
            can_see=lambda user, job: False,
            done_url=lambda job: None,
        )
    )
