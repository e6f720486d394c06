"""The rating pages, saving as answers are given, the review and submitting."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from diagnostics.questionnaire.form import COMMENT_LIMIT
from diagnostics.self_assessments import actions
from diagnostics.self_assessments.models import SelfAssessment
from tests.diagnostics.assessing import NOW, draft_of, finished_by, make_colleagues
from tests.pages import tight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]


def url(name: str, draft: SelfAssessment, *more: str) -> str:
    return reverse(f"self_assessments:{name}", args=[draft.public_id, *more])


@pytest.fixture
def draft(alice):
    return draft_of(alice)


@pytest.fixture
def browser(client_for, alice):
    return client_for(alice)


def checked(response) -> set[tuple[str, str]]:
    return set(re.findall(r'name="([^"]+)" value="(\d)" checked>', tight(response)))


def text(response) -> str:
    return tight(response)


# --- Pages ---


def test_a_page_shows_what_was_given(browser, draft):
    actions.save(self_assessment=draft, answers={"T1.team": 4, "R1.team": 2}, comments={}, now=NOW)
    response = browser.get(url("page", draft, "task"))
    assert checked(response) == {("T1.team", "4")}
    assert "Task, page 1 of 5" in text(response)
    assert "Only you can read this" in text(response)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("ago", "pattern"),
    [
        (datetime.timedelta(), r'Saved at <time datetime="[^"]+">\d\d:\d\d</time>'),
        (datetime.timedelta(days=3), r'Saved on \d+ \w+ at <time datetime="[^"]+">\d\d:\d\d</time>'),
    ],
    ids=["today", "earlier"],
)
def test_a_page_says_when_it_was_saved_and_the_day_if_it_is_not_today(browser, draft, ago, pattern):
    actions.save(self_assessment=draft, answers={"T1.team": 4}, comments={}, now=timezone.now() - ago)
    for response in (browser.get(url("page", draft, "task")), browser.get(url("review", draft))):
        assert re.search(pattern, text(response))


@pytest.mark.parametrize(
    ("to", "there"),
    [
        ("route", "rate/route/"),
        ("review", "review/"),
        ("A3.team", "rate/alignment/#A3-team"),
        ("OQ_energy_most", "rate/energy/#OQ_energy_most"),
        ("", "rate/task/"),
        ("https://example.org", "rate/task/"),
    ],
)
def test_every_button_saves_the_page_and_goes_where_it_says(browser, draft, to, there):
    posted = {"T1.team": "4", "T2.team": "0", "OQ_task_helps": "Talk", "to": to}
    response = browser.post(url("page", draft, "task"), posted)
    assert (response.status_code, response["Location"]) == (302, url("resume", draft) + there)
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 4, "T2.team": 0}
    assert draft.comments == {"OQ_task_helps": "Talk"}


def test_save_and_leave_leads_to_the_list(browser, draft):
    response = browser.post(url("page", draft, "task"), {"to": "leave"})
    assert response["Location"] == reverse("self_assessments:list")


def test_going_back_finds_the_answers_again(browser, draft):
    browser.post(url("page", draft, "task"), {"T1.team": "4", "to": "route"})
    browser.post(url("page", draft, "route"), {"R1.team": "2", "to": "task"})
    assert checked(browser.get(url("page", draft, "task"))) == {("T1.team", "4")}


def test_a_page_without_its_radios_leaves_ratings_alone(browser, draft):
    actions.save(self_assessment=draft, answers={"T1.team": 4}, comments={}, now=NOW)
    browser.post(url("page", draft, "task"), {"T2.team": "1", "to": "route"})
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 4, "T2.team": 1}


def test_an_unknown_condition_is_not_found(browser, draft):
    assert browser.get(url("page", draft, "colour")).status_code == 404


def test_bad_input_is_named_and_nothing_else_is_lost(browser, draft):
    comment = "Long. " * COMMENT_LIMIT
    posted = {"T1.team": "4", "T2.team": "9", "Z1.team": "3", "OQ_task_helps": comment, "OQ_task_most": "Time"}
    response = browser.post(url("page", draft, "task"), posted | {"to": "route"})
    assert response.status_code == 422
    assert "<title>Error: Task" in text(response)
    assert "Three things need your attention" in text(response)
    assert '<a href="#T2-team">Choose 1 to 5' in text(response)
    assert "“Z1.team” is not a statement" in text(response)
    assert comment[:20_000].strip() in text(response)
    assert 'aria-invalid="true"' in text(response)
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 4}
    assert draft.comments == {"OQ_task_most": "Time"}


def test_a_comment_of_a_megabyte_gets_a_sentence(browser, draft):
    response = browser.post(url("page", draft, "task"), {"T1.team": "4", "OQ_task_helps": "x" * 1_000_000})
    assert response.status_code == 422
    assert "it has 1,000,000 characters, and there is room for 4,000" in text(response)
    assert len(response.content) < 80_000
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 4}


def test_nul_bytes_cost_neither_the_comment_nor_the_ratings(browser, draft):
    posted = {"T1.team": "4", "T2.team": "5\0", "T\0.team": "1", "OQ_task_helps": "We\0 talk", "OQ_task_most": "Time"}
    response = browser.post(url("page", draft, "task"), posted | {"to": "route"})
    assert response.status_code == 422
    assert "Three things need your attention" in text(response)
    assert "held characters that cannot be stored" in text(response)
    assert "\0" not in text(response)
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 4}
    assert draft.comments == {"OQ_task_helps": "We talk", "OQ_task_most": "Time"}


def test_a_page_costs_three_queries(browser, draft, django_assert_num_queries):
    browser.get(url("page", draft, "task"))
    with django_assert_num_queries(3):  # session, user, self-assessment with its version
        browser.get(url("page", draft, "route"))


# --- Saving as answers are given ---


def test_saving_one_answer_says_so_in_json(browser, draft):
    response = browser.post(url("save", draft), {"T1.team": "4"})
    assert (response.status_code, response.json()) == (200, {"problems": {}, "unsaved": []})
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 4}


def test_saving_says_what_it_could_not_take(browser, draft):
    posted = {"T1.team": "4", "OQ_task_helps": "x" * 4001, "matters_most": ["", "task", "route", "energy"]}
    said = browser.post(url("save", draft), posted).json()
    assert said["unsaved"] == ["OQ_task_helps", "matters_most"]
    assert "Shorten your comment" in said["problems"]["OQ_task_helps"]
    assert "you have chosen three" in said["problems"]["matters_most"]
    draft.refresh_from_db()
    assert (draft.answers, draft.comments, draft.matters_most) == ({"T1.team": 4}, {}, [])


def test_saving_takes_few_queries(browser, draft, django_assert_num_queries):
    browser.post(url("save", draft), {"T1.team": "4"})
    with django_assert_num_queries(7):  # session, user, load, savepoint, lock, update, release
        browser.post(url("save", draft), {"T2.team": "4"})


def test_a_submitted_one_takes_no_more(browser, alice):
    own = finished_by(alice)
    response = browser.post(url("save", own), {"T1.team": "1"})
    assert response.status_code == 409
    assert "has been submitted" in response.json()["sentence"]
    page = browser.post(url("page", own, "task"), {"T1.team": "1"})
    assert page.status_code == 409
    assert "This self-assessment has been submitted" in text(page)
    assert "What you have just sent was not saved." in text(page)
    own.refresh_from_db()
    assert own.answers == {"T1.team": 4}


def test_the_pages_of_a_submitted_one_lead_to_its_result(browser, alice):
    own = finished_by(alice)
    for address in (url("page", own, "task"), url("review", own)):
        response = browser.get(address)
        assert response.status_code == 200
        assert reverse("reports:self_assessment", args=[own.public_id]) in text(response)
        assert "What you have just sent" not in text(response)


# --- The review ---


def test_the_review_counts_and_links_every_gap_to_its_statement(browser, alice):
    draft = draft_of(alice, preset="pulse")
    task, route, *missing = draft.version.statement_keys
    actions.save(self_assessment=draft, answers={task: 4, route: 0}, comments={}, now=NOW)
    response = browser.get(url("review", draft))
    label = "Don&#x27;t know / does not apply"
    assert f"You have given 2 of 5 ratings. One of them is “{label}”, which is a full answer." in text(response)
    assert "Three places have too few answers for a score" in text(response)
    assert text(response).count("One more answer would give it a score.") == 3
    assert re.findall(r'name="to" value="([^"]+\.team)"', text(response)) == missing
    deep = draft_of(alice, T1_team=4)
    response = browser.get(url("review", deep))
    assert "Twenty places" not in text(response)
    for words in ("20 places have too few answers for a score", "64 ratings are missing", "Three more answers would"):
        assert words in text(response)


def test_the_review_of_a_full_one_has_no_gaps(browser, alice):
    draft = draft_of(alice, preset="pulse")
    everything = dict.fromkeys(draft.version.statement_keys, 4)
    actions.save(self_assessment=draft, answers=everything, comments={}, now=NOW)
    response = browser.get(url("review", draft))
    assert "You have given 5 of 5 ratings. You can submit now." in text(response)
    assert "missing" not in text(response)


def test_the_review_shows_comments_again(browser, draft):
    actions.save(self_assessment=draft, answers={}, comments={"OQ_energy_helps": "Round-up\n<b>"}, now=NOW)
    response = browser.get(url("review", draft))
    assert "Round-up<br>&lt;b&gt;" in text(response)
    assert 'name="to" value="OQ_energy_helps"' in text(response)


def test_every_button_of_the_review_keeps_the_choice(browser, draft):
    browser.post(url("submit", draft), {"matters_most": ["", "energy", "task"], "to": "T1.team"})
    draft.refresh_from_db()
    assert draft.matters_most == ["task", "energy"]
    assert draft.submitted_at is None
    browser.post(url("submit", draft), {"matters_most": "", "to": "leave"})
    draft.refresh_from_db()
    assert draft.matters_most == []


def test_three_choices_get_a_sentence_and_stay_ticked(browser, alice):
    draft = draft_of(alice, T1_team=4)
    response = browser.post(url("submit", draft), {"matters_most": ["", "task", "route", "energy"], "to": "submit"})
    assert response.status_code == 422
    assert '<a href="#matters_most">Choose at most two conditions: you have chosen three.' in text(response)
    assert re.findall(r'value="(\w+)" checked', text(response)) == ["task", "route", "energy"]
    draft.refresh_from_db()
    assert (draft.submitted_at, draft.matters_most) == (None, [])


def test_a_condition_that_does_not_exist_is_not_chosen(browser, draft):
    browser.post(url("submit", draft), {"matters_most": ["colour", "task"], "to": "leave"})
    draft.refresh_from_db()
    assert draft.matters_most == ["task"]


def test_submitting_leads_to_the_result_and_twice_is_once(browser, alice):
    draft = draft_of(alice, T1_team=4)
    result = reverse("reports:self_assessment", args=[draft.public_id])
    first = browser.post(url("submit", draft), {"matters_most": ["", "task"], "to": "submit"})
    draft.refresh_from_db()
    moment = draft.submitted_at
    second = browser.post(url("submit", draft), {"matters_most": ["", "route"], "to": "submit"})
    draft.refresh_from_db()
    assert (first["Location"], second["Location"]) == (result, result)
    assert (draft.submitted_at, draft.matters_most) == (moment, ["task"])


def test_submitting_nothing_gets_a_sentence(browser, draft):
    response = browser.post(url("submit", draft), {"matters_most": ["", "task"], "to": "submit"})
    assert response.status_code == 422
    assert "Rate at least one statement before you submit" in text(response)
    draft.refresh_from_db()
    assert (draft.submitted_at, draft.matters_most) == (None, ["task"])


def test_the_address_of_submitting_leads_a_reader_to_the_review(browser, draft):
    assert browser.get(url("submit", draft))["Location"] == url("review", draft)


# --- Charlie ---


@pytest.mark.parametrize("name", ["page", "save", "review", "submit"])
def test_nobody_else_comes_in_not_even_a_reader(alice, bob, charlie, client_for, name):
    make_colleagues(alice, bob)
    own = finished_by(alice)
    actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
    address = url(name, own, *(["task"] if name == "page" else []))
    for visitor in (bob, charlie):
        ask = client_for(visitor).post if name in ("save", "submit") else client_for(visitor).get
        assert ask(address).status_code == 404


# --- Two devices ---


def loaded(response) -> dict[str, str]:
    """What a page's button would post: what stands in it, and what it was loaded with."""
    text = re.search(r'name="loaded" value="([^"]*)"', response.content.decode())[1]
    return dict(checked(response)) | {"loaded": text}


