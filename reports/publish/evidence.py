"""How well the statements work as questions: worked out once, at close, for a whole survey of a hundred people or more.

Why nobody can be told from it, by somebody who holds all else that is published:

* There is one set of these figures for a survey, never one for a group: none can be subtracted from another.
* Each rests on whole atoms in which its cell (or statement) is shown, at the minimum of what it resembles: alpha,
  correlations and "don't know" on 10-atoms, as a group's own SD and shares do; the two ends of the scale on 30-atoms,
  as five classes do. So whoever subtracts a group's figures from them is left with ten people, or thirty, as before.
* People without a score in the cell are in none of them. A share of everybody, beside the published share of those
  with a score, would speak of the one or two who have none.
* Shares are in whole 5 % of the same answers as the bars of the report, so they repeat what a bar says. Where two
  people or fewer chose an end, or what stands next to it, a bar joins the two; there no number is told, since beside
  the joined one it would give the small one away. From 75 answers, 5 % leave at least four counts possible.
* Alpha and correlations are ratios of sums over 30 people at least, to two decimals; how many they are is told in tens
  rounded down, and the interval is worked out from these two and tells nothing more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any, Literal

import numpy as np

from reports.disclosure import THIRTY, Bases, Counts, Mask
from reports.publish.responses import Cells, Responses
from reports.publish.slices import skipped
from reports.publish.tallies import Tally, is_valid
from reports.scoring import (
    METHOD,
    CellKey,
    Method,
    alpha_interval,
    cronbach_alpha,
    end_shares,
    item_rest_correlations,
    nearest_five,
)

LEAST_PEOPLE = 100  # in atoms; below nothing is said
LEAST_ANSWERS = 75  # behind a share
FEW = 2  # people behind a share that carries no number

Answers = list[int]  # how many said "don't know", 1, … 5
EndShare = int | Literal["few"] | None  # whole 5 %; so few that no number is told; not told at all


@dataclass(frozen=True, slots=True)
class StatementEvidence:
    """One statement. `rest`: how it goes with the others of its cell, from −1 to 1.

    >>> stored = {"key": "T1", "rest": 0.41, "dont_know": 20, "floor": "few", "ceiling": None}
    >>> StatementEvidence.from_stored(stored).stored() == stored
    True
    """

    key: str
    rest: float | None
    dont_know: EndShare
    floor: EndShare
    ceiling: EndShare

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "StatementEvidence":
        return cls(stored["key"], stored["rest"], stored["dont_know"], stored["floor"], stored["ceiling"])

    def stored(self) -> dict[str, Any]:
        ends = {"dont_know": self.dont_know, "floor": self.floor, "ceiling": self.ceiling}
        return {"key": self.key, "rest": self.rest, **ends}


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """One cell and its statements. `n`: who rated all of them, in tens; None where those are fewer than thirty.

    >>> stored = {"condition": "task", "space": "team", "n": 80, "alpha": 0.81, "low": 0.74, "high": 0.87,
    ...           "statements": []}
    >>> CellEvidence.from_stored(stored).stored() == stored
    True
    """

    condition: str
    space: str
    n: int | None
    alpha: float | None
    low: float | None  # of its interval
    high: float | None
    statements: tuple[StatementEvidence, ...]

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "CellEvidence":
        statements = tuple(map(StatementEvidence.from_stored, stored["statements"]))
        head = (stored["condition"], stored["space"])
        return cls(*head, stored["n"], stored["alpha"], stored["low"], stored["high"], statements)

    def stored(self) -> dict[str, Any]:
        head = {"condition": self.condition, "space": self.space, "n": self.n}
        figures = {"alpha": self.alpha, "low": self.low, "high": self.high}
        return {**head, **figures, "statements": [one.stored() for one in self.statements]}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Cells in model order."""

    cells: tuple[CellEvidence, ...]

    @classmethod
    def from_stored(cls, stored: Sequence[Mapping[str, Any]]) -> "Evidence":
        return cls(tuple(map(CellEvidence.from_stored, stored)))

    def stored(self) -> list[dict[str, Any]]:
        return [cell.stored() for cell in self.cells]


