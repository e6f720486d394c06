"""How a worker makes a file: read again, write, store under a random name, and say so in one transaction."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.jobs.models import Job
from core.jobs.runs import GiveUp, Run
from reports.files.kinds import FILE_KINDS, kind_made_by, language_of
from reports.files.models import Document


def make_document(run: Run) -> None:
    """The handler of the job: killed anywhere and run again, it leaves one Document and one file.

    In the language that whoever asked was reading in: the version says which.
    """
    with translation.override(language_of(run.job.version)):
        _make(run)


def _make(run: Run) -> None:
    kind = kind_made_by(run.job)
    folder = folder_of(run.job)
    clear(folder)
    if find(kind, run.job.subject, run.job.version):  # made meanwhile, for a pack
        return
    run.beat(10, _("Reading the result"))
    reading = FILE_KINDS[kind].read(run.job.subject)
    run.beat(30, _("Writing the file"))
    writer = FILE_KINDS[kind].load_writer()
    content = writer(reading, run) if FILE_KINDS[kind].is_pack else writer(reading)
    run.beat(80, _("Keeping the file"))
    with _stored(folder, kind, content) as name, run.finishing():
        if FILE_KINDS[kind].with_comments:
            FILE_KINDS[kind].read(run.job.subject)  # released still: it was read a while ago
        record(kind, run.job.subject, run.job.version, name, content)


def made_document(kind: str, subject: str, *, run: Run) -> Document:
    """The file of this kind as today's writer makes it: the one that is there, or a new one, made on the way of a run.

    Where the run is stopped meanwhile it is kept all the same, unless another worker has begun to clear the folder.
    """
    version = FILE_KINDS[kind].spoken
    made = find(kind, subject, version)
    if made:
        return made
    with translation.override(language_of(version)):
        content = FILE_KINDS[kind].load_writer()(FILE_KINDS[kind].read(subject))
    with _stored(folder_of(run.job), kind, content) as name, transaction.atomic():
        run.hold_claim()
        return record(kind, subject, version, name, content)


def folder_of(job: Job) -> str:
    return f"documents/{job.public_id}"


def find(kind: str, subject: str, version: str) -> Document | None:
    of_subject = {f"{FILE_KINDS[kind].of.name}__public_id": subject}
    return Document.objects.filter(**of_subject, kind=kind, version=version).first()


def clear(folder: str) -> None:
    """Delete what an earlier attempt at the same job left behind."""
    try:
        files = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    kept = set(Document.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
    for file in files:
        if f"{folder}/{file}" not in kept:
            default_storage.delete(f"{folder}/{file}")


@contextmanager
def _stored(folder: str, kind: str, content: bytes) -> Iterator[str]:
    """A file under a random name, for as long as its Document is being recorded; it stays when that has worked."""
    name = default_storage.save(f"{folder}/{secrets.token_hex(16)}.{FILE_KINDS[kind].suffix}", ContentFile(content))
    try:
        yield name
    except BaseException:
        default_storage.delete(name)
        raise


def record(kind: str, subject: str, version: str, name: str, content: bytes) -> Document:
    """Whoever deletes the subject meanwhile comes before this, and then there is no Document, or after."""
    of = FILE_KINDS[kind].of
    locked = of.model.objects.select_for_update().filter(public_id=subject).first()
    if locked is None:
        raise GiveUp(str(of.gone))
    made = find(kind, subject, version)
    if made:  # another worker was quicker
        transaction.on_commit(partial(default_storage.delete, name))
        return made
    return Document.objects.create(
        **{of.name: locked},
        kind=kind,
        version=version,
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=timezone.now(),
    )
