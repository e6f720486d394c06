"""What a choice of statements does to results, before anybody is asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from diagnostics.checklists.drafting import settled
from diagnostics.checklists.duration import estimated_minutes
from diagnostics.checklists.model_words import source_of_recipe
from diagnostics.checklists.presets import PRESETS, Recipe
from diagnostics.checklists.source import SPACES, Source, asks_of

WORD_ONLY, SCATTERED, DEEP_FROM = 1, 2, 4  # statements of a cell, as the scoring method has them


@dataclass(frozen=True)
class Likeness:
    """With what a checklist can be compared, and on how much."""

    name: str
    shared: int  # statements
    of: int  # … that the other asks


@dataclass(frozen=True)
class Effects:
    statements: int
    minutes: int
    counts: Mapping[tuple[str, str], int]  # (condition, space) → statements asked, all twenty
    presets: tuple[Likeness, ...]

    @property
    def words_only(self) -> int:
        """Cells of one statement: a word, and no score below thirty people."""
        return sum(count == WORD_ONLY for count in self.counts.values())

    @property
    def scattered(self) -> int:
        """Cells of two or three statements, which scatter more than deep ones."""
        return sum(SCATTERED <= count < DEEP_FROM for count in self.counts.values())

    @property
    def deep(self) -> int:
        return sum(count >= DEEP_FROM for count in self.counts.values())


def effects_of(source: Source) -> Effects:
    asked = list(source.asked())
    counts = {(condition.key, space): 0 for condition in source.conditions for space in SPACES}
    for one, space in asked:
        counts[one.condition, space] += 1
    presets = (likeness(str(preset.name), source, other) for preset, other in _presets(source))
    minutes = estimated_minutes(_read(source), len(asked))
    return Effects(len(asked), minutes, counts, tuple(one for one in presets if one.shared))


def _read(source: Source) -> Iterator[str]:
    """All that is read on the pages that are asked: as `minutes_of` has it of what is published."""
    pages = {one.condition for one, _space in source.asked()}
    yield from (one.wordings[space].text for one, space in source.asked())
    yield from [space.frame for space in source.spaces if space.key == source.primary_space] * len(pages)
    yield from (question.text for question in source.open_questions if question.condition in pages)


def _presets(source: Source) -> Iterable:
    spaces = source.asked_spaces()
    primary = source.primary_space if source.primary_space in spaces else next(iter(spaces), "")
    for preset in PRESETS.values():
        if primary and not preset.is_about_named_leader:
            yield preset, source_of_recipe(Recipe(preset.key, primary, spaces))


def likeness(name: str, source: Source, other: Source) -> Likeness:
    """On which statements answers to the one may be set beside answers to the other."""
    here, there = _asked(source), _asked(other)
    shared = here & there if _scale(source) == _scale(other) else set()
    return Likeness(name, len(shared), len(there))


def _asked(source: Source) -> set[tuple[str, str]]:
    """(statement, what it asks)."""
    made = settled(source)
    return {
        (f"{one.key}.{space}", asks_of(one.key, space, one.wordings[space], made.model)) for one, space in made.asked()
    }


def _scale(source: Source) -> str:
    scale = settled(source).scale
    return scale.asks or scale.key
