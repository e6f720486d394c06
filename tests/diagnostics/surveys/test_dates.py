"""No date crashes a form: the ends of the calendar, days that do not exist, hours that a clock skips or repeats."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from core.jobs.models import Job
from core.jobs.sweeping import sweep
from core.jobs.tasks import run_job
from core.zones import zone_choices
from diagnostics.answering.respondents import Standing, respondent_of, standing_of
from diagnostics.answering.submitting import withdraw
from diagnostics.surveys.actions.reminders import plan_reminder
from diagnostics.surveys.actions.starting import wrong_start
from diagnostics.surveys.job_names import CLOSE_ON_DATE
from diagnostics.surveys.jobs import stopping
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.dashboard.forms import ExtensionForm, ReminderForm, StartForm
from diagnostics.surveys.pages.drafting.messages import MessagesForm
from diagnostics.surveys.pages.drafting.purpose import PurposeForm
from diagnostics.surveys.statuses import SurveyNotOpen
from spaces.models import Workspace
from tests.diagnostics.launched import CLOSES, NOW, launched_survey, open_survey_now, opened
from tests.diagnostics.respondents import submitted

ZONES = ("Europe/London", "Pacific/Kiritimati", "Pacific/Niue", "America/New_York", "Australia/Lord_Howe")
DATES = {  # day, month, year, time: whether a form may take it as the start or the close of a survey
    ("31", "12", "9999", "23:59"): False,
    ("1", "1", "1", "00:01"): False,
    ("1", "1", "0", "12:00"): False,
    ("29", "2", "2027", "12:00"): False,
    ("28", "3", "2027", "01:30"): True,  # no such hour in London
    ("14", "3", "2027", "02:30"): True,  # no such hour in New York
    ("25", "4", "2027", "01:45"): True,
    ("31", "10", "2027", "01:30"): True,  # twice in London
    ("99999999999999999999", "1", "2027", "12:00"): False,
    ("-1", "-1", "-1", "99:99"): False,
}


def parts(name: str, date: tuple[str, ...]) -> dict[str, str]:
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), date, strict=False))


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def survey(zone: str) -> Survey:
    return Survey(workspace=Workspace(pk=0), time_zone=zone, closes_at=CLOSES, launched_at=NOW, working_days_only=True)


def draft_with(date: tuple[str, ...], zone: str, *names: str) -> PurposeForm:
    texts = dict.fromkeys(("title", "asked_by", "purpose", "contact"), "Words")
    chosen = {"starts": "planned", "closes_time": "12:00", "opens_time": "12:00", "time_zone": zone}
    usual = {**parts("opens_on", ("1", "12", "2026")), **parts("closes_on", ("30", "11", "2027"))}
    given = {
        key: value for name in names for key, value in {**parts(f"{name}_on", date), f"{name}_time": date[3]}.items()
    }
    return PurposeForm(texts | chosen | usual | given)


@pytest.mark.parametrize("date", DATES)
def test_no_date_crashes_a_form(db, date):
    for zone in ZONES:
        assert draft_with(date, zone, "closes").is_valid() == DATES[date]
        assert draft_with(date, zone, "opens").is_valid() == (DATES[date] and date[2] == "2027")
        assert not draft_with(date, zone, "opens", "closes").is_valid()
        closes = ExtensionForm(parts("closes_on", date) | {"closes_time": date[3]}, survey=survey(zone))
        opens = StartForm(parts("opens_on", date) | {"opens_time": date[3]}, survey=survey(zone))
        if opens.is_valid():
            assert wrong_start(survey(zone), opens.opens_at(), now=NOW)
        if closes.is_valid():
            assert closes.closes_at().tzinfo
        assert not MessagesForm(parts("reminder_1", date), survey=survey(zone)).is_valid()


def test_the_last_minute_there_is_crashes_no_zone():
    for zone, _place in zone_choices():
        form = draft_with(("31", "12", "9999", "23:59"), zone, "opens", "closes")
        assert set(form.errors) == {"opens_on", "closes_on"}, zone


@pytest.mark.parametrize("zone", ZONES)
def test_no_day_of_a_reminder_crashes(alice, instrument, zone):
    asked = opened(launched_survey(alice, time_zone=zone))
    for day in (datetime.date.min, datetime.date.max):
        form = ReminderForm(parts("day", (str(day.day), str(day.month), str(day.year))))
        assert form.is_valid()
        with pytest.raises(ValidationError, match="Enter a day"):
            plan_reminder(survey=asked, by=alice, now=NOW, **form.cleaned_data)


CLOSES_AT = "2027-03-28T01:30"  # an hour that London's clock skips: half past one is half past two


def test_a_closing_date_is_kept_though_nobody_comes_to_close(alice, instrument, client, monkeypatch):
    """Beat and workers are away for a day; then the close goes wrong six times."""
    closes = datetime.datetime.fromisoformat(CLOSES_AT).replace(tzinfo=ZoneInfo("Europe/London"))
    survey = open_survey_now(alice, closes_at=closes)
    token = token_of(survey.invitations.order_by("pk").first(), link_key(survey))
    close = Job.objects.get(kind=CLOSE_ON_DATE)
    assert close.not_before == survey.closing_moment == datetime.datetime(2027, 3, 28, 1, 30, tzinfo=datetime.UTC)

    def at(minutes: float) -> datetime.datetime:
        now = survey.closing_moment + datetime.timedelta(minutes=minutes)
        for module in ("django.utils.timezone.now", "diagnostics.surveys.statuses.clock"):
            monkeypatch.setattr(module, lambda: now)
        return now

    at(-1)
    submitted(token)
    at(0)
    assert standing_of(respondent_of(token)) == Standing.CLOSED
    with pytest.raises(SurveyNotOpen):
        withdraw(respondent=respondent_of(token))
    answer = client.get(f"/s/{token}/", follow=True)
    assert "This survey is closed" in answer.content.decode()
    assert Survey.objects.get().status == Survey.Status.OPEN

    for late in range(24 * 60, 24 * 60 + 7 * 361, 361):
        now = at(late)
        sweep(now=now)
        with monkeypatch.context() as patched:
            if late < 24 * 60 + 6 * 361:
                patched.setattr(stopping, "stop_survey", lambda **_: 1 / 0)
            run_job(close.pk)
    assert Survey.objects.get().status == Survey.Status.STOPPED
    assert Survey.objects.get().stopped_at == now
