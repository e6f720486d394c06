"""What a reader sees of groups side by side: each group’s map, and its differences in words.

No model, no request: of Django only gettext.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.words import Words, decimal
from reports.comparisons.differences import Difference, EverybodyElse, Word
from reports.publish.cells import PublishedCell, Why
from reports.readings.heatmap import CellView, HeatmapView, score_texts
from reports.scoring import METHOD, CellKey

DIFFERENCE_WORDS: Mapping[Word, Words] = {
    "higher": gettext_lazy("higher"),
    "lower": gettext_lazy("lower"),
    "not_clear": gettext_lazy("no clear difference"),
    "too_few": gettext_lazy("too few to compare"),
    "no_score": gettext_lazy("not compared: no score"),
    "alike": gettext_lazy("groups cannot be told apart"),
    "nobody_else": gettext_lazy("nobody else to compare with"),
}
NOT_COMPARED: Mapping[Why, Words] = {
    "one_statement": gettext_lazy("not compared: rests on one statement"),
    "open_link": gettext_lazy("not compared: people came in by an open link"),
    "same_people": gettext_lazy("not compared: nearly the same people were asked shortly before"),
}
SELF = "self"  # the space in which people rate themselves
LEAST_AXIS = 1.5  # rating points on either side of no difference


@dataclass(frozen=True)
class DifferenceView:
    """One cell of one group against the same cell of everybody else."""

    cell: CellView  # the group's own
    condition: str  # its name
    word: Word
    text: str  # "higher", "no clear difference"
    is_clear: bool
    is_higher: bool
    figure: str  # "+0.4", "−0.3", "≥ +1.0"; "" where nothing is compared or no figure is known
    interval: str  # "+0.1 to +0.7"; of what is known as a bound only, "+0.5 or more"
    others_score: str  # "3.4", "≥ 4.5"
    others_people: int | None
    accessible_text: str  # the whole sentence
    score_said: str = ""  # in a sentence: "4.5 or more"
    others_said: str = ""
    figure_said: str = ""  # "0.4 higher", "at least 1.0 lower"
    without: str = ""  # who is not among everybody else: "without 1 group that differs most"
    without_short: str = ""  # "without 1 group"
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    at: str = ""  # on an axis 100 wide
    start: str = ""
    end: str = ""
    with_caution: bool = False
    found: Difference = field(default_factory=lambda: Difference("too_few"))

    @property
    def others(self) -> EverybodyElse | None:
        return self.found.others

    @property
    def others_end(self) -> str | None:
        return end_of_others(self.found)

    @property
    def said(self) -> str:
        """'2.5, everybody else 3.7: 1.2 lower'."""
        return _("%(score)s, everybody else %(others)s: %(figure)s") % {
            "score": self.score_said,
            "others": self.others_said,
            "figure": self.figure_said,
        }

    @property
    def is_compared(self) -> bool:
        return self.word in ("higher", "lower", "not_clear")

    @property
    def is_self_view(self) -> bool:
        return self.cell.space == SELF

    @property
    def key(self) -> CellKey:
        return self.cell.condition, self.cell.space


@dataclass(frozen=True)
class ComparedGroup:
    key: str  # public ids of its slices
    name: str
    people: int
    view: HeatmapView
    note: str  # whose views these are, where that is not one group
    differences: Mapping[CellKey, DifferenceView]  # none where everybody else may not be seen
    named: tuple[CellKey, ...] = ()  # what to act on and what to talk about first, as published
    is_grouping: bool = False  # the reader's own
    cells: Mapping[CellKey, PublishedCell] = field(default_factory=dict)  # as published, or as counted together

    @property
    def clear(self) -> tuple[DifferenceView, ...]:
        """In model order."""
        return tuple(one for one in self.differences.values() if one.is_clear)

    @property
    def compared(self) -> tuple[DifferenceView, ...]:
        return tuple(one for one in self.differences.values() if one.is_compared)


def axis_of(found: Iterable[Difference]) -> float:
    """How far the axis of a comparison goes to either side: one for all of its tables, and every interval on it.

    >>> axis_of([Difference("lower", difference=-1.4, low=-1.8, high=-1.0)])
    2.0
    """
    ends = [abs(end) for one in found for end in (one.low, one.high) if end is not None]
    return max([LEAST_AXIS, *(ceil(2 * end - METHOD.eps) / 2 for end in ends)])


def difference_view(
    found: Difference, cell: CellView, own: PublishedCell, *, group: str, condition: str, axis: float
) -> DifferenceView:
    """`cell`: the group's, `own` what is published of it; `group`, `condition`: their names; `axis`: see `axis_of`."""
    text = word_of(found)
    if found.difference is None or found.low is None or found.high is None or found.others is None:
        accessible_text = _("%(group)s, %(place)s: %(word)s") % {"group": group, "place": cell.place, "word": text}
        return DifferenceView(
            cell, condition, found.word, text, False, False, "", "", "", None, accessible_text, found=found
        )
    score_said = score_texts(own.figures.score, own.figures.end)[1] if own.figures else ""
    others, others_said = score_texts(found.others.score, end_of_others(found))
    figure, is_known = signed(found.difference), not _is_at_one_end(found, own)
    if found.is_at_least:
        figure = (_("≥ %(figure)s") if found.difference > 0 else _("≤ %(figure)s")) % {"figure": figure}
    without = _without(found.others.without)
    said = [
        _("%(group)s, %(place)s: %(score)s") % {"group": group, "place": cell.place, "score": score_said},
        _("everybody else %(others)s") % {"others": others_said},
        _("difference %(figure)s (%(interval)s)") % {"figure": figure, "interval": _interval(found)}
        if is_known
        else "",
        text,
        without and _("everybody else %(without)s") % {"without": without},
    ]
    return DifferenceView(
        cell=cell,
        condition=condition,
        word=found.word,
        text=text,
        is_clear=found.word in ("higher", "lower"),
        is_higher=found.word == "higher",
        figure=figure if is_known else "",
        interval=_interval(found) if is_known else "",
        others_score=others,
        others_people=found.others.n,
        accessible_text=", ".join(filter(None, said)),
        score_said=score_said,
        others_said=others_said,
        figure_said=_figure_said(found),
        without=without,
        without_short=_without_in_short(found.others.without),
        difference=found.difference,
        low=found.low,
        high=found.high,
        at=_on_axis(found.difference, axis),
        start=_on_axis(found.low, axis),
        end=_on_axis(found.high, axis),
        with_caution=found.with_caution,
        found=found,
    )


