import datetime

import pytest
from django.db import transaction

from core.jobs.models import Job
from core.jobs.runs import Run, Superseded
from core.jobs.tasks import run_job
from core.keys.store import KeyDestroyed
from core.post.models import Message
from diagnostics.answering.respondents import respondent_of
from diagnostics.sealing.boxes import open_ballot, seal
from diagnostics.surveys.actions.lifecycle import cancel_launch
from diagnostics.surveys.jobs import opening
from diagnostics.surveys.jobs.opening import open_survey
from diagnostics.surveys.keys import link_key, make_keys, private_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, Survey
from tests.diagnostics.launched import CLOSES, NOW, launched_survey

PEOPLE = 17  # in the teams of the factory


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return launched_survey(alice, reminder_days=["2026-11-20", "2026-11-30"])


def work(survey: Survey, kind: str = "open_survey") -> Job:
    return Job.objects.get(kind=kind, subject=survey.public_id)


def run(survey: Survey, kind: str = "open_survey") -> Job:
    job = work(survey, kind)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.QUEUED, not_before=None)
    run_job(job.pk)
    survey.refresh_from_db()
    return work(survey, kind)


def test_the_worker_opens_the_survey(survey):
    job = run(survey)
    assert (job.status, survey.status) == ("done", Survey.Status.OPEN)
    sealed = seal({"group": "here"}, survey.public_key, survey.ballot_size)
    assert open_ballot(sealed, private_key(survey)) == {"group": "here"}


def test_every_link_admits_its_own_person(survey):
    run(survey)
    for invitation in survey.invitations.all():
        respondent = respondent_of(token_of(invitation, link_key(survey)))
        assert respondent.link.invitation_id == invitation.pk
    assert survey.invitations.filter(token_hash=None).count() == 0


def test_everybody_is_asked_once(survey):
    run(survey)
    messages = Message.objects.filter(kind="surveys.invitation")
    assert sorted(messages.values_list("to", flat=True)) == sorted(survey.participants.values_list("email", flat=True))
    assert Job.objects.filter(kind="send_message").count() == messages.count() == PEOPLE


def test_a_message_row_holds_no_token(survey):
    run(survey)
    tokens = [token_of(invitation, link_key(survey)) for invitation in survey.invitations.all()]
    stored = str(list(Message.objects.values())) + str(list(Job.objects.values()))
    assert not [token for token in tokens if token in stored]


def test_what_lies_ahead_is_asked_for(survey):
    run(survey)
    ahead = Job.objects.filter(kind__in=["send_reminders", "close_on_date"]).order_by("not_before")
    assert [(job.kind, job.not_before) for job in ahead] == [
        ("send_reminders", datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)),
        ("send_reminders", datetime.datetime(2026, 11, 30, 9, 0, tzinfo=datetime.UTC)),
        ("close_on_date", CLOSES),
    ]


def test_reminders_leave_at_nine_where_the_survey_is(alice, instrument):
    survey = launched_survey(alice, reminder_days=["2026-11-20"], time_zone="Asia/Tokyo")
    run(survey)
    assert work(survey, "send_reminders").not_before == datetime.datetime(2026, 11, 20, 0, 0, tzinfo=datetime.UTC)


class Killed(BaseException):
    """What a handler sees of SIGKILL: nothing runs after it."""


@pytest.mark.parametrize("where", ["make_keys", "hash_of", "advance", "send_all", "ask_for_work_ahead"])
def test_killed_and_run_again_it_has_one_pair_of_keys_and_asks_once(survey, monkeypatch, where):
    real = getattr(opening, where)

    def killed(*args, **kwargs):
        real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(opening, where, killed)
        with pytest.raises(Killed):
            run(survey)
    assert survey.status == Survey.Status.LAUNCHING
    keys = make_keys(survey)
    job = run(survey)
    assert (job.status, survey.status) == ("done", Survey.Status.OPEN)
    assert (bytes(survey.public_key), link_key(survey)) == keys
    assert Message.objects.count() == PEOPLE


def test_two_workers_open_it_once(survey):
    """The second was only asleep: its claim is gone, and so is all that it would have written."""
    job = work(survey)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, claim=1)
    job.refresh_from_db()
    asleep = Run(job)
    asleep.beat = lambda *_: None
    Job.objects.filter(pk=job.pk).update(claim=2)
    with pytest.raises(Superseded), transaction.atomic():
        open_survey(asleep)
    assert not Message.objects.exists()
    assert run(survey).status == "done"
    assert Message.objects.count() == PEOPLE


def test_running_it_again_changes_nothing(survey):
    run(survey)
    before = Survey.objects.values().get(), list(Invitation.objects.order_by("pk").values())
    run(survey)
    assert (Survey.objects.values().get(), list(Invitation.objects.order_by("pk").values())) == before
    assert Message.objects.count() == PEOPLE


def test_a_launch_that_was_cancelled_is_not_opened(survey, alice):
    cancel_launch(survey=survey, by=alice, now=NOW)
    assert run(survey).status == "done"
    assert survey.status == Survey.Status.CANCELLED
    assert not Message.objects.exists()


def test_keys_are_not_made_any_more_once_it_is_cancelled(survey, alice):
    cancel_launch(survey=survey, by=alice, now=NOW)
    assert run(survey, "cancel_survey").status == "done"
    with pytest.raises(KeyDestroyed):
        make_keys(survey)


def test_a_survey_that_is_cancelled_while_the_links_are_made_stays_cancelled(survey, alice, monkeypatch):
    real = opening.make_keys

    def cancelled_meanwhile(survey):
        keys = real(survey)
        cancel_launch(survey=survey, by=alice, now=NOW)
        return keys

    monkeypatch.setattr(opening, "make_keys", cancelled_meanwhile)
    assert run(survey).status == "done"
    assert survey.status == Survey.Status.CANCELLED
    assert survey.public_key is None
    assert not Message.objects.exists()


def test_shared_links_need_no_worker_to_be_sent(alice, instrument):
    survey = launched_survey(alice, entry="shared", k=10)
    assert run(survey).status == "done"
    assert survey.status == Survey.Status.OPEN
    assert not Message.objects.exists()
    assert survey.shared_links.count() == 3
