"""Two surveys: one of the whole system, closed and released; one of an organisation, open and half answered.

What workers do in life is done here, in the same process.
"""

import datetime
import typing
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import Any

import numpy as np
from django.conf import settings

from core.accounts.models import User
from core.jobs import actions as jobs
from core.jobs import registry
from core.jobs.models import Job
from core.jobs.running import claim
from core.jobs.runs import Run
from core.zones import moment
from diagnostics.answering import drafts
from diagnostics.answering.respondents import Respondent, respondent_of
from diagnostics.answering.submitting import decline, submit
from diagnostics.questionnaire.form import Read
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.answered import is_waited_for
from diagnostics.surveys.job_names import CLOSE_SURVEY, COUNT_ANSWERS, OPEN_SURVEY
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters.sending import forget_letters
from diagnostics.surveys.links import address_of, token_of
from diagnostics.surveys.models import Invitation, Survey, SurveyGroup
from diagnostics.surveys.statuses import as_of
from reports.demo.answers import Answering
from reports.demo.people import LED_BY_RUTH, NAME
from reports.editions.releasing import release
from spaces.models import Group, Role

SEED = 1207
FIVE_PM = datetime.time(17)
IN_OUTBOX = "django.core.mail.backends.filebased.EmailBackend"
COMMON = {
    "asked_by": "Ruth Adeyemi, Director of Community Services",
    "contact": "Helen Marsh, helen.marsh@northmoor.example",
    "list_made_by": "Helen Marsh, from the staff lists of the three organisations",
    "primary_space_id": "team",
    "time_zone": "Europe/London",
}
ACROSS: dict[str, Any] = {
    "title": "How we lead across Northmoor",
    "purpose": (
        "In the spring the three organisations will agree what to change together, for people who come home from "
        "hospital. We want to begin with what you see."
    ),
    "preset": "focused",
    "spaces_asked": ["self", "team", "organisation", "system"],
    "releases_to_respondents": True,
}
WINTER: dict[str, Any] = {
    "title": "Leading through the winter",
    "purpose": "Each team will look at its results in January and choose one thing to do differently.",
    "preset": "brief",
    "spaces_asked": ["team", "organisation", "system"],
    "languages": "en-gb cy de",
}
WINTER_SAID: dict[str, dict[str, str]] = {
    "cy": {
        "title": "Arwain drwy’r gaeaf",
        "purpose": ("Bydd pob tîm yn edrych ar ei ganlyniadau ym mis Ionawr ac yn dewis un peth i’w wneud yn wahanol."),
        "asked_by": "Ruth Adeyemi, Cyfarwyddwr Gwasanaethau Cymunedol",
        "list_made_by": "Helen Marsh, o restrau staff y tri sefydliad",
    },
    "de": {
        "title": "Führen durch den Winter",
        "purpose": "Jedes Team sieht sich im Januar seine Ergebnisse an und wählt eines, das es anders macht.",
        "asked_by": "Ruth Adeyemi, Leiterin der Dienste vor Ort",
        "list_made_by": "Helen Marsh, aus den Personallisten der drei Organisationen",
    },
}  # language → field → text


def close_one(whole: Group, cast: dict[Role, User], *, now: datetime.datetime) -> None:
    """Four in five have answered; it closed by itself two hours ago."""
    closes = now.replace(minute=0, second=0, microsecond=0) - datetime.timedelta(hours=2)
    survey = _launch(whole, cast, **ACROSS, closes_at=closes, now=closes - datetime.timedelta(days=18))
    with as_of(closes - datetime.timedelta(minutes=1)):
        _answer(survey, share=0.82, now=closes)
    lifecycle.stop_survey(survey=survey, by=None, now=closes)
    _work(CLOSE_SURVEY, survey, now=now)
    release_it = partial(release, edition=survey.editions.get(), by=cast[Role.CONSULTANT], now=now)
    release_it(to=cast[Role.FACILITATOR], with_comments=True)
    release_it(to_leaders=True)