def word_of(found: Difference) -> str:
    if found.with_caution:
        return _("%(word)s, with caution") % {"word": DIFFERENCE_WORDS[found.word]}
    if found.word == "no_score" and found.why and found.is_mine:
        return str(NOT_COMPARED[found.why])
    if found.word == "no_score" and found.why:
        return _("not compared: everybody else has no score here")
    if found.word == "too_few" and not found.is_mine:
        return _("too few of everybody else to compare")
    return str(DIFFERENCE_WORDS[found.word])


def end_of_others(found: Difference) -> str | None:
    """Everybody else at an end stands for all beyond; in editions of method 1.0 nothing was cut there."""
    if found.judged is None or found.others is None:
        return None
    low, high = METHOD.ends
    if found.others.score <= low + METHOD.eps:
        return "low"
    return "high" if found.others.score >= high - METHOD.eps else None


def _is_at_one_end(found: Difference, own: PublishedCell) -> bool:
    """Both lie at the same end or beyond: how far they are from each other is not known."""
    low, high = METHOD.ends
    if own.figures is None or found.others is None:
        return False
    score, end = own.figures.score, end_of_others(found)
    return (end == "low" and score <= low + METHOD.eps) or (end == "high" and score >= high - METHOD.eps)


def _interval(found: Difference) -> str:
    low, high = signed(found.low or 0.0), signed(found.high or 0.0)
    if found.is_at_least and (found.difference or 0.0) > 0:
        return _("%(low)s or more") % {"low": low}
    if found.is_at_least:
        return _("%(high)s or less") % {"high": high}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _figure_said(found: Difference) -> str:
    words = {"figure": decimal(abs(found.difference or 0.0)), "word": DIFFERENCE_WORDS[found.word]}
    return (_("at least %(figure)s %(word)s") if found.is_at_least else _("%(figure)s %(word)s")) % words


def _without(groups: int) -> str:
    if not groups:
        return ""
    return ngettext(
        "without %(groups)s group that differs most", "without the %(groups)s groups that differ most", groups
    ) % {"groups": groups}


def _without_in_short(groups: int) -> str:
    return (
        ngettext("without %(groups)s group", "without %(groups)s groups", groups) % {"groups": groups} if groups else ""
    )


def signed(value: float) -> str:
    """With a true minus.

    >>> signed(0.42), signed(-0.3), signed(0.0)
    ('+0.4', '−0.3', '0.0')
    """
    if abs(value) < 0.05:
        return decimal(0.0)
    return f"{'−' if value < 0 else '+'}{decimal(abs(value))}"


def _on_axis(value: float, axis: float) -> str:
    inside = max(-axis, min(axis, value))
    return f"{50 + 50 * inside / axis:.1f}"
