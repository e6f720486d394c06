"""A planned start, and reminders that move with the dates: nothing leaves unseen, or at an hour nobody chose."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.audit.models import Entry
from core.jobs.models import Job
from core.jobs.sweeping import sweep
from core.jobs.tasks import run_job
from core.post.models import Message
from diagnostics.surveys import hours
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.actions.reminders import drop_reminder_day, plan_reminder, remind_now
from diagnostics.surveys.actions.starting import move_start, start_now, take_launch_back
from diagnostics.surveys.actions.work_ahead import ask_for_work_ahead
from diagnostics.surveys.models import Survey
from tests.diagnostics.launched import CLOSES, NOW, draft_in, launched_survey, opened, teams_in, workspace_of
from tests.pages import filled_in, press, seen_on, tight

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
STARTS = NOW + 2 * DAY  # Wednesday 18 November, 09:00


@pytest.fixture
def by_day(monkeypatch):
    monkeypatch.setattr(hours, "FIRST", datetime.time(7))
    monkeypatch.setattr(hours, "LAST", datetime.time(20))


@pytest.fixture
def at(monkeypatch):
    """Set the clock."""

    def set_clock(moment: datetime.datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_clock(NOW)
    return set_clock


@pytest.fixture
def survey(at, alice, instrument) -> Survey:
    return launched_survey(alice, opens_at=STARTS)


def page(name: str, survey: Survey) -> str:
    return reverse(f"surveys:{name}", args=[survey.public_id])


def run_due(at, moment: datetime.datetime, survey: Survey) -> str:
    """Every job of opening, tried at that moment; answers how the survey stands then."""
    at(moment)
    for job in Job.objects.filter(kind="open_survey", subject=survey.public_id):
        run_job(job.pk)
    survey.refresh_from_db()
    return survey.status


# --- A planned start -----------------------------------------------------------------------------------------


def test_nobody_is_written_to_before_the_start_and_everybody_once_then(at, survey):
    assert survey.status == "planned"
    assert run_due(at, STARTS - HOUR, survey) == "planned"
    assert not Message.objects.exists()
    assert run_due(at, STARTS, survey) == "open"
    assert run_due(at, STARTS + DAY, survey) == "open"
    assert Message.objects.filter(kind="surveys.invitation").count() == 17


def test_a_start_that_was_moved_holds_at_its_new_moment_only(at, survey, alice):
    move_start(survey=survey, opens_at=STARTS + DAY, by=alice, now=NOW)
    assert run_due(at, STARTS, survey) == "planned"
    move_start(survey=survey, opens_at=STARTS + 2 * HOUR, by=alice, now=STARTS)
    assert run_due(at, STARTS + 2 * HOUR, survey) == "open"
    assert Message.objects.filter(kind="surveys.invitation").count() == 17


def test_a_job_that_is_tried_again_does_not_begin_before_the_start(at, survey):
    Job.objects.update(not_before=None)
    assert run_due(at, STARTS - HOUR, survey) == "planned"
    job = Job.objects.get(kind="open_survey")
    assert (job.status, job.not_before) == ("queued", STARTS)


def test_a_worker_that_comes_late_waits_for_the_morning(at, survey, by_day):
    assert run_due(at, STARTS + 13 * HOUR, survey) == "planned"
    assert run_due(at, STARTS + 22 * HOUR, survey) == "open"


def test_it_is_started_at_once_by_whoever_saw_it_as_it_is(at, survey, client_for, alice):
    client = client_for(alice)
    seen = seen_on(client.get(page("start_now", survey)))
    move_start(survey=survey, opens_at=STARTS + DAY, by=alice, now=NOW)
    refused = client.post(page("start_now", survey), {"seen": seen})
    assert "when it starts, from “" in refused.content.decode()
    press(client, page("start_now", survey))
    assert run_due(at, NOW, survey) == "open"
    assert survey.began_at == NOW
    with pytest.raises(ValidationError):
        start_now(survey=survey, by=alice, now=NOW)


def test_a_launch_is_taken_back_to_a_draft_with_its_dates(at, survey, client_for, alice):
    answer = press(client_for(alice), page("take_launch_back", survey), follow=True)
    draft = Survey.objects.get(status="draft")
    assert "nobody was written to" in answer.content.decode()
    assert (draft.opens_at, draft.closes_at, draft.title) == (STARTS, CLOSES, survey.title)
    assert list(draft.audience.all()) == list(survey.audience.all())
    assert run_due(at, STARTS, survey) == "cancelled"
    assert not Message.objects.exists()
    with pytest.raises(ValidationError):
        take_launch_back(survey=survey, by=alice, now=STARTS)


def test_a_launch_is_taken_back_however_many_drafts_were_begun(at, survey, alice, settings):
    settings.QUOTAS = settings.QUOTAS | {"drafts": dict.fromkeys(("person", "workspace"), (0, DAY))}
    with pytest.raises(ValidationError, match="at most 0 drafts"):
        lifecycle.copy_survey(survey=survey, by=alice)
    assert take_launch_back(survey=survey, by=alice, now=NOW).is_draft


def test_a_launch_that_is_taken_back_keeps_its_sender(at, alice, bob, instrument):
    survey = launched_survey(alice, workspace=workspace_of(alice, consultant=bob), opens_at=STARTS, writer=bob)
    assert take_launch_back(survey=survey, by=alice, now=NOW).writer == bob


def test_its_pages_say_when_it_starts(at, survey, client_for, alice, charlie):
    client = client_for(alice)
    said = tight(client.get(page("dashboard", survey)))
    assert "Starts on Wednesday 18 November 2026, 09:00 GMT" in said
    assert "17 people are written to" in said
    moved = {"opens_on_day": "19", "opens_on_month": "11", "opens_on_year": "2026", "opens_time": "10:00"}
    assert client.post(page("move_start", survey), moved).status_code == 302
    assert client.post(page("move_start", survey), moved | {"opens_on_month": "12"}).status_code == 422
    assert "Thursday 19 November 2026, 10:00 GMT" in tight(client.get(page("dashboard", survey)))
    assert "has not started yet" in client.get(page("close_now", survey), follow=True).content.decode()
    assert client_for(charlie).get(page("start_now", survey)).status_code == 404


def test_the_day_that_a_colleague_chose_stays_where_only_the_hour_is_moved(at, survey, client_for, alice):
    client = client_for(alice)
    sent = filled_in(client.get(page("move_start", survey)))
    client.post(page("move_start", survey), sent | {"opens_on_day": "20"})
    client.post(page("move_start", survey), sent | {"opens_time": "10:00"})
    survey.refresh_from_db()
    assert survey.opens_at == STARTS + 2 * DAY + HOUR


def test_whoever_comes_by_a_shared_link_is_told_when_it_opens(at, client, alice, instrument):
    survey = launched_survey(alice, opens_at=STARTS, entry="shared", k=10, teams={"Pharmacy": 6, "Podiatry": 12})
    link = survey.shared_links.first()
    told = client.get(reverse("answering:enter", args=[link.token]), follow=True).content.decode()
    assert "is to open on Wednesday 18 November 2026, 09:00 GMT" in " ".join(told.split())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"opens_at": NOW - HOUR}, "The planned start has passed."),
        ({"opens_at": CLOSES}, "The planned start is not before the closing date."),
        ({"opens_at": NOW + 12 * HOUR}, "Letters leave between 07:00 and 20:00 on the days you chose."),
        ({"opens_at": NOW + 5 * DAY, "working_days_only": True}, "Letters leave between 07:00 and 20:00"),
        ({"opens_at": STARTS, "reminder_days": ["2026-11-18"]}, "for the day of the start or earlier"),
        ({"working_days_only": True, "reminder_days": ["2026-11-21"]}, "A reminder is planned for a weekend"),
        ({"typed": {"purpose": {"title": ["Half"]}}}, "Something that was typed here could not be saved yet."),
    ],
)
def test_what_stands_against_a_planned_start(alice, instrument, by_day, changes, sentence):
    with pytest.raises(ValidationError, match=sentence):
        launched_survey(alice, **changes)


@pytest.mark.parametrize(
    ("moment", "working_days_only", "allowed"),
    [
        ("2026-11-20 19:59", False, "2026-11-20 19:59"),
        ("2026-11-20 20:00", False, "2026-11-21 07:00"),
        ("2026-11-20 20:00", True, "2026-11-23 07:00"),
        ("2026-11-21 10:00", True, "2026-11-23 10:00"),
        ("2026-11-20 05:30", True, "2026-11-20 07:00"),
        ("2026-03-29 01:30", False, "2026-03-29 07:00"),
    ],
)
def test_the_next_moment_for_letters(by_day, moment, working_days_only, allowed):
    survey = Survey(time_zone="Europe/London", working_days_only=working_days_only)
    given, expected = (datetime.datetime.fromisoformat(each).replace(tzinfo=survey.zone) for each in (moment, allowed))
    assert hours.next_allowed(survey, given) == expected
    assert hours.may_leave(survey, given) == (given == expected)


# --- Reminders -----------------------------------------------------------------------------------------------


@pytest.fixture
def reminded(at, alice, instrument) -> Survey:
    """Open, with the usual reminders."""
    workspace = workspace_of(alice)
    draft = draft_in(workspace, teams_in(workspace, by=alice), by=alice, proposes=True)
    assert draft.reminder_days == ["2026-11-25", "2026-12-02"]
    return opened(lifecycle.launch_survey(survey=draft, by=alice, now=NOW))


def test_proposals_move_with_the_close_and_what_somebody_chose_stays(reminded, alice):
    plan_reminder(survey=reminded, day=datetime.date(2026, 12, 3), by=alice, now=NOW)
    later = lifecycle.extend_survey(survey=reminded, closes_at=CLOSES + 10 * DAY, by=alice, now=NOW)
    assert later.reminder_days == ["2026-11-30", "2026-12-03", "2026-12-12"]
    back = lifecycle.take_extension_back(survey=reminded, by=alice, now=NOW)
    assert back.reminder_days == ["2026-11-25", "2026-12-02", "2026-12-03"]


def test_what_has_left_stays_and_what_was_taken_out_does_not_come_back(reminded, alice):
    drop_reminder_day(survey=reminded, day="2026-12-02", by=alice, now=NOW)
    sent = datetime.datetime(2026, 11, 26, 9, tzinfo=datetime.UTC)
    later = lifecycle.extend_survey(survey=reminded, closes_at=CLOSES + 10 * DAY, by=alice, now=sent)
    assert later.reminder_days == ["2026-11-25", "2026-11-30"]


def test_a_day_of_ones_own_after_the_close_is_remarked_on(reminded, alice, client_for):
    later = lifecycle.extend_survey(survey=reminded, closes_at=CLOSES + 10 * DAY, by=alice, now=NOW)
    plan_reminder(survey=later, day=datetime.date(2026, 12, 10), by=alice, now=NOW)
    lifecycle.take_extension_back(survey=reminded, by=alice, now=NOW)
    said = client_for(alice).get(page("dashboard", reminded)).content.decode()
    assert said.count("After the close: it will not leave") == 1
    assert said.count(">Proposed<") == 2


def test_no_reminder_leaves_on_the_day_of_a_start_that_was_moved(at, alice, instrument, client_for):
    survey = launched_survey(alice, opens_at=STARTS, reminder_days=["2026-11-20", "2026-11-27"])
    client = client_for(alice)
    moved = filled_in(client.get(page("move_start", survey))) | {"opens_on_day": "20"}
    said = client.post(page("move_start", survey), moved, follow=True).content.decode()
    assert "No reminder leaves on the day of the start or earlier. Taken out: Friday 20 November" in said
    survey.refresh_from_db()
    assert survey.reminder_days == ["2026-11-27"]
    assert "Taken out" not in client.post(page("move_start", survey), moved, follow=True).content.decode()


def test_none_leaves_on_the_day_on_which_a_survey_opens_late(at, alice, instrument):
    survey = launched_survey(alice, opens_at=STARTS, reminder_days=["2026-11-19", "2026-11-20"])
    assert run_due(at, STARTS + DAY, survey) == "open"
    assert survey.reminder_days == ["2026-11-20"]
    assert Job.objects.get(kind="send_reminders").version == "2026-11-20"


def test_dates_of_a_draft_move_its_proposals(at, alice, instrument):
    draft = draft_in(workspace_of(alice), by=alice, proposes=True)
    save = {"survey": draft, "by": alice}
    moved = lifecycle.save_step(step="purpose", opens_at=NOW + 4 * DAY, working_days_only=True, **save)
    assert moved.reminder_days == ["2026-11-27", "2026-12-02"]
    chosen = lifecycle.save_step(step="messages", reminder_days=["2026-11-27", "2026-12-01"], **save)
    assert list(chosen.proposed_reminders.values()) == ["2026-11-27"]
    later = lifecycle.save_step(step="purpose", closes_at=CLOSES + 14 * DAY, **save)
    assert later.reminder_days == ["2026-12-01", "2026-12-04"]


def test_a_reminder_leaves_at_once_and_once_a_day(at, reminded, alice, client_for):
    client = client_for(alice)
    told = tight(client.get(page("remind_now", reminded)))
    assert "At most 17 letters leave at once" in told
    seen = seen_on(client.get(page("remind_now", reminded)))
    Survey.objects.update(reminder_subject="Other words")
    refused = client.post(page("remind_now", reminded), {"seen": seen})
    assert "the words of the reminder" in refused.content.decode()
    press(client, page("remind_now", reminded))
    job = Job.objects.get(kind="send_reminders", version="2026-11-16")
    assert job.not_before <= NOW
    reminded.refresh_from_db()
    assert reminded.reminder_times == {"2026-11-16": "09:00"}
    Job.objects.filter(pk=job.pk).update(status="done")
    assert "On its way" in client.get(page("dashboard", reminded)).content.decode()
    at(NOW + HOUR)
    assert ">Sent<" in tight(client.get(page("dashboard", reminded)))
    again = client.get(page("remind_now", reminded), follow=True)
    assert "One a day is the most." in again.content.decode()
    assert Entry.objects.filter(verb="remind_now").count() == 1


def dropped(survey: Survey, alice) -> None:
    drop_reminder_day(survey=survey, day="2026-11-20", by=alice, now=NOW)


def moved_on(survey: Survey, alice) -> None:
    Survey.objects.filter(pk=survey.pk).update(proposed_reminders={"half way": "2026-11-20"})
    lifecycle.extend_survey(survey=survey, closes_at=CLOSES + 14 * DAY, by=alice, now=NOW)


@pytest.mark.parametrize("hours", [-1, 5])
@pytest.mark.parametrize("taken_out", [dropped, moved_on])
def test_at_once_on_a_day_whose_reminder_was_taken_out(at, alice, instrument, taken_out, hours):
    """Its job waits for nine o'clock, or has found nothing to do then."""
    survey = opened(launched_survey(alice, reminder_days=["2026-11-20"]))
    ask_for_work_ahead(survey)
    planned = Job.objects.get(kind="send_reminders", version="2026-11-20")
    taken_out(survey, alice)
    if hours > 0:
        at(planned.not_before)
        run_job(planned.pk)
    moment = planned.not_before + hours * HOUR
    at(moment)
    remind_now(survey=survey, by=alice, now=moment)
    job = Job.objects.get(kind="send_reminders", version="2026-11-20")
    assert (job.status, job.not_before) == ("queued", moment)


