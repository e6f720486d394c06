"""The job that opens a survey: keys and links are made, the survey takes answers, everybody is invited."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.jobs.runs import Run, TryLater
from core.keys.store import KeyDestroyed
from core.post.actions import send_all
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.sealing.boxes import payload_size
from diagnostics.surveys.actions.proposals import days_after
from diagnostics.surveys.actions.work_ahead import ask_for_count, ask_for_work_ahead, opening_version
from diagnostics.surveys.hours import may_leave, next_allowed
from diagnostics.surveys.keys import make_keys
from diagnostics.surveys.letters.sending import INVITATION, in_parts, letters
from diagnostics.surveys.links import hash_of
from diagnostics.surveys.models import Invitation, Survey
from diagnostics.surveys.statuses import Status, advance, lock_survey
from diagnostics.surveys.storage import open_storage


def open_survey(run: Run) -> None:
    """Killed anywhere and run again, it opens the survey with the same keys and invites everybody once."""
    survey = Survey.objects.select_related("version").filter(public_id=run.job.subject).first()
    if survey is None or not _has_begun(survey, run.job.version, now=clock.now()):
        return
    run.beat(5, _("Making the keys"))
    try:
        public_key, link_key = make_keys(survey)
    except KeyDestroyed:  # cancelled a moment ago
        return
    open_storage(survey)
    run.beat(20, _("Opening the survey and writing the invitations"))
    with run.finishing():
        _open(survey, public_key, link_key)


def _has_begun(survey: Survey, version: str, *, now: datetime.datetime) -> bool:
    """A planned one begins once its moment has come. Whoever comes too late for letters waits for the next morning."""
    with transaction.atomic():
        locked = lock_survey(survey)
        if version != opening_version(locked):  # its start was moved
            return False
        if locked.status == Status.PLANNED and locked.opens_at:
            begins = max(locked.opens_at, now)
            if survey.is_personal and not may_leave(survey, begins):
                begins = next_allowed(survey, begins)
            if begins > now:
                raise TryLater((begins - now).total_seconds())
            advance(locked, Status.LAUNCHING)
        return locked.status == Status.LAUNCHING


def _open(survey: Survey, public_key: bytes, link_key: bytes) -> None:
    """All of it or nothing; nothing where the launch was cancelled meanwhile."""
    locked = lock_survey(survey)
    if locked.status != Status.LAUNCHING:
        return
    asked = questionnaire_of(survey.asked_version)
    size = payload_size(len(asked.statements), len(asked.questions))
    if locked.opens_at:  # it may open later than planned
        locked.reminder_days = days_after(locked, clock.now())
    advance(locked, Status.OPEN, public_key=public_key, ballot_size=size, reminder_days=locked.reminder_days)
    send_all(letters(INVITATION, _linked(survey, link_key)))
    ask_for_work_ahead(locked)
    ask_for_count(locked, now=clock.now())


def _linked(survey: Survey, link_key: bytes) -> Iterator[Invitation]:
    """Everybody's, once their link is known by its hash: only in the transaction that opens the survey."""
    for some in in_parts(Invitation.objects.filter(survey=survey), survey):
        for invitation in some:
            invitation.token_hash = hash_of(invitation, link_key)
        Invitation.objects.bulk_update(some, ["token_hash"])
        yield from some
