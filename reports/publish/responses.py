"""Opened ballots as arrays, in an order that depends on nothing but their content."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from reports.disclosure import Mask
from reports.scoring import CellKey
from reports.scoring import set_aside as is_set_aside

DONT_KNOW, BLANK, HIGHEST = 0, 255, 5

Cells = Mapping[CellKey, Sequence[str]]  # the statements of each cell, in model order
Codes = npt.NDArray[np.uint8]
Flags = str | Mapping[str, str]  # of a whole questionnaire, or space → flags
NO_COMMENTS: Mapping[str, str] = {}
AT_ONCE = 50_000  # people whose answers are read together: what is needed on the way stays small


@dataclass(frozen=True)
class Responses:
    """What people answered, one row per person; row numbers are the positions of the partition."""

    groups: tuple[str, ...]  # leaf group of each
    counts: tuple[bool, ...]  # whether each counts towards k
    given: pd.DataFrame = field(repr=False)  # columns = statements; 1–5, DONT_KNOW, or NaN where left blank
    picks: tuple[tuple[str, ...], ...] = field(repr=False)  # conditions that matter most to each
    comments: tuple[Mapping[str, str], ...] = field(repr=False)  # open question → text
    set_aside: tuple[bool, ...] = field(default=(), repr=False)  # who answered carelessly; () for nobody
    flags: tuple[Flags, ...] = field(default=(), repr=False)  # of each as it was opened, until it is set aside by them

    @cached_property
    def codes(self) -> Codes:
        """One byte an answer, a column a statement: 1–5, DONT_KNOW, BLANK. Raises ValueError for anything else."""
        given = self.given.to_numpy()
        codes = np.empty(given.shape, dtype=np.uint8)
        for start in range(0, len(given), AT_ONCE):
            codes[start : start + AT_ONCE] = _codes(given[start : start + AT_ONCE])
        return codes

    def codes_of(self, statements: Sequence[str]) -> Codes:
        """The columns of some statements. Raises KeyError for one that was not asked."""
        return self.codes[:, [self._columns[key] for key in statements]]

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.given.columns)}

    def only(self, rows: Mask) -> "Responses":
        return self if rows.all() else self._taken(np.flatnonzero(rows).tolist())

    def in_order(self) -> "Responses":
        """Sorted by content, so that nothing depends on the order in which ballots were opened."""
        written = [tuple(sorted(comments.items())) for comments in self.comments]
        keys = [_ranks(written), _ranks(self.picks), *reversed(self.codes.T), _ranks(self.counts), _ranks(self.groups)]
        return self._taken(np.lexsort(keys).tolist())  # the last key comes first

    def _taken(self, rows: list[int]) -> "Responses":
        return Responses(
            groups=tuple(self.groups[i] for i in rows),
            counts=tuple(self.counts[i] for i in rows),
            given=self.given.iloc[rows].reset_index(drop=True),
            picks=tuple(self.picks[i] for i in rows),
            comments=tuple(self.comments[i] for i in rows),
            set_aside=tuple(self.set_aside[i] for i in rows) if self.set_aside else (),
        )


def _codes(given: npt.NDArray[np.floating]) -> Codes:
    codes = np.where(np.isnan(given), BLANK, given)
    valid = (codes == BLANK) | ((codes >= DONT_KNOW) & (codes <= HIGHEST) & (codes == np.floor(codes)))
    if not valid.all():
        raise ValueError(f"An answer is 1 to {HIGHEST}, {DONT_KNOW} or blank, not {codes[~valid][0]:g}.")
    return codes.astype(np.uint8)


def _ranks(values: Sequence[Any]) -> npt.NDArray[np.intp]:
    """Of each value its place among the different ones."""
    place = {value: number for number, value in enumerate(sorted(set(values)))}
    return np.fromiter((place[value] for value in values), dtype=np.intp, count=len(values))


def set_aside(responses: Responses, flags: Sequence[Flags], cells: Cells) -> Responses:
    """Take out the answers that carry both careless flags.

    `flags`: per row, those of the whole questionnaire; ballots sealed before it was judged as a whole carry them space
    by space (space → flags), and lose the answers to that space alone. Automatic, before anyone sees a result. A
    rater's own *self-rating* is never set aside; the Self *space* of a team survey is none (the method sheet tells the
    two apart): there everybody is one voice among many, and is treated like them. Source: method sheet, section 12.
    """
    spaces = dict.fromkeys(space for _, space in cells)
    careless = {space: np.array([_is_careless(one, space) for one in flags], dtype=bool) for space in spaces}
    given = responses.given.copy()
    for (_, space), statements in cells.items():
        given.loc[careless[space], list(statements)] = np.nan
    touched = np.logical_or.reduce([*careless.values(), np.zeros(len(flags), dtype=bool)])
    return replace(responses, given=given, set_aside=tuple(touched.tolist()), flags=())


def _is_careless(flags: Flags, space: str) -> bool:
    return is_set_aside(flags if isinstance(flags, str) else flags.get(space, ""))


def responses_of(ballots: Iterable[Mapping[str, Any]], statements: Sequence[str]) -> Responses:
    """Return opened ballots as arrays, one row per ballot; what was not asked is left behind.

    One ballot after the other, and of each no more than its answers in a byte each: a million fit into memory.

    >>> ballot = {"group": "a", "counts": True, "answers": {"T1.team": 0}, "matters_most": [], "comments": {}}
    >>> responses_of([ballot], ["T1.team", "T2.team"]).given.iloc[0].tolist()
    [0.0, nan]
    """
    codes = bytearray()
    groups, counts, picks, comments, flags = [], [], [], [], []
    once: dict[Hashable, Any] = {}  # the same value is kept once
    for ballot in ballots:
        answers = ballot["answers"]
        codes += bytes(BLANK if (given := answers.get(key)) is None else given for key in statements)
        groups.append(once.setdefault(ballot["group"], ballot["group"]))
        counts.append(ballot["counts"])
        picked = tuple(ballot["matters_most"])
        picks.append(once.setdefault(picked, picked))
        comments.append(ballot["comments"] or NO_COMMENTS)
        flag = ballot.get("flags", "")
        flags.append(once.setdefault(flag, flag) if isinstance(flag, str) else flag)
    table = np.frombuffer(codes, dtype=np.uint8).reshape(len(groups), len(statements)).astype(np.float16)
    table[table == BLANK] = np.nan
    return Responses(
        groups=tuple(groups),
        counts=tuple(counts),
        given=pd.DataFrame(table, columns=list(statements)),
        picks=tuple(picks),
        comments=tuple(comments),
        flags=tuple(flags),
    )
