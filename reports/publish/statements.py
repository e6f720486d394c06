"""What a slice says of one statement: a level word from five answers, classes from ten, more from thirty."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from reports.publish.cells import displayed
from reports.publish.slices import ALONE, FULL_CELL, Base
from reports.scoring import METHOD, Level, Method, level, whole_percentages

FEW = 2  # a class of so many or fewer carries no number

Share = int | Literal["few"] | None  # whole per cent; 'few'; None for the largest class beside a 'few'


StatementState = Literal["not_shown", "some_could_not_judge", "level", "three_classes", "five_classes"]
STORED: Mapping[StatementState, Sequence[str]] = {
    "not_shown": (),
    "some_could_not_judge": (),
    "level": ("level", "without"),
    "three_classes": ("level", "mean", "without", "shares"),
    "five_classes": ("level", "mean", "without", "shares"),
}


class PublishedStatement(NamedTuple):
    """One statement of one cell of one slice; what its state does not say is None, or () for the shares.

    >>> stored = {"key": "T1", "state": "level", "level": "mostly", "without": 1}
    >>> statement = PublishedStatement.from_stored(stored)
    >>> statement.mean, statement.shares, statement.stored() == stored
    (None, (), True)
    """

    key: str
    state: StatementState
    level: Level | None = None
    mean: float | None = None
    without: int | None = None  # groups of the slice that are hidden in it
    shares: tuple[Share, ...] = ()  # of each class, "don't know" last

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "PublishedStatement":
        get = stored.get
        return cls(
            stored["key"], stored["state"], get("level"), get("mean"), get("without"), tuple(get("shares") or ())
        )

    def stored(self) -> dict[str, Any]:
        values = {"level": self.level, "mean": self.mean, "without": self.without, "shares": list(self.shares)}
        return {"key": self.key, "state": self.state, **{name: values[name] for name in STORED[self.state]}}


class OfCell(NamedTuple):
    """What a statement must know of its cell, so that it says nothing that the cell may not."""

    asked: int  # statements
    level: Level
    has_score: bool
    is_open_link: bool = False


def published_statement(
    key: str, base: Base, answers: Sequence[int], cell: OfCell, method: Method = METHOD
) -> PublishedStatement:
    """`answers`: how many of the slice's people with a score in the cell said "don't know", 1, … 5, in the atoms that
    are shown for this statement. Source: method sheet, section 13.

    In a cell of few statements nothing is said below ten, not even that too few judged one: beside the cell's score it
    would speak of those who skipped. The only statement of a cell is the cell: it has its word, and no mean without a
    score.
    """
    dont_know, *rated = answers
    if not base.is_of_tens:
        return _below_ten(key, base, rated, cell, method)
    mean = displayed(_mean(rated), base, method)[0]
    return PublishedStatement(
        key,
        "five_classes" if base.is_of_thirties else "three_classes",
        level=cell.level if cell.asked == ALONE else level(mean, method=method),
        mean=mean if _has_mean(base, cell) else None,
        without=base.without,
        shares=tuple(class_shares([*(rated if base.is_of_thirties else _three(rated)), dont_know])),
    )


def _has_mean(base: Base, cell: OfCell) -> bool:
    is_full = cell.asked >= FULL_CELL and not cell.is_open_link
    return cell.has_score and (base.is_of_thirties or is_full)


def _below_ten(key: str, base: Base, rated: Sequence[int], cell: OfCell, method: Method) -> PublishedStatement:
    if cell.asked == ALONE:
        return PublishedStatement(key, "level", level=cell.level, without=base.without)
    if cell.asked < FULL_CELL:
        return PublishedStatement(key, "not_shown")
    if base.n == 0:
        return PublishedStatement(key, "some_could_not_judge")
    word = level(displayed(_mean(rated), base, method)[0], method=method)
    return PublishedStatement(key, "level", level=word, without=base.without)


def _mean(rated: Sequence[int]) -> float:
    return sum(rating * count for rating, count in enumerate(rated, start=1)) / sum(rated)


def _three(rated: Sequence[int]) -> list[int]:
    one, two, three, four, five = rated
    return [one + two, three, four + five]


def class_shares(counts: Sequence[int]) -> list[Share]:
    """Classes in whole per cent of all of them, as they may be printed; in the order given, "don't know" last.

    They add up to 100 by largest remainder (ties: the favourable first). Two people or fewer read 'few', and then the
    largest class carries no number: without it a small one cannot be worked out from this bar. Whoever subtracts the
    bars of several slices still learns only of whole tens: every bar rests on a union of 10-atoms.

    >>> class_shares([4, 5, 6, 3]), class_shares([1, 5, 6, 0])
    ([22, 28, 33, 17], ['few', 42, None, 'few'])
    """
    *rated, dont_know = counts
    *turned, last = whole_percentages([*reversed(rated), dont_know])
    return hide_few(counts, [*reversed(turned), last])


def hide_few(counts: Sequence[int], shares: Sequence[int]) -> list[Share]:
    """The shares that may be printed of classes of so many people."""
    few = [count <= FEW for count in counts]
    largest = max(range(len(counts)), key=lambda place: (counts[place], -place)) if any(few) else None
    return [
        "few" if is_few else None if place == largest else share
        for place, (share, is_few) in enumerate(zip(shares, few, strict=True))
    ]
