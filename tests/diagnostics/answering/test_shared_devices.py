"""On a shared link nobody meets somebody else's answers, and whoever comes back loses nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.answering.drafts import saved_by
from diagnostics.answering.models import Draft
from tests.diagnostics.respondents import Opened, mark_in, open_survey, respondent
from tests.pages import tight
from tests.parts import HTMX

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]

OWN_PAGES = (("page", ("task",)), ("review", ()), ("leave", ()))


@pytest.fixture
def shared(alice) -> Opened:
    return open_survey(alice, entry="shared", k=10, sizes={})


@pytest.fixture
def phone(shared) -> Client:
    """Somebody has begun on it."""
    client = came_by(shared.shared[0])
    begin(client, shared)
    return client


def came_by(secret: str) -> Client:
    client = Client()
    client.get(reverse("answering:enter", args=[secret]))
    return client


def url(name: str, shared: Opened, *more: str) -> str:
    return reverse(f"answering:{name}", args=[shared.survey.public_id, *more])


def begin(client: Client, shared: Opened) -> str:
    """The mark of the pages of what is begun; one rating is saved."""
    client.post(url("start", shared), {"visit": visit_in(client.get(url("welcome", shared)))})
    mark = mark_in(client.get(url("page", shared, "task")))
    assert client.post(url("save", shared), {"T5.team": "4", "mark": mark}).status_code == 200
    return mark


def visit_in(page) -> str:
    return re.search(r'name="visit"\s+value="([^"]+)"', page.content.decode())[1]


def idle(client: Client, shared: Opened) -> None:
    """Five minutes pass: the browser drops the cookie."""
    kept = client.cookies[f"awake-{shared.survey.public_id}"]
    assert kept["max-age"] == 300
    del client.cookies[f"awake-{shared.survey.public_id}"]


def secret_of(client: Client, shared: Opened) -> str:
    return client.cookies[f"answer-{shared.survey.public_id}"].value


def assert_meets_nobody(client: Client, shared: Opened) -> None:
    for name, more in OWN_PAGES:
        assert client.get(url(name, shared, *more))["Location"] == url("welcome", shared)
    welcome = tight(client.get(url("welcome", shared)))
    assert "Start the survey" in welcome
    assert "Go on with what was begun here" in welcome
    assert 'name="mark"' not in welcome
    assert "Copy my own link" not in welcome


def test_a_visit_is_awake_while_somebody_answers(phone, shared):
    for name, more in OWN_PAGES:
        response = phone.get(url(name, shared, *more))
        assert (response.status_code, response.cookies[f"awake-{shared.survey.public_id}"]["max-age"]) == (200, 300)
    assert "Continue" in tight(phone.get(url("welcome", shared)))


def test_after_five_minutes_the_next_person_meets_nobody(phone, shared):
    idle(phone, shared)
    assert_meets_nobody(phone, shared)
    assert_meets_nobody(phone, shared)  # looking does not wake it


def test_opening_the_shared_link_again_meets_nobody(phone, shared):
    phone.get(reverse("answering:enter", args=[shared.shared[0]]))
    assert_meets_nobody(phone, shared)


def test_where_the_tab_was_closed_the_script_says_so(phone, shared):
    assert phone.get(url("rest", shared))["Location"] == url("welcome", shared)
    assert_meets_nobody(phone, shared)


def test_start_begins_afresh_and_what_was_begun_stays_behind_its_own_link(phone, shared):
    first = secret_of(phone, shared)
    idle(phone, shared)
    begin(phone, shared)
    assert secret_of(phone, shared) != first
    assert Draft.objects.count() == 2
    assert saved_by(respondent(first)).answers == {"T5.team": 4}


def test_whoever_began_goes_on_behind_a_question(phone, shared):
    first = secret_of(phone, shared)
    idle(phone, shared)
    question = phone.get(url("yours", shared))
    assert "Were these your answers?" in tight(question)
    assert phone.post(url("start", shared))["Location"] == url("yours", shared)
    phone.post(url("start", shared), {"mark": mark_in(question)})
    assert secret_of(phone, shared) == first
    assert 'name="T5.team" value="4" checked' in tight(phone.get(url("page", shared, "task")))


def test_no_to_the_question_starts_afresh(phone, shared):
    first = secret_of(phone, shared)
    idle(phone, shared)
    phone.post(url("start", shared), {"visit": visit_in(phone.get(url("yours", shared)))})
    assert secret_of(phone, shared) != first
    assert "checked" not in tight(phone.get(url("page", shared, "task")))


def test_a_page_that_lay_open_for_an_hour_is_saved_and_wakes_the_visit(phone, shared):
    mark = mark_in(phone.get(url("page", shared, "task")))
    idle(phone, shared)
    response = phone.post(url("page", shared, "task"), {"T7.team": "2", "mark": mark, "to": "route"})
    assert response["Location"] == url("page", shared, "route")
    assert phone.get(response["Location"]).status_code == 200
    assert saved_by(respondent(secret_of(phone, shared))).answers == {"T5.team": 4, "T7.team": 2}
    idle(phone, shared)
    assert phone.post(url("save", shared), {"T7.team": "3", "mark": mark}).status_code == 200
    assert phone.get(url("page", shared, "task")).status_code == 200


def test_a_page_of_the_person_before_is_not_saved_under_the_next_one(phone, shared):
    mark = mark_in(phone.get(url("page", shared, "task")))
    idle(phone, shared)
    begin(phone, shared)
    assert phone.post(url("save", shared), {"T7.team": "1", "mark": mark}).status_code == 412
    refused = phone.post(url("page", shared, "task"), {"T7.team": "1", "mark": mark})
    assert (refused.status_code, "Nothing is lost" in tight(refused)) == (412, True)


def test_the_mark_of_one_visit_keeps_no_other_awake(phone, shared):
    """The control of the second cookie: its value belongs to one visit."""
    other = came_by(shared.shared[0])
    begin(other, shared)
    name = f"awake-{shared.survey.public_id}"
    phone.cookies[name] = other.cookies[name].value
    assert_meets_nobody(phone, shared)


def test_after_handing_in_the_next_person_meets_the_first_page(phone, shared):
    mark = mark_in(phone.get(url("review", shared)))
    assert phone.post(url("submit", shared), {"mark": mark, "to": "submit"})["Location"] == url("thanks", shared)
    assert phone.get(url("thanks", shared)).status_code == 200
    idle(phone, shared)
    for name in ("thanks", "withdraw"):
        assert phone.get(url(name, shared))["Location"] == url("welcome", shared)
    assert_meets_nobody(phone, shared)
    back = phone.post(url("start", shared), {"mark": mark_in(phone.get(url("yours", shared)))})
    assert back["Location"] == url("thanks", shared)
    assert phone.get(url("withdraw", shared)).status_code == 200
    idle(phone, shared)
    begin(phone, shared)
    assert len(shared.ballots()) == 1


def test_a_page_that_looks_out_for_results_keeps_nobody_awake(phone, shared):
    mark = mark_in(phone.get(url("review", shared)))
    phone.post(url("submit", shared), {"mark": mark, "to": "submit"})
    looked = phone.get(url("thanks", shared), headers=HTMX)
    assert (looked.status_code, f"awake-{shared.survey.public_id}" in looked.cookies) == (204, False)
    idle(phone, shared)
    assert phone.get(url("thanks", shared), headers=HTMX).status_code == 204


def test_ones_own_link_opens_ones_own_answers_and_asks_where_another_is_in_use(phone, shared):
    own = secret_of(phone, shared)
    elsewhere = came_by(own)
    assert 'value="4" checked' in tight(elsewhere.get(url("page", shared, "task")))
    other = came_by(shared.shared[0])
    begin(other, shared)
    assert other.get(reverse("answering:enter", args=[own]))["Location"] == url("another", shared)
    other = came_by(shared.shared[0])
    assert other.get(reverse("answering:enter", args=[own]))["Location"] == url("welcome", shared) + "#mine"


def test_ones_own_link_can_be_found_from_the_first_answer_on(phone, shared):
    assert "Copy my own link" in tight(phone.get(url("page", shared, "task")))
    assert "Copy my own link" in tight(phone.get(url("welcome", shared)))
    assert secret_of(phone, shared) in tight(phone.get(url("leave", shared)))


def test_pressing_start_twice_begins_once(shared):
    phone = came_by(shared.shared[0])
    visit = visit_in(phone.get(url("welcome", shared)))
    for _ in range(2):
        del phone.cookies[f"answer-{shared.survey.public_id}"]
        phone.get(reverse("answering:enter", args=[shared.shared[0]]))
        phone.post(url("start", shared), {"visit": visit})
    assert Draft.objects.count() == 1


def test_a_first_page_that_comes_back_later_leads_to_no_answers(shared):
    phone = came_by(shared.shared[0])
    old = visit_in(phone.get(url("welcome", shared)))
    phone.post(url("start", shared), {"visit": old})
    mark = mark_in(phone.get(url("page", shared, "task")))
    phone.post(url("save", shared), {"T5.team": "4", "mark": mark})
    phone.post(url("start_over", shared))
    phone.post(url("start", shared), {"visit": old})
    assert "checked" not in tight(phone.get(url("page", shared, "task")))


@pytest.mark.parametrize("visit", ["", "x", "x" * 28, "é" * 27, "x.y"])
def test_a_visit_of_no_form_gets_a_token_of_its_own(shared, visit):
    phone = came_by(shared.shared[0])
    assert phone.post(url("start", shared), {"visit": visit}).status_code == 302
    assert re.fullmatch(r"[\w-]+\.[\w-]{27}", secret_of(phone, shared))


def test_on_a_personal_link_nothing_falls_asleep(alice):
    opened = open_survey(alice)
    browser = came_by(opened.tokens[0])
    browser.post(url("start", opened))
    assert set(browser.cookies) == {f"answer-{opened.survey.public_id}"}
    browser.get(url("rest", opened))
    for name, more in OWN_PAGES:
        page = browser.get(url(name, opened, *more))
        assert (page.status_code, "visit.js" in tight(page)) == (200, False)
