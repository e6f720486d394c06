"""What stands beside the heatmap of a slice, in words: what stands out, what matters most, one cell's statements.

From published content only, as `reports.publish.content` writes it. No model, no request: of Django only gettext.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.publish.statements import FEW
from reports.readings.heatmap import CellView, HeatmapView, score_texts
from reports.readings.words import (
    COULD_NOT_JUDGE,
    IN_SPACES,
    LEVEL_WORDS,
    SHARE_WORDS,
    THREE_CLASSES,
    once_per_language,
)
from reports.scoring import LEVELS

Place = tuple[str, str]  # (condition, space)
FEW_DRAWN = 3  # per cent; of a class that carries no number for being small
NUMBERED = 9  # per cent from which a number fits into its class


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


@dataclass(frozen=True)
class ClassView:
    css: str
    text: str  # stands in the bar; "" where it does not fit or may not be told
    start: str  # per cent of the bar, with the sign
    width: str
    middle: str
    name: str  # "agree (4–5)"
    told: str  # what may be told of it: "28%", "2 or fewer people"
    size: float  # per cent, as drawn


@dataclass(frozen=True)
class StatementView:
    text: str
    word: str | None  # "Partly"
    band: int | None
    score_text: str | None
    classes: tuple[ClassView, ...]
    label: str  # the bar in words
    note: str  # in place of a bar
    left_out: str  # groups that are in the cell and not in this statement


def priorities(
    findings: Iterable[Mapping[str, Any]],
    kind: str,
    view: HeatmapView,
    questions: Mapping[Place, Sequence[str]],
) -> tuple[PriorityView, ...]:
    """`kind`: 'act_first' or 'talk_first'; in model order, unranked, each with its first question."""
    places = [place for found in findings if found["kind"] == kind for place in found["cells"]]
    return tuple(PriorityView(view.cell(*place), questions[tuple(place)][0]) for place in places)


def finding_views(
    findings: Sequence[Mapping[str, Any]], view: HeatmapView, names: Mapping[str, str]
) -> tuple[FindingView, ...]:
    """The other findings in words, in the order of their kinds; the breaks of one condition together.

    `names`: condition → its name.
    """
    kinds = ("strongest", "views_differ", "break", "could_not_judge")
    told = {kind: [found for found in findings if found["kind"] == kind] for kind in kinds}
    broken = dict.fromkeys(found["cells"][0][0] for found in told["break"])
    return (
        *(_strongest(found, view) for found in told["strongest"]),
        *(_views_differ(found, view) for found in told["views_differ"]),
        *(_break(names[key], [f["cells"] for f in told["break"] if f["cells"][0][0] == key], view) for key in broken),
        *(_could_not_judge(found, view) for found in told["could_not_judge"]),
    )


def _strongest(found: Mapping[str, Any], view: HeatmapView) -> FindingView:
    cell = view.cell(*found["cells"][0])
    text = _("The highest score here that people largely agree on. What do they do that could help elsewhere?")
    return FindingView("strongest", _("Strongest: %(place)s") % {"place": cell.place}, text, (cell,))


def _views_differ(found: Mapping[str, Any], view: HeatmapView) -> FindingView:
    cell = view.cell(*found["cells"][0])
    title = _("Two camps: %(place)s") if cell.camps else _("Views differ: %(place)s")
    text = (
        _("Some rate this low, some high, hardly anyone in between. The average is probably nobody’s view.")
        if cell.camps
        else _("People see this quite differently, and the average hides that. It may be worth asking why.")
    )
    return FindingView("views_differ", title % {"place": cell.place}, text, (cell,))


def _break(name: str, pairs: Sequence[Sequence[Place]], view: HeatmapView) -> FindingView:
    """`pairs` of one condition: its weaker and its stronger cell."""
    stronger: dict[Place, list[CellView]] = {}
    for weak, strong in pairs:
        stronger.setdefault(tuple(weak), []).append(view.cell(*strong))
    sentences = [
        _("%(weak)s it is probably less in place than %(strong)s.")
        % {"weak": _capital(_in_space(view.cell(*weak))), "strong": _(" and ").join(map(_in_space, strong))}
        for weak, strong in stronger.items()
    ]
    question = _("What might make it easier in one place than in the other?")
    involved = sorted((view.cell(*place) for pair in pairs for place in pair), key=lambda cell: cell.score or 0)
    return FindingView(
        "break",
        _("A break: %(condition)s") % {"condition": name},
        " ".join([*sentences, question]),
        cells=(involved[0], involved[-1]),
    )


def _in_space(cell: CellView) -> str:
    """'in the system (2.6)'."""
    return f"{IN_SPACES[cell.space]} ({cell.score_text})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _could_not_judge(found: Mapping[str, Any], view: HeatmapView) -> FindingView:
    cell = view.cell(*found["cells"][0])
    title = _("Hard to judge: %(place)s") % {"place": cell.place}
    return FindingView("could_not_judge", title, str(SHARE_WORDS[found["share"]]), (cell,))


def pick_views(picks: Mapping[str, Any] | None, names: Mapping[str, str]) -> tuple[PickView, ...]:
    """What matters most: the share of people who chose each condition, of those who chose two.

    The largest class carries no number beside a small one; its bar is drawn as what the printed ones leave.
    """
    if picks is None:
        return ()
    few = round(100 * FEW / picks["n"])
    printed = [few if share == "few" else share or 0 for share in picks["shares"]]
    widest = max(*printed, min(100, 200 - sum(printed)))  # everybody chose two
    return tuple(
        PickView(names[condition], _pick_text(share), widest if share is None else drawn)
        for condition, share, drawn in zip(picks["conditions"], picks["shares"], printed, strict=True)
    )


def _pick_text(share: int | str | None) -> str:
    return _("most often") if share is None else _share_text(share)


def _share_text(share: int | str) -> str:
    return _("%(few)s or fewer people") % {"few": FEW} if share == "few" else _("%(share)s%%") % {"share": share}


def statement_view(content: Mapping[str, Any], text: str, points: Sequence[str]) -> StatementView:
    """`content` as published, `text` the statement, `points` the words of the scale from 1 to 5."""
    level, mean, shares = content.get("level"), content.get("mean"), content.get("shares")
    classes = _classes(content["state"], shares, points) if shares else ()
    return StatementView(
        text=text,
        word=str(LEVEL_WORDS[level][0]) if level else None,
        band=LEVELS.index(level) + 1 if level else None,
        score_text=None if mean is None else score_texts(mean)[0],
        classes=classes,
        label=", ".join(f"{one.name}: {one.told}" for one in classes),
        note=_statement_note(content["state"]),
        left_out=_left_out(content.get("without", 0)),
    )


@once_per_language
def _class_names(state: str, points: tuple[str, ...]) -> tuple[str, ...]:
    rated = points if state == "five_classes" else THREE_CLASSES
    return (*(str(name).lower() for name in rated), str(COULD_NOT_JUDGE))


@once_per_language
def _statement_note(state: str) -> str:
    return {"some_could_not_judge": _("Some could not judge this"), "level": _("Level only")}.get(state, "")


def _left_out(groups: int) -> str:
    if not groups:
        return ""
    return ngettext("without %(groups)s group", "without %(groups)s groups", groups) % {"groups": groups}


def _classes(state: str, shares: Sequence[int | str | None], points: Sequence[str]) -> tuple[ClassView, ...]:
    """Drawn from what is printed: small classes all alike, the one without a number as what is left."""
    drawn = [FEW_DRAWN if share == "few" else share for share in shares]
    left = max(0, 100 - sum(width for width in drawn if width is not None))
    widths = [left if width is None else width for width in drawn]
    scale = 100 / max(1, sum(widths))
    views, start = [], 0.0
    heads = zip(_class_fills(state), _class_names(state, tuple(points)), strict=True)
    for (css, name), share, width in zip(heads, shares, widths, strict=True):
        wide = width * scale
        views.append(
            ClassView(
                css=css,
                text=str(share) if isinstance(share, int) and wide >= NUMBERED else "",
                start=f"{start:.2f}%",
                width=f"{wide:.2f}%",
                middle=f"{start + wide / 2:.2f}%",
                name=name,
                told=_class_told(share),
                size=wide,
            )
        )
        start += wide
    return tuple(views)


@once_per_language
def _class_told(share: int | str | None) -> str:
    return _("the largest part") if share is None else _share_text(share)


def _class_fills(state: str) -> tuple[str, ...]:
    return ("a1", "a2", "a3", "a4", "a5", "na") if state == "five_classes" else ("a1", "a3", "a4", "na")


def class_key(state: str, points: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(fill, word) of the classes that a cell's bars show."""
    named = zip(_class_fills(state), _class_names(state, tuple(points)), strict=True)
    return tuple((css, _capital(name)) for css, name in named)
