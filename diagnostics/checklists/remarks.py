"""What stands out in the words of a draft that are not the model's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from diagnostics.checklists.drafting import model_wording, standing
from diagnostics.checklists.model_words import model_source
from diagnostics.checklists.source import IndicatorWords, Source
from diagnostics.checklists.wording import Remark, remark_on_likeness, remarks_on, remarks_on_question


@dataclass(frozen=True)
class RemarkAt:
    """A remark with what it is on: an indicator in one wording, or an open question ('' for the wording)."""

    key: str
    wording: str
    text: str
    remark: Remark


def remarks_of(one: IndicatorWords, language: str) -> dict[str, tuple[Remark, ...]]:
    """Wording → what stands out there."""
    return {
        wording: remarks_on(worded.text, wording, language)
        for wording, worded in one.wordings.items()
        if not ((of_model := model_wording(one.key, wording)) and of_model.text == worded.text)
    }


def remarks_on_questions(source: Source) -> dict[str, tuple[Remark, ...]]:
    usual = {one.text for one in model_source().open_questions}
    return {one.key: remarks_on_question(one.text) for one in source.open_questions if one.text not in usual}


def all_remarks(source: Source) -> tuple[RemarkAt, ...]:
    """Of everything that is asked, strong ones first."""
    asked = {(one.key, space) for one, space in source.asked()}
    found = [
        RemarkAt(one.key, wording, one.wordings[wording].text, remark)
        for one in source.indicators
        for wording, remarks in remarks_of(one, source.language).items()
        for remark in remarks
        if (one.key, wording) in asked
    ]
    found += _alike(source)
    texts = {one.key: one.text for one in source.open_questions}
    on_questions = remarks_on_questions(source).items()
    found += [RemarkAt(key, "", texts[key], remark) for key, remarks in on_questions for remark in remarks]
    return tuple(sorted(found, key=lambda one: not one.remark.is_strong))


def _alike(source: Source) -> Iterator[RemarkAt]:
    """Of two statements of a place that ask nearly the same, the one that is not the model's."""
    for condition in source.conditions:
        for first, second in combinations(source.of_condition(condition.key), 2):
            for space in (one for one in first.asked_in() if one in second.asked_in()):
                other, one = (first, second) if standing(second, space) != "model" else (second, first)
                if standing(one, space) == "model":
                    continue
                text = one.wordings[space].text
                if remark := remark_on_likeness(text, other.wordings[space].text, other.title):
                    yield RemarkAt(one.key, space, text, remark)
