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
    End,
    Level,
    Method,
    ShareWord,
    agreement_word,
    assumed_sd,
    could_not_judge,
    display,
    half_width,
    has_two_camps,
    level,
    level_words,
    published_range,
    smoothed_sd,
    within_ends,
)

EXACT = 20  # ratings up to which a mean that is displayed as 1.0 can only be that of as many 1s
Why = Literal["one_statement", "open_link", "same_people"]  # there is a word and no score


@dataclass(frozen=True, slots=True)
class CellFigures:
    """The figures of one cell that is shown; everything a reader or a finding may use.

    Editions of method 1.0 have one level word, agreement words of their own, and tens behind all or none of a cell.
    """

    n: int
    without: int  # groups of the slice that are hidden in this cell
    score: float  # as displayed; ends cut unless all of it rests on tens
    end: End | None  # "low", "high": reads '≤ 1.5', '≥ 4.5'
    level: Level  # of the score
    levels: tuple[Level] | tuple[Level, Level]  # between which the group's true level probably lies
    low: float  # of the likely range
    high: float
    agreement: Agreement | Literal["some_spread"] | None
    is_split: bool | None  # two camps; None where it may not be said
    could_not_judge: ShareWord | None
    n_tens: int = 0  # of n, on whom spread, camps and "could not judge" rest; 0 where these may not be said
    not_of_tens: int = 0  # groups that are in n and not in n_tens
    without_people: int = 0  # of the slice, who have a word of their own and no score

    @property
    def views_differ(self) -> bool:
        return self.agreement == "wide" or bool(self.is_split)

    @property
    def is_of_tens(self) -> bool:
        """Whether what needs ten people is said of it: of three quarters of its people at least."""
        return self.n_tens > 0

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "CellFigures":
        n_tens, not_of_tens = stored.get("tens") or (stored["n"] if stored["split"] is not None else 0, 0)
        return cls(
            n=stored["n"],
            without=stored["without"],
            score=stored["score"],
            end=stored["end"],
            level=stored["level"],
            levels=tuple(stored.get("levels") or [stored["level"]]),
            low=stored["low"],
            high=stored["high"],
            agreement=stored["agreement"],
            is_split=stored["split"],
            could_not_judge=stored["could_not_judge"],
            n_tens=n_tens,
            not_of_tens=not_of_tens,
            without_people=stored.get("without_people", 0),
        )

    def stored(self) -> dict[str, Any]:
        return {
            "score": self.score,
            "end": self.end,
            "level": self.level,
            "levels": list(self.levels),
            "low": self.low,
            "high": self.high,
            "agreement": self.agreement,
            "split": self.is_split,
            "could_not_judge": self.could_not_judge,
            "n": self.n,
            "tens": [self.n_tens, self.not_of_tens],
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


def cell_figures(base: Base, sums: CellSums, *, asked: int, method: Method = METHOD) -> CellFigures:
    """The figures of a base that is shown, of a cell of `asked` statements. Source: method sheet 2.0, sections 5–9.

    'Could not judge' is said of everybody in the tens: an atom in which the cell is hidden is left out of it as it is
    left out of the score.
    """
    score, end = displayed(sums.mean, base, method, is_exact=base.n * asked <= EXACT)
    deviation = None if isnan(sums.deviation) else sums.deviation
    agreement = agreement_word(deviation, sums.answers, asked=asked, method=method)
    sd = range_sd(base, sums, asked=asked, views_differ=agreement == "wide", method=method)
    low, high = published_range(score, base.n, sd, end=end, method=method)
    is_split, judged = None, None
    if base.is_of_tens:
        is_split = has_two_camps(base.n_tens, sums.low, sums.high, asked=asked, method=method)
        judged = could_not_judge(sums.not_judged, sums.answered, method=method)
    return CellFigures(
        n=base.n,
        without=base.without,
        score=score,
        end=end,
        level=level(score, method=method),
        levels=level_words(score, base.n, sd, asked=asked, method=method),
        low=low,
        high=high,
        agreement=agreement,
        is_split=is_split,
        could_not_judge=judged,
        n_tens=base.n_tens,
        not_of_tens=base.not_of_tens,
        without_people=base.without_people,
    )


def cell_word(base: Base, sums: CellSums, why: Why, method: Method = METHOD) -> CellWord:
    """The level of the mean, which is told nowhere."""
    word = level(display(sums.mean, method=method), method=method)
    return CellWord(base.n, base.without, word, why, base.without_people)


def displayed_sd(figures: CellFigures, asked: int, method: Method = METHOD) -> float:
    """The SD of the published range, in rating points, as a reader could work it out.

    Where the range was made with a typical SD, that one. Where it was made with the group's own, what a half of the
    printed range gives back: the one away from the end to which the score was cut, otherwise the wider, as the other
    may have been cut to the scale. Exact to the rounding of one decimal.
    """
    if not figures.is_of_tens:
        return assumed_sd(asked, views_differ=figures.agreement == "wide", method=method)
    below, above = figures.score - figures.low, figures.high - figures.score
    half = {"low": above, "high": below}[figures.end] if figures.end else max(below, above)
    return half / half_width(1.0, figures.n, figures.n - 1 + method.nu0, method)


def range_sd(base: Base, sums: CellSums, *, asked: int, views_differ: bool, method: Method = METHOD) -> float:
    """The SD that a likely range is made with; not published itself.

    A range made with the group's own SD would, with mean and two ends, give that SD away where no ten stand behind it.
    """
    if base.is_of_tens:
        return smoothed_sd(sums.sd, base.n_tens, asked=asked, method=method)
    return assumed_sd(asked, views_differ=views_differ, method=method)


def displayed(mean: float, base: Base, method: Method = METHOD, *, is_exact: bool = False) -> tuple[float, End | None]:
    """The mean as displayed, and which end it was cut to. `is_exact`: of so few ratings that 1.0 tells them all."""
    shown = display(mean, method=method)
    cut = within_ends(shown, method=method)
    if method.ends[0] < cut < method.ends[1]:
        return shown, None
    end: End = "low" if cut == method.ends[0] else "high"
    is_open = base.has_open_ends and not (is_exact and end == "low")
    return (shown, None) if is_open else (cut, end)
