"""The parameters of the method, frozen and versioned: every result names the version it was made with."""

from dataclasses import asdict, dataclass
from typing import Literal

Level = Literal["not_yet", "partly", "mostly", "firmly"]
LEVELS: tuple[Level, ...] = ("not_yet", "partly", "mostly", "firmly")

Reason = Literal["too_few_people", "too_few_items", "zero_variance", "not_interpretable", "too_few_groups"]


@dataclass(frozen=True)
class Method:
    """Every parameter of the method sheet, section by section. Scores are on 1–5 throughout.

    >>> METHOD.version, METHOD.bands
    ('1.0', (2.5, 3.5, 4.3))
    """

    version: str = "1.0"

    lowest: int = 1  # the rating scale
    highest: int = 5
    min_share: float = 0.5  # of a cell's statements that a person must have rated: 4 of 7, 1 of 2
    eps: float = 1e-9  # tolerance of every threshold comparison

    bands: tuple[float, float, float] = (2.5, 3.5, 4.3)  # level borders, on the displayed score
    cut: float = 3.5  # strength or development area
    target: float = 4.3  # aim used in priorities
    delta: float = 0.30  # smallest change or difference worth naming
    gap: float = 0.50  # between self and others
    min_compared: int = 5  # persons on either side of a comparison
    many_cells: int = 5  # comparisons in one view from which false signals are held down
    false_signals: float = 0.10  # … to this share (Benjamini & Hochberg 1995)

    k_360: int = 3  # smallest group shown: a rater category
    k_team: int = 5  # … a team, organisation or system
    k_shared: int = 10  # … in a survey by shared link
    min_all_others: int = 4

    conf: float = 0.95  # of every interval
    s0: float = 0.70  # typical SD of condition scores inside a group
    s0_few: float = 0.85  # … where a cell asks fewer than `s0_statements`
    s0_statements: int = 4
    nu0: float = 4.0  # weight of the typical SD, in degrees of freedom
    s0_diff: float = 0.60  # typical SD of one person's change between waves
    sem_self: float = 0.30  # noise of one self-rating

    ad_close: float = 0.50  # agreement words, in rating points
    ad_wide: float = 0.80
    split_people: int = 8  # two camps are looked for from here
    split_share: float = 0.25  # of a group that each camp needs
    icc1_default: float = 0.12

    reliable_z: float = 1.96  # one person's own change (Jacobson & Truax 1991)
    reliable_sd: float = 0.60
    reliable_r: float = 0.80

    def parameters(self) -> dict[str, object]:
        """All parameters as plain JSON values, to be stored beside what was computed with them.

        >>> METHOD.parameters()["bands"]
        [2.5, 3.5, 4.3]
        """
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


METHOD = Method()
