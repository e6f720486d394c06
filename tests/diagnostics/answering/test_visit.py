"""A survey answered in the browser: from the link to the page of thanks, and every way astray."""

import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from core.audit.models import Entry
from diagnostics.answering import rows as tables
from diagnostics.answering.drafts import saved_by
from diagnostics.answering.models import Ballot, Draft
from diagnostics.answering.submitting import has_declined
from diagnostics.surveys.actions.participants import remove_participant
from diagnostics.surveys.models import Invitation, Participant, Survey
from tests.diagnostics.launched import workspace_of
from tests.diagnostics.respondents import (
    Browser,
    Opened,
    mark_in,
    open_survey,
    respondent,
    saved,
    submitted,
)
from tests.pages import tight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]

DRAFTS_AND_MORE = (Draft, Ballot, Invitation, Survey, Session, Entry)


@pytest.fixture
def opened(alice) -> Opened:
    return open_survey(alice)


@pytest.fixture
def shared(alice) -> Opened:
    return open_survey(alice, entry="shared", k=10, sizes={})


@pytest.fixture
def token(opened) -> str:
    return opened.tokens[0]


@pytest.fixture
def browser(opened, token) -> Browser:
    return came_by(token)


def came_by(secret: str) -> Browser:
    client = Browser()
    client.get(reverse("answering:enter", args=[secret]))
    return client


def url(name: str, opened: Opened, *more: str) -> str:
    return reverse(f"answering:{name}", args=[opened.survey.public_id, *more])


def text(response) -> str:
    return tight(response)


def rows() -> list:
    return [list(model.objects.order_by("pk").values()) for model in DRAFTS_AND_MORE]


def become(opened: Opened, status: str) -> None:
    Survey.objects.filter(pk=opened.survey.pk).update(status=status)


# --- The link ---


def test_the_token_leaves_the_address_and_becomes_a_cookie(opened, token, client):
    response = client.get(reverse("answering:enter", args=[token]))
    assert response["Location"] == url("welcome", opened)
    assert token not in response["Location"]
    assert (response["Referrer-Policy"], "no-store" in response["Cache-Control"]) == ("no-referrer", True)
    cookie = response.cookies[f"answer-{opened.survey.public_id}"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (token, True, "Lax", 7200)
    assert set(client.cookies) == {f"answer-{opened.survey.public_id}"}


def test_behind_https_the_cookie_is_bound_to_this_host(opened, token, client, settings):
    settings.SITE_URL = "https://trace.example.org"
    cookie = client.get(reverse("answering:enter", args=[token])).cookies[f"__Host-answer-{opened.survey.public_id}"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    assert client.get(url("welcome", opened)).status_code == 200


def test_every_page_starts_the_two_hours_again(browser, opened):
    for name, more in (("welcome", ()), ("page", ("task",)), ("review", ()), ("leave", ()), ("decline", ())):
        response = browser.get(url(name, opened, *more))
        assert response.cookies[f"answer-{opened.survey.public_id}"]["max-age"] == 7200
        assert "no-store" in response["Cache-Control"]


def test_a_draft_that_another_tab_has_begun_is_the_same_one(token):
    saved(token, T5_team="4")
    assert not tables.insert_draft(*respondent(token).draft, b"")
    assert saved_by(respondent(token)).answers == {"T5.team": 4}
    assert Draft.objects.count() == 1


def test_mail_scanners_change_nothing(opened, shared):
    before = rows()
    for secret in (*opened.tokens[:3], *shared.shared, "x" * 27, "%00", "a.b", "é"):
        for _ in range(3):
            client = Client()
            client.head(f"/s/{secret}/")
            client.get(f"/s/{secret}/", follow=True)
            client.get(f"/s/{secret}/", follow=True, headers={"user-agent": "LinkScanner"})
    assert rows() == before


@pytest.mark.parametrize("secret", ["x" * 27, "x", "a.b", f"{'x' * 27}.{'y' * 27}", "é", "x" * 500])
def test_an_unknown_link_reveals_nothing(opened, client, secret):
    response = client.get(f"/s/{secret}/")
    assert response.status_code == 410
    assert "This link does not work" in text(response)
    assert_reveals_nothing(response, opened)
    assert not response.cookies


def assert_reveals_nothing(response, opened: Opened) -> None:
    for word in (opened.survey.title, opened.survey.workspace.name, "Ruth Adeyemi", "Helen Marsh"):
        assert word not in text(response)


def test_a_link_cannot_be_posted_to(opened, token, client):
    assert client.post(reverse("answering:enter", args=[token])).status_code == 405


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("stopped", "This survey is closed"),
        ("closed", "This survey is closed"),
        ("cancelled", "This survey was cancelled"),
        ("launching", "This survey is not open yet"),
    ],
)
def test_a_survey_that_is_not_open_says_so_and_no_more(opened, browser, status, words):
    become(opened, status)
    for name, more in (("welcome", ()), ("page", ("task",)), ("review", ()), ("thanks", ()), ("withdraw", ())):
        response = browser.get(url(name, opened, *more), follow=True)
        assert (response.status_code, words in text(response)) == (410, True)
        assert_reveals_nothing(response, opened)
    response = browser.post(url("page", opened, "task"), {"T5.team": "4"})
    assert (response.status_code, words in text(response)) == (409, True)
    assert browser.post(url("save", opened), {"T5.team": "4"}).status_code == 409
    assert not Draft.objects.exists()