def test_a_page_that_was_opened_earlier_overwrites_nothing(browser, draft):
    actions.save(self_assessment=draft, answers={"T1.team": 2}, comments={"OQ_task_helps": "Talk"}, now=NOW)
    stale = loaded(browser.get(url("page", draft, "task"))) | {"OQ_task_helps": "Talk"}
    assert stale["T1.team"] == "2"
    newer = {"answers": {"T1.team": 5, "T2.team": 4}, "comments": {"OQ_task_helps": "Walk"}}
    actions.save(self_assessment=draft, **newer, now=NOW)
    browser.post(url("page", draft, "task"), stale | {"T3.team": "1", "to": "route"})
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 5, "T2.team": 4, "T3.team": 1}
    assert draft.comments == {"OQ_task_helps": "Walk"}


def test_without_what_it_was_loaded_with_it_would(browser, draft):
    actions.save(self_assessment=draft, answers={"T1.team": 2}, comments={}, now=NOW)
    stale = loaded(browser.get(url("page", draft, "task")))
    actions.save(self_assessment=draft, answers={"T1.team": 5}, comments={}, now=NOW)
    del stale["loaded"]
    browser.post(url("page", draft, "task"), stale | {"to": "route"})
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 2}


def test_the_newest_choice_of_what_matters_most_stays(browser, draft):
    actions.save(self_assessment=draft, answers={"T1.team": 2}, comments={}, now=NOW)
    stale = loaded(browser.get(url("review", draft)))
    actions.save(self_assessment=draft, answers={}, comments={}, matters_most=["route"], now=NOW)
    browser.post(url("submit", draft), stale | {"matters_most": [""], "to": "submit"})
    draft.refresh_from_db()
    assert draft.matters_most == ["route"]
    assert draft.submitted_at
