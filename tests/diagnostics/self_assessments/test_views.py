"""The list, starting, sharing, deleting."""

import datetime

import pytest
from django.urls import reverse

from core.accounts.models import User
from diagnostics.self_assessments import actions
from diagnostics.self_assessments.models import SelfAssessment
from tests.diagnostics.assessing import NOW, draft_of, finished_by, make_colleagues
from tests.pages import press, tight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]

LIST = reverse("self_assessments:list")
START = reverse("self_assessments:start")


def url(name: str, own: SelfAssessment) -> str:
    return reverse(f"self_assessments:{name}", args=[own.public_id])


def text(response) -> str:
    return tight(response)


@pytest.fixture
def browser(client_for, alice):
    return client_for(alice)


# --- The list ---


def test_an_empty_list_says_what_will_be_here_and_offers_one_action(browser):
    page = browser.get(LIST)
    assert "You have not made one yet" in text(page)
    assert text(page).count(f'href="{START}"') == 1


def test_the_list_tells_drafts_finished_and_shared_apart(browser, alice, bob, charlie):
    make_colleagues(bob, alice)
    draft = draft_of(alice, T1_team=4, T2_team=3)
    own = finished_by(alice, now=NOW - datetime.timedelta(days=9))
    theirs = finished_by(bob)
    actions.share(self_assessment=theirs, reader=alice, by=bob, now=NOW)
    unshared, foreign = finished_by(bob, preset="brief"), finished_by(charlie)
    page = text(browser.get(LIST))
    assert url("resume", draft) in page
    assert "2 ratings" in page
    assert "16 November 2026" in page
    assert reverse("reports:self_assessment", args=[own.public_id]) in page
    assert reverse("reports:self_assessment", args=[theirs.public_id]) in page
    for hidden in (unshared, foreign):
        assert hidden.public_id not in page


def test_the_list_costs_the_same_for_one_and_for_many(browser, alice, bob, django_assert_num_queries):
    make_colleagues(alice, bob)
    for number in range(4):
        own = finished_by(alice)
        actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
        draft_of(alice, T1_team=number)
        theirs = finished_by(bob)
        actions.share(self_assessment=theirs, reader=alice, by=bob, now=NOW)
        with django_assert_num_queries(7):  # session, user, own and shared, each with its shares, intentions
            browser.get(LIST)


def test_going_on_leads_to_the_first_gap_then_the_review_then_the_result(browser, alice):
    draft = draft_of(alice, preset="pulse")
    first = draft.version.statement_keys[0]
    actions.save(self_assessment=draft, answers={first: 4}, comments={}, now=NOW)
    assert browser.get(url("resume", draft))["Location"].endswith("/rate/route/")
    answers = dict.fromkeys(draft.version.statement_keys, 3)
    actions.save(self_assessment=draft, answers=answers, comments={}, now=NOW)
    assert browser.get(url("resume", draft))["Location"] == url("review", draft)
    actions.submit(self_assessment=draft, now=NOW)
    assert browser.get(url("resume", draft))["Location"] == reverse("reports:self_assessment", args=[draft.public_id])


# --- Starting ---


def test_the_first_question_has_no_default_and_the_rest_has(browser):
    page = browser.get(START)
    assert page.context["form"]["primary_space"].value() is None
    assert list(page.context["form"]["spaces"].value()) == ["self", "team", "organisation", "system"]
    assert page.context["form"]["preset"].value() == "focused"
    assert "TRACE 360" not in text(page)
    for words in ("65 statements, about 12 minutes", "35 statements, about 7 minutes", "5 statements, about 2 minutes"):
        assert words in text(page)


def test_starting_makes_a_draft_and_leads_to_its_first_page(browser, alice):
    chosen = {"primary_space": "team", "spaces": ["self", "team"], "preset": "focused"}
    page = browser.post(START, chosen, follow=True)
    draft = alice.self_assessments.get()
    assert page.redirect_chain[-1][0] == reverse("self_assessments:page", args=[draft.public_id, "task"])
    assert len(draft.version.statement_keys) == 45


def test_the_primary_space_is_always_rated(browser, alice):
    browser.post(START, {"primary_space": "system", "spaces": ["self"], "preset": "brief"})
    assert {space["key"] for space in alice.self_assessments.get().version.spaces} == {"self", "system"}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("primary_space", "", "Choose the space your work is in now"),
        ("primary_space", "moon", "Choose the space your work is in now"),
        ("spaces", "moon", "Choose among the four spaces"),
        ("preset", "three_sixty", "Choose one of the lengths offered"),
    ],
)
def test_a_choice_that_is_missing_or_not_offered_gets_a_sentence(browser, alice, field, value, sentence):
    chosen = {"primary_space": "team", "spaces": ["team"], "preset": "brief"} | {field: value}
    page = browser.post(START, chosen)
    assert page.status_code == 422
    assert f'<a href="#id_{field}">{sentence}' in text(page)
    assert "<title>Error:" in text(page)
    assert not alice.self_assessments.exists()


