"""Begun without an account: who opens it, for how long, and how it becomes somebody's."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.audit.models import Entry
from core.jobs import running
from core.jobs.models import Job
from core.quotas.models import Spent
from diagnostics.self_assessments import actions
from diagnostics.self_assessments.models import KEPT_FOR, SelfAssessment, Unkept
from tests.conftest import PASSWORD
from tests.pages import tight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]

START = reverse("self_assessments:start")
PULSE = {"primary_space": "team", "spaces": ["team"], "preset": "pulse"}
EVERYTHING = dict.fromkeys(("T7.team", "R7.team", "A3.team", "C2.team", "E2.team"), "4")
NEWCOMER = {"name": "Dana Drew", "email": "dana@example.org", "password1": "a-word-of-her-own"}


def url(name: str, own, *args: str) -> str:
    return reverse(name if ":" in name else f"self_assessments:{name}", args=[own.public_id, *args])


@pytest.fixture
def browser() -> Client:
    return Client()


@pytest.fixture
def begun(browser) -> Unkept:
    page = browser.post(START, PULSE, follow=True)
    assert page.status_code == 200
    return Unkept.objects.get()


def rate(browser: Client, begun: Unkept) -> None:
    browser.post(url("page", begun, "task"), EVERYTHING | {"to": "review"})


def handed_in(browser: Client, begun: Unkept) -> str:
    """Where the result is."""
    rate(browser, begun)
    return browser.post(url("submit", begun), {"to": "submit"})["Location"]


def every_address(own) -> list[str]:
    return [
        *(url(name, own) for name in ("resume", "review", "keep", "delete", "submit")),
        url("page", own, "task"),
        url("reports:begun", own),
        url("reports:begun_place", own, "task", "team"),
    ]


def test_it_is_said_until_when_it_is_kept_before_and_all_along(browser, begun):
    pages = [Client().get(START), *(browser.get(url(name, begun)) for name in ("review", "keep"))]
    pages += [browser.get(url("page", begun, "task")), browser.get(handed_in(browser, begun))]
    for page in pages:
        assert "Kept in this browser until tomorrow at" in tight(page)
        assert "no-store" in page["Cache-Control"]
    begun.started_at -= datetime.timedelta(hours=23, minutes=59)
    begun.save()
    said = tight(browser.get(url("keep", begun)))
    assert (
        f"Kept in this browser until {'today' if begun.ends_at.date() == timezone.localdate() else 'tomorrow'}" in said
    )


def test_nothing_in_it_says_whose_it_is(browser, begun):
    named = {field.name for field in Unkept._meta.get_fields()}
    assert named == {field.name for field in SelfAssessment._meta.local_fields} - {"leader"}
    handed_in(browser, begun)
    assert Entry.objects.count() == 0
    assert not Spent.objects.filter(holder__contains="127.0.0.1").exists()


def test_the_result_is_there_at_once_and_as_it_will_be_read_later(browser, begun):
    result = handed_in(browser, begun)
    assert result == url("reports:begun", begun)
    page = tight(browser.get(result))
    for words in (
        "How you see it today",
        "mostly in place",
        "only this browser can see this page",
        "Keep it: make an account",
    ):
        assert words in page
    place = tight(browser.get(f"{result}task/team/"))
    assert "If asked separately, people in our team" in place
    assert browser.get(f"{result}task/self/").status_code == 404
    assert browser.get(url("resume", begun))["Location"] == result
    assert "This self-assessment has been submitted" in tight(browser.get(url("review", begun)))


def test_another_browser_finds_nothing(browser, begun, alice, client_for):
    for address in every_address(begun):
        for reached in (Client().get(address), Client().post(address)):
            assert reached.status_code in (401, 405) or reached["Location"].startswith(reverse("account_login")), (
                address
            )
        assert (
            client_for(alice).get(address).status_code == 404
            or "/review/" in client_for(alice).get(address)["Location"]
        )
    assert Client().post(url("save", begun), {"T7.team": "1"}).status_code == 401
    assert client_for(alice).post(url("keep", begun)).status_code == 404
    begun.refresh_from_db()
    assert begun.answers == {}


def test_signing_up_keeps_what_was_rated_and_its_result(browser, begun):
    """At once, before the address is confirmed; at the same address, for whoever is in the middle of it."""
    handed_in(browser, begun)
    sign_up = browser.post(url("keep", begun), {"to": "sign_up"})["Location"]
    assert sign_up == f"{reverse('account_signup')}?next={url('resume', begun)}"
    assert "What you rated comes along: it will be kept with your account." in tight(browser.get(sign_up))
    page = browser.post(sign_up, NEWCOMER | {"next": url("resume", begun)}, follow=True)
    assert page.redirect_chain[-1][0] == url("reports:self_assessment", begun)
    assert "What you rated is kept with your account now." in tight(page)
    kept = SelfAssessment.objects.get()
    assert (kept.public_id, kept.leader.email) == (begun.public_id, "dana@example.org")
    assert set(kept.answers.values()) == {4}
    assert {cell.score for cell in kept.result.scores} == {4.0}
    assert not Unkept.objects.exists()
    browser.logout()
    assert browser.get(url("page", begun, "task")).status_code == 302


def test_signing_in_keeps_a_draft_which_then_goes_on_where_it_was(browser, begun, alice):
    browser.post(url("save", begun), {"T7.team": "2"})
    sign_in = browser.post(url("keep", begun), {"to": "sign_in"})["Location"]
    page = browser.post(sign_in, {"login": alice.email, "password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == url("page", begun, "route")
    assert browser.post(url("save", begun), {"R7.team": "3"}).json() == {"problems": {}, "unsaved": []}
    assert alice.self_assessments.get().answers == {"T7.team": 2, "R7.team": 3}
    assert "Kept in this browser" not in tight(browser.get(url("review", begun)))


def test_whoever_signs_in_on_the_same_device_takes_nothing_along_unless_they_say_so(browser, begun, alice):
    browser.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert Unkept.objects.count() == 1
    assert browser.get(url("page", begun, "task")).status_code == 404
    offered = tight(browser.get(reverse("self_assessments:list")))
    assert url("resume", begun) in offered
    assert browser.get(url("resume", begun))["Location"] == url("keep", begun)
    assert "If it is yours, keep it with your account" in tight(browser.get(url("keep", begun)))
    browser.post(url("keep", begun))
    assert alice.self_assessments.get().public_id == begun.public_id
    assert browser.get(url("keep", begun))["Location"] == url("resume", begun)


def test_signing_out_leaves_nothing_to_open(browser, begun, alice):
    browser.force_login(alice)
    browser.post(reverse("account_logout"))
    assert browser.get(url("page", begun, "task"))["Location"].startswith(reverse("account_login"))


def test_after_a_day_it_is_gone_and_said_to_be(browser, begun):
    """For everybody when its day is over, from the database within ten minutes."""
    browser.post(url("save", begun), {"T7.team": "2"})
    job = Job.objects.get(kind=actions.FORGET_UNKEPT)
    begun.refresh_from_db()
    assert begun.ends_at <= job.not_before < begun.ends_at + datetime.timedelta(minutes=10)
    before, after = begun.ends_at - datetime.timedelta(seconds=1), begun.ends_at
    actions.forget_unkept(now=before)
    assert Unkept.objects.get().answers == {"T7.team": 2}
    Unkept.objects.update(started_at=timezone.now() - KEPT_FOR)
    for address in every_address(begun):
        page = browser.get(address)
        assert page.status_code == 410 or address == url("submit", begun), address
        assert "Nothing of it is left" in tight(page) or address == url("submit", begun)
    late = browser.post(url("save", begun), {"R7.team": "2"})
    assert (late.status_code, late.json()["sentence"]) == (409, "Not saved: its day is over, and it was not kept.")
    assert browser.post(url("keep", begun), {"to": "sign_up"}).status_code == 410
    Job.objects.update(not_before=after - KEPT_FOR)
    running.perform(job.pk)
    assert not Unkept.objects.exists()
    job.refresh_from_db()
    assert job.status == Job.Status.DONE


def test_it_can_be_deleted_at_once(browser, begun):
    handed_in(browser, begun)
    page = browser.get(url("delete", begun))
    form = page.context["form"]
    done = browser.post(url("delete", begun), {"seen": form.fields["seen"].initial}, follow=True)
    assert "The self-assessment is deleted" in tight(done)
    assert not Unkept.objects.exists()
    assert not Entry.objects.exists()


def test_pressing_start_twice_begins_once_and_the_start_leads_back(browser, begun):
    browser.post(START, PULSE)
    assert Unkept.objects.count() == Job.objects.filter(kind=actions.FORGET_UNKEPT).count() == 1
    assert url("resume", begun) in tight(browser.get(START))
    assert url("resume", begun) not in tight(Client().get(START))


def test_where_nobody_may_make_an_account_nothing_is_begun_without_one(settings, client):
    settings.OPEN_SIGN_UP = False
    assert client.get(START)["Location"].startswith(reverse("account_login"))
    assert client.post(START, PULSE).status_code == 401
    assert "You sign in first" in tight(client.get(reverse("guide:welcome")))
    assert not Unkept.objects.exists()


# --- The sample ---


@pytest.mark.parametrize(("language", "word"), [("en-gb", "invented"), ("de", "Aussagen"), ("cy", "Tasg")])
def test_the_sample_is_a_whole_result_that_says_it_is_invented(client, language, word, django_assert_max_num_queries):
    client.cookies["django_language"] = language
    client.get(reverse("reports:sample"))
    with django_assert_max_num_queries(3):
        page = client.get(reverse("reports:sample"))
    shown = tight(page)
    assert word in shown
    assert page.context["reading"].observations
    assert page.context["reading"].questions
    assert shown.count("<blockquote") == 2
    assert "max-age=600" in page["Cache-Control"]
    for address in (reverse("guide:welcome"), reverse("account_signup")):
        assert reverse("reports:sample") in tight(client.get(address))
    place = tight(client.get(reverse("reports:sample_place", args=["alignment", "self"])))
    assert place.count("own-topic") == 7
    assert not SelfAssessment.objects.exists()