def test_a_used_link_leads_to_thanks_from_everywhere(opened, token, browser):
    submitted(token)
    for name, more in (("welcome", ()), ("page", ("task",)), ("review", ()), ("submit", ()), ("decline", ())):
        assert browser.get(url(name, opened, *more))["Location"] == url("thanks", opened)
    for name, more in (("page", ("task",)), ("submit", ()), ("start", ()), ("decline", ())):
        assert browser.post(url(name, opened, *more), {"to": "submit"})["Location"] == url("thanks", opened)
    said = browser.post(url("save", opened), {"T5.team": "1"})
    assert (said.status_code, "submitted already" in said.json()["sentence"]) == (409, True)
    assert "Thank you" in text(browser.get(url("thanks", opened)))
    assert len(opened.ballots()) == 1


# --- Whose link ---


def test_charlie_and_other_links_open_nothing(opened, alice, charlie, client_for):
    other = open_survey(alice, workspace=workspace_of(alice, name="Elsewhere"))
    strangers = (Client(), client_for(charlie), client_for(alice), came_by(other.tokens[0]))
    forged = Client()
    forged.cookies[f"answer-{opened.survey.public_id}"] = other.tokens[0]
    for visitor in (*strangers, forged):
        for name, more in (("welcome", ()), ("page", ("task",)), ("review", ()), ("leave", ()), ("thanks", ())):
            response = visitor.get(url(name, opened, *more))
            assert response.status_code == 401
            assert_reveals_nothing(response, opened)
        for name in ("start", "submit", "withdraw", "decline", "save", "start_over"):
            assert visitor.post(url(name, opened), {"T5.team": "1", "to": "submit"}).status_code == 401
    assert not Draft.objects.exists()


def test_no_survey_looks_like_a_survey_without_a_cookie(opened, client):
    nothing = text(client.get(reverse("answering:welcome", args=["nothing"])))
    assert nothing == text(client.get(url("welcome", opened)))


def test_two_respondents_see_their_own_answers_only(opened):
    saved(opened.tokens[0], T5_team="4", OQ_task_helps="Mine alone")
    page = text(came_by(opened.tokens[1]).get(url("page", opened, "task")))
    assert "Mine alone" not in page
    assert "checked" not in page


# --- Welcome ---


def test_the_welcome_page_is_made_of_the_settings(opened, browser):
    page = text(browser.get(url("welcome", opened)))
    for words in (
        "How do we lead here?",
        "You are asked by Ruth Adeyemi, Director of Community Services:",
        "In January the teams will look",
        "About 3 minutes",
        "District nursing</b>, 8 people invited",
        "The list was made by Helen Marsh, from the staff list",
        "Friday 4 December 2026, 17:00",
        "No result for fewer than five",
        "Where this protection ends",
        "Nobody is told whether you took part",
    ):
        assert words in page


