"""What a slice says of one statement: a level word from five answers, classes from ten, more from thirty."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement
from typing import Any, Literal, NamedTuple

from reports.publish.bars import FIVE, THREE, Share, Tenths, said_of
from reports.publish.cells import EXACT, displayed
from reports.publish.slices import ALONE, FULL_CELL, Base
from reports.scoring import LEVELS, METHOD, Level, Method, display, level

OldShare = int | Literal["few"] | None  # of editions before code 3; None for the largest class beside a 'few'
StatementState = Literal["not_shown", "some_could_not_judge", "level", "three_classes", "five_classes"]
STORED: Mapping[StatementState, Sequence[str]] = {
    "not_shown": (),
    "some_could_not_judge": (),
    "level": ("level", "without"),
    "three_classes": ("level", "mean", "without"),
    "five_classes": ("level", "mean", "without"),
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
    mean: float | None = None  # None too where it would tell of a class that is not printed by itself
    without: int | None = None  # groups of the slice that are hidden in it
    shares: tuple[Share, ...] = ()  # of classes, joined where they are small
    old_shares: tuple[OldShare, ...] = ()  # of each class, "don't know" last: as editions before code 3 have them

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "PublishedStatement":
        get = stored.get
        return cls(
            key=stored["key"],
            state=stored["state"],
            level=get("level"),
            mean=get("mean"),
            without=get("without"),
            shares=tuple(Share(tuple(classes), per_cent) for classes, per_cent in get("joined") or ()),
            old_shares=tuple(get("shares") or ()),
        )

    def stored(self) -> dict[str, Any]:
        values = {"level": self.level, "mean": self.mean, "without": self.without}
        said: dict[str, Any] = {"key": self.key, "state": self.state}
        said |= {name: values[name] for name in STORED[self.state]}
        if self.shares:
            said["joined"] = [[list(classes), per_cent] for classes, per_cent in self.shares]
        return said | ({"shares": list(self.old_shares)} if self.old_shares else {})


class OfCell(NamedTuple):
    """What a statement must know of its cell, so that it says nothing that the cell may not."""

    asked: int  # statements
    level: Level
    has_score: bool
    is_open_link: bool = False
    is_of_thirties: bool = True  # every statement that rests on tens
    mean_in_tens: float = 0.0  # of the people whom the words of its statements rest on
    in_tens: int = 0

    @property
    def has_few_beside_its_score(self) -> bool:
        """Whether the score is made of so few statements that what is said of each speaks of the others."""
        return self.has_score and ALONE < self.asked < FULL_CELL

    @property
    def has_five_classes(self) -> bool:
        """Whether all bars of its statements may have them, since bars beside each other have one scale."""
        return self.is_of_thirties or self.has_few_beside_its_score


def published_statement(
    key: str, base: Base, answers: Sequence[int], cell: OfCell, method: Method = METHOD
) -> PublishedStatement:
    """`answers`: how many of the slice's people with a score in the cell said "don't know", 1, … 5, in the atoms that
    are shown for this statement. Source: method sheet, section 13.

    In a cell of few statements nothing is said below ten, not even that too few judged one: beside the cell's score it
    would speak of those who skipped. Below thirty there are words alone, since score and classes together now and then
    leave one answer only; and these where the score leaves every statement more than one. The only statement of a cell
    is the cell: it has its word, and no mean without a score.
    """
    dont_know, *rated = answers
    if not base.is_of_tens:
        return _below_ten(key, base, rated, cell, method)
    if cell.has_few_beside_its_score and not base.is_of_thirties:
        return _below_thirty(key, base, rated, cell, method)
    mean = displayed(_mean(rated), base, method)[0]
    own = level(mean, method=method)
    word = cell.level if cell.asked == ALONE else own
    tenths = round(10 * mean) if _has_mean(base, cell) else None
    has_five = base.is_of_thirties and cell.has_five_classes
    for state in ("five_classes", "three_classes") if has_five else ("three_classes",):
        scale, classes = (FIVE, rated) if state == "five_classes" else (THREE, _three(rated))
        said = said_of([*classes, dont_know], tenths, _tenths(own, method), scale)
        if said.shares and (said.has_mean or not is_told_by_cell(cell)):
            shown = mean if said.has_mean else None
            return PublishedStatement(key, state, level=word, mean=shown, without=base.without, shares=said.shares)
        if not is_told_by_cell(cell):
            break
    return PublishedStatement(key, "level", level=word, without=base.without)


def is_told_by_cell(cell: OfCell) -> bool:
    """Whether the cell's score is this statement's mean: then no bar may stand beside it that the mean gives away."""
    return cell.asked == ALONE and cell.has_score


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


def _below_thirty(key: str, base: Base, rated: Sequence[int], cell: OfCell, method: Method) -> PublishedStatement:
    """The score is that of the people in tens: of a group that has a report of its own the same is withheld there."""
    score = _score_in_tenths(cell.mean_in_tens, cell.in_tens * cell.asked, method)
    if not words_may_stand(score, cell.in_tens, cell.asked, method):
        return PublishedStatement(key, "not_shown")
    word = level(displayed(_mean(rated), base, method)[0], method=method)
    return PublishedStatement(key, "level", level=word, without=base.without)


@lru_cache(maxsize=4096)
def words_may_stand(score: int, n: int, asked: int, method: Method = METHOD) -> bool:
    """Whether a word for each of `asked` statements, whichever they are, may stand beside a score of so many tenths.

    `n` people who rated all give every word some sums, and the score some totals. Where in any words one statement is
    left with the sum in which everybody gave the lowest rating, or the highest, no words are told at this score: what
    is missing then says no more than the score. Found by enumeration at ten to twelve people.

    >>> words_may_stand(17, 11, 2), words_may_stand(18, 11, 2)  # 38: eleven times 1, and 27, the least that is 'partly'
    (False, True)
    """
    totals = [
        total
        for total in range(n * asked, 5 * n * asked + 1)
        if _score_in_tenths(total / (n * asked), n * asked, method) == score
    ]
    sums: dict[str, list[int]] = {}
    for total in range(n, 5 * n + 1):
        sums.setdefault(level(total / n, method=method), []).append(total)
    spans = [(one[0], one[-1]) for one in sums.values()]
    for others in combinations_with_replacement(spans, asked - 1):
        least, most = (sum(span[end] for span in others) for end in (0, 1))
        if totals and (totals[-1] - least == n or totals[0] - most == 5 * n):
            return False
    return True


def _score_in_tenths(mean: float, ratings: int, method: Method) -> int:
    """As it is displayed of people who are all in tens."""
    shown = display(mean, method=method)
    return round(10 * (max(shown, method.ends[0]) if ratings <= EXACT else shown))


def _mean(rated: Sequence[int]) -> float:
    return sum(rating * count for rating, count in enumerate(rated, start=1)) / sum(rated)


def _three(rated: Sequence[int]) -> list[int]:
    one, two, three, four, five = rated
    return [one + two, three, four + five]


def _tenths(word: Level, method: Method) -> Tenths:
    """The displayed means that have a level."""
    borders = [10 * method.lowest, *(round(10 * border) for border in method.bands), 10 * method.highest + 1]
    number = LEVELS.index(word)
    return borders[number], borders[number + 1] - 1