@pytest.mark.parametrize(("moment", "sentence"), [(12 * HOUR, "07:00 and 20:00"), (5 * DAY, "Monday to Friday")])
def test_nobody_is_reminded_by_night_or_on_a_day_off(reminded, alice, by_day, moment, sentence):
    Survey.objects.update(working_days_only=True)
    with pytest.raises(ValidationError, match=sentence):
        remind_now(survey=reminded, by=alice, now=NOW + moment)
    with pytest.raises(ValidationError, match="working days only"):
        plan_reminder(survey=reminded, day=datetime.date(2026, 11, 21), by=alice, now=NOW)


def test_late_reminders_wait_for_the_morning(at, reminded, alice, by_day):
    remind_now(survey=reminded, by=alice, now=NOW)
    at(NOW + 12 * HOUR)
    job = Job.objects.get(kind="send_reminders", version="2026-11-16")
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.not_before) == ("queued", NOW + 22 * HOUR)


def test_words_of_reminders_change_while_the_survey_is_open(at, alice, instrument, client_for):
    survey = opened(launched_survey(alice, languages="en-gb de"))
    client, words = (
        client_for(alice),
        {"reminder_subject": "Two days left", "reminder_text": "Dear {name}, {closes}. {link}"},
    )
    other = {"reminder_subject.de": "Noch zwei Tage", "reminder_text.de": "Liebe {name} {link}"}
    assert client.post(page("reword_reminders", survey), words | {"reminder_text": "{nme}"}).status_code == 422
    shown = client.post(page("reword_reminders", survey), words | other | {"look": "1"}).content.decode()
    assert "Noch zwei Tage</h3>" in tight(shown)
    survey.refresh_from_db()
    assert survey.reminder_subject != "Two days left"
    assert client.post(page("reword_reminders", survey), words | other).status_code == 302
    said = client.get(page("reword_reminders", survey)).content.decode()
    assert "Two days left</h3>" in tight(said)
    assert "Noch zwei Tage</h3>" in tight(said)


def test_words_of_reminders_that_a_colleague_changed_stay(at, alice, instrument, client_for):
    survey = opened(launched_survey(alice))
    client = client_for(alice)
    sent = filled_in(client.get(page("reword_reminders", survey)))
    client.post(page("reword_reminders", survey), sent | {"reminder_subject": "Two days left"})
    client.post(page("reword_reminders", survey), sent | {"reminder_text": "Dear {name}, {closes}. {link}"})
    survey.refresh_from_db()
    assert (survey.reminder_subject, survey.reminder_text) == ("Two days left", "Dear {name}, {closes}. {link}")


def test_the_sweeper_rings_for_a_start_that_has_come(at, survey, monkeypatch):
    rung = []
    monkeypatch.setattr("core.jobs.doorbell.ring", lambda job, _kind: rung.append(job) or True)
    sweep(now=STARTS - HOUR)
    assert not rung
    sweep(now=STARTS)
    assert rung == [Job.objects.get(kind="open_survey").pk]