def open_one(whole: Group, cast: dict[Role, User], *, now: datetime.datetime) -> None:
    """Half have answered, one has saved and gone away, one would rather not."""
    organisation = whole.children.get(name=LED_BY_RUTH)
    day = datetime.timedelta(days=1)
    closes = moment((now + 9 * day).date(), FIVE_PM, COMMON["time_zone"])
    reminders = [(now + days * day).date().isoformat() for days in (2, 7)]
    dates: dict[str, Any] = {"closes_at": closes, "reminder_days": reminders, "now": now - 5 * day}
    survey = _launch(organisation, cast, said=WINTER_SAID, **WINTER, **dates)
    rest = _answer(survey, share=0.5, now=now)
    _save(rest[0], Answering(survey.asked_version, _chance()).of_somebody(rest[0].group.name), now=now)
    decline(respondent=rest[1])
    _do(jobs.ask(kind=COUNT_ANSWERS, subject=survey.public_id, version="first"), now=now)
    if settings.EMAIL_BACKEND != IN_OUTBOX:
        forget_letters(survey)  # nobody lives at these addresses


def personal_links() -> list[tuple[str, str]]:
    """Name and link of two people who are still asked, for whoever would like to answer as one of them."""
    opened = Survey.objects.filter(workspace__name=NAME, title=WINTER["title"], status=Survey.Status.OPEN).first()
    if opened is None:
        return []
    key = link_key(opened)
    asked = opened.invitations.filter(participant__is_removed=False).select_related("survey", "participant")
    waiting = islice((one for one in asked.order_by("-pk") if is_waited_for(one, key)), 2)
    return [(one.participant.name, address_of(token_of(one, key))) for one in waiting]


# --- From the launch to the ballots ------------------------------------------------------------------


def _launch(
    audience: Group,
    cast: dict[Role, User],
    *,
    now: datetime.datetime,
    said: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    **settings_: Any,
) -> Survey:
    """`said`: language → field → text, beside the English one."""
    by = cast[Role.CONSULTANT]
    survey = lifecycle.create_draft(workspace=audience.workspace, by=by)
    lifecycle.save_step(survey=survey, step="all", by=by, audience=[audience], **COMMON, **settings_)
    for language, texts in said.items():
        lifecycle.save_words(survey=survey, language=language, texts=texts, by=by)
    lifecycle.launch_survey(survey=survey, by=by, now=now)
    _work(OPEN_SURVEY, survey, now=now)
    survey.refresh_from_db()
    return survey


def _work(kind: str, survey: Survey, *, now: datetime.datetime) -> None:
    """In this transaction and without a beating heart, which would wait for it."""
    _do(Job.objects.get(kind=kind, subject=survey.public_id), now=now)


def _do(job: Job, *, now: datetime.datetime) -> None:
    registry.get(job.kind).run(typing.cast("Run", claim(job.pk, now=now)))  # nobody else can see it yet


def _answer(survey: Survey, *, share: float, now: datetime.datetime) -> list[Respondent]:
    """About so many of each group submit, at least one does not; those who did not."""
    rng = _chance()
    waiting: list[Respondent] = []
    answering = Answering(survey.asked_version, rng)
    for group in survey.groups.filter(participants__isnull=False).distinct():
        holders = [respondent_of(token_of(one, link_key(survey))) for one in _invited(survey, group)]
        people = [one for one in holders if one]
        turnout = round(len(people) * min(0.95, rng.normal(share, 0.08)))
        for respondent in people[:turnout]:
            _save(respondent, answering.of_somebody(group.name), now=now)
            submit(respondent=respondent)
        waiting += people[turnout:]
    return waiting


def _invited(survey: Survey, group: SurveyGroup) -> Iterable[Invitation]:
    return survey.invitations.filter(participant__group=group).select_related("survey").order_by("pk")


def _save(respondent: Respondent, given: dict, *, now: datetime.datetime) -> None:
    asked = respondent.questionnaire.questions
    comments = {question: text for question, text in given["comments"].items() if question in asked}
    drafts.save(respondent=respondent, read=Read(given | {"comments": comments}, (), {}, None), now=now)


def _chance() -> np.random.Generator:
    return np.random.default_rng(SEED)