def test_another_k_is_another_promise(shared):
    page = text(came_by(shared.shared[0]).get(url("welcome", shared)))
    assert "No result for fewer than ten" in page
    assert "five" not in re.sub(r"on five pages", "", page)
    assert "rather not take part" not in page


def test_comments_for_the_whole_only_are_promised_so(alice):
    opened = open_survey(alice, comments_at="whole")
    browser = came_by(opened.tokens[0])
    words = "only for the whole survey, never for one team"
    for name, more in (("welcome", ()), ("page", ("task",))):
        assert words in text(browser.get(url(name, opened, *more)))


def test_starting_leads_to_the_first_gap(opened, token, browser):
    assert browser.post(url("start", opened))["Location"] == url("page", opened, "task")
    saved(token, **{key.replace(".", "_"): "3" for key in _of(token, "task")})
    assert browser.post(url("start", opened))["Location"] == url("page", opened, "route")
    assert "Continue" in text(browser.get(url("welcome", opened)))
    saved(token, **{key.replace(".", "_"): "3" for key in respondent(token).questionnaire.statements})
    assert browser.post(url("start", opened))["Location"] == url("review", opened)


def _of(token: str, condition: str) -> list[str]:
    return [statement.key for statement in respondent(token).questionnaire.statements_of(condition)]


# --- Rating ---


def test_answers_are_saved_and_found_again_on_another_device(opened, token, browser):
    response = browser.post(url("page", opened, "task"), {"T5.team": "4", "OQ_task_helps": "Talk", "to": "route"})
    assert response["Location"] == url("page", opened, "route")
    said = browser.post(url("save", opened), {"R6.team": "0"})
    assert (said.status_code, said.json()) == (200, {"problems": {}, "unsaved": []})
    phone = came_by(token)
    page = text(phone.get(url("page", opened, "task")))
    assert '<input type="radio" name="T5.team" value="4" checked>' in page
    assert "Talk</textarea>" in page
    assert "Saved at" in page


@pytest.mark.parametrize(
    ("to", "there"),
    [
        ("review", "review/"),
        ("A3.team", "rate/alignment/#A3-team"),
        ("leave", "leave/"),
        ("https://example.org", "rate/task/"),
    ],
)
def test_every_button_goes_where_it_says(browser, opened, to, there):
    response = browser.post(url("page", opened, "task"), {"T5.team": "4", "to": to})
    assert response["Location"] == url("welcome", opened) + there


def test_bad_input_is_named_and_nothing_else_is_lost(browser, opened, token):
    long = "Long. " * 4000
    posted = {"T5.team": "4", "R6.team": "9", "Z1.team": "3", "OQ_task_helps": long, "OQ_task_most": "Ti\0me"}
    response = browser.post(url("page", opened, "task"), posted | {"to": "route"})
    assert response.status_code == 422
    assert "<title>Error: Task" in text(response)
    assert "Four things need your attention" in text(response)
    assert long[:20_000].strip() in text(response)
    found = saved_by(respondent(token))
    assert (found.answers, found.comments) == ({"T5.team": 4}, {"OQ_task_most": "Time"})


def test_an_unknown_condition_is_not_found(browser, opened):
    assert browser.get(url("page", opened, "colour")).status_code == 404


def test_comments_share_one_room_and_none_is_lost(browser, opened, token):
    keys = list(respondent(token).questionnaire.questions)
    for key in keys[:3]:
        assert browser.post(url("save", opened), {key: "x" * 3900}).json()["unsaved"] == []
    said = browser.post(url("save", opened), {keys[3]: "y" * 3900, "T5.team": "4"}).json()
    assert said["unsaved"] == [keys[3]]
    assert "all your comments together have room for about" in said["problems"][keys[3]]
    condition = respondent(token).questionnaire.questions[keys[3]].condition
    page = browser.post(url("page", opened, condition), {keys[3]: "y" * 3900, "to": "review"})
    assert page.status_code == 422
    assert "y" * 3900 in text(page)
    found = saved_by(respondent(token))
    assert found.answers == {"T5.team": 4}
    assert list(found.comments) == keys[:3]
    assert browser.post(url("save", opened), {keys[0]: "", keys[3]: "y" * 3000}).json()["unsaved"] == []


