"""Results of groups keep the words of the model that was asked with: of 1.0 texts by cell, of 2.0 by level."""

from contextlib import nullcontext

import pytest

from reports.editions.models import PublishedSlice
from reports.readings import guidance
from reports.readings.survey.slice import read_slice
from reports.readings.topics import topics_of_slice
from tests.diagnostics.first_model import first_model
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers

pytestmark = pytest.mark.usefixtures("instrument")

MODELS = {"1.0": first_model, "2.0": nullcontext}


@pytest.fixture(params=MODELS)
def model(request):
    with MODELS[request.param]():
        yield request.param


def test_a_group_reads_the_texts_and_questions_of_its_model(model, alice):
    survey = open_for_answers(alice, teams={"Ward 1": 12}, spaces_asked=["self", "team"])
    answer(invitations_of(survey), everything(2))
    edition = close(survey).editions.get()
    reading = read_slice(PublishedSlice.objects.for_reading().filter(edition=edition)[0])
    cell = reading.asked_cell("task", "self")
    assert cell.text == guidance.level_text("not_yet")
    if model == "1.0":  # in which every statement of Self asked something else: only questions of the whole cell fit
        assert cell.questions == guidance.cells(model)["task", "self"].questions
        assert cell.said.sentences == ()
    else:
        assert cell.questions[0] == guidance.indicator("T5").questions_self[0]
        assert cell.said.sentences[0] == guidance.indicator("T5").if_low_self


def test_an_edition_of_method_1_keeps_its_words(alice):
    with first_model():
        survey = open_for_answers(alice, teams={"Ward 1": 12}, spaces_asked=["self", "team"])
        answer(invitations_of(survey), everything(2))
        edition = close(survey).editions.get()
    one = PublishedSlice.objects.for_reading().filter(edition=edition)[0]
    one.edition.method_version = "1.0"
    reading, said = read_slice(one), guidance.cells("1.0")["task", "self"]
    cell = reading.asked_cell("task", "self")
    assert (cell.text, cell.questions, cell.said.sentences) == (said.low, said.questions, ())
    assert reading.summary == ()
    assert reading.act_why.startswith("Low, and people largely agree.")
    for topic in topics_of_slice(reading):
        assert topic.questions == guidance.cells("1.0")[topic.cell.condition, topic.cell.space].questions
