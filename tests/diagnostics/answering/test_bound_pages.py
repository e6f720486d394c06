"""A page belongs to its draft: two people at one browser, two links in it, two devices with one link."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.answering.drafts import saved_by
from diagnostics.answering.models import Ballot, Draft
from tests.diagnostics.launched import workspace_of
from tests.diagnostics.respondents import Opened, mark_in, open_survey, respondent, saved, submitted
from tests.pages import tight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]

ANSWERS = {"T5.team": "4", "OQ_task_helps": "Mine alone", "to": "route"}


@pytest.fixture
def opened(alice) -> Opened:
    return open_survey(alice)


def url(name: str, opened: Opened, *more: str) -> str:
    return reverse(f"answering:{name}", args=[opened.survey.public_id, *more])


def came_by(*secrets: str) -> Client:
    """One browser in which these links were opened, one after the other; each of them was to be used."""
    client = Client()
    for secret in secrets:
        there = client.get(reverse("answering:enter", args=[secret]))["Location"]
        if there.endswith("/another/"):
            client.post(there, {"to": "opened", "mark": mark_in(client.get(there))})
    return client


def fields(page) -> dict[str, str]:
    """The hidden ones of a page, and what stands in its rails and comments: what its button would post."""
    text = page.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    rated = dict(re.findall(r'type="radio" name="([\w.]+)" value="(\d)"\s+checked', text))
    written = dict(re.findall(r'<textarea[^>]+name="(\w+)"[^>]*>\n([^<]*)</textarea>', text))
    return {name: value for name, value in hidden.items() if name != "csrfmiddlewaretoken"} | rated | written


def answers(token: str) -> dict[str, int]:
    return saved_by(respondent(token)).answers


# --- Another link ---------------------------------------------------------------------------------------------


def test_a_page_is_not_saved_under_the_link_opened_after_it(opened):
    anna, bert = opened.tokens[:2]
    browser = came_by(anna)
    page = fields(browser.get(url("page", opened, "task")))
    browser = came_by(anna, bert)
    refused = browser.post(url("page", opened, "task"), page | ANSWERS)
    assert refused.status_code == 412
    assert "Another link was opened in this browser" in tight(refused)
    assert "Nothing is lost" in tight(refused)
    assert not Draft.objects.exists()
    assert refused.context["fields"] == list((page | ANSWERS).items())


@pytest.mark.parametrize("mark", [None, "", "x" * 22])
def test_without_the_mark_nothing_is_saved_and_there_is_a_way_on(opened, mark):
    anna = opened.tokens[0]
    browser, given = came_by(anna), {} if mark is None else {"mark": mark}
    for name, more in (("page", ("task",)), ("submit", ())):
        assert browser.post(url(name, opened, *more), ANSWERS | given).status_code == 412
    said = browser.post(url("save", opened), ANSWERS | given)
    assert (said.status_code, "another link was opened" in said.json()["sentence"]) == (412, True)
    assert not Draft.objects.exists()
    again = browser.post(url("page", opened, "task"), ANSWERS | given | {"link": f"http://testserver/s/{anna}/"})
    assert again["Location"] == url("page", opened, "route")
    assert answers(anna) == {"T5.team": 4}


def test_what_was_refused_is_saved_once_ones_own_link_is_pasted(opened):
    anna, bert = opened.tokens[:2]
    page = fields(came_by(anna).get(url("page", opened, "task")))
    refused = came_by(anna, bert).post(url("page", opened, "task"), page | ANSWERS)
    sent = dict(refused.context["fields"]) | {"link": f"http://testserver/s/{anna}/"}
    assert came_by(bert).post(url("page", opened, "task"), sent)["Location"] == url("page", opened, "route")
    assert (answers(anna), answers(bert)) == ({"T5.team": 4}, {})


def test_under_a_link_that_is_pasted_untouched_fields_count_too(opened):
    """As where a link was sent anew: what the page was loaded with was saved under the older one."""
    anna, bert = opened.tokens[:2]
    saved(anna, T5_team="4")
    page = fields(came_by(anna).get(url("page", opened, "task")))
    assert page["T5.team"] == "4"
    came_by(bert).post(url("page", opened, "task"), page | {"link": f"http://testserver/s/{bert}/"})
    assert answers(bert) == {"T5.team": 4}


def test_nobody_hands_in_or_withdraws_for_somebody_else(opened):
    anna, bert = opened.tokens[:2]
    saved(bert, T5_team="4")
    saved(anna, T5_team="2")
    review = fields(came_by(anna).get(url("review", opened)))
    assert came_by(anna, bert).post(url("submit", opened), review | {"to": "submit"}).status_code == 412
    assert not Ballot.objects.exists()
    submitted(anna)
    submitted(bert)
    withdraw = fields(came_by(anna).get(url("withdraw", opened)))
    assert came_by(anna, bert).post(url("withdraw", opened), withdraw).status_code == 412
    assert {"withdrawn": True} not in opened.ballots()
    came_by(bert, anna).post(url("withdraw", opened), withdraw)
    assert opened.ballots().count({"withdrawn": True}) == 1


def test_the_first_page_of_one_link_does_not_lead_to_the_answers_of_another(opened):
    anna, bert = opened.tokens[:2]
    saved(bert, T5_team="4")
    welcome = fields(came_by(anna).get(url("welcome", opened)))
    response = came_by(anna, bert).post(url("start", opened), welcome)
    assert (response.status_code, "Open your own link again" in tight(response)) == (412, True)


def test_a_mark_tells_nothing_of_the_link_and_differs_from_link_to_link(opened):
    anna, bert = opened.tokens[:2]
    marks = {fields(came_by(secret).get(url("page", opened, "task")))["mark"] for secret in (anna, anna, bert)}
    assert len(marks) == 2
    assert {len(mark) for mark in marks} == {22}
    assert not any(mark in anna or mark in bert for mark in marks)


# --- A second link -------------------------------------------------------------------------------------------------


def test_a_second_link_asks_before_it_is_used(opened):
    anna, bert = opened.tokens[:2]
    browser = came_by(anna)
    asked = browser.get(reverse("answering:enter", args=[bert]))
    assert asked["Location"] == url("another", opened)
    assert bert not in asked["Location"]
    assert browser.cookies[f"answer-{opened.survey.public_id}"].value == anna
    page = browser.get(url("another", opened))
    assert "Which link shall this browser use?" in tight(page)
    mark = mark_in(page)
    stays = browser.post(url("another", opened), {"to": "before", "mark": mark})
    assert stays["Location"] == url("welcome", opened)
    assert browser.cookies[f"answer-{opened.survey.public_id}"].value == anna
    browser.get(reverse("answering:enter", args=[bert]))
    browser.post(url("another", opened), {"to": "opened", "mark": mark})
    assert browser.cookies[f"answer-{opened.survey.public_id}"].value == bert
    assert not browser.cookies[f"beside-{opened.survey.public_id}"].value


def test_the_same_link_and_a_link_of_another_survey_ask_nothing(opened, alice):
    other = open_survey(alice, workspace=workspace_of(alice, name="Elsewhere"))
    browser = came_by(opened.tokens[0])
    for secret, there in ((opened.tokens[0], opened), (other.tokens[0], other)):
        assert browser.get(reverse("answering:enter", args=[secret]))["Location"] == url("welcome", there)


def test_the_question_is_answered_for_the_link_that_it_was_asked_of(opened):
    anna, bert, cara = opened.tokens[:3]
    browser = came_by(anna)
    browser.get(reverse("answering:enter", args=[bert]))
    of_bert = mark_in(browser.get(url("another", opened)))
    browser.get(reverse("answering:enter", args=[cara]))
    assert browser.post(url("another", opened), {"to": "opened", "mark": of_bert}).status_code == 200
    assert browser.cookies[f"answer-{opened.survey.public_id}"].value == anna


def test_without_a_second_link_there_is_nothing_to_ask(opened):
    browser = came_by(opened.tokens[0])
    assert browser.get(url("another", opened))["Location"] == url("welcome", opened)
    assert browser.post(url("another", opened), {"to": "opened"})["Location"] == url("welcome", opened)


# --- Two devices with one link ---------------------------------------------------------------------------------------


def test_a_page_that_was_opened_earlier_overwrites_nothing(opened):
    """The case two_devices_rating, without script."""
    anna = opened.tokens[0]
    phone, desk = came_by(anna), came_by(anna)
    saved(anna, T5_team="2", OQ_task_helps="Talk", OQ_task_most="Time")
    stale = fields(phone.get(url("page", opened, "task")))
    fresh = fields(desk.get(url("page", opened, "task")))
    assert stale["T5.team"] == "2"
    desk.post(url("page", opened, "task"), fresh | {"T5.team": "5", "T7.team": "4", "OQ_task_helps": "Walk"})
    phone.post(url("page", opened, "task"), stale | {"to": "route", "OQ_task_most": ""})
    found = saved_by(respondent(anna))
    assert {key: found.answers.get(key) for key in ("T5.team", "T7.team")} == {"T5.team": 5, "T7.team": 4}
    assert found.comments == {"OQ_task_helps": "Walk"}


def test_a_save_that_was_overtaken_by_a_later_one_of_its_page_changes_nothing(opened):
    anna = opened.tokens[0]
    saved(anna, T5_team="2")
    browser = came_by(anna)
    page = {"mark": mark_in(browser.get(url("page", opened, "task")))}
    for turn, given in (("laptop 2", "5"), ("phone 1", "4"), ("laptop 1", "3"), ("laptop 2", "3")):
        answer = browser.post(url("save", opened), page | {"turn": turn, "T5.team": given, "OQ_task_helps": "x" * 4001})
        assert list(answer.json()["problems"]) == ["OQ_task_helps"]  # late or not, and nothing of the turn
    assert answers(anna)["T5.team"] == 4


def test_without_what_it_was_loaded_with_the_page_would_have_overwritten_it(opened):
    """The control: were the field missing, the older rating would win."""
    anna = opened.tokens[0]
    saved(anna, T5_team="2")
    stale = fields(came_by(anna).get(url("page", opened, "task")))
    saved(anna, T5_team="5")
    del stale["loaded"]
    came_by(anna).post(url("page", opened, "task"), stale | {"to": "route"})
    assert answers(anna)["T5.team"] == 2


def test_the_newest_change_of_what_matters_most_wins(opened):
    anna = opened.tokens[0]
    saved(anna, T5_team="4")
    phone, desk = came_by(anna), came_by(anna)
    stale = fields(phone.get(url("review", opened)))
    fresh = fields(desk.get(url("review", opened)))
    desk.post(url("submit", opened), fresh | {"matters_most": ["", "route", "task"], "to": "leave"})
    phone.post(url("submit", opened), stale | {"matters_most": "", "to": "leave"})
    assert saved_by(respondent(anna)).matters_most == ["task", "route"]
    phone.post(url("submit", opened), stale | {"matters_most": "", "to": "submit"})
    assert opened.ballots()[0]["matters_most"] == ["task", "route"]


def test_a_comment_too_long_is_asked_about_again_though_the_page_came_back(opened):
    browser = came_by(opened.tokens[0])
    page = fields(browser.get(url("page", opened, "task"))) | {"OQ_task_helps": "x" * 4001}
    for _ in range(2):
        response = browser.post(url("page", opened, "task"), page)
        assert response.status_code == 422
        page = fields(response)
        assert page["OQ_task_helps"] == "x" * 4001
