"""What a reader sees of groups side by side: each group’s map, and its differences in words.

No model, no request: of Django only gettext.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.words import Words
from reports.comparisons.differences import Difference, Word
from reports.publish.cells import CellFigures, PublishedCell
from reports.readings.heatmap import CellView, HeatmapView
from reports.scoring import CellKey

DIFFERENCE_WORDS: Mapping[Word, Words] = {
    "higher": gettext_lazy("higher"),
    "lower": gettext_lazy("lower"),
    "not_clear": gettext_lazy("no clear difference"),
    "too_few": gettext_lazy("too few to compare"),
    "no_score": gettext_lazy("not compared: no score"),
    "alike": gettext_lazy("groups cannot be told apart"),
    "nobody_else": gettext_lazy("nobody else to compare with"),
}
AXIS = 1.5  # rating points on either side of no difference; what lies beyond is drawn at the end


@dataclass(frozen=True)
class DifferenceView:
    """One cell of one group against the same cell of everybody else."""

    cell: CellView  # the group's own
    word: Word
    text: str  # "higher", "no clear difference"
    is_clear: bool
    is_higher: bool
    figure: str  # "+0.4", "−0.3"; "" where nothing is compared
    interval: str  # "+0.1 to +0.7"
    others_score: str
    others_people: int | None
    accessible_text: str  # the whole sentence
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    at: str = ""  # on an axis 100 wide from −1.5 to +1.5
    start: str = ""
    end: str = ""
    with_caution: bool = False
    others: CellFigures | None = None  # everybody else together, where something is compared


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


def difference_view(found: Difference, cell: CellView, name: str) -> DifferenceView:
    """`cell`: the group's; `name`: how the group is called."""
    is_clear = found.word in ("higher", "lower")
    text = str(DIFFERENCE_WORDS[found.word])
    if found.with_caution:
        text = _("%(word)s, with caution") % {"word": text}
    if found.difference is None or found.low is None or found.high is None or found.others is None:
        accessible_text = _("%(group)s, %(place)s: %(word)s") % {"group": name, "place": cell.place, "word": text}
        return DifferenceView(cell, found.word, text, False, False, "", "", "", None, accessible_text)
    figure = signed(found.difference)
    interval = _("%(low)s to %(high)s") % {"low": signed(found.low), "high": signed(found.high)}
    others = f"{found.others.score:.1f}"
    accessible_text = _(
        "%(group)s, %(place)s: %(score)s, everybody else %(others)s, difference %(figure)s (%(interval)s), %(word)s"
    ) % {
        "group": name,
        "place": cell.place,
        "score": cell.score_text,
        "others": others,
        "figure": figure,
        "interval": interval,
        "word": text,
    }
    return DifferenceView(
        cell=cell,
        word=found.word,
        text=text,
        is_clear=is_clear,
        is_higher=found.word == "higher",
        figure=figure,
        interval=interval,
        others_score=others,
        others_people=found.others.n,
        accessible_text=accessible_text,
        difference=found.difference,
        low=found.low,
        high=found.high,
        at=_on_axis(found.difference),
        start=_on_axis(found.low),
        end=_on_axis(found.high),
        with_caution=found.with_caution,
        others=found.others,
    )


def signed(value: float) -> str:
    """With a true minus.

    >>> signed(0.42), signed(-0.3), signed(0.0)
    ('+0.4', '−0.3', '0.0')
    """
    if abs(value) < 0.05:
        return "0.0"
    return f"{value:+.1f}".replace("-", "−")


def _on_axis(value: float) -> str:
    inside = max(-AXIS, min(AXIS, value))
    return f"{50 + 50 * inside / AXIS:.1f}"
