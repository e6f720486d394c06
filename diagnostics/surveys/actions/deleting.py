"""Deleting a survey, with all that hangs on it, and what that destroys. Floors above register what is theirs."""

import datetime
from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.defaultfilters import date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.accounts.models import User
from core.jobs.models import Job
from core.post.models import Message
from core.post.standings import NOT_LEFT, numbers_of
from core.seen import Fact, Facts
from diagnostics.surveys.actions.ending import end_survey
from diagnostics.surveys.history.resemblance import LISTS_APART
from diagnostics.surveys.job_names import CANCEL_SURVEY
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import Status, lock_survey, sentence_of
from spaces.models import Membership

_lost: list[Callable[[Survey], Iterator[str]]] = []


def tell_lost(sentences: Callable[[Survey], Iterator[str]]) -> None:
    """By a floor above, of what it keeps of a survey."""
    _lost.append(sentences)


@transaction.atomic
def delete_survey(*, survey: Survey, by: User, now: datetime.datetime) -> None:
    locked = lock_survey(survey)
    check_can_delete(locked, by=by, now=now)
    end_survey(locked, by=by)


def check_can_delete(survey: Survey, *, by: User, now: datetime.datetime) -> None:
    """A closed one stays as long as lists of others are compared with it: else two surveys of nearly the same people
    would tell what few of them answered. One that was cancelled told nothing."""
    if survey.status in (Status.LAUNCHING, Status.OPEN):
        raise ValidationError(
            _("This survey is open. Cancel it first: then everybody who was invited is told, and it can be deleted.")
        )
    if survey.status == Status.STOPPED:
        raise ValidationError(sentence_of(survey))
    if survey.status == Status.CANCELLED and _is_telling(survey):
        raise ValidationError(
            _("Those who were invited are being told that the survey is cancelled. Delete it once they are.")
        )
    if survey.status == Status.CLOSED:
        _check_closed(survey, by, now)


def _is_telling(survey: Survey) -> bool:
    is_done = Job.objects.filter(kind=CANCEL_SURVEY, subject=survey.public_id, status=Job.Status.DONE).exists()
    return not is_done or any(numbers_of(Message.objects.filter(about=survey.public_id))[one] for one in NOT_LEFT)


def _check_closed(survey: Survey, by: User, now: datetime.datetime) -> None:
    if not Membership.objects.filter(workspace=survey.workspace, user=by, role="owner").exists():
        raise ValidationError(_("Only the owner of the workspace deletes a survey that has a report. Ask the owner."))
    free = survey.stopped_at + LISTS_APART if survey.stopped_at else now
    if free > now:
        day = date(free.astimezone(survey.zone), _("j F Y"))
        raise ValidationError(
            _(
                "This survey can be deleted from %(day)s on. Until then the lists of new surveys are compared with its "
                "list, so that nobody’s answers can be worked out from two reports."
            )
            % {"day": day}
        )


def lost_with(survey: Survey) -> list[str]:
    """What is destroyed, in sentences; of answers no more than a report says already."""
    return [*_of_list(survey), *(sentence for lost in _lost for sentence in lost(survey))]


def _of_list(survey: Survey) -> Iterator[str]:
    people = survey.participants.filter(is_removed=False).count()
    links = survey.shared_links.count()
    if people:
        said = ngettext(
            "The list: the name, the address and the link of %(n)s person.",
            "The list: names, addresses and links of %(n)s people.",
            people,
        )
        yield said % {"n": people}
    if links:
        yield ngettext("%(n)s shared link.", "%(n)s shared links.", links) % {"n": links}


def facts_of_deleting(survey: Survey) -> Facts:
    lost = lost_with(survey)
    return {
        "status": Fact(gettext_lazy("the survey"), survey.status, survey.get_status_display()),
        "title": Fact(gettext_lazy("its name"), survey.title, survey.title),
        "lost": Fact(gettext_lazy("what would be lost"), lost),
    }
