"""What stands beside the heatmap of a slice, in words: what stands out, what matters most, one cell's statements.

From published content only. No model, no request: of Django only gettext.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.publish.bars import FIVE
from reports.publish.statements import PublishedStatement
from reports.readings.heatmap import score_texts
from reports.readings.survey.bars import ClassView, class_views
from reports.readings.words import LEVEL_WORDS, once_per_language
from reports.scoring import LEVELS


@dataclass(frozen=True)
class StatementView:
    text: str
    word: str | None  # "Partly"
    band: int | None
    score_text: str | None
    classes: tuple[ClassView, ...]
    label: str  # the bar in words
    caption: str  # the same, beneath the bar, where fills do not tell all of its classes
    note: str  # in place of a bar
    left_out: str  # groups that are in the cell and not in this statement


def statement_view(published: PublishedStatement, text: str, points: Sequence[str]) -> StatementView:
    """`text`: the statement; `points`: the words of the scale from 1 to 5."""
    level, mean = published.level, published.mean
    classes = class_views(published, points)
    return StatementView(
        text=text,
        word=str(LEVEL_WORDS[level][0]) if level else None,
        band=LEVELS.index(level) + 1 if level else None,
        score_text=None if mean is None else score_texts(mean)[0],
        classes=classes,
        label=", ".join(f"{one.name}: {one.share_text}" for one in classes),
        caption=_caption(classes) if _shares_a_fill(published) else "",
        note=_statement_note(published.state),
        left_out=_left_out(published.without or 0),
    )


def _caption(classes: Sequence[ClassView]) -> str:
    return " · ".join(f"{one.label}: {one.share_text}" for one in classes)


def _shares_a_fill(published: PublishedStatement) -> bool:
    """Whether joined ratings look like one of them: of five there are more ways to join than fills."""
    joined = (set(share.classes) - {FIVE.dont_know} for share in published.shares)
    return published.state == "five_classes" and any(len(ratings) > 1 for ratings in joined)


@once_per_language
def _statement_note(state: str) -> str:
    return {"some_could_not_judge": _("Some could not judge this"), "level": _("Level only")}.get(state, "")


def _left_out(groups: int) -> str:
    if not groups:
        return ""
    return ngettext("without %(groups)s group", "without %(groups)s groups", groups) % {"groups": groups}
