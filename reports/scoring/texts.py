"""Which statements of a cell may be spoken of, and how: a sentence only where the answers bear it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reports.scoring.method import METHOD, Level, Method

About = Literal["differ", "some_not_yet", "all_mostly"]  # what is said of the statements of a cell together

LOW_MOST, HIGH_MOST, GROUP_HIGH_MOST = 3, 2, 1
NOT_YET, AT_LEAST_MOSTLY = 2.4, 4.3  # scores of few statements that tell of all of them


@dataclass(frozen=True)
class TextsOfPerson:
    """Positions of the statements of a cell, from 0 in model order."""

    if_low: tuple[int, ...]  # whose sentence stands there, lowest first
    more_low: int
    if_high: tuple[int, ...]  # highest first
    more_high: int
    topic: tuple[int, ...]  # rated in the middle: what it is about, and a question
    not_rated: tuple[int, ...]


def texts_of_person(ratings: Sequence[int | None]) -> TextsOfPerson:
    """Of one person's ratings of a cell; None where not rated, of which nothing is said.

    A 1 or 2 brings the low sentence, a 4 or 5 the high one. One 2 comes again as 1 or 2 in 42 % of repeats, a 3 goes
    anywhere: so a 3 brings a topic only. Source: method sheet 2.0, section 3.

    >>> texts_of_person([2, 1, 4, 3, 5, 2, None, 2, 4])
    TextsOfPerson(if_low=(1, 0, 5), more_low=1, if_high=(4, 2), more_high=1, topic=(3,), not_rated=(6,))
    """
    rated = [(rating, at) for at, rating in enumerate(ratings) if rating is not None]
    low = [at for rating, at in sorted(rated) if rating <= 2]
    high = [at for rating, at in sorted(rated, key=lambda one: (-one[0], one[1])) if rating >= 4]
    return TextsOfPerson(
        if_low=tuple(low[:LOW_MOST]),
        more_low=len(low[LOW_MOST:]),
        if_high=tuple(high[:HIGH_MOST]),
        more_high=len(high[HIGH_MOST:]),
        topic=tuple(at for rating, at in rated if rating == 3),
        not_rated=tuple(at for at, rating in enumerate(ratings) if rating is None),
    )


@dataclass(frozen=True)
class TextsOfGroup:
    if_low: tuple[int, ...] = ()
    more_low: int = 0
    if_high: tuple[int, ...] = ()
    topic: tuple[int, ...] = ()
    about: About | None = None


def texts_of_group(
    words: Sequence[Level | None],
    *,
    score: float | None,
    views_differ: bool,
    tens: bool,
    thirties: bool,
    method: Method = METHOD,
) -> TextsOfGroup:
    """Of a group's cell, from what is published of it.

    `words`: the level word of each statement asked, None where none is published. `score`: as displayed, None where
    the cell has a word alone. `tens`, `thirties`: it rests on 10-atoms, on a union of 30-atoms. At n = 5 a statement
    shown as *mostly* is truly lower in a fifth of cases, so it brings nothing, and *partly* its low sentence from ten
    people only. Source: method sheet 2.0, section 3.

    >>> texts_of_group(["partly", "not_yet", "firmly"] + ["mostly"] * 4, score=3.2, views_differ=False, tens=True,
    ...                thirties=False)
    TextsOfGroup(if_low=(1, 0), more_low=0, if_high=(2,), topic=(), about=None)
    """
    every = tuple(range(len(words)))
    if views_differ:
        return TextsOfGroup(topic=every, about="differ")
    if len(words) == 1 and not thirties:
        return _of_one(words[0])
    if (not method.is_deep(len(words)) and not tens) or not any(words):
        return TextsOfGroup(topic=every, about=_of_few(len(words), score, method))
    low = [at for word in ("not_yet", "partly") for at in every if words[at] == word and (tens or word == "not_yet")]
    return TextsOfGroup(
        if_low=tuple(low[:LOW_MOST]),
        more_low=len(low[LOW_MOST:]),
        if_high=tuple(at for at in every if words[at] == "firmly")[:GROUP_HIGH_MOST],
        topic=tuple(at for at in every if words[at] == "partly" and not tens),
    )


def _of_one(word: Level | None) -> TextsOfGroup:
    if word == "not_yet":
        return TextsOfGroup(if_low=(0,))
    return TextsOfGroup(if_high=(0,)) if word == "firmly" else TextsOfGroup(topic=(0,))


def _of_few(asked: int, score: float | None, method: Method) -> About | None:
    if score is None or method.is_deep(asked):
        return None
    if score <= NOT_YET + method.eps:
        return "some_not_yet"
    return "all_mostly" if asked == 2 and score >= AT_LEAST_MOSTLY - method.eps else None
