"""A file that was brought, as a source; or everything that is wrong in it, by line and column or by cell."""

from typing import Any

from django.utils.translation import gettext as _

from diagnostics.checklists.drafting import settled
from diagnostics.checklists.files.faults import Fault, Unreadable
from diagnostics.checklists.files.in_workbook import form_in_workbook
from diagnostics.checklists.files.in_yaml import form_in_yaml
from diagnostics.checklists.schema import Malformed, Path, source_of
from diagnostics.checklists.source import Source
from spaces.importing.table.reading import is_archive, is_old_workbook

MOST_BYTES = 2 * 1024 * 1024


def source_in(content: bytes) -> Source:
    """Of YAML or a workbook, whatever its name says. Raises Unreadable."""
    form, places = _form_in(content)
    if not form:
        raise Unreadable([Fault("", _("The file is empty. Download a checklist from TRACE to see what it holds."))])
    try:
        return settled(source_of(form))
    except Malformed as malformed:
        raise Unreadable(Fault(_place(one.path, places), one.sentence) for one in malformed.problems) from None


def _form_in(content: bytes) -> tuple[Any, dict[Path, str]]:
    if len(content) > MOST_BYTES:
        raise Unreadable([Fault("", _("The file is larger than 2 MB. A checklist has some hundred kB at most."))])
    if is_old_workbook(content):
        raise Unreadable([Fault("", _("This workbook has an old format or a password. Save it as .xlsx without one."))])
    if is_archive(content):
        return form_in_workbook(content)
    try:
        return form_in_yaml(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(
            [Fault("", _("This is neither a workbook nor text in UTF-8. Save it as .xlsx or as YAML."))]
        ) from None


def _place(path: Path, places: dict[Path, str]) -> str:
    """Of the part itself, or of what it should stand in."""
    while path not in places and path:
        path = path[:-1]
    return places.get(path, "")
