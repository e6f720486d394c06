"""A respondent's page with its frame: drawn once, and the same as if it were rendered."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.utils.html import format_html

from diagnostics.answering.drafts import Saved
from diagnostics.answering.pages.cached_page import framed_page
from diagnostics.questionnaire.context import page_context
from diagnostics.questionnaire.questionnaire import read
from tests.diagnostics.contents import CONTENT

CONDITIONS = [page["condition"] for page in CONTENT["pages"]]
HELP = "Comments are shown only if ten people <or more> answer."
NOW = datetime.datetime(2026, 3, 3, 9, 30, tzinfo=datetime.UTC)
RATHER_MORE = Saved(
    answers={"T1.team": 4, "T1.system": 0},
    comments={"OQ_task_helps": "\n</textarea><b>"},
    at=NOW.timestamp(),
)


@pytest.fixture
def questionnaire():
    return read(CONTENT)


def texts(name: str) -> dict[str, str]:
    own = {key: f"/{name}/{key}/?a=1&b=2" for key in ("home", "action", "save")}
    return own | {
        "about": f"How do we <lead> {name}?",
        "asked_in": f"{name} & Sons",
        "csrf_token": name * 8,
        "mark": name,
    }


def parts(name: str) -> dict[str, str]:
    return {key: format_html("<p>{}</p>", name) for key in ("visit_script", "visit_note", "languages")}


def page(questionnaire, condition: str, saved: Saved, name: str) -> str:
    return framed_page(questionnaire, condition, saved, comment_help=HELP, texts=texts(name), parts=parts(name))


def rendered(questionnaire, condition: str, saved: Saved, name: str) -> str:
    context = page_context(questionnaire, condition, saved, comment_help=HELP)
    own = texts(name) | parts(name)
    return render_to_string("answering/survey_condition.html", context | own | {"saved_at": saved.saved_at})


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("saved", [Saved(), RATHER_MORE], ids=["nothing", "something"])
def test_it_is_what_the_templates_would_render_for_each_of_two_readers(questionnaire, condition, saved):
    page(questionnaire, condition, RATHER_MORE, "Eastmoor")
    assert page(questionnaire, condition, saved, "Westmoor") == rendered(questionnaire, condition, saved, "Westmoor")


def test_nothing_of_a_reader_is_kept(questionnaire):
    for condition in CONDITIONS:
        page(questionnaire, condition, RATHER_MORE, "Eastmoor")
    kept = str(questionnaire.drawings)
    assert "Eastmoor" not in kept
    assert "09:30" not in kept
    assert "4--" not in kept
    assert " checked" not in kept
    assert "textarea>&lt;" not in kept
