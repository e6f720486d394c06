"""The usual days of reminders: proposed with a survey's dates, and moving with them until somebody touches them."""

import datetime

from diagnostics.surveys.actions.work_ahead import reminder_moment
from diagnostics.surveys.hours import is_working_day, working_day_after, working_day_before
from diagnostics.surveys.models import Survey

HALF_WAY, BEFORE_THE_CLOSE = "half way", "before the close"
KINDS = (HALF_WAY, BEFORE_THE_CLOSE)


def usual_reminders(
    first: datetime.date, closes: datetime.date, *, working_days_only: bool = False
) -> dict[str, datetime.date]:
    """Half-way and two days before the close, by kind; none on the first day or before, and each once.

    >>> list(usual_reminders(datetime.date(2026, 11, 16), datetime.date(2026, 12, 4)).values())
    [datetime.date(2026, 11, 25), datetime.date(2026, 12, 2)]
    >>> list(usual_reminders(datetime.date(2026, 11, 16), datetime.date(2026, 11, 18)).values())
    [datetime.date(2026, 11, 17)]
    >>> list(usual_reminders(datetime.date(2026, 11, 16), datetime.date(2026, 12, 7), working_days_only=True).values())
    [datetime.date(2026, 11, 26), datetime.date(2026, 12, 4)]
    """
    if closes <= first:
        return {}
    days = {HALF_WAY: first + (closes - first) // 2, BEFORE_THE_CLOSE: closes - datetime.timedelta(days=2)}
    if working_days_only:
        days = {kind: _on_working_day(day, first) for kind, day in days.items()}
    if days[HALF_WAY] == days[BEFORE_THE_CLOSE]:
        days.pop(BEFORE_THE_CLOSE)
    return {kind: day for kind, day in days.items() if first < day < closes}


def _on_working_day(day: datetime.date, first: datetime.date) -> datetime.date:
    earlier = working_day_before(day)
    return earlier if is_working_day(day) or earlier > first else working_day_after(day)


def propose(survey: Survey, *, now: datetime.datetime, kinds: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Derive anew what is proposed and still to come, of `kinds`, else of those that nobody has changed or taken out.

    What somebody chose stays, and so does what has left. Answers the names of the fields to be saved.
    """
    kinds = tuple(survey.proposed_reminders) if kinds is None else kinds
    before, today = set(survey.proposed_reminders.values()), now.astimezone(survey.zone).date()
    usual = usual_reminders(
        _first_day(survey, now),
        survey.closing_moment.astimezone(survey.zone).date(),
        working_days_only=survey.working_days_only,
    )
    proposed = {kind: usual[kind].isoformat() if usual.get(kind, today) > today else "" for kind in kinds}
    stays = {day for day in survey.reminder_days if day not in before or reminder_moment(survey, day) <= now}
    survey.proposed_reminders = {kind: "" if day in stays else day for kind, day in proposed.items()}
    survey.reminder_days = sorted(stays | {day for day in proposed.values() if day})
    return ("reminder_days", "proposed_reminders")


def _first_day(survey: Survey, now: datetime.datetime) -> datetime.date:
    """On which people are asked."""
    begins = survey.began_at if survey.launched_at else max(survey.opens_at or now, now)
    return (begins or now).astimezone(survey.zone).date()


def days_after(survey: Survey, begins: datetime.datetime) -> list[str]:
    """Its reminders without those on the day on which people are first asked, or before."""
    first = begins.astimezone(survey.zone).date().isoformat()
    return [day for day in survey.reminder_days if day > first]


def still_proposed(survey: Survey, days: list[str]) -> dict[str, str]:
    """Of the proposals those that `days`, which somebody has chosen, leave as they are."""
    shown = set(survey.reminder_days) - set(days)
    return {kind: day for kind, day in survey.proposed_reminders.items() if day not in shown}


def is_proposed(survey: Survey, day: str) -> bool:
    return day in survey.proposed_reminders.values()
