"""What may be said of the statements of one cell of a group: sentences, topics, questions of what was answered.

From published figures only. Which statements speak is a rule of the method; the sentences are the model's own. A
statement of an earlier model, or in words of a workspace's own, speaks only where it asks the same as today's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.words import Words
from diagnostics.checklists.drafting import is_of_model
from diagnostics.questionnaire.questionnaire import Statement
from reports.publish.cells import PublishedCell
from reports.publish.statements import PublishedStatement
from reports.readings import guidance
from reports.readings.guidance import IndicatorGuidance
from reports.scoring import TextsOfGroup, texts_of_group

QUESTIONS = 3  # at most
SELF = "self"

ABOUT: dict[str | None, Words] = {
    "some_not_yet": gettext_lazy("At least one of its statements is not yet in place."),
    "all_mostly": gettext_lazy("Both of its statements are at least mostly in place."),
}


@dataclass(frozen=True)
class CellTexts:
    about: str = ""  # of its statements together
    sentences: tuple[str, ...] = ()  # what low ones may mean, then a high one
    more: str = ""  # how many low ones have no sentence here
    topics: str = ""  # "This rests on …"
    questions: tuple[str, ...] = ()  # to begin with the first
    low: tuple[str, ...] = ()  # the indicators that speak as low ones in `sentences`, lowest first


def texts_of_cell(
    cell: PublishedCell, published: Sequence[PublishedStatement], asked: Sequence[Statement]
) -> CellTexts:
    """`published`: what is said of each statement, () where nothing is; `asked`: the statements, in their order."""
    spoken = [_guidance(one) for one in asked]
    if cell.said is None:
        return CellTexts(questions=_questions(cell.space, spoken))
    chosen = _chosen(cell, published)
    is_self = cell.space == SELF
    named_low = tuple(_at(spoken, chosen.if_low))
    low = [one.if_low_self if is_self else one.if_low for one in named_low]
    high = [one.if_high_self if is_self else one.if_high for one in _at(spoken, chosen.if_high)]
    first = [*named_low, *_at(spoken, chosen.topic), *_at(spoken, chosen.if_high)]
    return CellTexts(
        about=str(ABOUT.get(chosen.about, "")),
        sentences=(*low, *high),
        more=_more(chosen.more_low + len(chosen.if_low) - len(low), has_some=bool(low)),
        topics=_topics([guidance.topic_of(asked[place]) for place in chosen.topic if _says_topic(asked[place])]),
        questions=_questions(cell.space, [*first, *spoken]),
        low=tuple(one.key for one in named_low),
    )


def _chosen(cell: PublishedCell, published: Sequence[PublishedStatement]) -> TextsOfGroup:
    figures = cell.figures
    words = [one.level for one in published]
    return texts_of_group(
        words if len(words) > 1 or cell.word is None else [cell.word.level],
        score=figures.score if figures else None,
        views_differ=bool(figures and figures.views_differ),
        tens=bool(figures and figures.is_of_tens),
        thirties=figures is not None and len(words) == 1,  # a single statement has a score from there on
    )


def _guidance(statement: Statement) -> IndicatorGuidance | None:
    return guidance.indicators().get(statement.key.partition(".")[0]) if statement.is_of_model else None


def _says_topic(statement: Statement) -> bool:
    """Guidance says it of the model's statements; of their own, whoever wrote them."""
    return statement.is_of_model or not is_of_model(statement.key.partition(".")[0])


def _at(spoken: Sequence[IndicatorGuidance | None], places: Iterable[int]) -> Iterator[IndicatorGuidance]:
    return (one for place in places if (one := spoken[place]))


def _more(left: int, *, has_some: bool) -> str:
    if not left:
        return ""
    if not has_some:
        return ngettext(
            "%(left)s of its statements came out low.", "%(left)s of its statements came out low.", left
        ) % {"left": left}
    return ngettext("%(left)s more statement came out low.", "%(left)s more statements came out low.", left) % {
        "left": left
    }


def _topics(topics: list[str]) -> str:
    return _("This rests on %(topics)s.") % {"topics": get_text_list(topics, _("and"))} if topics else ""


def _questions(space: str, spoken: Iterable[IndicatorGuidance | None]) -> tuple[str, ...]:
    """The first question of each indicator, of those first that stand out; of few indicators both."""
    asked = dict.fromkeys(one for one in spoken if one)
    pairs = [one.questions_self if space == SELF else one.questions_group for one in asked]
    return tuple(question for number in (0, 1) for question in (pair[number] for pair in pairs))[:QUESTIONS]