def test_starting_again_brings_the_earlier_choices_but_asks_for_the_space(browser, alice):
    finished_by(alice, preset="brief", spaces=("self", "team"))
    page = text(browser.get(LIST))
    again = f"{START}?preset=brief&amp;spaces=self&amp;spaces=team"
    assert again in page
    form = browser.get(again.replace("&amp;", "&")).context["form"]
    assert (form["preset"].value(), form["spaces"].value()) == ("brief", ["self", "team"])
    assert form["primary_space"].value() is None


def test_an_odd_address_only_leaves_nothing_chosen(browser):
    assert browser.get(f"{START}?preset=%3Cb%3E&spaces=moon&primary_space=x").status_code == 200


# --- Sharing ---


def test_sharing_with_a_colleague_and_taking_it_back(browser, alice, bob, client_for):
    make_colleagues(alice, bob)
    own = finished_by(alice)
    page = browser.post(url("share", own), {"reader": bob.pk}, follow=True)
    assert "Bob can now read your result." in text(page)
    assert own.public_id in text(client_for(bob).get(LIST))
    assert "You and 1 other" in text(browser.get(LIST))
    page = browser.post(url("take_back", own), {"reader": bob.pk}, follow=True)
    assert "Bob can no longer read your result." in text(page)
    assert own.public_id not in text(client_for(bob).get(LIST))


def test_only_colleagues_are_offered_and_taken(browser, alice, bob, charlie):
    make_colleagues(alice, bob)
    own = finished_by(alice)
    page = browser.get(url("share", own))
    assert "Bob" in text(page)
    assert "Charlie" not in text(page)
    page = browser.post(url("share", own), {"reader": charlie.pk})
    assert page.status_code == 422
    assert "Choose somebody from the list" in text(page)
    assert not own.shares.exists()


def test_somebody_without_colleagues_is_told_why(browser, alice):
    page = browser.get(url("share", finished_by(alice)))
    assert "So far there is nobody" in text(page)


@pytest.mark.parametrize("reader", ["", "x", "999999"])
def test_taking_back_from_nobody_changes_nothing(browser, alice, bob, reader):
    make_colleagues(alice, bob)
    own = finished_by(alice)
    actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
    assert browser.post(url("take_back", own), {"reader": reader})["Location"] == url("share", own)
    assert own.shares.count() == 1


def test_colleagues_of_one_name_are_told_apart_by_their_addresses(browser, alice, bob, charlie):
    namesake = User.objects.create_user("dana@example.org", name=bob.name)
    make_colleagues(alice, bob, charlie, namesake)
    page = text(browser.get(url("share", finished_by(alice))))
    assert bob.email in page
    assert namesake.email in page
    assert charlie.email not in page


def test_a_draft_is_not_shared_but_led_to_its_review(browser, alice):
    page = browser.get(url("share", draft_of(alice, T1_team=4)), follow=True)
    assert "Submit your self-assessment first" in text(page)
    assert "Check and submit" in text(page)


# --- Deleting ---


def test_deleting_asks_first(browser, alice, bob):
    make_colleagues(alice, bob)
    own = finished_by(alice)
    actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
    page = browser.get(url("delete", own))
    assert "removed for good" in text(page)
    assert "The person you shared it with can no longer read it." in text(page)
    assert SelfAssessment.objects.filter(pk=own.pk).exists()


def test_deleting_removes_it(browser, alice):
    own = finished_by(alice)
    page = press(browser, url("delete", own), follow=True)
    assert "The self-assessment is deleted" in text(page)
    assert not SelfAssessment.objects.exists()
    assert browser.get(url("delete", own)).status_code == 404


# --- Charlie ---


@pytest.mark.parametrize("name", ["resume", "share", "take_back", "delete"])
def test_nobody_else_comes_in_not_even_a_reader(alice, bob, charlie, client_for, name):
    make_colleagues(alice, bob)
    own = finished_by(alice)
    actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
    for visitor in (client_for(bob), client_for(charlie)):
        if name != "take_back":
            assert visitor.get(url(name, own)).status_code == 404
        if name != "resume":
            assert visitor.post(url(name, own), {"reader": bob.pk}).status_code == 404
    assert own.shares.count() == 1


def test_a_visitor_signs_in_first(client):
    assert client.get(LIST)["Location"] == f"{reverse('account_login')}?next={LIST}"
