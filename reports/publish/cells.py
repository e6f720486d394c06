"""What a slice says of one cell, in displayed values only, and how that is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Literal

from reports.publish.slices import Base, CellSums
from reports.scoring import (
    METHOD,
    Agreement,
    CellKey,
    Level,
    Method,
    agreement_word,
    display,
    half_width,
    has_two_camps,
    level,
    published_range,
    smoothed_sd,
    typical_sd,
)

End = Literal["low", "high"]  # of the scale
Why = Literal["one_statement", "open_link", "same_people"]  # there is a word and no score
ShareWord = Literal["most", "half", "third", "fifth"]

LOW_END, HIGH_END = 1.5, 4.5  # what stands beyond them is not said where no ten stand behind it
SD_WHERE_VIEWS_DIFFER = 1.00
COULD_NOT_JUDGE: tuple[tuple[float, ShareWord], ...] = (  # from this share on
    (0.60, "most"),
    (0.42, "half"),
    (0.27, "third"),
    (0.20, "fifth"),
)


@dataclass(frozen=True, slots=True)
class CellFigures:
    """The figures of one cell that is shown; everything a reader or a finding may use."""

    n: int
    without: int  # groups of the slice that are hidden in this cell
    score: float  # as displayed; ends cut where no ten stand behind it
    end: End | None  # "low", "high": reads '≤ 1.5', '≥ 4.5'
    level: Level
    low: float  # of the likely range
    high: float
    is_pale: bool  # the range touches another level
    agreement: Agreement | None
    is_split: bool | None  # two camps; None where it may not be said
    views_differ: bool
    could_not_judge: ShareWord | None
    without_people: int = 0  # of the slice, who have a word of their own and no score

    @property
    def is_of_tens(self) -> bool:
        """Whether they rest on a union of 10-atoms. Stored as this: only of those it is said whether there are two
        camps, and of those always."""
        return self.is_split is not None

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "CellFigures":
        return cls(
            n=stored["n"],
            without=stored["without"],
            score=stored["score"],
            end=stored["end"],
            level=stored["level"],
            low=stored["low"],
            high=stored["high"],
            is_pale=stored["pale"],
            agreement=stored["agreement"],
            is_split=stored["split"],
            views_differ=stored["views_differ"],
            could_not_judge=stored["could_not_judge"],
            without_people=stored.get("without_people", 0),
        )

    def stored(self) -> dict[str, Any]:
        return {
            "score": self.score,
            "end": self.end,
            "level": self.level,
            "low": self.low,
            "high": self.high,
            "pale": self.is_pale,
            "agreement": self.agreement,
            "split": self.is_split,
            "views_differ": self.views_differ,
            "could_not_judge": self.could_not_judge,
            "n": self.n,
            "without": self.without,
            **_told(self.without_people),
        }


@dataclass(frozen=True, slots=True)
class CellWord:
    """A level word and nothing else: of a cell that is shown and may not have a score."""

    n: int
    without: int  # groups of the slice that are hidden in this cell
    level: Level | None  # None of groups counted together whose words differ; never published
    why: Why
    without_people: int = 0  # of the slice, on whom the word does not rest

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "CellWord":
        return cls(
            stored["n"],
            stored["without"],
            stored["level"],
            stored["why"],
            without_people=stored.get("without_people", 0),
        )

    def stored(self) -> dict[str, Any]:
        told = _told(self.without_people)
        return {"score": None, "level": self.level, "n": self.n, "without": self.without, "why": self.why, **told}


def _told(without_people: int) -> dict[str, int]:
    """Editions of before know nothing of it."""
    return {"without_people": without_people} if without_people else {}


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """One cell of one slice: with figures, with a word alone, or with neither, where too few people answered it.

    >>> hidden = {"condition": "task", "space": "team", "asked": 7, "state": "too_few_people", "score": None,
    ...           "level": None}
    >>> cell = PublishedCell.from_stored(hidden)
    >>> cell.key, cell.figures, cell.is_of_tens, cell.stored() == hidden
    (('task', 'team'), None, False, True)
    >>> said = {**hidden, "asked": 1, "state": "word", "level": "mostly", "n": 8, "without": 0, "why": "one_statement"}
    >>> PublishedCell.from_stored(said).word.level, PublishedCell.from_stored(said).stored() == said
    ('mostly', True)
    """

    condition: str
    space: str
    asked: int  # statements
    figures: CellFigures | None
    word: CellWord | None = None

    @property
    def said(self) -> CellFigures | CellWord | None:
        """What is told of it."""
        return self.figures or self.word

    @property
    def key(self) -> CellKey:
        return self.condition, self.space

    @property
    def is_of_tens(self) -> bool:
        return self.figures is not None and self.figures.is_of_tens

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "PublishedCell":
        figures = CellFigures.from_stored(stored) if stored["state"] == "scored" else None
        word = CellWord.from_stored(stored) if stored["state"] == "word" else None
        return cls(stored["condition"], stored["space"], stored["asked"], figures, word)

    def stored(self) -> dict[str, Any]:
        head = {"condition": self.condition, "space": self.space, "asked": self.asked}
        if self.figures:
            return {**head, "state": "scored", **self.figures.stored()}
        if self.word:
            return {**head, "state": "word", **self.word.stored()}
        return {**head, "state": "too_few_people", "score": None, "level": None}


def cell_figures(base: Base, sums: CellSums, *, sd: float, method: Method = METHOD) -> CellFigures:
    """The figures of a base that is shown; `sd`: that of its likely range. Source: method sheet, section 13.

    'Could not judge' is said only where the base is a union of 10-atoms, and then of everybody in the atoms shown: an
    atom in which the cell is hidden is left out of it as it is left out of the score.
    """
    score, end = displayed(sums.mean, base, method)
    agreement = _agreement(sums, method)
    low, high = published_range(score, base.n, sd=sd, method=method)
    is_split = bool(has_two_camps(base.n, sums.low, sums.high, method=method)) if base.is_of_tens else None
    word = level(score, method=method)
    return CellFigures(
        n=base.n,
        without=base.without,
        score=score,
        end=end,
        level=word,
        low=low,
        high=high,
        is_pale=level(low) != word or level(high) != word,
        agreement=agreement,
        is_split=is_split,
        views_differ=agreement == "wide" or bool(is_split),
        could_not_judge=_share_word(sums.dont_knows, method) if base.is_of_tens else None,
        without_people=base.without_people,
    )


def cell_word(base: Base, sums: CellSums, why: Why, method: Method = METHOD) -> CellWord:
    """The level of the mean, which is told nowhere."""
    word = level(display(sums.mean, method=method), method=method)
    return CellWord(base.n, base.without, word, why, base.without_people)


def displayed_sd(figures: CellFigures, asked: int, method: Method = METHOD) -> float:
    """The SD of the published range, in rating points, as a reader could work it out.

    Where the range was made with a typical SD, that one. Where it was made with the group's own, what the wider half of
    the printed range gives back: the other may have been cut to the scale. Exact to the rounding of one decimal.
    """
    if not figures.is_of_tens:
        return assumed_sd(asked, views_differ=figures.views_differ, method=method)
    half = max(figures.score - figures.low, figures.high - figures.score)
    return half / half_width(1.0, figures.n, figures.n - 1 + method.nu0, method)


def range_sd(base: Base, sums: CellSums, *, asked: int, method: Method = METHOD) -> float:
    """The SD that a likely range is made with; not published itself. `asked`: statements of the cell."""
    if base.is_of_tens:
        return smoothed_sd(sums.sd, base.n, asked=asked, method=method)
    return assumed_sd(asked, views_differ=_agreement(sums, method) == "wide", method=method)


def displayed(mean: float, base: Base, method: Method = METHOD) -> tuple[float, End | None]:
    """The mean as displayed, and which end it was cut to."""
    shown = display(mean, method=method)
    if base.is_of_tens:
        return shown, None
    if shown <= LOW_END + method.eps:
        return LOW_END, "low"
    return (HIGH_END, "high") if shown >= HIGH_END - method.eps else (shown, None)


def assumed_sd(asked: int, *, views_differ: bool, method: Method = METHOD) -> float:
    """A range made with the group's own SD would, with mean and two ends, give that SD away."""
    return SD_WHERE_VIEWS_DIFFER if views_differ else typical_sd(asked, method)


def _agreement(sums: CellSums, method: Method) -> Agreement | None:
    return agreement_word(None if isnan(sums.deviation) else sums.deviation, method)


def _share_word(share: float, method: Method) -> ShareWord | None:
    """Each word where it is the nearest: a fifth, a third, half, most."""
    return next((word for least, word in COULD_NOT_JUDGE if share >= least - method.eps), None)
