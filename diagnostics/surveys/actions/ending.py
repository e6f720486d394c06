"""Deleting a survey that was launched, with all that hangs on it. Whoever calls it has asked and been answered."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.jobs.actions import ask
from core.jobs.models import Job
from core.post.actions import forget
from core.post.models import Message
from diagnostics.signals import survey_ends
from diagnostics.surveys.actions.lifecycle import cancel_launch
from diagnostics.surveys.job_names import CANCEL_SURVEY, CLEAR_AWAY, CORRECT_ADDRESS
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import RUNNING, Status, lock_survey
from diagnostics.surveys.storage import empty_storage
from spaces.models import Workspace


def asking_in(workspace: Workspace) -> QuerySet[Survey]:
    return workspace.surveys.filter(status__in=RUNNING)


def cancel_all(workspace: Workspace, *, by: User, now: datetime.datetime) -> None:
    """Of a workspace that is to be deleted: whoever is asked hears of it, and their page says so for some days."""
    for survey in asking_in(workspace):
        if survey.status == Status.LAUNCHING:
            raise ValidationError(
                _("“%(title)s” is just being launched. Wait a few minutes, then delete the workspace.")
                % {"title": survey.title}
            )
        cancel_launch(survey=survey, by=by, now=now)


def check_can_end(workspace: Workspace) -> None:
    """People who are asked just now, or wait for word that they are not, hear of it first."""
    running = [survey.title for survey in workspace.surveys.filter(status__in=[Status.LAUNCHING, Status.OPEN])]
    if running:
        raise ValidationError(
            _("A survey is still open: %(titles)s. Close or cancel it first, so that the people asked are told.")
            % {"titles": ", ".join(running[:5])}
        )
    cancelled = workspace.surveys.filter(status=Status.CANCELLED).values_list("public_id", flat=True)
    if Job.objects.open().filter(kind=CANCEL_SURVEY, subject__in=list(cancelled)).exists():
        raise ValidationError(
            _("People are being told that a survey was cancelled. Wait a few minutes, then delete the workspace.")
        )


def end_survey(survey: Survey, *, by: User | None) -> None:
    """In the transaction of the caller. Keys are the workers' alone: one of them destroys what there was."""
    locked = lock_survey(survey)
    record(
        by=by,
        verb="delete_survey" if locked.is_draft else "delete_launched_survey",
        obj=locked,
        workspace=locked.workspace,
    )
    survey_ends.send(sender=Survey, survey=locked, by=by)
    _forget_work(locked)
    if not locked.is_draft:
        ask(kind=CLEAR_AWAY, subject=locked.public_id, version=str(locked.pk))
        empty_storage(locked)
    locked.participants.all().delete()
    locked.delete()


def _forget_work(survey: Survey) -> None:
    """A worker in the middle of it loses its hold, and writes nothing more."""
    links = list(survey.invitations.values_list("public_id", flat=True))
    Job.objects.filter(subject=survey.public_id).delete()
    Job.objects.filter(kind=CORRECT_ADDRESS, subject__in=links).delete()
    forget(Message.objects.filter(about=survey.public_id))
