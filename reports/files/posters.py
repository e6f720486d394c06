"""The posters of a survey as one file: made by a worker, kept while its links take answers.

A file says until when the survey is open, so that another date, or another language, is another file.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.jobs import actions as jobs
from core.jobs.models import Job
from core.jobs.runs import GiveUp, Run
from core.quotas.actions import spend
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import Status
from reports.files.asking import AGAIN

MAKE_POSTERS = "survey_posters"  # subject: survey, version: what stands on them
WRITER = "reports.writers.pdf.posters.posters_pdf"  # loads WeasyPrint: only the worker does
WRITERS_VERSION = "1"
MOST = 1_000  # pages


def check_can_print(survey: Survey) -> None:
    if survey.is_personal or survey.status != Status.OPEN:
        raise ValidationError(_("Posters are for the links of an open survey."))
    if survey.shared_links.count() > MOST:
        raise ValidationError(
            _("This survey has more than %(most)s groups. Print the posters that you need one by one.") % {"most": MOST}
        )


@transaction.atomic
def ask_for_posters(*, survey: Survey, by: User) -> Job:
    """The work that makes them as they would be now; a file that got lost is made again."""
    check_can_print(survey)
    version = version_of(survey)
    there = Job.objects.filter(kind=MAKE_POSTERS, subject=survey.public_id, version=version)
    if not default_storage.exists(path_of(survey, version)):
        there.filter(status=Job.Status.DONE).delete()
    if not there.exclude(status__in=AGAIN).exists():
        spend("files", person=by.pk, workspace=survey.workspace_id)
    return jobs.ask(kind=MAKE_POSTERS, subject=survey.public_id, version=version, by=by)


def version_of(survey: Survey) -> str:
    shown = (survey.title, survey.asked_by, survey.contact, survey.closes_at, survey.time_zone, survey.k)
    mark = hashlib.sha256(repr(shown).encode()).hexdigest()[:12]
    return f"{WRITERS_VERSION}-{mark}.{translation.get_language()}"


def _mark(version: str) -> str:
    """The same in every language."""
    return version.partition(".")[0]


def path_of(survey: Survey, version: str) -> str:
    return f"{folder_of(survey)}/{version}.pdf"


def folder_of(survey: Survey) -> str:
    return f"posters/{survey.public_id}"


def make_posters(run: Run) -> None:
    survey = Survey.objects.select_related("version").filter(public_id=run.job.subject).first()
    if survey is None or survey.status != Status.OPEN:
        raise GiveUp(_("The survey has closed meanwhile; its links take no more answers."))
    path = path_of(survey, run.job.version)
    run.beat(10, _("Drawing the codes"))
    with translation.override(run.job.version.partition(".")[2]):
        content = _write(survey)
    run.beat(90, _("Keeping the file"))
    default_storage.delete(path)  # of an earlier try
    default_storage.save(path, ContentFile(content))
    _clear(folder_of(survey), but=_mark(run.job.version))
    try:
        with run.finishing():
            if not Survey.objects.select_for_update().filter(pk=survey.pk, status=Status.OPEN).exists():
                raise GiveUp(_("The survey has closed meanwhile; its links take no more answers."))
    except BaseException:
        default_storage.delete(path)
        raise


def _write(survey: Survey) -> bytes:
    try:
        writer = import_string(WRITER)
    except OSError as missing:  # a system library
        raise GiveUp(_("The PDF cannot be made on this server. Print the posters one by one.")) from missing
    written: bytes = writer(survey)
    return written


def forget_posters(survey: Survey) -> None:
    """With the work that makes them, once its links lead nowhere."""
    Job.objects.filter(kind=MAKE_POSTERS, subject=survey.public_id).delete()
    transaction.on_commit(lambda: _clear(folder_of(survey)))


def _clear(folder: str, *, but: str = "") -> None:
    """`but`: the mark of those that stay."""
    try:
        files = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for file in files:
        if _mark(file) != but:
            default_storage.delete(f"{folder}/{file}")


def posters_address(job: Job) -> str:
    return reverse("reports:posters", args=[job.subject])
