"""Whether the groups of a survey can be told apart in a cell at all: judged once, at close, and said as a class only.

Source: method sheet, section 6.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from reports.disclosure import TEAM, Bases, Mask
from reports.publish.tallies import Numbers
from reports.scoring import METHOD, Method, intraclass_correlation

Between = Literal["few_groups", "alike", "caution", "apart"]
LEAST_GROUPS = 10  # below: only the words of single comparisons
ALIKE, APART = 0.5, 0.7  # ICC(2), the reliability of the groups' scores


def between_groups(bases: Bases, scores: Numbers, shown: Mask, method: Method = METHOD) -> list[Between]:
    """Cell by cell, over all teams shown in it: `scores` (people, cells), `shown` (atoms, cells).

    `few_groups`: fewer than ten, too few to judge. `alike`: people differ within groups more than groups do.
    """
    teams = np.array([atom.kind == TEAM for atom in bases.published.atoms], dtype=bool)
    members = [np.flatnonzero(bases.atom_of == number) for number in range(len(teams))]
    return [
        _between([scores[members[number], cell] for number in np.flatnonzero(teams & shown[:, cell])], method)
        for cell in range(scores.shape[1])
    ]


def _between(groups: Sequence[Numbers], method: Method) -> Between:
    if len(groups) < LEAST_GROUPS:
        return "few_groups"
    reliability = intraclass_correlation([scores[~np.isnan(scores)].tolist() for scores in groups], method=method).icc2
    if reliability is None or reliability < ALIKE - method.eps:
        return "alike"
    return "apart" if reliability >= APART - method.eps else "caution"
