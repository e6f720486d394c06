"""What stands out in a slice and what matters most, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from django.utils.translation import gettext as _

from core.words import Words
from reports.publish.bars import FEW
from reports.publish.content import PublishedPicks
from reports.publish.findings import Finding, FindingKind
from reports.publish.statements import OldShare
from reports.readings.heatmap import CellView, HeatmapView
from reports.readings.survey.bars import LEAST_DRAWN, share_text
from reports.readings.words import IN_SPACES, IN_SPACES_FIRST, SHARE_WORDS
from reports.scoring import CellKey

KINDS: tuple[FindingKind, ...] = ("strongest", "views_differ", "break", "could_not_judge")


@dataclass(frozen=True)
class PriorityView:
    cell: CellView
    question: str  # to begin a conversation with


@dataclass(frozen=True)
class FindingView:
    kind: str  # 'strongest', 'views_differ', 'break' or 'could_not_judge'
    title: str
    text: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class PickView:
    name: str  # of the condition
    text: str  # "64%"
    width: int  # per cent of the bar


def priorities(
    findings: Iterable[Finding],
    kind: FindingKind,
    view: HeatmapView,
    questions: Mapping[CellKey, Sequence[str]],
) -> tuple[PriorityView, ...]:
    """`kind`: 'act_first' or 'talk_first'; in model order, unranked, each with its first question."""
    keys = [key for found in findings if found.kind == kind for key in found.cells]
    return tuple(PriorityView(view.cell(*key), questions[key][0]) for key in keys)


def finding_views(findings: Sequence[Finding], view: HeatmapView, names: Mapping[str, str]) -> tuple[FindingView, ...]:
    """The other findings in words, in the order of their kinds; the breaks of one condition together.

    `names`: condition → its name.
    """
    by_kind = {kind: [found for found in findings if found.kind == kind] for kind in KINDS}
    breaks: dict[str, list[Finding]] = {}
    for found in by_kind["break"]:
        breaks.setdefault(found.cells[0][0], []).append(found)
    return (
        *(_strongest(found, view) for found in by_kind["strongest"]),
        *(_views_differ(found, view) for found in by_kind["views_differ"]),
        *(_break(names[condition], broken, view) for condition, broken in breaks.items()),
        *(_could_not_judge(found, view) for found in by_kind["could_not_judge"]),
    )


def _strongest(found: Finding, view: HeatmapView) -> FindingView:
    cell = view.cell(*found.cells[0])
    text = _("The highest score here that people largely agree on. What do they do that could help elsewhere?")
    return FindingView("strongest", _("Strongest: %(place)s") % {"place": cell.place}, text, (cell,))


def _views_differ(found: Finding, view: HeatmapView) -> FindingView:
    cell = view.cell(*found.cells[0])
    title = _("Two camps: %(place)s") if cell.camps else _("Views differ: %(place)s")
    text = (
        _("Some rate this low, some high, hardly anyone in between. The average is probably nobody’s view.")
        if cell.camps
        else _("People see this quite differently, and the average hides that. It may be worth asking why.")
    )
    return FindingView("views_differ", title % {"place": cell.place}, text, (cell,))


def _break(name: str, breaks: Sequence[Finding], view: HeatmapView) -> FindingView:
    """`breaks` of one condition: each its weaker and its stronger cell."""
    stronger: dict[CellKey, list[CellView]] = {}
    for weak, strong in (found.cells for found in breaks):
        stronger.setdefault(weak, []).append(view.cell(*strong))
    sentences = [
        _("%(weak)s it is probably less in place than %(strong)s.")
        % {"weak": _in_space(view.cell(*weak), IN_SPACES_FIRST), "strong": reduce(_and, map(_in_space, strong))}
        for weak, strong in stronger.items()
    ]
    question = _("What might make it easier in one place than in the other?")
    involved = sorted((view.cell(*key) for found in breaks for key in found.cells), key=lambda cell: cell.score or 0)
    return FindingView(
        "break",
        _("A break: %(condition)s") % {"condition": name},
        " ".join([*sentences, question]),
        cells=(involved[0], involved[-1]),
    )


def _in_space(cell: CellView, words: Mapping[str, Words] = IN_SPACES) -> str:
    """'in the system (2.6)'."""
    return f"{words[cell.space]} ({cell.score_text})"


def _and(one: str, another: str) -> str:
    return _("%(one)s and %(another)s") % {"one": one, "another": another}


def _could_not_judge(found: Finding, view: HeatmapView) -> FindingView:
    cell = view.cell(*found.cells[0])
    title = _("Hard to judge: %(place)s") % {"place": cell.place}
    return FindingView("could_not_judge", title, str(SHARE_WORDS[found.share]), (cell,))


def pick_views(picks: PublishedPicks | None, names: Mapping[str, str]) -> tuple[PickView, ...]:
    """What matters most: the share of people who chose each condition, of those who chose two; () without any.

    In editions before code 3 the largest carries no number beside a small one; its bar is what the others leave.
    """
    if picks is None or all(share is None for share in picks.shares):
        return ()
    is_old = "few" in picks.shares
    few = round(100 * FEW / picks.n)
    printed = [few if share == "few" else LEAST_DRAWN if share == 0 else share or 0 for share in picks.shares]
    largest = max(*printed, min(100, 200 - sum(printed))) if is_old else 0  # everybody chose two
    return tuple(
        PickView(names[condition], _pick_text(share, is_old=is_old), largest if share is None else drawn)
        for condition, share, drawn in zip(picks.conditions, picks.shares, printed, strict=True)
    )


def _pick_text(share: OldShare, *, is_old: bool) -> str:
    if share is None:
        return _("most often") if is_old else _("not shown")
    return share_text(share)
