"""What stands beside the heatmap of a slice, in words: what stands out, what matters most, one cell's statements.

From published content only. No model, no request: of Django only gettext.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.publish.statements import FEW, PublishedStatement, Share
from reports.readings.heatmap import score_texts
from reports.readings.words import COULD_NOT_JUDGE, LEVEL_WORDS, POINTS, THREE_CLASSES, once_per_language
from reports.scoring import LEVELS

FEW_DRAWN = 3  # per cent; of a class that carries no number for being small
NUMBERED = 9  # per cent from which a number fits into its class


@dataclass(frozen=True)
class ClassView:
    css: str
    text: str  # stands in the bar; "" where it does not fit or may not be said
    start: str  # per cent of the bar, with the sign
    width: str
    middle: str
    name: str  # "agree (4–5)"
    label: str  # the name by itself: "Agree (4–5)"
    share_text: str  # what may be said of it: "28%", "2 or fewer people"
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


def _share_text(share: int | str) -> str:
    return _("%(few)s or fewer people") % {"few": FEW} if share == "few" else _("%(share)s%%") % {"share": share}


def statement_view(published: PublishedStatement, text: str, points: Sequence[str]) -> StatementView:
    """`text`: the statement; `points`: the words of the scale from 1 to 5."""
    level, mean, shares = published.level, published.mean, published.shares
    classes = _classes(published.state, shares, points) if shares else ()
    return StatementView(
        text=text,
        word=str(LEVEL_WORDS[level][0]) if level else None,
        band=LEVELS.index(level) + 1 if level else None,
        score_text=None if mean is None else score_texts(mean)[0],
        classes=classes,
        label=", ".join(f"{one.name}: {one.share_text}" for one in classes),
        note=_statement_note(published.state),
        left_out=_left_out(published.without or 0),
    )


@once_per_language
def class_names(state: str, points: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(inside a sentence, by itself) of each class, from the labels of the scale's points."""
    rated = [(POINTS.get(point, point), point) for point in points] if state == "five_classes" else THREE_CLASSES
    return tuple((str(name), str(label)) for name, label in (*rated, COULD_NOT_JUDGE))


@once_per_language
def _statement_note(state: str) -> str:
    return {"some_could_not_judge": _("Some could not judge this"), "level": _("Level only")}.get(state, "")


def _left_out(groups: int) -> str:
    if not groups:
        return ""
    return ngettext("without %(groups)s group", "without %(groups)s groups", groups) % {"groups": groups}


def _classes(state: str, shares: Sequence[Share], points: Sequence[str]) -> tuple[ClassView, ...]:
    """Drawn from what is printed: small classes all alike, the one without a number as what is left."""
    drawn = [FEW_DRAWN if share == "few" else share for share in shares]
    left = max(0, 100 - sum(width for width in drawn if width is not None))
    widths = [left if width is None else width for width in drawn]
    scale = 100 / max(1, sum(widths))
    views, start = [], 0.0
    heads = zip(_class_fills(state), class_names(state, tuple(points)), strict=True)
    for (css, (name, label)), share, width in zip(heads, shares, widths, strict=True):
        wide = width * scale
        views.append(
            ClassView(
                css=css,
                text=str(share) if isinstance(share, int) and wide >= NUMBERED else "",
                start=f"{start:.2f}%",
                width=f"{wide:.2f}%",
                middle=f"{start + wide / 2:.2f}%",
                name=name,
                label=label,
                share_text=_class_share(share),
                size=wide,
            )
        )
        start += wide
    return tuple(views)


@once_per_language
def _class_share(share: int | str | None) -> str:
    return _("the largest part") if share is None else _share_text(share)


def _class_fills(state: str) -> tuple[str, ...]:
    numbers = (1, 2, 3, 4, 5) if state == "five_classes" else (1, 3, 4)
    return (*(f"answer-{number}" for number in numbers), "answer-dont-know")


def class_key(state: str, points: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(fill, word) of the classes that a cell's bars show."""
    named = zip(_class_fills(state), class_names(state, tuple(points)), strict=True)
    return tuple((css, label) for css, (_name, label) in named)
