"""How well the statements work as questions: worked out once, at close, for a whole survey of a hundred people or more.

Why nobody can be told from it, by somebody who holds all else that is published:

* There is one set of these figures for a survey, never one for a group: none can be subtracted from another.
* Each rests on whole 10-atoms in which its cell is shown, as a group's own SD does, and on thirty people at least. So
  whoever subtracts what is told of a group is left with ten people or more, as before.
* People without a score in the cell are in none of them. A share of everybody, beside the published share of those
  with a score, would speak of the one or two who have none.
* The ends of the scale are read off the bar that the report prints of the whole: whoever has the report knows them.
  Where a bar rests on the same people as "don't know", its share is the bar's; where those are few, none is told.
* Alpha and correlations are ratios of sums over people, to two decimals. How many people is told in tens, rounded
  down; the interval is worked out from what is told of both, and so tells nothing more.
"""

from collections.abc import Mapping, Sequence
from math import floor

import numpy as np

from reports.disclosure import THIRTY, Bases, Counts, Mask
from reports.publish.bars import rounded_share
from reports.publish.content import SliceContent
from reports.publish.evidence import CellEvidence, Evidence, StatementEvidence
from reports.publish.responses import HIGHEST, Cells, Responses
from reports.publish.statements import PublishedStatement
from reports.publish.tallies import Tally, is_valid
from reports.scoring import (
    METHOD,
    CellKey,
    Method,
    alpha_interval,
    cronbach_alpha,
    item_rest_correlations,
)

LEAST_PEOPLE = 100  # in atoms; below nothing is said
FEW = 2  # people of whom no share is told
DONT_KNOW_CLASS = {"three_classes": 3, "five_classes": 5}  # the last of every bar

Shares = tuple[int | None, int | None, int | None]


def instrument_evidence(
    bases: Bases,
    tally: Tally,
    responses: Responses,
    *,
    whole: SliceContent | None,
    cells: Cells,
    method: Method = METHOD,
) -> Evidence | None:
    """None below a hundred people in atoms, of those who count towards k.

    `responses`: the rows that `bases` and `tally` were made from; `whole`: what is published of everybody.
    """
    people = sum(bases.published.size_of(atom.positions) for atom in bases.published.atoms)
    if whole is None or people < LEAST_PEOPLE:
        return None
    shown = bases.shown(tally.cells.voices).tens.alone
    shares = _shares(bases, tally, whole, cells, shown)
    return Evidence(
        tuple(
            _cell(
                key,
                *_complete(bases, responses, statements, shown[:, place]),
                {one: shares[one] for one in statements},
                method,
            )
            for place, (key, statements) in enumerate(cells.items())
        )
    )


def _shares(bases: Bases, tally: Tally, whole: SliceContent, cells: Cells, shown: Mask) -> dict[str, Shares]:
    """Statement → "don't know", the lowest and the highest rating. `shown`: (atoms, cells).

    Where its bar rests on all the atoms that "don't know" does, the share is the bar's, told or not.
    """
    keys = [key for statements in cells.values() for key in statements]
    bars = {bar.key: bar for statements in whole.statements.values() for bar in statements}
    shown = np.repeat(shown, [len(statements) for statements in cells.values()], axis=1)
    is_of_bar = (bases.shown(tally.statements.voices).tens.alone == shown).all(axis=0)
    answers = (tally.statements.answers * shown[..., np.newaxis]).sum(axis=0)
    return {
        key: (
            _alone(bars.get(key), DONT_KNOW_CLASS) if is_same else _dont_know(said),
            _alone(bars.get(key), {"five_classes": 0}),
            _alone(bars.get(key), {"five_classes": HIGHEST - 1}),
        )
        for key, said, is_same in zip(keys, answers.tolist(), is_of_bar.tolist(), strict=True)
    }


def _dont_know(answers: Sequence[int]) -> int | None:
    count, total = answers[0], sum(answers)
    return rounded_share(count, total) if total >= THIRTY and count > FEW else None


def _alone(bar: PublishedStatement | None, places: Mapping[str, int]) -> int | None:
    """The share of a class, where the bar prints it by itself; `places`: where it stands in bars of that state."""
    if bar is None or bar.state not in places:
        return None
    return next((share for classes, share in bar.shares if classes == (places[bar.state],)), None)


def _complete(bases: Bases, responses: Responses, statements: Sequence[str], shown: Mask) -> tuple[Counts, int]:
    """(people, statements): what those rated who rated all of a cell, in the atoms that are shown; and how many of them
    count towards k: of others no number tells."""
    codes = responses.codes_of(statements)
    is_in = np.append(shown, False)[bases.atom_of]  # the value appended is that of NO_ATOM, −1
    is_complete = is_in & is_valid(codes).all(axis=1)
    counted = int(is_complete[np.array(responses.counts, dtype=bool)].sum())
    return codes[is_complete].astype(np.int64), counted


def _cell(key: CellKey, ratings: Counts, people: int, shares: Mapping[str, Shares], method: Method) -> CellEvidence:
    """`shares`: those of the statements of the cell, in the order of the columns."""
    asked, n = len(shares), people // 10 * 10
    is_enough = asked > 1 and n >= THIRTY
    alpha, low, high = _alpha(ratings, n, method) if is_enough else (None, None, None)
    rests = item_rest_correlations(ratings) if is_enough else (None,) * asked
    rows = zip(shares.items(), rests, strict=True)
    statements = tuple(StatementEvidence(one, _hundredths(rest, method), *told) for (one, told), rest in rows)
    return CellEvidence(*key, n if is_enough else None, alpha, low, high, statements)


def _alpha(ratings: Counts, n: int, method: Method) -> tuple[float | None, float | None, float | None]:
    """Alpha and its interval, which follows from the alpha and the `n` that are told."""
    alpha = _hundredths(cronbach_alpha(ratings).value, method)
    if alpha is None:
        return None, None, None
    low, high = alpha_interval(alpha, n=n, statements=ratings.shape[1], method=method)
    return alpha, _hundredths(low, method), _hundredths(high, method)


def _hundredths(value: float | None, method: Method) -> float | None:
    return None if value is None else floor(100 * value + 0.5 + method.eps) / 100
