"""Surveys in the room, for tests: started by the real page, answered by its link on one page, as phones do."""

import re

from django.test import Client
from django.urls import reverse

from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.surveys.job_names import OPEN_SURVEY
from diagnostics.surveys.models import Survey
from spaces.models import Workspace
from tests.reports.surveys import run_job

FORM = {"title": "Leadership team, 4 December", "space": "team", "people": "24", "lasts": "60"}


def started(browser: Client, workspace: Workspace, **changes: str) -> Survey:
    """Launched by the page; no worker has opened it yet."""
    response = browser.post(reverse("surveys:new_in_room", args=[workspace.public_id]), FORM | changes)
    survey = Survey.objects.latest("pk")
    assert response["Location"] == reverse("reports:room", args=[survey.public_id])
    return survey


def open_room(browser: Client, workspace: Workspace, **changes: str) -> Survey:
    return run_job(OPEN_SURVEY, started(browser, workspace, **changes))


def link_of(survey: Survey) -> str:
    return reverse("answering:enter", args=[survey.shared_links.get().token])


def carried(page: str) -> dict[str, str]:
    """What the one page posts besides answers."""
    return dict(re.findall(r'<input type="hidden" name="(mark|visit|loaded)" value="([^"]*)">', page))


def answer_in(survey: Survey, value: int, **others: int) -> Client:
    """Somebody's phone, after it has submitted the same rating throughout, but for `others` (condition=rating)."""
    phone, public_id = Client(), survey.public_id
    page = phone.get(link_of(survey), follow=True).content.decode()
    asked = questionnaire_of(survey.version).statements.values()
    ratings = {statement.key: others.get(statement.condition, value) for statement in asked}
    response = phone.post(reverse("answering:submit", args=[public_id]), carried(page) | ratings | {"to": "submit"})
    assert response["Location"] == reverse("answering:thanks", args=[public_id])
    return phone
