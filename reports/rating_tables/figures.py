"""Everything the method says of a table of ratings: each group and rater category by itself, then between the groups.

Within a cell every figure rests on one base, the people with a score there, as in a published report.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from reports.rating_tables import measures
from reports.rating_tables.ratings import DONT_KNOW, Ratings
from reports.scoring import (
    METHOD,
    Agreement,
    CellKey,
    GroupWord,
    Level,
    Reason,
    a_wg_j,
    alpha_with_interval,
    condition_scores,
    display,
    favourable,
    group_score,
    intraclass_correlation,
    r_wg_j,
)


@dataclass(frozen=True)
class AlphaFigures:
    """Coefficient alpha of the people who rated every statement of a cell."""

    n: int
    value: float | None
    low: float | None
    high: float | None
    reason: Reason | None
    constant: tuple[str, ...]  # statements that all of them rated alike


@dataclass(frozen=True)
class CellFigures:
    """One cell of one group and rater category. Scores in rating points; None where there is nothing to tell."""

    group: str | None
    rater: str | None
    condition: str
    space: str
    asked: int  # statements
    people: int  # in the table
    n: int  # of them with a score
    score: float | None  # as displayed
    mean: float | None  # unrounded
    sd: float | None
    levels: tuple[Level, ...]
    low: float | None  # likely range, as displayed
    high: float | None
    agreement_index: float | None
    agreement: Agreement | None
    two_camps: bool | None
    r_wg_j: float | None  # uniform null
    a_wg_j: float | None
    favourable: float | None  # share of answers, 0–1
    alpha: AlphaFigures
    reason: Reason | None


@dataclass(frozen=True)
class StatementFigures:
    """One statement, of the people with a score in its cell; "don't know" and blank of all."""

    group: str | None
    rater: str | None
    statement: str
    condition: str
    space: str
    n: int
    mean: float | None
    sd: float | None
    favourable: float | None
    dont_know: int
    blank: int


@dataclass(frozen=True)
class BetweenGroups:
    """Whether the groups of one rater category can be told apart in a cell; alpha over all their people."""

    rater: str | None
    condition: str
    space: str
    groups: int  # with a score
    people: int
    icc1: float | None
    low: float | None
    high: float | None
    icc2: float | None
    alpha: AlphaFigures
    reason: Reason | None


@dataclass(frozen=True)
class AgainstEverybodyElse:
    """One group of a rater category beside all others of it in one cell, in displayed rating points."""

    group: str | None
    rater: str | None
    condition: str
    space: str
    n: int
    difference: float  # both sides cut to 1.5..4.5
    others: float
    without: int  # groups that differ so much that they are not among everybody else
    p: float
    word: GroupWord


@dataclass(frozen=True)
class ScoredTable:
    """`between` and `compared` are empty where the table names no groups."""

    method: str  # version
    people: int
    cells: tuple[CellFigures, ...]
    statements: tuple[StatementFigures, ...]
    between: tuple[BetweenGroups, ...]
    compared: tuple[AgainstEverybodyElse, ...]  # without cells in which a group has fewer than five people


def scored(ratings: Ratings) -> ScoredTable:
    """Groups in the order of the table, then rater categories, then cells in the order of the instrument.

    >>> from reports.rating_tables import CellMap, ratings_of, read_table
    >>> table = scored(ratings_of(read_table(b"T1.team,T2.team\\n4,5\\n3,DK\\n4,4\\n"), CellMap()))
    >>> (cell,) = table.cells
    >>> cell.n, cell.score, cell.levels, cell.alpha.n, [one.mean for one in table.statements]
    (3, 3.8, ('partly', 'mostly'), 2, [3.6666666666666665, 4.5])
    """
    parts = _parts(ratings)
    raters = _by_rater(ratings) if any(group is not None for group in ratings.groups) else []
    return ScoredTable(
        method=METHOD.version,
        people=len(ratings.groups),
        cells=tuple(cell for part in parts for cell in part.cells()),
        statements=tuple(statement for part in parts for statement in part.statements()),
        between=tuple(one for rater in raters for one in rater.between()),
        compared=tuple(one for rater in raters for one in rater.compared()),
    )


@dataclass(frozen=True)
class _Part:
    """The people of one group and rater category."""

    group: str | None
    rater: str | None
    ratings: Ratings

    def cells(self) -> list[CellFigures]:
        valid = self.ratings.valid
        return [
            _cell(self, condition, space, valid[list(statements)])
            for (condition, space), statements in self.ratings.cells.items()
        ]

    def statements(self) -> list[StatementFigures]:
        valid, given = self.ratings.valid, self.ratings.given
        return [
            _statement(self, cell, ratings, given[str(statement)])
            for cell, statements in self.ratings.cells.items()
            for statement, ratings in _base(valid[list(statements)]).items()
        ]


def _parts(ratings: Ratings) -> list[_Part]:
    found: dict[tuple[str | None, str | None], list[int]] = {}
    for row, key in enumerate(zip(ratings.groups, ratings.raters, strict=True)):
        found.setdefault(key, []).append(row)
    order = [(group, rater) for group in dict.fromkeys(ratings.groups) for rater in dict.fromkeys(ratings.raters)]
    return [_Part(*key, _only(ratings, found[key])) for key in order if key in found]


def _only(ratings: Ratings, rows: Sequence[int]) -> Ratings:
    return Ratings(
        groups=tuple(ratings.groups[row] for row in rows),
        raters=tuple(ratings.raters[row] for row in rows),
        given=ratings.given.iloc[list(rows)].reset_index(drop=True),
        cells=ratings.cells,
    )


def _base(answers: pd.DataFrame) -> pd.DataFrame:
    """Of the people who have a score."""
    return answers[[score is not None for score in condition_scores(answers).scores]]


def _cell(part: _Part, condition: str, space: str, answers: pd.DataFrame) -> CellFigures:
    asked = answers.shape[1]
    scores = condition_scores(answers).scores
    base = _base(answers)
    group = group_score(scores, asked=asked)
    index, word = measures.agreement(base, asked=asked)
    score: float | None = None
    low: float | None = None
    high: float | None = None
    levels: tuple[Level, ...] = ()
    if group.mean is not None:
        score = display(group.mean)
        sd = measures.range_sd(group.sd, group.n, asked=asked, views_differ=word == "wide")
        low, high = measures.likely_range(score, group.n, sd)
        levels = measures.levels(score, group.n, sd, asked=asked)
    return CellFigures(
        group=part.group,
        rater=part.rater,
        condition=condition,
        space=space,
        asked=asked,
        people=len(answers),
        n=group.n,
        score=score,
        mean=group.mean,
        sd=group.sd,
        levels=levels,
        low=low,
        high=high,
        agreement_index=index,
        agreement=word,
        two_camps=measures.two_camps(scores, asked=asked),
        r_wg_j=r_wg_j(base).value,
        a_wg_j=a_wg_j(base).value,
        favourable=favourable(base).share,
        alpha=_alpha(base),
        reason=group.reason,
    )


def _alpha(answers: pd.DataFrame) -> AlphaFigures:
    found = alpha_with_interval(answers)
    return AlphaFigures(found.alpha.n, found.alpha.value, found.low, found.high, found.alpha.reason, found.constant)


def _statement(part: _Part, cell: CellKey, answers: pd.Series, given: pd.Series) -> StatementFigures:
    ratings = answers.dropna()
    return StatementFigures(
        group=part.group,
        rater=part.rater,
        statement=str(given.name),
        condition=cell[0],
        space=cell[1],
        n=len(ratings),
        mean=float(ratings.mean()) if len(ratings) else None,
        sd=float(ratings.std(ddof=1)) if len(ratings) > 1 else None,
        favourable=favourable(ratings).share,
        dont_know=int((given == DONT_KNOW).sum()),
        blank=int(given.isna().sum()),
    )


@dataclass(frozen=True)
class _Rater:
    """All groups of one rater category."""

    rater: str | None
    ratings: Ratings

    def samples(self) -> dict[CellKey, dict[str | None, list[float]]]:
        """Cell → group → the scores of its people, groups in the order of the table."""
        valid = self.ratings.valid
        found = {}
        for cell, statements in self.ratings.cells.items():
            by_group: dict[str | None, list[float]] = {group: [] for group in dict.fromkeys(self.ratings.groups)}
            scores = condition_scores(valid[list(statements)]).scores
            for group, score in zip(self.ratings.groups, scores, strict=True):
                if score is not None:
                    by_group[group].append(score)
            found[cell] = by_group
        return found

    def between(self) -> list[BetweenGroups]:
        valid, cells = self.ratings.valid, self.ratings.cells
        return [
            _between(self.rater, cell, list(by_group.values()), valid[list(cells[cell])])
            for cell, by_group in self.samples().items()
        ]

    def compared(self) -> list[AgainstEverybodyElse]:
        samples, cells = self.samples(), self.ratings.cells
        found = measures.compared([(list(samples[cell].values()), len(cells[cell])) for cell in cells])
        return [
            AgainstEverybodyElse(
                group=group,
                rater=self.rater,
                condition=condition,
                space=space,
                n=len(scores),
                difference=one.difference,
                others=one.others,
                without=one.without,
                p=one.p,
                word=one.word,
            )
            for ((condition, space), by_group), of_cell in zip(samples.items(), found.cells, strict=True)
            for (group, scores), one in zip(by_group.items(), of_cell, strict=True)
            if one is not None
        ]


def _by_rater(ratings: Ratings) -> list[_Rater]:
    return [
        _Rater(rater, _only(ratings, [row for row, one in enumerate(ratings.raters) if one == rater]))
        for rater in dict.fromkeys(ratings.raters)
    ]


def _between(
    rater: str | None, cell: CellKey, samples: Sequence[Sequence[float]], answers: pd.DataFrame
) -> BetweenGroups:
    icc = intraclass_correlation(samples)
    return BetweenGroups(
        rater=rater,
        condition=cell[0],
        space=cell[1],
        groups=sum(map(bool, samples)),
        people=sum(map(len, samples)),
        icc1=icc.icc1,
        low=icc.low,
        high=icc.high,
        icc2=icc.icc2,
        alpha=_alpha(_base(answers)),
        reason=icc.reason,
    )
