"""When the letters of a survey may leave: by day, in its time zone, and where it was chosen so on working days only."""

import datetime

from diagnostics.surveys.models import Survey

FIRST, LAST = datetime.time(7), datetime.time(20)  # from then on, and no longer
FRIDAY = 4
ONE_DAY = datetime.timedelta(days=1)


def may_leave(survey: Survey, moment: datetime.datetime) -> bool:
    there = moment.astimezone(survey.zone)
    return FIRST <= there.time() < LAST and is_day_for_letters(survey, there.date())


def is_day_for_letters(survey: Survey, day: datetime.date) -> bool:
    return not survey.working_days_only or is_working_day(day)


def next_allowed(survey: Survey, moment: datetime.datetime) -> datetime.datetime:
    """The moment itself where letters may leave then; else the next day for them, at the same hour if that may be."""
    there = moment.astimezone(survey.zone)
    day, time = there.date(), there.time()
    if time >= LAST:
        day, time = day + ONE_DAY, FIRST
    while not is_day_for_letters(survey, day):
        day += ONE_DAY
    return datetime.datetime.combine(day, max(time, FIRST), tzinfo=survey.zone)


def is_working_day(day: datetime.date) -> bool:
    return day.weekday() <= FRIDAY


def working_day_before(day: datetime.date) -> datetime.date:
    """The day itself, or the Friday before.

    >>> working_day_before(datetime.date(2026, 12, 6))
    datetime.date(2026, 12, 4)
    """
    return day - ONE_DAY * max(day.weekday() - FRIDAY, 0)


def working_day_after(day: datetime.date) -> datetime.date:
    """The day itself, or the Monday after.

    >>> working_day_after(datetime.date(2026, 12, 5))
    datetime.date(2026, 12, 7)
    """
    return day if is_working_day(day) else working_day_before(day) + 3 * ONE_DAY
