"""Why a draft cannot be launched yet, as sentences that each lead to the step where it is corrected."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics.checklists.presets import UnfitRecipe
from diagnostics.surveys.audience.tree import Node, groups_without_number, leaves, people_asked
from diagnostics.surveys.hours import is_day_for_letters, may_leave
from diagnostics.surveys.letters.wording import misspelt
from diagnostics.surveys.models import Survey
from diagnostics.surveys.recipes import recipe_of

PURPOSE, PEOPLE, MESSAGES, CHECK = "purpose", "people", "messages", "check"
STEPS = (PURPOSE, PEOPLE, MESSAGES, CHECK)


@dataclass(frozen=True)
class Reason:
    step: str
    sentence: str


def reasons_against(survey: Survey, nodes: list[Node], *, now: datetime.datetime) -> list[Reason]:
    """Everything that stands in the way, in the order of the steps; nothing when the draft can be launched."""
    by_step = {PURPOSE: _purpose(survey, now), PEOPLE: _people(survey, nodes), MESSAGES: _messages(survey, now)}
    found = [Reason(step, sentence) for step, sentences in by_step.items() for sentence in sentences]
    half_done = _("Something that was typed here could not be saved yet. Complete it, or take it out.")
    unsaid = [step for step in STEPS if step in survey.typed and step not in {reason.step for reason in found}]
    return sorted([*found, *(Reason(step, half_done) for step in unsaid)], key=lambda one: STEPS.index(one.step))


def _purpose(survey: Survey, now: datetime.datetime) -> Iterator[str]:
    missing = {
        "purpose": _("Say why you are asking."),
        "asked_by": _("Say who asks."),
        "contact": _("Say whom respondents can ask."),
    }
    yield from (sentence for field, sentence in missing.items() if not getattr(survey, field))
    if survey.closes_at is None:
        yield _("Choose a closing date.")
    elif survey.closes_at <= now:
        yield _("The closing date has passed. Choose a later one.")
    yield from _start(survey, now)


def _start(survey: Survey, now: datetime.datetime) -> Iterator[str]:
    if survey.opens_at is None:
        return
    if survey.opens_at <= now:
        yield _("The planned start has passed. Choose a later one, or let the survey start with the launch.")
    elif survey.closes_at and survey.opens_at >= survey.closes_at:
        yield _("The planned start is not before the closing date. Choose an earlier one.")
    elif survey.is_personal and not may_leave(survey, survey.opens_at):
        yield _("Letters leave between 07:00 and 20:00 on the days you chose. Choose another start.")


def _people(survey: Survey, nodes: list[Node]) -> Iterator[str]:
    try:
        recipe_of(survey)
    except UnfitRecipe as unfit:
        yield str(unfit) if survey.primary_space_id else _("Choose the primary space.")
    if survey.is_in_room:  # nobody is listed
        if not people_asked(nodes):
            yield _("Say how many people are in the room.")
        return
    if not survey.audience.exists():
        yield _("Choose the groups that are asked.")
    elif not people_asked(nodes):
        yield _("There is nobody in the groups you have chosen.")
    else:
        yield from _too_few(survey, nodes)
    yield from _without_number(survey)
    if not survey.list_made_by:
        yield _("Say who made the list of groups and people.")


def _without_number(survey: Survey) -> Iterator[str]:
    """A shared link takes as many people as were announced, and few more; so their number must be known."""
    if names := groups_without_number(survey):
        yield _("Say how many people the link reaches, or 0 to leave the group out: %(groups)s.") % {
            "groups": ", ".join(names)
        }


def _too_few(survey: Survey, nodes: list[Node]) -> Iterator[str]:
    """Fewer than k can never have a result, whoever answers."""
    counted = sum(node.counted for node in leaves(nodes))
    if counted >= survey.k:
        return
    asked = people_asked(nodes)
    if counted < asked:
        sentence = ngettext(
            "Only %(count)s person is asked, and leaders of the groups do not count. A result needs %(k)s others.",
            "Only %(count)s people are asked, and leaders of the groups do not count. A result needs %(k)s others.",
            asked,
        )
    else:
        sentence = ngettext(
            "Only %(count)s person is asked. A result needs %(k)s.",
            "Only %(count)s people are asked. A result needs %(k)s.",
            asked,
        )
    yield sentence % {"count": asked, "k": survey.k}


def _messages(survey: Survey, now: datetime.datetime) -> Iterator[str]:
    if not survey.is_personal:
        return
    if not (survey.invitation_subject and survey.invitation_text):
        yield _("Write the invitation.")
    if survey.reminder_days and not (survey.reminder_subject and survey.reminder_text):
        yield _("Write the reminder, or plan none.")
    for name in misspelt(survey):
        yield _("The messages contain %(name)s, for which nothing is filled in. Correct it or take it out.") % {
            "name": name
        }
    yield from _reminder_days(survey, now)


def _reminder_days(survey: Survey, now: datetime.datetime) -> Iterator[str]:
    days = [datetime.date.fromisoformat(day) for day in survey.reminder_days]
    today = now.astimezone(survey.zone).date()
    if any(day <= today for day in days):
        yield _("A reminder is planned for today or earlier. Choose a later day.")
    elif survey.opens_at and any(day <= survey.opens_at.astimezone(survey.zone).date() for day in days):
        yield _("A reminder is planned for the day of the start or earlier. Choose a later day.")
    if not all(is_day_for_letters(survey, day) for day in days):
        yield _("A reminder is planned for a weekend, but letters leave on working days only. Choose another day.")
    if survey.closes_at and any(day > survey.closes_at.astimezone(survey.zone).date() for day in days):
        yield _("A reminder is planned for after the closing date. Choose an earlier day.")
