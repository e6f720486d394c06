"""Opened ballots as arrays, in an order that depends on nothing but their content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

DONT_KNOW = 0
CARELESS = "ST"  # both flags: one long run of the same answer, and faster than anyone reads

Place = tuple[str, str]  # (condition, space)
Cells = Mapping[Place, Sequence[str]]  # the statements of each cell, in model order


@dataclass(frozen=True)
class Responses:
    """What people answered, one row per person; row numbers are the positions of the partition."""

    groups: tuple[str, ...]  # leaf group of each
    counts: tuple[bool, ...]  # whether each counts towards k
    given: pd.DataFrame  # columns = statements; 1–5, DONT_KNOW, or NaN where left blank
    picks: tuple[tuple[str, ...], ...]  # conditions that matter most to each
    comments: tuple[Mapping[str, str], ...]  # open question → text

    @property
    def size(self) -> int:
        return len(self.groups)

    @property
    def ratings(self) -> pd.DataFrame:
        """1–5, NaN for "don't know" and blank alike."""
        return self.given.mask(self.given == DONT_KNOW)

    @property
    def could_not_judge(self) -> pd.DataFrame:
        return self.given == DONT_KNOW

    def only(self, rows: npt.NDArray[np.bool_]) -> "Responses":
        places = np.flatnonzero(rows).tolist()
        return Responses(
            groups=tuple(self.groups[i] for i in places),
            counts=tuple(self.counts[i] for i in places),
            given=self.given.loc[rows].reset_index(drop=True),
            picks=tuple(self.picks[i] for i in places),
            comments=tuple(self.comments[i] for i in places),
        )


def set_aside(given: pd.DataFrame, flags: Sequence[Mapping[str, str]], cells: Cells) -> tuple[pd.DataFrame, int]:
    """Take out the answers to a space that carry both careless flags; also how many persons that touched.

    `flags`: per row, space → flags. Automatic, before anyone sees a result, never a self-rating (the Self space of a
    team survey included). Source: method sheet, section 12.
    """
    kept = given.copy()
    touched = 0
    for row, by_space in enumerate(flags):
        spaces = {space for space, found in by_space.items() if found == CARELESS and space != "self"}
        statements = [key for (_, space), keys in cells.items() if space in spaces for key in keys]
        kept.loc[kept.index[row], statements] = np.nan
        touched += bool(statements)
    return kept, touched
