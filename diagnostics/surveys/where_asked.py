"""In which surveys the people of a workspace are asked: said to those who manage, who see every survey there.

Who was asked, never who answered. Whoever is taken out here is removed as from the survey's own page.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Count, Min, QuerySet
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from diagnostics.surveys.actions.many import remove_many
from diagnostics.surveys.actions.participants import correct_address, remove_participant
from diagnostics.surveys.models import K_PERSONAL, Participant, Survey, SurveyGroup
from diagnostics.surveys.statuses import RUNNING, Status, lock_survey, sentence_of
from spaces import where_asked
from spaces.models import Person, Workspace


class Surveys:
    fewest = K_PERSONAL

    def where(self, workspace: Workspace, people: "QuerySet[Person]") -> list[where_asked.Asking]:
        """By survey, the newest first. Three queries."""
        asked = _participants(workspace).filter(mailbox__in=people.order_by().values("mailbox"))
        counted = asked.order_by().values_list("survey").annotate(Count("pk"), Min("group__name"))
        numbers = {survey: (number, group) for survey, number, group in counted}
        led: dict[int, list[str]] = defaultdict(list)
        for survey, group in _led_by(workspace, people).values_list("survey", "name"):
            led[survey].append(group)
        surveys = workspace.surveys.filter(pk__in={*numbers, *led}).order_by("-launched_at", "-pk")
        return [_asking(survey, *numbers.get(survey.pk, (0, "")), led[survey.pk]) for survey in surveys]

    def take_out(self, workspace: Workspace, people: Sequence[Person], *, by: User) -> None:
        boxes, addresses = {person.mailbox for person in people}, {person.email for person in people}
        for survey in _running(workspace):
            asked = [one for one in survey.participants.filter(is_removed=False) if one.mailbox in boxes]
            led = [group.pk for group in survey.groups.exclude(leader_email="") if group.leader_email in addresses]
            if asked:
                _check_is_open(survey)
                _take_off(survey, asked, by)
            SurveyGroup.objects.filter(pk__in=led).update(leader_email="")

    def correct(self, workspace: Workspace, person: Person, email: str, *, by: User) -> None:
        for survey in _running(workspace):
            asked = survey.participants.filter(is_removed=False, mailbox=person.mailbox).first()
            if asked and asked.email != email:
                _check_is_open(survey)
                correct_address(participant=asked, email=email, by=by)
            survey.groups.filter(leader_email=person.email).update(leader_email=email)


def _take_off(survey: Survey, asked: Sequence[Participant], by: User) -> None:
    if len(asked) == 1:
        remove_participant(participant=asked[0], by=by)
    else:
        remove_many(survey=survey, people=[one.pk for one in asked], by=by)


def _participants(workspace: Workspace) -> "QuerySet[Participant]":
    return Participant.objects.filter(survey__workspace=workspace, is_removed=False)


def _led_by(workspace: Workspace, people: "QuerySet[Person]") -> "QuerySet[SurveyGroup]":
    addresses = people.order_by().values("email")
    return SurveyGroup.objects.filter(survey__workspace=workspace, leader_email__in=addresses).order_by("order")


def _running(workspace: Workspace) -> "QuerySet[Survey]":
    """In one order, so that two who lock them do not wait for each other."""
    return workspace.surveys.filter(status__in=RUNNING).order_by("pk")


def _check_is_open(survey: Survey) -> None:
    status = lock_survey(survey).status
    if status == Status.PLANNED:
        sentence = _("“%(survey)s” will ask them when it starts. Take its launch back first, or wait for the start.")
        raise ValidationError(sentence % {"survey": survey})
    if status == Status.LAUNCHING:
        sentence = _("“%(survey)s” is being launched and asks them. Try again once its invitations are on their way.")
        raise ValidationError(sentence % {"survey": survey})


def _asking(survey: Survey, people: int, group: str, leads: Sequence[str]) -> where_asked.Asking:
    return where_asked.Asking(
        key=survey.public_id,
        title=survey.title,
        address=reverse("surveys:dashboard", args=[survey.public_id]),
        state=_state(survey),
        people=people,
        group=group,
        leads=tuple(leads),
        is_open=survey.status in RUNNING,
    )


def _state(survey: Survey) -> str:
    if survey.status == Status.OPEN:
        until = timezone.localtime(survey.closing_moment, survey.zone)
        return _("open until %(moment)s") % {"moment": date(until, _("j F Y, H:i T"))}
    if survey.status == Status.PLANNED and survey.opens_at:
        starts = timezone.localtime(survey.opens_at, survey.zone)
        return _("starts on %(moment)s") % {"moment": date(starts, _("j F Y, H:i T"))}
    return {
        Status.LAUNCHING: _("being launched"),
        Status.STOPPED: _("closing"),
        Status.CLOSED: _("closed"),
        Status.CANCELLED: _("cancelled"),
    }.get(Status(survey.status)) or sentence_of(survey)


def connect() -> None:
    where_asked.tell_by(Surveys())
