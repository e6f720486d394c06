"""What a survey may become next. Every change of status goes through `advance`, on a row that is locked."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from core.clock import now
from diagnostics.surveys.models import Survey

Status = Survey.Status
# As respondents are answered: from its closing date on a survey takes nothing, whenever a worker comes to close it.
STATUS_NOW = "CASE WHEN survey.status = 'open' AND survey.closes_at <= %s THEN 'stopped' ELSE survey.status END"

clock = now
_then: ContextVar[datetime.datetime | None] = ContextVar("then", default=None)

NEXT = {
    Status.DRAFT: {Status.PLANNED, Status.LAUNCHING},
    Status.PLANNED: {Status.LAUNCHING, Status.CANCELLED},
    Status.LAUNCHING: {Status.OPEN, Status.CANCELLED},
    Status.OPEN: {Status.STOPPED, Status.CANCELLED},
    Status.STOPPED: {Status.CLOSED},
    Status.CLOSED: set(),
    Status.CANCELLED: set(),
}


def lock_survey(survey: Survey) -> Survey:
    """Wait for whoever is changing this survey, then read it again; only inside a transaction.

    Respondents who submit hold the row shared, so nothing is submitted while this lock is held.
    """
    locked = Survey.objects.select_for_update().filter(pk=survey.pk).first()
    if locked is None:
        raise ValidationError(_("This survey has been deleted in the meantime."))
    return locked


def check_can_become(survey: Survey, status: str) -> None:
    if status not in NEXT[Status(survey.status)]:
        raise ValidationError(sentence_of(survey))


RUNNING = (Status.PLANNED, Status.LAUNCHING, Status.OPEN)  # people are asked, or will be


def advance(survey: Survey, status: str, **changes: Any) -> None:
    """Raises ValidationError when the survey, which must be locked, cannot become that."""
    check_can_become(survey, status)
    survey.status = status
    for field, value in changes.items():
        setattr(survey, field, value)
    survey.save(update_fields=["status", *changes])


def sentence_of(survey: Survey) -> str:
    """Why something can no longer, or not yet, be done."""
    return {
        Status.DRAFT: _("This survey has not been launched yet."),
        Status.PLANNED: _("This survey has not started yet. Its settings can no longer change, only its start."),
        Status.LAUNCHING: _("This survey is being launched. Its invitations are on their way."),
        Status.OPEN: _("This survey has been launched, so its settings can no longer change."),
        Status.STOPPED: _("This survey takes no more answers; its report is being made."),
        Status.CLOSED: _("This survey is closed."),
        Status.CANCELLED: _("This survey was cancelled."),
    }[Status(survey.status)]


class SurveyNotOpen(Exception):
    """Answers are taken no more, or not yet."""


def lock_open_survey(survey_id: int, *, alone: bool = False) -> None:
    """Hold the survey open until the transaction ends; as many as like may do so at once, unless one is to be `alone`.

    Raises SurveyNotOpen.
    """
    with connection.cursor() as cursor:
        cursor.execute(status_sql(alone=alone), [moment(), survey_id])
        row = cursor.fetchone()
    if row is None or row[0] != Status.OPEN:
        raise SurveyNotOpen


def moment() -> Any:
    """The present one, as statements of our own compare it with a closing date."""
    return connection.ops.adapt_datetimefield_value(_then.get() or clock())


@contextmanager
def as_of(then: datetime.datetime) -> Iterator[None]:
    """Answers are taken as they were at that moment, for a survey that is told after the event."""
    before = _then.set(then)
    try:
        yield
    finally:
        _then.reset(before)


def tell_that_a_link_ended(survey: Survey) -> None:
    """In the transaction that ends it, with the survey locked alone: what was known of its links is out of date.

    So a save need not look for its link each time: its draft says up to which of these ends the link was good.
    """
    Survey.objects.filter(pk=survey.pk).update(links_ended=F("links_ended") + 1)


@cache
def status_sql(*, alone: bool) -> str:
    """SQL of our own: whoever begins or hands in asks this. SQLite needs no row lock, see `lock_survey`."""
    sql = f"SELECT {STATUS_NOW} FROM {Survey._meta.db_table} survey WHERE id = %s"  # noqa: S608
    how = "FOR UPDATE" if alone else "FOR SHARE"
    return f"{sql} {how}" if connection.features.has_select_for_update else sql
