"""What happens after a letter has left: it comes back, its reader wants no more of them, or has lost it."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from core.audit.models import Entry
from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.post.bounces.noting import note_returned
from core.post.bounces.reasons import Reason
from core.post.models import Message
from core.quotas.models import Spent
from diagnostics.answering.models import Decline
from diagnostics.answering.respondents import respondent_of
from diagnostics.answering.submitting import has_declined
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, LinkRequest, Survey
from tests.diagnostics.launched import NOW, open_survey_now
from tests.diagnostics.respondents import submitted
from tests.pages import press, tight

DAY = "2026-11-20"


@pytest.fixture
def survey(alice, instrument) -> Survey:
    survey = open_survey_now(alice, teams={"Pharmacy": 5}, reminder_days=[DAY])
    cache.clear()
    deliver()
    mail.outbox.clear()
    return survey


def deliver() -> None:
    for job in Job.objects.filter(kind="send_message", status=Job.Status.QUEUED):
        run_job(job.pk)


def invitation_of(survey: Survey, number: int) -> Invitation:
    return survey.invitations.select_related("survey", "participant").get(participant__name=f"Pharmacy {number}")


def token(invitation: Invitation) -> str:
    return token_of(invitation, link_key(invitation.survey))


def come_back(invitation: Invitation) -> None:
    letter = Message.objects.get(about=invitation.survey.public_id, to=invitation.participant.email)
    sent = Job.objects.get(kind="send_message", subject=str(letter.pk))
    note_returned(sent.public_id, Reason.UNKNOWN, now=timezone.now())


def remind(survey: Survey, monkeypatch) -> list:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW.replace(day=20))
    run_job(Job.objects.get(kind="send_reminders", subject=survey.public_id).pk)
    return list(mail.outbox)


# --- It comes back ---


def test_a_letter_that_came_back_is_shown_with_its_day_and_sent_again_in_one_press(survey, alice, client_for):
    for number in (1, 2):
        come_back(invitation_of(survey, number))
    today = f"{timezone.localdate(timezone=survey.zone):%-d %B}"
    failed = reverse("surveys:failed_addresses", args=[survey.public_id])
    for page in (failed, reverse("surveys:dashboard", args=[survey.public_id])):
        assert tight(client_for(alice).get(page)).count(f"came back on {today}: mailbox unknown") == 2
    assert "are on their way" in tight(press(client_for(alice), failed, all="1", follow=True))
    assert not survey.invitations.filter(has_bounced=True).exists()
    assert set(survey.invitations.values_list("version", flat=True)) == {1, 2}
    assert Entry.objects.get(verb="send_again_to_many").detail["people"] == 2


def test_a_letter_to_an_address_that_was_corrected_says_nothing_of_the_new_one(survey, alice):
    invitation = invitation_of(survey, 1)
    Invitation.objects.filter(pk=invitation.pk).update(version=2)
    come_back(invitation)
    assert not survey.invitations.filter(has_bounced=True).exists()


def test_a_reminder_that_comes_back_is_not_noted(survey, monkeypatch):
    """Only whoever has not answered gets one, so that noting it would tell."""
    for letter in remind(survey, monkeypatch):
        letter_id = letter.extra_headers["Message-ID"].strip("<>").partition("@")[0]
        assert len(letter_id) == 16
        assert not note_returned(letter_id, Reason.UNKNOWN, now=timezone.now())
    assert not survey.invitations.filter(has_bounced=True).exists()


# --- No more of them ---


def stop_address(letter) -> str:
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return letter.extra_headers["List-Unsubscribe"].strip("<>").partition("/answer/")[2]


def test_a_mailbox_stops_reminders_in_one_click_and_opens_nothing_by_it(survey, client, monkeypatch):
    letters = {letter.to[0]: letter for letter in remind(survey, monkeypatch)}
    bob = invitation_of(survey, 1)
    letter = letters[bob.participant.email]
    assert token(bob) not in str(letter.extra_headers)
    address = "/answer/" + stop_address(letter)
    assert "No more reminders?" in tight(client.get(address))
    assert not Decline.objects.exists()
    for _again in range(2):
        done = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert (done.status_code, client.cookies.get("answer")) == (200, None)
    assert "You are still invited" in tight(done)
    assert has_declined(respondent_of(token(bob)))
    assert Decline.objects.count() == 1
    mail.outbox.clear()
    Job.objects.filter(kind="send_reminders").update(status=Job.Status.QUEUED)
    assert bob.participant.email not in {one.to[0] for one in remind(survey, monkeypatch)}
    assert len(mail.outbox) == 4


def test_an_address_that_was_made_up_or_belongs_to_another_survey_stops_nothing(survey, client, monkeypatch, alice):
    address = "/answer/" + stop_address(remind(survey, monkeypatch)[0])
    assert client.post(address.replace(":", ":x")).status_code == 410
    assert client.post(address.replace(survey.public_id, "another")).status_code == 410
    assert not Decline.objects.exists()
    stop_survey(survey=survey, by=alice, now=NOW)
    assert client.post(address).status_code == 200


def test_no_other_letter_can_be_stopped(survey):
    assert not any("List-Unsubscribe" in one.extra_headers for one in mail.outbox)


# --- The letter is lost ---


def ask_for_link(client, email: str, survey: Survey | None = None):
    address = reverse("answering:lost_link_of", args=[survey.public_id]) if survey else reverse("answering:lost_link")
    return client.post(address, {"email": email}, follow=True)


def send_links() -> list:
    for job in Job.objects.filter(kind="send_link_again", status=Job.Status.QUEUED):
        run_job(job.pk)
    return list(mail.outbox)


def test_a_lost_link_goes_to_the_invited_address_and_is_the_same_whatever_was_done_by_it(survey, client):
    bob, carol = invitation_of(survey, 1), invitation_of(survey, 2)
    submitted(token(bob))
    before = list(Invitation.objects.order_by("pk").values())
    pages = [
        ask_for_link(client, address, survey).content
        for address in ("PHARMACY1+mine@example.org", carol.participant.email, "nobody@example.org")
    ]
    assert len(set(pages)) == 1
    assert "nobody@example.org" not in str(list(Job.objects.values())) + str(list(LinkRequest.objects.values()))
    assert {len(one.sealed) for one in LinkRequest.objects.all()} == {len(LinkRequest.objects.first().sealed)}
    first, second = send_links()
    assert (first.to, second.to) == ([bob.participant.email], [carol.participant.email])
    assert f"/s/{token(bob)}/" in first.body
    assert first.body.replace(token(bob), "").replace("Pharmacy 1", "") == second.body.replace(
        token(carol), ""
    ).replace("Pharmacy 2", "")
    assert list(Invitation.objects.order_by("pk").values()) == before
    assert not LinkRequest.objects.exists()


def test_without_a_survey_all_open_ones_are_meant_and_a_closed_one_never(survey, client, alice):
    ask_for_link(client, "pharmacy3@example.org")
    assert [letter.to for letter in send_links()] == [["pharmacy3@example.org"]]
    mail.outbox.clear()
    stop_survey(survey=survey, by=alice, now=NOW)
    ask_for_link(client, "pharmacy3@example.org")
    assert send_links() == []


def test_nobodys_mailbox_is_filled(survey, client):
    pages = []
    for _time in range(5):
        cache.clear()  # as a Redis does that is started anew
        pages.append(ask_for_link(client, "pharmacy4@example.org", survey).content)
    assert len(set(pages)) == 1
    assert len(send_links()) == 3
    assert not Spent.objects.filter(holder__contains="pharmacy").exists()


def test_an_address_that_is_none_is_said_and_kept(survey, client):
    page = ask_for_link(client, "pharmacy4 at example", survey)
    assert page.status_code == 422
    assert 'value="pharmacy4 at example"' in page.content.decode()


def test_a_link_that_does_not_work_offers_another_letter(client, survey):
    assert reverse("answering:lost_link") in client.get("/s/wrong-link-of-somebody/").content.decode()
    assert press(client, reverse("answering:lost_link"), email="x@example.org").status_code == 302