def test_full_comments_leave_room_for_every_rating(browser, opened, token):
    questionnaire = respondent(token).questionnaire
    for key in questionnaire.questions:
        browser.post(url("save", opened), {key: "“你好”\n" * 400})
    for key in questionnaire.statements:
        assert browser.post(url("save", opened), {key: "5"}).json() == {"problems": {}, "unsaved": []}
    browser.post(url("submit", opened), {"matters_most": ["", "alignment", "capability"], "to": "submit"})
    assert len(opened.ballots()[0]["answers"]) == len(questionnaire.statements)


# --- Review, submit, thanks ---


def test_from_the_review_to_thanks(browser, opened, token):
    saved(token, T5_team="4", OQ_task_helps="Since I moved from nights")
    page = text(browser.get(url("review", opened)))
    assert "Could someone tell from them who you are?" in page
    assert "They count only as part of a group of five or more" in page
    posted = {"matters_most": ["", "task", "energy"], "to": "submit"}
    first = browser.post(url("submit", opened), posted)
    second = browser.post(url("submit", opened), posted)
    assert first["Location"] == second["Location"] == url("thanks", opened)
    assert opened.ballots()[0]["matters_most"] == ["task", "energy"]
    assert "The survey closes on Friday 4 December 2026" in text(browser.get(url("thanks", opened)))


def test_submitting_nothing_gets_a_sentence(browser, opened):
    response = browser.post(url("submit", opened), {"matters_most": ["", "task"], "to": "submit"})
    assert (response.status_code, "Rate at least one statement" in text(response)) == (422, True)


def test_two_tabs_end_in_one_ballot(opened, token):
    one, two = came_by(token), came_by(token)
    one.post(url("page", opened, "task"), {"T5.team": "4"})
    two.post(url("page", opened, "route"), {"R6.team": "2"})
    for tab in (one, two):
        assert tab.post(url("submit", opened), {"to": "submit"})["Location"] == url("thanks", opened)
    assert [ballot["answers"] for ballot in opened.ballots()] == [{"T5.team": 4, "R6.team": 2}]


def test_closed_between_the_review_and_the_button(browser, opened, token):
    saved(token, T5_team="4")
    become(opened, "stopped")
    response = browser.post(url("submit", opened), {"to": "submit"})
    assert (response.status_code, "This survey is closed" in text(response)) == (409, True)
    assert not Ballot.objects.exists()


def test_withdrawing_asks_first_and_ends_on_the_same_page(browser, opened, token):
    submitted(token)
    assert "cannot be undone" in text(browser.get(url("withdraw", opened)))
    assert "withdrawn" not in opened.ballots()[0]
    page = browser.post(url("withdraw", opened), follow=True)
    assert "Your answers are withdrawn" in text(page)
    assert opened.ballots() == [{"withdrawn": True}]


def test_rather_not_asks_first_and_can_be_thought_over(browser, opened, token):
    assert "Send me no reminders" in text(browser.get(url("decline", opened)))
    assert not has_declined(respondent(token))
    assert "You will not be reminded" in text(browser.post(url("decline", opened), follow=True))
    assert has_declined(respondent(token))
    browser.post(url("page", opened, "task"), {"T5.team": "4"})
    assert browser.post(url("submit", opened), {"to": "submit"})["Location"] == url("thanks", opened)


def test_saving_and_leaving_gives_the_link_again(browser, opened, token, settings):
    assert f"{settings.SITE_URL}/s/{token}/" in text(browser.get(url("leave", opened)))


# --- Shared links ---


