"""Whether the folder of keys is the one it was: a disk that is not mounted, or another one, looks like an empty store.

Workers ask, who alone can enter it; what they found stands in the database for everybody else.
"""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import models, transaction

from core.keys.files import is_within_reach, write_file
from core.keys.models import Mark

FILE = ".mark"


class Found(models.TextChoices):
    OK = "ok"
    EMPTY = "empty", "no survey has asked for keys yet"
    SHUT = "shut", "cannot be read by the workers"
    GONE = "gone", "is not there, though it was"
    OTHER = "other", "is another folder than the one that this site has used so far"


FIT = {Found.OK, Found.EMPTY}  # to be used


def found() -> Found:
    """Changes nothing."""
    folder = Path(settings.KEY_STORE)
    noted = Mark.objects.order_by("pk").first()
    if not folder.is_dir():
        return Found.GONE if noted else Found.EMPTY
    if not is_within_reach():
        return Found.SHUT
    return Found.OK if noted is None or _read(folder) == noted.text else Found.OTHER


def look() -> Found:
    """Marks a store that is new to a site without one."""
    folder = Path(settings.KEY_STORE)
    if (said := found()) == Found.OK and not Mark.objects.exists():
        _mark(folder)
    return said


def accept() -> Found:
    """The folder as it is now is the store, for instance after a restoration."""
    with transaction.atomic():
        Mark.objects.all().delete()
        return look()


def _mark(folder: Path) -> None:
    text = _read(folder) or _write(folder)
    with transaction.atomic():
        if not Mark.objects.exists():
            Mark.objects.create(text=text)


def _read(folder: Path) -> str:
    try:
        return (folder / FILE).read_text()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _write(folder: Path) -> str:
    """Written aside and linked, so that of several workers each reads the same."""
    aside = folder / f".{secrets.token_hex(8)}"
    write_file(aside, secrets.token_hex(16).encode())
    try:
        os.link(aside, folder / FILE)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    return _read(folder)
