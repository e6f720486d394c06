"""What respondents are promised, in words made from the survey's own settings."""

import datetime
from typing import Protocol

from django.template.loader import render_to_string

from core.words import in_words
from diagnostics.answering.rows import GroupFacts
from diagnostics.checklists.duration import minutes_of
from diagnostics.questionnaire.questionnaire import Questionnaire
from diagnostics.surveys.keeping import kept_months
from diagnostics.surveys.models import Survey
from diagnostics.surveys.promises import promises_of
from spaces.keeping import kept_for
from spaces.notices import notice_of


class Welcomed(Protocol):
    """A respondent, or whoever looks at the page in their place."""

    @property
    def survey(self) -> Survey: ...

    @property
    def group_facts(self) -> GroupFacts: ...

    @property
    def is_in_room(self) -> bool: ...

    @property
    def questionnaire(self) -> Questionnaire: ...

    @property
    def sent_anew_on(self) -> datetime.date | None: ...


def welcome_context(respondent: Welcomed) -> dict:
    survey, questionnaire = respondent.survey, respondent.questionnaire
    return promises_of(survey) | {
        "survey": survey,
        "respondent": respondent,
        "minutes": minutes_of(questionnaire.content),
        "statements": len(questionnaire.statements),
        "pages": in_words(len(questionnaire.pages)),
        "shares": _shares(questionnaire),
        "has_comments": bool(questionnaire.questions),
        "dont_know": questionnaire.content["scale"]["not_scored_label"],
        "group_facts": group_facts_of(respondent),
        "sent_anew_on": respondent.sent_anew_on,
        "notice": notice_of(survey.workspace),
        "kept_for": kept_for(kept_months(survey), is_in_room=survey.is_in_room),
        "figure": _figure(survey.k),
    }


def group_facts_of(respondent: Welcomed) -> str:
    """As HTML: the respondent's group, and how many are asked in it."""
    name, counted, uncounted = respondent.group_facts
    context = {
        "group": name,
        "invited": counted,
        "leaves_some_out": uncounted > 0,
        "in_room": respondent.is_in_room,
    }
    return render_to_string("answering/welcome_group.html", context)


def _shares(questionnaire: Questionnaire) -> list[tuple[str, int]]:
    """How many statements ask about each space."""
    asked = [statement.space for statement in questionnaire.statements.values()]
    return [(space["name"], asked.count(key)) for key, space in questionnaire.spaces.items()]


def _figure(k: int) -> dict:
    """Where the heads of k people stand, and of one fewer, on a drawing 330 wide."""
    step = min(26, 286 / (2 * k - 1))
    gap = k * step + 40
    return {
        "shown": [6 + step * n for n in range(k)],
        "joined": [gap + step * n for n in range(k - 1)],
        "shown_width": k * step + 2,
        "joined_from": gap - 2,
        "joined_width": (k - 1) * step + 1,
        "shown_middle": 4 + (k * step + 2) / 2,
        "joined_middle": gap - 2 + ((k - 1) * step + 1) / 2,
        "scale": step / 26,
        "top": 34 - 28 * step / 26,  # they all stand on one line
    }