def test_a_visitor_gets_a_link_of_their_own_at_start(shared):
    browser = came_by(shared.shared[0])
    assert browser.get(url("page", shared, "task"))["Location"] == url("welcome", shared)
    assert browser.post(url("save", shared), {"T5.team": "4"}).status_code == 401
    assert not Draft.objects.exists()
    browser.post(url("start", shared))
    browser.post(url("page", shared, "task"), {"T5.team": "4"})
    own = re.search(r'value="[^"]+(/s/[^"]+/)"', text(browser.get(url("leave", shared))))[1]
    assert own.startswith(f"/s/{shared.shared[0]}.")
    phone = Client()
    phone.get(own)
    assert 'name="T5.team" value="4" checked' in text(phone.get(url("page", shared, "task")))


def test_somebody_else_starts_afresh(shared):
    browser = came_by(shared.shared[0])
    browser.post(url("start", shared))
    browser.post(url("page", shared, "task"), {"T5.team": "4"})
    assert "Continue" in text(browser.get(url("welcome", shared)))
    browser.post(url("start_over", shared))
    assert "Start the survey" in text(browser.get(url("welcome", shared)))
    browser.post(url("start", shared))
    assert "checked" not in text(browser.get(url("page", shared, "task")))


def test_the_next_person_on_the_device_after_submitting(shared):
    browser = came_by(shared.shared[0])
    for _ in range(2):
        browser.post(url("start", shared))
        browser.post(url("page", shared, "task"), {"T5.team": "4"})
        browser.post(url("submit", shared), {"to": "submit"})
        assert "Let somebody else answer here" in text(browser.get(url("thanks", shared)))
        browser.post(url("start_over", shared))
    assert len(shared.ballots()) == 2


# --- The cookie is gone ---


def test_autosave_after_two_hours_says_what_to_do(opened, browser):
    browser.cookies.clear()
    said = browser.post(url("save", opened), {"T5.team": "4"})
    assert said.status_code == 401
    assert "Open your link again, and keep this page open" in said.json()["sentence"]


def test_a_page_posted_too_late_is_still_there_and_can_be_sent_again(opened, browser, token):
    browser.cookies.clear()
    posted = {"T5.team": "4", "OQ_task_helps": "Talk\n“more”", "to": "route"}
    response = browser.post(url("page", opened, "task"), posted)
    assert (response.status_code, "Nothing is lost" in text(response)) == (401, True)
    fields = dict(response.context["fields"])
    assert fields == posted
    again = Client().post(url("page", opened, "task"), fields | {"link": f" http://testserver/s/{token}/ "})
    assert again["Location"] == url("page", opened, "route")
    assert again.cookies[f"answer-{opened.survey.public_id}"].value == token
    assert saved_by(respondent(token)).comments == {"OQ_task_helps": "Talk\n“more”"}


def test_a_wrong_link_pasted_keeps_what_was_entered(opened, client):
    posted = {"T5.team": "4", "link": "http://testserver/s/wrong/"}
    response = client.post(url("page", opened, "task"), posted)
    assert response.context["fields"] == [("T5.team", "4")]


# --- No trace ---


def test_no_session_no_audit_no_log_and_no_cookie_beside_ones_own(opened, token, caplog):
    verbs = set(Entry.objects.values_list("verb", flat=True))
    with caplog.at_level(logging.DEBUG):
        browser = came_by(token)
        browser.get(f"/s/{'x' * 27}/")
        for name, more in (("welcome", ()), ("page", ("task",)), ("review", ()), ("leave", ())):
            browser.get(url(name, opened, *more))
        browser.post(url("start", opened))
        browser.post(url("page", opened, "task"), {"T5.team": "9"})
        browser.post(url("page", opened, "task"), {"T5.team": "4", "OQ_task_helps": "Secret words", "to": "review"})
        browser.post(url("submit", opened), {"to": "submit"})
        browser.post(url("save", opened), {"T5.team": "1"})
        browser.get(url("thanks", opened))
        browser.post(url("withdraw", opened))
        Client().post(url("page", opened, "task"), {"T5.team": "4"})
    assert [record.getMessage() for record in caplog.records] == []
    assert not Session.objects.exists()
    assert set(Entry.objects.values_list("verb", flat=True)) == verbs
    assert set(browser.cookies) <= {f"answer-{opened.survey.public_id}", "csrftoken"}


