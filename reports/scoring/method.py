"""The parameters of the method, frozen and versioned: every result names the version it was made with.

What the figures are for stands beside each; where they come from in `docs/method.md`. Assumptions until pilot data
exist are `retest_sd`, `own_share`, `statement_sd`, `gap_sd` and `leniency`.
"""

from dataclasses import asdict, dataclass, replace
from typing import Literal

Level = Literal["not_yet", "partly", "mostly", "firmly"]
End = Literal["low", "high"]  # of the scale
LEVELS: tuple[Level, ...] = ("not_yet", "partly", "mostly", "firmly")

Reason = Literal["too_few_people", "too_few_items", "zero_variance", "not_interpretable", "too_few_groups"]


@dataclass(frozen=True)
class Method:
    """Every parameter of the method sheet, section by section. Scores are on 1–5 throughout.

    Where two figures stand in a pair, the first is of a deep cell (`deep_from` statements and more), the second of a
    brief one.

    >>> METHOD.version, METHOD.bands
    ('2.0', (2.5, 3.5, 4.3))
    """

    version: str = "2.0"

    lowest: int = 1  # the rating scale
    highest: int = 5
    min_share: float = 0.5  # of a cell's statements that a person must have rated: 4 of 7, 1 of 2
    deep_from: int = 4  # statements
    eps: float = 1e-9  # tolerance of every threshold comparison
    conf: float = 0.95  # of every interval

    bands: tuple[float, float, float] = (2.5, 3.5, 4.3)  # level borders, on the displayed score
    level_conf: float = 0.60  # of the band whose ends give the level words
    ends: tuple[float, float] = (1.5, 4.5)  # beyond them nothing is said below ten people, and nothing compared

    k_360: int = 3  # smallest group shown: a rater category
    k_team: int = 5  # … a team, organisation or system
    k_shared: int = 10  # … in a survey by shared link
    min_all_others: int = 4
    min_compared: int = 5  # persons on either side of a comparison

    typical_sds: tuple[float, ...] = (1.05, 0.85, 0.80, 0.75, 0.75, 0.70)  # of a cell of 1, 2, … 6 and more statements
    nu0: float = 4.0  # weight of the typical SD, in degrees of freedom
    wide_sds: tuple[float, float] = (1.05, 1.20)  # where views differ

    ad_close: float = 0.75  # agreement words, in rating points
    ad_wide: float = 0.95
    ad_allowances: tuple[float, float] = (0.35, 0.50)  # for chance, over the root of n
    camp_ends: tuple[tuple[float, float], tuple[float, float]] = ((2.5, 3.5), (2.0, 4.0))  # below, from; up to, from
    camp_people: int = 10  # two camps are looked for from here
    camp_share: float = 0.25  # of a group that each camp needs
    camp_least: int = 3  # people in each

    act_score: float = 3.4  # act first: up to this score
    act_high: float = 4.0  # … and below it with the upper end of the range
    important: float = 0.20  # share of people who chose a condition
    picks_share: float = 0.5  # of a group's people who must have chosen, for their shares to weigh
    target: float = 4.3  # aim used in priorities
    act_most: int = 3
    talk_most: int = 2
    top_cells: int = 6  # stands out: among so many at least
    top_most: int = 3
    top_lead: float = 0.30  # over the mean of the rest
    top_z: float = 2.9
    statement_sd: float = 0.30  # usual SD of how hard statements are to agree with
    break_least: float = 0.5  # between two spaces
    own_share: float = 0.30  # how alike one person's views of two spaces are (rho)
    break_signals: float = 0.10  # share of false ones held down to (Benjamini & Hochberg 1995)
    judge_people: int = 10  # could not judge: asked at least
    judge_least: int = 3
    judge_usual: float = 0.10  # share for whom "don't know" is nothing to tell
    judge_p: float = 0.02

    delta: float = 0.30  # smallest change or difference of groups worth naming
    chance: float = 0.05  # p-value of a single comparison
    false_signals: float = 0.05  # share of false ones among the words of a family
    many_cells: int = 5  # comparisons in one view from which they are held down
    class_weight: int = 20  # of the typical SD in that of a survey, in degrees of freedom
    class_groups: int = 5  # from which a survey has an SD of its own
    class_people: int = 30
    wave_days: int = 60  # below, nothing is compared under `wave_people`
    wave_people: int = 10

    retest_sd: float = 0.58  # of one statement, one person twice
    occasion_sd: float = 0.15  # of one person's cell, from day to day
    space_sd: float = 0.10  # … and of a whole space
    own_weight: int = 8  # of the usual noise, in degrees of freedom
    own_z: tuple[float, float] = (2.7, 3.0)  # a cell: primary space, elsewhere
    own_least: float = 0.5
    space_z: float = 2.8
    space_least: float = 0.3
    space_cells: int = 4  # conditions that a space needs, and that must go one way
    inside_sd: float = 0.80  # of one person's ratings inside a cell
    inside_least: float = 0.35
    seen_z: tuple[float, float, float] = (2.8, 3.3, 3.2)  # a cell in the primary space, elsewhere; a space, a condition
    seen_least: float = 0.5
    seen_most: int = 3
    median_noise: tuple[float, float] = (1.30, 1.45)  # of a cell against the others: from four of these, fewer

    cut: float = 3.5  # strength or development area
    gap: float = 0.50  # between self and others
    gap_signals: float = 0.10
    gap_sd: float = 0.65  # of one statement of a self-rating beside others
    leniency: float = 0.20  # by which people usually rate themselves higher
    icc1_default: float = 0.12

    def is_deep(self, asked: int) -> bool:
        return asked >= self.deep_from

    def parameters(self) -> dict[str, object]:
        """All parameters as plain JSON values, to be stored beside what was computed with them.

        >>> METHOD.parameters()["bands"], METHOD.parameters()["camp_ends"]
        ([2.5, 3.5, 4.3], [[2.5, 3.5], [2.0, 4.0]])
        """
        return {name: _plain(value) for name, value in asdict(self).items()}


def _plain(value: object) -> object:
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


METHOD = Method()
FIRST_METHOD = replace(  # of editions that stand already: what is read or compared again of them goes by it
    METHOD,
    version="1.0",
    typical_sds=(0.85, 0.85, 0.85, 0.70),  # of a cell of 1, 2, 3 statements, and of more
    wide_sds=(1.00, 1.00),
    false_signals=0.10,
    level_conf=0.0,  # one level word
)
