"""What the assumptions cost where they are wrong: the method keeps its figure, the truth is half of it or twice."""

from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.method import breaks, findings, gaps, sittings
from benchmarks.method.items import FOCUSED, IN_DEPTH, USUAL, Spread
from benchmarks.method.rows import Row, Section
from reports.scoring import METHOD

TIMES = (0.5, 1.0, 2.0)
ROUNDING = 1 / 12  # variance


def alike(rho: float, statements: int = 7) -> Spread:
    """People whose scores of two cells go together by rho, with the usual spread of a score."""
    noise = (USUAL.noise**2 + ROUNDING) / statements
    variance = USUAL.person**2 + USUAL.cell**2 + noise
    return Spread(person=float(np.sqrt(rho * variance)), cell=float(np.sqrt((1 - rho) * variance - noise)))


def before_rounding(sd: float) -> float:
    """The noise that gives a rating this SD from one sitting to the next."""
    return float(np.sqrt(max(sd**2 - ROUNDING, 0.0)))


IN_DEPTH_ALIKE = [breaks.World(IN_DEPTH, spread=alike(times * METHOD.own_share)) for times in TIMES]
HARD = [breaks.World(difficulty=times * METHOD.statement_sd) for times in TIMES]

SECTION = Section(
    "Assumptions: the truth is half of the figure / as assumed / twice",
    (
        *(
            Row(
                f"RHO .30 (one person’s two spaces): maps in depth with a false break, n = {n}, at .15 / .30 / .60",
                "",
                tuple(partial(breaks.any_false, world=replace(one, n=n)) for one in IN_DEPTH_ALIKE),
                200,
            )
            for n in (8, 30)
        ),
        *(
            Row(
                f"ITEM .30 (how hard statements are): focused maps with a false break, n = {n}, at .15 / .30 / .60",
                "",
                tuple(partial(breaks.any_false, world=replace(one, n=n)) for one in HARD),
                200,
            )
            for n in (8, 100)
        ),
        Row(
            "… focused maps in which a cell falsely “stands out”, n = 30, at .15 / .30 / .60",
            "– / 1 % / –",
            tuple(partial(findings.stands_out, n=30, difficulty=times * METHOD.statement_sd) for times in TIMES),
            1_500,
        ),
        Row(
            "noise .58 (retest of one statement): false words of an unchanged repeat, focused, at .29 / .58 / 1.16",
            "– / 0.10 (8.6 %) / –",
            tuple(
                partial(sittings.false_changes, checklist=FOCUSED, noise=before_rounding(times * METHOD.retest_sd))
                for times in TIMES
            ),
            4_000,
            "words",
        ),
        Row(
            "leniency .20: leaders with a false clear gap, n = 8, truly lenient by .1 / .2 / .4",
            "– / 7 % / –",
            tuple(partial(gaps.leaders_with_a_gap, n=8, lenient=times * METHOD.leniency) for times in TIMES),
            3_000,
        ),
        Row(
            "gap noise .65 (a statement of a self-rating): leaders with a false clear gap, n = 8, at .33 / .65 / 1.30",
            "– / 8 % / –",
            tuple(
                partial(gaps.leaders_with_a_gap, n=8, alone=before_rounding(times * METHOD.gap_sd)) for times in TIMES
            ),
            3_000,
        ),
    ),
)