def test_a_signed_in_colleague_who_answers_leaves_no_trace_in_their_session(opened, token, bob, client_for):
    browser = client_for(bob)
    before = list(Session.objects.values())
    browser.get(f"/s/{token}/", follow=True)
    browser.post(url("page", opened, "task"), {"T5.team": "4"})
    browser.post(url("submit", opened), {"to": "submit"}, follow=True)
    browser.post(url("withdraw", opened), follow=True)
    assert list(Session.objects.values()) == before


def test_a_page_a_save_and_a_submit_cost_few_queries(browser, opened, django_assert_num_queries):
    browser.post(url("save", opened), {"T5.team": "4"})
    own = {"mark": mark_in(browser.get(url("page", opened, "task")))}
    with django_assert_num_queries(2):  # draft, the survey's heading
        browser.get(url("page", opened, "task"))
    with django_assert_num_queries(2):  # draft, the same written anew
        browser.post(url("save", opened), own | {"T5.team": "3"})
    with django_assert_num_queries(7):  # link, savepoint, survey's lock with the group, draft's, ballot, draft, release
        browser.post(url("submit", opened), own | {"matters_most": "", "to": "submit"})


@pytest.fixture
def page_that_lies_open(browser, opened) -> dict[str, str]:
    """By which somebody has saved twice: they come in by their draft."""
    own = {"mark": mark_in(browser.get(url("page", opened, "task")))}
    for rating in ("4", "3"):
        assert browser.post(url("save", opened), own | {"T5.team": rating}).status_code == 200
    return own


def first_person(opened) -> Participant:
    return opened.survey.invitations.order_by("pk").first().participant


def test_a_draft_admits_nobody_whose_link_has_ended(browser, opened, token, page_that_lies_open, alice):
    before = respondent(token)
    remove_participant(participant=first_person(opened), by=alice)
    refused = browser.post(url("save", opened), page_that_lies_open | {"T5.team": "1"})
    assert (refused.status_code, saved_by(before).answers) == (401, {"T5.team": 3})
    assert browser.get(url("page", opened, "task")).status_code == 401


def test_a_link_that_ends_while_an_answer_is_on_its_way_keeps_it_out(
    browser, opened, page_that_lies_open, alice, monkeypatch
):
    before, replace = respondent(opened.tokens[0]), tables.replace_draft

    def late(*args, **kwargs) -> bool:
        remove_participant(participant=first_person(opened), by=alice)
        return replace(*args, **kwargs)

    monkeypatch.setattr(tables, "replace_draft", late)
    assert browser.post(url("save", opened), page_that_lies_open | {"T5.team": "1"}).status_code == 401
    assert saved_by(before).answers == {"T5.team": 3}


def test_the_links_of_others_end_without_a_word_to_whoever_answers(
    browser, opened, page_that_lies_open, alice, django_assert_num_queries
):
    remove_participant(participant=opened.survey.invitations.order_by("pk").last().participant, by=alice)
    with django_assert_num_queries(4):  # draft, the link looked for again, draft, the same written anew
        assert browser.post(url("save", opened), page_that_lies_open | {"T5.team": "2"}).status_code == 200
    with django_assert_num_queries(2):
        assert browser.post(url("save", opened), page_that_lies_open | {"T5.team": "1"}).status_code == 200


def test_what_two_tabs_save_in_the_same_moment_is_both_there(browser, opened, page_that_lies_open, monkeypatch):
    token = opened.tokens[0]
    replace = tables.replace_draft

    def late(*args, **kwargs) -> bool:
        monkeypatch.setattr(tables, "replace_draft", replace)
        saved(token, R6_team="5")  # by the other tab, since this one has read
        return replace(*args, **kwargs)

    monkeypatch.setattr(tables, "replace_draft", late)
    browser.post(url("save", opened), page_that_lies_open | {"T5.team": "1"})
    assert saved_by(respondent(token)).answers == {"T5.team": 1, "R6.team": 5}
