"""What was pasted or uploaded, as a table."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from spaces.importing.table.decoding import decoded, no_table
from spaces.importing.table.rows import Row
from spaces.importing.table.text import read_text
from spaces.importing.table.workbook import is_archive, is_old_workbook, read_workbook

MOST_BYTES = 2 * 1024 * 1024
BEGINNINGS = (b"%pdf", b"{\\rtf", b"<!doctype", b"<html", b"<?xml")  # in lower case: text, yet no table


def read_pasted(text: str) -> list[Row]:
    _check_size(len(text.encode()))
    return read_text(text)


def read_upload(upload: UploadedFile) -> tuple[list[Row], str]:
    """The rows of a file, and what they were read from; the file's name decides nothing."""
    _check_size(upload.size or 0)
    rows, sheet = read_bytes(upload.read())
    name = upload.name or ""
    return rows, f"{name}, {sheet}" if sheet else name


def read_bytes(content: bytes) -> tuple[list[Row], str]:
    """The rows, and the sheet if there are sheets; a ValidationError with a sentence for every other content."""
    if is_old_workbook(content):
        raise ValidationError(
            _("This workbook has an old format or a password. Save it as .xlsx without a password, or as CSV.")
        )
    if is_archive(content):
        return read_workbook(content)
    if content.lstrip().lower().startswith(BEGINNINGS):
        raise no_table()
    return read_text(decoded(content)), ""


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise ValidationError(_("This list is larger than 2 MB. Cut it in parts and import one after the other."))
