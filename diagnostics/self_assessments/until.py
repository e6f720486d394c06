"""Until when something is kept that was begun without an account, in words."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def until(end: datetime.datetime) -> str:
    """A whole sentence; what is kept for a day ends today or tomorrow."""
    there = timezone.localtime(end)
    words = {"time": date_format(there, "H:i T")}
    if there.date() > timezone.localdate():
        return _("Kept in this browser until tomorrow at %(time)s unless you make an account.") % words
    return _("Kept in this browser until today at %(time)s unless you make an account.") % words
