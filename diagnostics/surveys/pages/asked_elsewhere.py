"""What is said of people whom another survey asks at the same time.

Whoever prepares a survey manages its workspace and may see every other survey there; so each is named.
"""

from collections.abc import Iterable

from django.utils.translation import ngettext

from diagnostics.surveys.audience.elsewhere import Elsewhere
from diagnostics.surveys.letters.wording import closing_words


def sentences_of(others: Iterable[Elsewhere]) -> list[str]:
    return [_sentence(one) for one in others]


def _sentence(one: Elsewhere) -> str:
    said = ngettext(
        "%(people)s person is asked in “%(survey)s” at the same time, until %(closes)s.",
        "%(people)s people are asked in “%(survey)s” at the same time, until %(closes)s.",
        one.people,
    )
    return said % {"people": one.people, "survey": one.survey.title, "closes": closing_words(one.survey)}
