"""Surveys in the room, for tests: started by the real page, answered by its link, page by page, as phones do."""

from django.test import Client
from django.urls import reverse

from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.surveys.job_names import OPEN_SURVEY
from diagnostics.surveys.models import Survey
from spaces.models import Workspace
from tests.diagnostics.respondents import Browser
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


def answer_in(survey: Survey, value: int, **others: int) -> Client:
    """Somebody's phone, after it has submitted the same rating throughout, but for `others` (condition=rating)."""
    phone, public_id = Browser(), survey.public_id
    phone.get(link_of(survey), follow=True)
    phone.post(reverse("answering:start", args=[public_id]))
    for statement in questionnaire_of(survey.version).statements.values():
        page = reverse("answering:page", args=[public_id, statement.condition])
        phone.post(page, {statement.key: others.get(statement.condition, value), "to": "review"})
    response = phone.post(reverse("answering:submit", args=[public_id]), {"matters_most": "", "to": "submit"})
    assert response["Location"] == reverse("answering:thanks", args=[public_id])
    return phone
