"""Numbers in words, and sentences one after the other."""

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _


def in_words(number: int) -> str:
    return _("ten") if number == 10 else apnumber(number)


def paragraph(*sentences: str) -> str:
    """Whole sentences, each of them translated by itself."""
    return " ".join(sentences)
