"""Numbers in words, and sentences one after the other."""

from typing import TYPE_CHECKING

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    Words = str | Promise  # translated now, or when it is shown


def in_words(number: int) -> str:
    return _("ten") if number == 10 else str(apnumber(number))


def paragraph(*sentences: str) -> str:
    """Whole sentences, each of them translated by itself."""
    return " ".join(sentences)
