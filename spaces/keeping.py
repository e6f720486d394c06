"""For how long a workspace keeps what its surveys leave behind, and how it goes itself: numbers and their words."""

import calendar
import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# Months after the close. The least is longer than lists of nearly the same people are compared (60 days).
KEPT_MONTHS = (3, 6, 12, 24, 36, 60, 120)
LEAST_KEPT, USUALLY_KEPT, LONGEST_KEPT = KEPT_MONTHS[0], 24, KEPT_MONTHS[-1]
TOLD_BEFORE = datetime.timedelta(days=30)  # that owners hear of it before anything goes
WAITING = datetime.timedelta(days=7)  # in which the deletion of a workspace can be taken back


class EndReason(models.TextChoices):
    OVER = "over", gettext_lazy("The work with this client is over")
    ELSEWHERE = "elsewhere", gettext_lazy("It goes on elsewhere")
    MISTAKE = "mistake", gettext_lazy("It was made by mistake, or to try things out")
    ASKED = "asked", gettext_lazy("Those it is about have asked for it")


def months_after(moment: datetime.datetime, months: int) -> datetime.datetime:
    """The same day of a later month, or its last day.

    >>> months_after(datetime.datetime(2026, 11, 30), 3).date()
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(moment.month - 1 + months, 12)
    last = calendar.monthrange(moment.year + year, month + 1)[1]
    return moment.replace(year=moment.year + year, month=month + 1, day=min(moment.day, last))


def span_of(months: int) -> str:
    """'3 months', '2 years'."""
    if months % 12:
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    return ngettext("%(n)s year", "%(n)s years", months // 12) % {"n": months // 12}


def kept_for(months: int, *, is_in_room: bool = False) -> str:
    """What is said wherever people give data to a survey; one in a room has no list and no comments."""
    if is_in_room:
        return _("The report is deleted by itself at the latest %(span)s after the survey has closed.") % {
            "span": span_of(months)
        }
    return _(
        "The list of the people asked, the report and its comments are deleted by themselves at the latest %(span)s "
        "after the survey has closed."
    ) % {"span": span_of(months)}
