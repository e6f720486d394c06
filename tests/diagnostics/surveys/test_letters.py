"""Messages of an open survey: who gets which, on which day, and what a mail server's moods do to them."""

import datetime
import random
import smtplib
from collections import Counter
from collections.abc import Iterable

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.keys.store import KeyDestroyed
from core.post import sending
from core.post.models import Message
from diagnostics.answering.drafts import Saved, saved_by
from diagnostics.answering.models import Ballot, Draft
from diagnostics.answering.respondents import respondent_of
from diagnostics.answering.rows import placement_of
from diagnostics.answering.submitting import decline, has_declined, withdraw
from diagnostics.sealing.boxes import open_ballot
from diagnostics.sealing.tokens import ballot_tag
from diagnostics.surveys.actions.lifecycle import cancel_launch, extend_survey, stop_survey
from diagnostics.surveys.actions.many import send_again_to_many
from diagnostics.surveys.actions.moving import move_participant
from diagnostics.surveys.actions.participants import add_participant, correct_address, remove_participant, send_again
from diagnostics.surveys.answered import with_ballots
from diagnostics.surveys.jobs import reminding
from diagnostics.surveys.keys import link_key, private_key
from diagnostics.surveys.letters.sending import forget_letters
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, Participant, Reminding, Survey
from tests.diagnostics.launched import CLOSES, NOW, launched_survey
from tests.diagnostics.respondents import saved, submitted

DAY, NEXT_DAY = "2026-11-20", "2026-11-30"


