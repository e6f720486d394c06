"""A checklist as people work on it: every word of it, asked or not, in the schema of the model's own file.

A draft is kept in this form, files are written in it, and what is published is made of it (`compiling`).
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from diagnostics.instrument.changes import asks
from diagnostics.instrument.sources import CURRENT

SPACES = ("self", "team", "organisation", "system")
ABOUT_A_LEADER = ("observer", "leader")  # the wordings of a 360: carried along, asked in no space
WORDINGS = (*SPACES, *ABOUT_A_LEADER)
ALL = "all"  # of help lines: for the indicator, whatever the wording


@dataclass(frozen=True)
class SpaceWords:
    key: str
    name: str
    frame: str
    help: str = ""


@dataclass(frozen=True)
class ConditionWords:
    key: str
    name: str
    definition: str


@dataclass(frozen=True)
class Worded:
    """An indicator in one wording. `asks`: '' where the words are the model's own, else what they ask (`asks_of`)."""

    text: str
    is_asked: bool = True
    asks: str = ""


@dataclass(frozen=True)
class IndicatorWords:
    key: str
    condition: str
    title: str
    topic: str
    meaning: str
    wordings: Mapping[str, Worded]  # in the order of WORDINGS
    help: Mapping[str, str] = field(default_factory=dict)  # wording or ALL → one line

    def asked_in(self) -> tuple[str, ...]:
        """The spaces in which it is asked, in model order."""
        return tuple(space for space in SPACES if space in self.wordings and self.wordings[space].is_asked)


@dataclass(frozen=True)
class ScaleWords:
    """`labels` are those of 1 to 5. `asks`: '' where the words are the model's own, else the key of the scale that they
    are to be compared with, or a mark of their own."""

    key: str
    prompt: str
    labels: tuple[str, ...]
    not_scored_label: str
    asks: str = ""


@dataclass(frozen=True)
class QuestionWords:
    key: str
    condition: str
    text: str


@dataclass(frozen=True)
class Source:
    name: str
    primary_space: str  # '' while none is chosen
    spaces: tuple[SpaceWords, ...]  # all four; those are asked in which a statement is
    conditions: tuple[ConditionWords, ...]
    indicators: tuple[IndicatorWords, ...]  # by condition, in the order in which they are asked
    scale: ScaleWords
    open_questions: tuple[QuestionWords, ...] = ()
    matters_most: str | None = ""  # the question in its own words, '' in the usual ones, None where it is not asked
    model: str = CURRENT
    language: str = "en-GB"
    translations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of_condition(self, condition: str) -> tuple[IndicatorWords, ...]:
        return tuple(one for one in self.indicators if one.condition == condition)

    def indicator(self, key: str) -> IndicatorWords:
        """Raises KeyError."""
        for one in self.indicators:
            if one.key == key:
                return one
        raise KeyError(key)

    def asked_spaces(self) -> tuple[str, ...]:
        """In model order."""
        asked = {space for one in self.indicators for space in one.asked_in()}
        return tuple(space for space in SPACES if space in asked)

    def asked(self) -> Iterator[tuple[IndicatorWords, str]]:
        """(indicator, space) of every statement that is asked, in the order of the pages."""
        for condition in self.conditions:
            for one in self.of_condition(condition.key):
                for space in one.asked_in():
                    yield one, space

    def with_more(self, *new: IndicatorWords) -> "Source":
        """The same with these at the end of their conditions."""
        every = (*self.indicators, *new)
        ordered = (one for condition in self.conditions for one in every if one.condition == condition.key)
        return replace(self, indicators=tuple(ordered))

    def with_indicator(self, changed: IndicatorWords) -> "Source":
        """The same with one indicator changed where it stands."""
        return replace(self, indicators=tuple(changed if one.key == changed.key else one for one in self.indicators))


def asks_of(key: str, wording: str, worded: Worded, model: str = CURRENT) -> str:
    """The identity of what a statement asks: two with the same one may be compared, in whatever words."""
    return worded.asks or asks(f"{key}.{wording}", model)


def mark_of(text: str) -> str:
    """What a text asks that nobody compared with another: the text itself, as ten letters and figures."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def letters_of(text: str) -> str:
    """What is left of texts that differ in case, spaces and punctuation only.

    >>> letters_of("We meet – often.") == letters_of("we meet, often")
    True
    """
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
