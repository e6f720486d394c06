"""What stands out in a group's map, by stated rules from published figures. A cell without a score is in none of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from scipy.special import bdtrc, stdtr

from reports.scoring.compare import benjamini_hochberg
from reports.scoring.method import METHOD, Method
from reports.scoring.spread import typical_sd

CellKey = tuple[str, str]
ShareWord = Literal["most", "half", "third", "fifth"]

SELF = "self"
STRENGTH = 3.5  # score from which a cell may stand out
COULD_NOT_JUDGE: tuple[tuple[float, ShareWord], ...] = (
    (0.60, "most"),
    (0.42, "half"),
    (0.27, "third"),
    (0.20, "fifth"),
)


@dataclass(frozen=True)
class FoundCell:
    """What is published of a cell that may be named; all on 1–5."""

    condition: str
    space: str
    score: float | None  # as displayed
    low: float  # ends of the range
    high: float
    n: int
    agreement: str | None  # as `agreement_word` gives it
    split: bool | None  # two camps
    asked: int  # statements
    s: float  # SD of the range

    @property
    def key(self) -> CellKey:
        return self.condition, self.space

    @property
    def views_differ(self) -> bool:
        return self.agreement == "wide" or bool(self.split)


@dataclass(frozen=True)
class Named:
    cells: tuple[CellKey, ...]
    others: tuple[CellKey, ...] = ()  # of which the same is true

    @property
    def more(self) -> int:
        return len(self.others)


@dataclass(frozen=True)
class Strongest:
    """`stands_out`: clearly above the rest; `firmly_in_place`: no claim of highest."""

    kind: Literal["stands_out", "firmly_in_place"]
    cells: tuple[CellKey, ...]
    others: tuple[CellKey, ...] = ()  # of which the same is true

    @property
    def more(self) -> int:
        return len(self.others)


def act_first(
    cells: Sequence[FoundCell], *, primary: str | None, shares: Mapping[str, float] | None, method: Method = METHOD
) -> Named:
    """Cells that came out low and that people see alike or not very differently; in model order, never *Mostly*.

    `shares`: condition → share of people to whom it matters most, as published; None where none is, and need alone
    counts. Score ≤ 3.4, upper end of the range < 4.0, five people, not Self unless it is the primary space. Of more
    than three those of most weight (need × share) are named, ties to the primary space. Source: method sheet 2.0,
    section 4.

    >>> act_first([FoundCell("task", "team", 3.1, 2.7, 3.5, 12, "usual", False, 7, 0.7)], primary="team", shares=None)
    Named(cells=(('task', 'team'),), others=())
    """
    weights = {
        cell.key: round((method.target - score) / (method.target - 1) * _share(cell, shares), 9)
        for cell, score in _scored(cells)
        if (cell.space != SELF or primary == SELF)
        and cell.n >= method.min_compared
        and not cell.views_differ
        and score <= method.act_score + method.eps
        and cell.high < method.act_high - method.eps
        and _matters(cell, shares, method)
    }
    heaviest = sorted(weights, key=lambda key: (-weights[key], key[1] != primary))[: method.act_most]
    return Named(tuple(key for key in weights if key in heaviest), tuple(key for key in weights if key not in heaviest))


def talk_first(cells: Sequence[FoundCell], *, shares: Mapping[str, float] | None, method: Method = METHOD) -> Named:
    """Cells that people see differently: first those that matter to them, then two camps before wide views.

    >>> talk_first([FoundCell("task", "team", 3.1, 2.7, 3.5, 12, "wide", False, 7, 0.7)], shares=None).cells
    (('task', 'team'),)
    """
    differing = [cell for cell, _score in _scored(cells) if cell.views_differ]
    ordered = sorted(differing, key=lambda cell: (not _matters(cell, shares, method), not cell.split))
    keys = tuple(cell.key for cell in ordered)
    return Named(keys[: method.talk_most], keys[method.talk_most :])


def strongest(cells: Sequence[FoundCell], *, method: Method = METHOD) -> Strongest | None:
    """What is clearly higher than the other conditions here; else what is firmly in place; else nothing.

    Never Self, which is a view of oneself. All cells tied at the top are named together, three at most, each at
    *Mostly* or better, not seen differently, and above the mean of the rest by 0.3 and by more than chance, in people
    and in how hard statements are to agree with: `d / √(s²/n + .30²/m) ≥ 2.9`. Source: method sheet 2.0, section 4.

    >>> flat = [FoundCell(str(at), "team", 4.4, 4.1, 4.7, 30, "usual", False, 7, 0.7) for at in range(6)]
    >>> strongest(flat).kind, strongest(flat).cells, strongest(flat).more
    ('firmly_in_place', (('0', 'team'), ('1', 'team'), ('2', 'team')), 3)
    """
    scored = [(cell, score) for cell, score in _scored(cells) if cell.space != SELF]
    top = max((score for _cell, score in scored), default=0.0)
    tied = [cell for cell, score in scored if score >= top - method.eps]
    rest = [score for _cell, score in scored if score < top - method.eps]
    if len(scored) >= method.top_cells and rest and len(tied) <= method.top_most:
        lead = top - sum(rest) / len(rest)
        if all(_stands_out(cell, top, lead, method) for cell in tied):
            return Strongest("stands_out", tuple(cell.key for cell in tied))
    firm = [
        cell.key
        for cell, score in scored
        if score >= method.target - method.eps and cell.low >= STRENGTH - method.eps and not cell.views_differ
    ]
    most = method.top_most
    return Strongest("firmly_in_place", tuple(firm[:most]), tuple(firm[most:])) if firm else None


def breaks(
    pairs: Sequence[tuple[float, float, int, int, int]], *, method: Method = METHOD
) -> tuple[Literal["first", "second"] | None, ...]:
    """Of each pair of cells of one condition in two spaces, which is clearly less in place; None where neither is.

    `pairs`: of all that is compared in a map, (first score, second score, people of each, statements asked in both);
    scores over these statements and as displayed. The same people answer both, so their views go together, and other
    statements would be no break: `v = .70·s0²·(1/n1 + 1/n2) + 2·.30²/m`, t with n1 + n2 + 6 degrees of freedom; half
    a point, p ≤ .05, and held against chance over all pairs together. Source: method sheet 2.0, section 4.

    >>> breaks([(2.6, 4.0, 30, 30, 2), (3.5, 3.6, 30, 30, 2)])
    ('first', None)
    """
    p = [_break_p(pair, method) for pair in pairs]
    adjusted = benjamini_hochberg(p)
    return tuple(
        ("first" if first < second else "second")
        if abs(first - second) >= method.break_least - method.eps
        and one <= method.chance + method.eps
        and together <= method.break_signals + method.eps
        else None
        for (first, second, *_sizes), one, together in zip(pairs, p, adjusted, strict=True)
    )


def could_not_judge(people: int, of: int, *, method: Method = METHOD) -> ShareWord | None:
    """How many could not judge a cell, in words: a share of people, from ten who answered anything in it.

    `people`: without a score because of "don't know". Three of them at least, a fifth, and more than can come about
    where a tenth cannot judge (binomial p ≤ .02). Raises ValueError for more people than there are. Source: method
    sheet 2.0, section 4.

    >>> could_not_judge(9, 20), could_not_judge(2, 10), could_not_judge(3, 12)
    ('half', None, None)
    """
    if not 0 <= people <= of:
        raise ValueError("Some of the people could not judge, at most all of them.")
    if of < method.judge_people or people < method.judge_least:
        return None
    p = float(bdtrc(people - 1, of, method.judge_usual))
    if p > method.judge_p + method.eps:
        return None
    return next((word for least, word in COULD_NOT_JUDGE if people / of >= least - method.eps), None)


def could_not_judge_person(answers: Sequence[int | Literal["DK"] | None], *, method: Method = METHOD) -> bool:
    """Whether one person could not judge a cell: fewer than half rated and at least one "don't know".

    >>> could_not_judge_person([4, "DK", None]), could_not_judge_person([4, "DK"]), could_not_judge_person([None, None])
    (True, False, False)
    """
    rated = sum(isinstance(one, int) for one in answers)
    return "DK" in answers and rated < method.min_share * len(answers) - method.eps


def _scored(cells: Sequence[FoundCell]) -> list[tuple[FoundCell, float]]:
    return [(cell, cell.score) for cell in cells if cell.score is not None]


def _share(cell: FoundCell, shares: Mapping[str, float] | None) -> float:
    return 1.0 if shares is None else shares.get(cell.condition, 0.0)


def _matters(cell: FoundCell, shares: Mapping[str, float] | None, method: Method) -> bool:
    return _share(cell, shares) >= method.important - method.eps


def _stands_out(cell: FoundCell, score: float, lead: float, method: Method) -> bool:
    noise = sqrt(cell.s**2 / cell.n + method.statement_sd**2 / cell.asked)
    is_beyond = lead >= method.top_lead - method.eps and lead / noise >= method.top_z - method.eps
    return is_beyond and score >= STRENGTH - method.eps and not cell.views_differ


def _break_p(pair: tuple[float, float, int, int, int], method: Method) -> float:
    first, second, n1, n2, shared = pair
    people = (1 - method.own_share) * typical_sd(shared, method) ** 2 * (1 / n1 + 1 / n2)
    variance = people + 2 * method.statement_sd**2 / shared
    return float(2 * stdtr(n1 + n2 + 6, -abs(first - second) / sqrt(variance)))