@pytest.fixture
def at(monkeypatch):
    """What time it is for the jobs."""

    def set_clock(moment: datetime.datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock


@pytest.fixture
def survey(alice, instrument) -> Survey:
    survey = launched_survey(alice, reminder_days=[DAY, NEXT_DAY])
    run("open_survey", survey.public_id)
    survey.refresh_from_db()
    return survey


def run(kind: str, subject: str, **which: str) -> Job:
    job = Job.objects.filter(kind=kind, subject=subject, **which).latest("pk")
    Job.objects.filter(pk=job.pk).update(status=Job.Status.QUEUED, not_before=None)
    run_job(job.pk)
    job.refresh_from_db()
    return job


def deliver() -> None:
    for number in Job.objects.filter(kind="send_message", status=Job.Status.QUEUED).values_list("pk", flat=True):
        Job.objects.filter(pk=number).update(not_before=None)
        run_job(number)


def nine(day: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T09:00:00+00:00")


def remind(survey: Survey, day: str, at) -> Job:
    at(nine(day))
    return run("send_reminders", survey.public_id, version=day)


def invitation_of(survey: Survey, name: str) -> Invitation:
    return survey.invitations.select_related("survey", "participant").get(participant__name=name)


def token(invitation: Invitation) -> str:
    return token_of(invitation, link_key(invitation.survey))


def reminded() -> list[str]:
    return [letter.to[0] for letter in mail.outbox if letter.subject.startswith("Open until")]


# --- Invitations ------------------------------------------------------------------------------------


def test_an_invitation_holds_the_persons_own_link(survey, settings):
    settings.SITE_URL = "https://trace.example.org"
    deliver()
    assert len(mail.outbox) == 17
    for letter in mail.outbox:
        own = survey.invitations.get(participant__email=letter.to[0])
        assert f"https://trace.example.org/s/{token(own)}/" in letter.body
        assert letter.body.count("/s/") == 1


def test_a_letter_asked_for_before_the_address_was_corrected_is_not_sent(survey, alice):
    wrong = invitation_of(survey, "Pharmacy 1")
    correct_address(participant=wrong.participant, email="right@example.org", by=alice)
    deliver()
    assert not [one for one in mail.outbox if one.to == ["pharmacy1@example.org"] and "/s/" in one.body]


def test_no_invitation_leaves_once_the_survey_has_stopped(survey, alice):
    stop_survey(survey=survey, by=alice, now=NOW)
    deliver()
    assert mail.outbox == []
    assert not Message.objects.exists()


# --- Reminders --------------------------------------------------------------------------------------


def test_only_whoever_has_not_answered_is_reminded(survey, at):
    submitted(token(invitation_of(survey, "Pharmacy 1")))
    decline(respondent=respondent_of(token(invitation_of(survey, "Pharmacy 2"))))
    Invitation.objects.filter(participant__name="Pharmacy 3").update(has_bounced=True)
    remind(survey, DAY, at)
    assert len(reminded()) == 14
    assert not set(reminded()) & {f"pharmacy{number}@example.org" for number in (1, 2, 3)}


def test_a_reminder_holds_the_same_link(survey, at):
    remind(survey, DAY, at)
    deliver()
    own = invitation_of(survey, "Podiatry 1")
    letters = [letter for letter in mail.outbox if letter.to == ["podiatry1@example.org"]]
    assert len(letters) == 2
    assert all(token(own) in letter.body for letter in letters)


def test_of_reminders_no_row_tells(survey, at):
    """Who has answered makes no difference to anything that is stored, and neither does how many have."""
    deliver()
    tables = (Message, Invitation, Reminding)
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    submitted(token(invitation_of(survey, "Pharmacy 1")))
    job = remind(survey, DAY, at)
    assert reminded()
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before
    assert (job.status, job.step, job.error) == (Job.Status.DONE, "", "")


def test_whoever_has_a_link_sent_to_themselves_is_reminded_whatever_was_answered_before(survey, alice, at):
    """Else the letter that fails to come would say that somebody has answered."""
    submitted(token(invitation_of(survey, "Pharmacy 1")))
    corrected(survey, "Pharmacy 1", alice)
    corrected(survey, "Pharmacy 2", alice, to="second@example.org")
    remind(survey, DAY, at)
    assert {"right@example.org", "second@example.org"} <= set(reminded())


def sent_anew(participant: Participant, alice) -> None:
    send_again(participant=participant, by=alice)


def sent_anew_to_many(participant: Participant, alice) -> None:
    send_again_to_many(survey=participant.survey, people=[participant.pk], by=alice)


def placed_elsewhere(participant: Participant, alice) -> None:
    teams = participant.survey.groups.filter(name__in=["Podiatry", "Pharmacy"])
    move_participant(participant=participant, group=teams.exclude(pk=participant.group_id).get(), by=alice)


def corrected_to_and_fro(participant: Participant, alice) -> None:
    for address in ("mine@example.org", participant.email):
        correct_address(participant=participant, email=address, by=alice)


@pytest.mark.parametrize(
    ("renewed", "is_reminded"),
    [(sent_anew, False), (sent_anew_to_many, False), (placed_elsewhere, False), (corrected_to_and_fro, True)],
)
def test_whoever_wants_no_reminders_has_none_by_a_new_link_to_the_same_address(survey, alice, at, renewed, is_reminded):
    """Where it went to another one in between, what was said by the earlier link is known to nobody."""
    before = invitation_of(survey, "Pharmacy 1")
    decline(respondent=respondent_of(token(before)))
    for _again in range(2):
        renewed(Participant.objects.get(pk=before.participant_id), alice)
    now = invitation_of(survey, "Pharmacy 1")
    run("correct_address", now.public_id, version=str(now.version))
    assert not has_declined(respondent_of(token(now)))
    remind(survey, DAY, at)
    assert (now.participant.email in reminded()) is is_reminded


class Killed(BaseException):
    """What a handler sees of SIGKILL: nothing runs after it."""


@pytest.mark.parametrize("where", ["before", "after"])
def test_killed_and_run_again_a_day_reminds_everybody_and_at_most_one_twice(survey, at, monkeypatch, where):
    at(nine(DAY))
    real, sent = reminding.send_without_trace, []

    def killed(run, **letter):
        if where == "after":
            real(run, **letter)
        if len(sent) == 9:
            raise Killed
        if where == "before":
            real(run, **letter)
        sent.append(letter["to"])
        return True

    with monkeypatch.context() as patch:
        patch.setattr(reminding, "send_without_trace", killed)
        with pytest.raises(Killed):
            run("send_reminders", survey.public_id, version=DAY)
    assert len(reminded()) == (10 if where == "after" else 9)
    remind(survey, DAY, at)
    assert len(set(reminded())) == 17
    assert len(reminded()) == (18 if where == "after" else 17)


def test_a_mail_server_that_is_down_puts_the_rest_off(survey, at, monkeypatch):
    at(nine(DAY))
    server = MoodyServer(3, drops=0.4)
    monkeypatch.setattr(EmailBackend, "send_messages", server.send_messages)
    tries = [run("send_reminders", survey.public_id, version=DAY)]
    while tries[-1].status == Job.Status.QUEUED:
        tries.append(run("send_reminders", survey.public_id, version=DAY))
        Job.objects.filter(pk=tries[-1].pk).update(delays=0)
    assert len(tries) > 2
    assert Counter(server.taken) == Counter(survey.participants.values_list("email", flat=True))


@pytest.mark.parametrize(
    ("day", "moment", "reminds"),
    [
        (DAY, nine(DAY), True),
        (DAY, nine("2026-11-22"), True),
        (DAY, nine(NEXT_DAY), False),
        (NEXT_DAY, CLOSES, False),
        ("2026-11-21", nine("2026-11-21"), False),
    ],
    ids=["on its day", "two days late", "when the next has come", "at the closing date", "not planned any more"],
)
def test_a_late_reminder_is_sent_unless_it_has_become_useless(survey, day, moment, reminds):
    assert reminding.is_its_day(survey, day, now=moment) is reminds


def test_no_reminder_after_close(survey, alice, at):
    stop_survey(survey=survey, by=alice, now=NOW)
    assert remind(survey, DAY, at).status == "done"
    assert not reminded()


# --- The closing date -------------------------------------------------------------------------------


def test_the_closing_date_closes(survey, at):
    at(CLOSES)
    run("close_on_date", survey.public_id)
    survey.refresh_from_db()
    assert (survey.status, survey.stopped_at) == (Survey.Status.STOPPED, CLOSES)


def test_a_survey_that_was_extended_closes_on_its_new_date(survey, alice, at):
    later = CLOSES + datetime.timedelta(days=7)
    extend_survey(survey=survey, closes_at=later, by=alice, now=NOW)
    at(CLOSES)
    run("close_on_date", survey.public_id, version=CLOSES.isoformat())
    survey.refresh_from_db()
    assert survey.status == Survey.Status.OPEN
    at(later)
    run("close_on_date", survey.public_id, version=later.isoformat())
    survey.refresh_from_db()
    assert survey.status == Survey.Status.STOPPED


def test_a_survey_closed_by_hand_is_not_closed_again(survey, alice, at):
    stop_survey(survey=survey, by=alice, now=NOW)
    at(CLOSES)
    assert run("close_on_date", survey.public_id).status == "done"
    survey.refresh_from_db()
    assert survey.stopped_at == NOW


# --- Corrected addresses ----------------------------------------------------------------------------


def corrected(survey: Survey, name: str, alice, to: str = "right@example.org") -> Invitation:
    before = invitation_of(survey, name)
    correct_address(participant=before.participant, email=to, by=alice)
    assert run("correct_address", before.public_id).status == "done"
    return invitation_of(survey, name)


def test_a_corrected_address_gets_a_new_link_and_the_old_one_stops(survey, alice):
    old = token(invitation_of(survey, "Pharmacy 1"))
    now = corrected(survey, "Pharmacy 1", alice)
    assert respondent_of(old) is None
    assert respondent_of(token(now)).link.invitation_id == now.pk
    deliver()
    (letter,) = [letter for letter in mail.outbox if letter.to == ["right@example.org"]]
    assert token(now) in letter.body


def test_the_old_address_is_told_and_not_where_the_new_link_went(survey, alice):
    deliver()
    mail.outbox.clear()
    corrected(survey, "Pharmacy 1", alice)
    deliver()
    (letter,) = [letter for letter in mail.outbox if letter.to == ["pharmacy1@example.org"]]
    assert letter.subject == "Your link was replaced: How do we lead here?"
    assert survey.contact in letter.body
    assert "right@example.org" not in letter.body
    assert "/s/" not in letter.body


def test_a_new_link_opens_nothing_that_was_saved_before(survey, alice):
    saved(token(invitation_of(survey, "Pharmacy 1")), T5_team="4", OQ_task_helps="In confidence")
    now = corrected(survey, "Pharmacy 1", alice)
    assert saved_by(respondent_of(token(now))) == Saved()


def test_an_answer_stays_one_answer_and_the_earlier_one(survey, alice):
    old = token(invitation_of(survey, "Pharmacy 1"))
    submitted(old, T5_team="4")
    now = corrected(survey, "Pharmacy 1", alice)
    submitted(token(now), T5_team="1")
    assert len(with_ballots(survey, link_key(survey))) == 1
    own = survey.ballots.get(tag=ballot_tag(old))
    assert open_ballot(own.sealed, private_key(survey))["answers"] == {"T5.team": 4}


def test_what_was_handed_in_is_taken_back_by_its_own_link_only(survey, alice):
    old = token(invitation_of(survey, "Pharmacy 1"))
    submitted(old)
    new = token(corrected(survey, "Pharmacy 1", alice))
    withdraw(respondent=respondent_of(new))
    submitted(new, T5_team="1")
    withdraw(respondent=respondent_of(new))
    own = survey.ballots.get(tag=ballot_tag(old))
    assert open_ballot(own.sealed, private_key(survey))["answers"] == {"T5.team": 4}
    withdraw(respondent=respondent_of(old))
    own.refresh_from_db()
    assert open_ballot(own.sealed, private_key(survey)) == {"withdrawn": True}


def test_the_letter_comes_whether_or_not_there_is_an_answer(survey, alice):
    """Else whoever enters their own address would learn of it."""
    submitted(token(invitation_of(survey, "Pharmacy 1")))
    corrected(survey, "Pharmacy 1", alice)
    deliver()
    assert "right@example.org" in {letter.to[0] for letter in mail.outbox}


def test_correcting_twice_before_the_worker_comes_sends_one_link(survey, alice):
    person = invitation_of(survey, "Pharmacy 1").participant
    correct_address(participant=person, email="first@example.org", by=alice)
    correct_address(participant=person, email="second@example.org", by=alice)
    run("correct_address", person.invitation.public_id, version="3")
    run("correct_address", person.invitation.public_id, version="2")
    assert respondent_of(token(invitation_of(survey, "Pharmacy 1")))
    deliver()
    letters = Counter(letter.to[0] for letter in mail.outbox if "/s/" in letter.body)
    assert (letters["second@example.org"], letters["first@example.org"]) == (1, 0)


def test_somebody_new_gets_a_link(survey, alice):
    late = add_participant(
        survey=survey, group=survey.groups.get(name="Pharmacy"), name="Sam", email="sam@example.org", by=alice
    )
    run("correct_address", late.invitation.public_id)
    assert placement_of(respondent_of(token(invitation_of(survey, "Sam"))).link).is_late
    assert Message.objects.filter(to="sam@example.org").count() == 1


def test_somebody_who_was_removed_meanwhile_gets_none(survey, alice):
    person = invitation_of(survey, "Pharmacy 1").participant
    correct_address(participant=person, email="right@example.org", by=alice)
    remove_participant(participant=person, by=alice)
    run("correct_address", person.invitation.public_id)
    assert Invitation.objects.get(participant=person).token_hash is None
    deliver()
    assert "right@example.org" not in {letter.to[0] for letter in mail.outbox}


# --- Cancelling -------------------------------------------------------------------------------------


def test_cancelling_destroys_keys_and_tells_who_was_invited(survey, alice):
    submitted(token(invitation_of(survey, "Pharmacy 1")))
    saved(token(invitation_of(survey, "Pharmacy 2")), T5_team="4")
    remove_participant(participant=invitation_of(survey, "Podiatry 1").participant, by=alice)
    cancel_launch(survey=survey, by=alice, now=NOW)
    assert run("cancel_survey", survey.public_id).status == "done"
    for read in (private_key, link_key):
        with pytest.raises(KeyDestroyed):
            read(survey)
    assert not Ballot.objects.exists()
    assert not Draft.objects.exists()
    deliver()
    assert len(mail.outbox) == 16
    assert {letter.subject for letter in mail.outbox} == {"How do we lead here?: cancelled"}


def test_cancelling_twice_tells_once(survey, alice):
    cancel_launch(survey=survey, by=alice, now=NOW)
    run("cancel_survey", survey.public_id)
    job = Job.objects.get(kind="cancel_survey")
    run_job(job.pk)
    assert Message.objects.filter(kind="surveys.cancelled").count() == 17


def test_forgetting_leaves_no_row_of_a_person(survey, at):
    remind(survey, DAY, at)
    deliver()
    forget_letters(survey)
    assert not Message.objects.exists()
    assert not Job.objects.filter(kind="send_message").exists()


def test_of_somebody_who_was_removed_no_letter_stays(survey, alice):
    remove_participant(participant=invitation_of(survey, "Podiatry 1").participant, by=alice)
    assert not Message.objects.filter(to="podiatry1@example.org").exists()
    assert Message.objects.count() == Job.objects.filter(kind="send_message").count() == 16


def test_a_lost_letter_is_sent_again_with_a_new_link(survey, alice):
    before = invitation_of(survey, "Pharmacy 1")
    old = token(before)
    send_again(participant=before.participant, by=alice)
    run("correct_address", before.public_id)
    assert respondent_of(old) is None
    deliver()
    (letter,) = [letter for letter in mail.outbox if letter.to == ["pharmacy1@example.org"]]
    assert token(invitation_of(survey, "Pharmacy 1")) in letter.body


# --- A mail server with moods -----------------------------------------------------------------------


class MoodyServer:
    """Takes letters, or drops the connection before that; a worker may die just after. Refused addresses stay so."""

    def __init__(self, seed: int, *, drops: float, refused: Iterable[str] = (), kills: Iterable[int] = ()):
        self.random = random.Random(seed)
        self.drops, self.refused, self.kills = drops, set(refused), set(kills)
        self.taken: list[str] = []
        self.asked: Counter[str] = Counter()

    def send_messages(self, messages) -> None:
        (message,) = messages
        (address,) = message.to
        self.asked[address] += 1
        if self.random.random() < self.drops:
            raise smtplib.SMTPServerDisconnected("gone")
        if address in self.refused:
            raise smtplib.SMTPRecipientsRefused({address: (550, b"unknown")})
        self.taken.append(address)

    def settle(self, message, **changes) -> None:
        """In place of the row's update: where a worker is killed between the server's yes and the commit."""
        if len(self.taken) in self.kills:
            self.kills.discard(len(self.taken))
            raise Killed
        Message.objects.filter(pk=message.pk).update(**changes)


@pytest.fixture
def crowd(alice, instrument) -> Survey:
    survey = launched_survey(alice, teams={f"Team {letter}": 20 for letter in "ABCDEFGHIJKLMNO"})
    run("open_survey", survey.public_id)
    return survey


def work_through(server: MoodyServer, monkeypatch) -> None:
    """Workers, the sweeper and time: until every job has ended."""
    monkeypatch.setattr(EmailBackend, "send_messages", server.send_messages)
    monkeypatch.setattr(sending, "settle", server.settle)
    jobs = Job.objects.filter(kind="send_message").exclude(status__in=[Job.Status.DONE, Job.Status.FAILED])
    while jobs.exists():
        jobs.update(status=Job.Status.QUEUED, not_before=None)
        for number in jobs.values_list("pk", flat=True):
            try:
                run_job(number)
            except Killed:
                continue


def test_a_flaky_server_and_killed_workers_lose_none_and_double_at_most_one_per_cent(crowd, monkeypatch):
    everybody = set(crowd.participants.values_list("email", flat=True))
    server = MoodyServer(7, drops=0.2, kills={40, 170, 290})
    work_through(server, monkeypatch)
    assert server.kills == set()
    assert set(server.taken) == everybody
    assert len(server.taken) - len(everybody) == 3 <= len(everybody) // 100
    assert set(Message.objects.values_list("status", flat=True)) == {Message.Status.SENT}


def test_a_refused_address_is_counted_once_it_is_sure(crowd, monkeypatch, at):
    refused = {"team-c7@example.org", "team-k12@example.org"}
    server = MoodyServer(7, drops=0, refused=refused)
    work_through(server, monkeypatch)
    bounced = crowd.participants.filter(invitation__has_bounced=True).values_list("email", flat=True)
    assert set(bounced) == refused
    assert {server.asked[address] for address in refused} == {3}
    assert set(server.taken) & refused == set()


def test_a_refused_reminder_is_not_noted(survey, at, monkeypatch):
    """Only whoever has not answered gets one, so that noting it would tell."""
    deliver()
    server = MoodyServer(1, drops=0, refused={"pharmacy1@example.org"})
    monkeypatch.setattr(EmailBackend, "send_messages", server.send_messages)
    monkeypatch.setattr(reminding, "AGAIN_AFTER", (0.0, 0.0))
    assert remind(survey, DAY, at).status == Job.Status.DONE
    assert len(server.taken) == 16
    assert not survey.invitations.filter(has_bounced=True).exists()
    assert "pharmacy1" not in str(list(Job.objects.filter(kind="send_reminders").values()))


def test_a_server_that_refuses_every_reminder_is_asked_again_later(survey, at, monkeypatch):
    deliver()
    everybody = set(survey.participants.values_list("email", flat=True))
    server = MoodyServer(1, drops=0, refused=everybody)
    monkeypatch.setattr(EmailBackend, "send_messages", server.send_messages)
    job = remind(survey, DAY, at)
    assert (job.status, job.delays) == (Job.Status.QUEUED, 1)
    server.refused.clear()
    Job.objects.filter(pk=job.pk).update(not_before=None)
    assert remind(survey, DAY, at).status == Job.Status.DONE
    assert len(server.taken) == 17


def test_a_corrected_address_is_no_longer_one_that_failed(survey, alice, monkeypatch):
    work_through(MoodyServer(1, drops=0, refused={"pharmacy1@example.org"}), monkeypatch)
    assert invitation_of(survey, "Pharmacy 1").has_bounced
    assert not corrected(survey, "Pharmacy 1", alice).has_bounced
