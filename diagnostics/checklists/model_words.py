"""The current model as a checklist's source: what a draft begins with, and what stands beside its own words."""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from diagnostics.checklists.presets import Recipe
from diagnostics.checklists.schema import source_of
from diagnostics.checklists.source import IndicatorWords, Source
from diagnostics.instrument.sources import CURRENT, written


@lru_cache
def model_source() -> Source:
    """All 35 indicators with every wording; nothing is asked yet.

    >>> len(model_source().indicators), list(model_source().asked()), model_source().matters_most
    (35, [], '')
    >>> model_source().indicator("T1").wordings["team"].text
    'In our team, we regularly make time to talk about what our task really is.'
    """
    return asking(source_of(written(CURRENT, "trace_model.yaml")), ())


@lru_cache
def short_form() -> frozenset[str]:
    """The two indicators of each condition that are asked in brief."""
    return frozenset(row["indicator"] for row in written(CURRENT, "trace_model.yaml")["short_form"])


def asking(source: Source, statements: Collection[str]) -> Source:
    """The same with just these statements asked, by key."""
    return replace(source, indicators=tuple(_asking(one, statements) for one in source.indicators))


def _asking(one: IndicatorWords, statements: Collection[str]) -> IndicatorWords:
    wordings = {
        wording: replace(worded, is_asked=f"{one.key}.{wording}" in statements)
        for wording, worded in one.wordings.items()
    }
    return replace(one, wordings=wordings)


def source_of_recipe(recipe: Recipe) -> Source:
    """What a preset asks, as a draft to begin with."""
    source = replace(model_source(), name=str(recipe.kind.name), primary_space=recipe.primary_space)
    source = asking(source, recipe.statement_keys())
    return source if recipe.has_open_questions else replace(source, open_questions=())


def completed(source: Source) -> Source:
    """With all that the model has beside it, unasked: what can still be chosen. What was taken out of the words of an
    indicator stays out."""
    known = {one.key: one for one in source.indicators}
    models = {one.key: one for one in model_source().indicators}
    own = tuple(_completed(one, models.get(one.key)) for one in source.indicators)
    return replace(source, indicators=own).with_more(*(one for key, one in models.items() if key not in known))


def _completed(one: IndicatorWords, of_model: IndicatorWords | None) -> IndicatorWords:
    if of_model is None:
        return one
    missing = {wording: worded for wording, worded in of_model.wordings.items() if wording not in one.wordings}
    lines = {wording: line for wording, line in of_model.help.items() if wording in missing}
    return replace(
        one,
        wordings={wording: {**one.wordings, **missing}[wording] for wording in of_model.wordings},
        help={**lines, **one.help},
    )