def instrument_evidence(
    bases: Bases, tally: Tally, responses: Responses, cells: Cells, method: Method = METHOD
) -> Evidence | None:
    """None below a hundred people in atoms. `responses`: the rows that `bases` and `tally` were made from."""
    if sum(len(atom.positions) for atom in bases.published.atoms) < LEAST_PEOPLE:
        return None
    of_cells = bases.shown(tally.cells.voices).tens
    of_ends = bases.shown(tally.statements.voices, skipped(tally, cells)).thirties
    keys = [key for statements in cells.values() for key in statements]
    judged = _answers(tally, np.repeat(of_cells, [len(statements) for statements in cells.values()], axis=1))
    answers = dict(zip(keys, zip(judged, _answers(tally, of_ends), strict=True), strict=True))
    return Evidence(
        tuple(
            _cell(
                key,
                {one: answers[one] for one in statements},
                _ratings(bases, responses, statements, of_cells[:, place]),
                method,
            )
            for place, (key, statements) in enumerate(cells.items())
        )
    )


def _answers(tally: Tally, shown: Mask) -> list[Answers]:
    """Statement by statement how many of those with a score said what, in the atoms that are shown."""
    listed: list[Answers] = (tally.statements.answers * shown[..., np.newaxis]).sum(axis=0).tolist()
    return listed


def _ratings(bases: Bases, responses: Responses, statements: Sequence[str], shown: Mask) -> Counts:
    """(people, statements): what those rated who rated all of a cell, in the atoms that are shown."""
    codes = responses.codes_of(statements)
    is_in = np.append(shown, False)[bases.atom_of]  # the value appended is that of NO_ATOM, −1
    return codes[is_in & is_valid(codes).all(axis=1)].astype(np.int64)


def _cell(
    key: CellKey, answers: Mapping[str, tuple[Answers, Answers]], ratings: Counts, method: Method
) -> CellEvidence:
    asked, n = len(answers), len(ratings) // 10 * 10
    is_enough = asked > 1 and n >= THIRTY
    alpha, low, high = _alpha(ratings, n, method) if is_enough else (None, None, None)
    rests = item_rest_correlations(ratings) if is_enough else (None,) * asked
    return CellEvidence(
        *key,
        n if is_enough else None,
        alpha,
        low,
        high,
        tuple(
            _statement(one, _hundredths(rest, method), given, asked, method)
            for (one, given), rest in zip(answers.items(), rests, strict=True)
        ),
    )


def _alpha(ratings: Counts, n: int, method: Method) -> tuple[float | None, float | None, float | None]:
    """Alpha and its interval, which follows from the alpha and the `n` that are told."""
    alpha = _hundredths(cronbach_alpha(ratings).value, method)
    if alpha is None:
        return None, None, None
    low, high = alpha_interval(alpha, n=n, statements=ratings.shape[1], method=method)
    return alpha, _hundredths(low, method), _hundredths(high, method)


def _statement(
    key: str, rest: float | None, given: tuple[Answers, Answers], asked: int, method: Method
) -> StatementEvidence:
    """`given`: the answers that "don't know" rests on, and those that the ends do. Where a cell asks one statement,
    whoever has a score in it has judged that one."""
    judged, rated = given
    return StatementEvidence(
        key,
        rest,
        dont_know=_told(end_shares(judged).dont_know, judged, (0,), method) if asked > 1 else None,
        floor=_told(end_shares(rated).floor, rated, (1, 2), method),
        ceiling=_told(end_shares(rated).ceiling, rated, (5, 4), method),
    )


def _told(share: float | None, answers: Answers, classes: Sequence[int], method: Method) -> EndShare:
    """The share of the first of `classes`, as far as it may be told beside a bar that joins small classes."""
    if share is None or sum(answers) < LEAST_ANSWERS:
        return None
    if answers[classes[0]] <= FEW:
        return "few"
    return None if min(answers[one] for one in classes) <= FEW else nearest_five(share, method=method)


def _hundredths(value: float | None, method: Method) -> float | None:
    return None if value is None else floor(100 * value + 0.5 + method.eps) / 100
