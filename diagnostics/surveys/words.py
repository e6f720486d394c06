"""What consultants write, in the language of whoever reads it: their own translation, else the words as they stand.

A translation belongs to the words it was made of, as those of checklists do: where these changed since, it is left out.
"""

from collections.abc import Mapping
from copy import copy

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language

from diagnostics.checklists.source import mark_of
from diagnostics.surveys.models import Survey
from diagnostics.surveys.usual import FORMER, usual_texts

FIRST_PAGE = ("title", "purpose", "asked_by", "contact", "list_made_by")
LETTERS = ("invitation_subject", "invitation_text", "reminder_subject", "reminder_text")
FIELDS = (*FIRST_PAGE, *LETTERS)


def said(survey: Survey) -> Survey:
    """The survey as it reads in the language of the moment: for pages and letters, never for saving."""
    language = get_language() or settings.LANGUAGE_CODE
    texts = {field: text for field in FIELDS if (text := _said(survey, field, language))}
    if not texts:
        return survey
    read = copy(survey)
    for field, text in texts.items():
        setattr(read, field, text)
    return read


def _said(survey: Survey, field: str, language: str) -> str:
    """'' where the words as they stand are all there is."""
    given = "" if is_out_of_date(survey, field, language) else given_in(survey, field, language)
    if given or field not in LETTERS or language == survey.spoken[0]:
        return given
    return usual_texts()[field] if is_usual(survey, field) else ""


def is_usual(survey: Survey, field: str) -> bool:
    """Whether a letter's text is the one that every draft begins with: that is translated already."""
    with translation.override(survey.spoken[0]):
        usual = (usual_texts()[field], FORMER[field])
    return getattr(survey, field).splitlines() in [text.splitlines() for text in usual]  # forms send other ends


def to_change(survey: Survey, field: str) -> str:
    """A letter's text as somebody goes on with it: the usual one as it is today."""
    if not is_usual(survey, field):
        return str(getattr(survey, field))
    with translation.override(survey.spoken[0]):
        return usual_texts()[field]


def missing(survey: Survey, language: str) -> tuple[str, ...]:
    """The fields that whoever reads this language meets in other words than theirs."""
    return tuple(
        field
        for field in FIELDS
        if getattr(survey, field)
        and (not given_in(survey, field, language) or is_out_of_date(survey, field, language))
        and not (field in LETTERS and is_usual(survey, field))
        and not (field in LETTERS and not survey.is_personal)
    )


def given_in(survey: Survey, field: str, language: str) -> str:
    """What somebody wrote there, whether it still says the same or not."""
    return str(_kept(survey, field, language).get("text", ""))


def is_out_of_date(survey: Survey, field: str, language: str) -> bool:
    kept = _kept(survey, field, language)
    return bool(kept) and kept["of"] != mark_in(survey, field)


def _kept(survey: Survey, field: str, language: str) -> dict[str, str]:
    """Of a reminder that was written anew while the survey is open, what was written then."""
    words = (survey.reminder_words, survey.words)
    return next((given[language][field] for given in words if field in given.get(language, {})), {})


def mark_in(survey: Survey, field: str) -> str:
    """Of the words as they stand."""
    return mark_of("\n".join(getattr(survey, field).splitlines()))


def with_words(survey: Survey, language: str, texts: Mapping[str, str]) -> dict:
    """The words of a survey with these of one language taken in; '' takes one away."""
    words = {code: dict(rows) for code, rows in survey.words.items()}
    there = words.setdefault(language, {})
    there |= {field: {"text": text, "of": mark_in(survey, field)} for field, text in texts.items()}
    words[language] = {field: kept for field, kept in there.items() if kept["text"]}
    return {code: rows for code, rows in words.items() if rows}


def fitting(survey: Survey, language: str) -> str:
    """The language in which a person is written to: theirs where the survey speaks it, else its first."""
    return language if language in survey.spoken else survey.spoken[0]
