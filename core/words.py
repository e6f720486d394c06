"""Numbers in words."""

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _


def in_words(number: int) -> str:
    return _("ten") if number == 10 else apnumber(number)
