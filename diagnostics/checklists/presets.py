"""Presets: deep in the space where the work is, brief elsewhere. A recipe is a preset with its spaces chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diagnostics.checklists.duration import indicators, minutes_for, words_of_model
from diagnostics.checklists.source import SPACES
from diagnostics.instrument.models import Indicator

CONDITIONS = 5


class UnfitRecipe(ValueError):
    """No checklist can be made of this; the sentence may be shown."""


class UnknownPreset(UnfitRecipe):
    pass


class UnknownSpace(UnfitRecipe):
    pass


class PrimarySpaceMissing(UnfitRecipe):
    pass


@dataclass(frozen=True)
class Preset:
    """How many indicators of a condition are asked about in the primary space, and in each other one."""

    key: str
    name: Promise
    description: Promise
    in_primary: int
    in_others: int
    is_about_named_leader: bool = False


PRESETS = {
    preset.key: preset
    for preset in (
        Preset(
            "focused",
            _("TRACE focused"),
            _("Seven statements per condition in the space your work is in now, two in each other space you choose."),
            in_primary=7,
            in_others=2,
        ),
        Preset(
            "in_depth",
            _("TRACE in depth"),
            _("Seven statements per condition in every space you choose. For research and development programmes."),
            in_primary=7,
            in_others=7,
        ),
        Preset(
            "brief",
            _("TRACE brief"),
            _("Two statements per condition in every space you choose. For large groups and a first look."),
            in_primary=2,
            in_others=2,
        ),
        Preset(
            "pulse",
            _("TRACE pulse"),
            _("One statement per condition, in the space your work is in now. To follow up on a change."),
            in_primary=1,
            in_others=0,
        ),
        Preset(
            "three_sixty",
            _("TRACE 360"),
            _("Thirty-five statements about one named leader, for the leader and the people they work with."),
            in_primary=7,
            in_others=0,
            is_about_named_leader=True,
        ),
    )
}


@dataclass(frozen=True)
class Recipe:
    """Which statements are asked. `spaces` comes out in model order, without those that the preset leaves out.

    Raises UnknownPreset, UnknownSpace or PrimarySpaceMissing.
    """

    preset: str
    primary_space: str
    spaces: tuple[str, ...]
    has_open_questions: bool = True

    def __post_init__(self) -> None:
        if self.preset not in PRESETS:
            raise UnknownPreset(_("Choose one of the checklists offered."))
        if unknown := set(self.spaces) - set(SPACES):
            raise UnknownSpace(_("There is no space called %(space)s.") % {"space": min(unknown)})
        if self.primary_space not in self.spaces:
            raise PrimarySpaceMissing(_("The space your work is in now must be among the spaces you choose."))
        if self.kind.is_about_named_leader and self.primary_space != "self":
            raise PrimarySpaceMissing(_("A 360 is about one leader, so its space is Self."))
        asked = tuple(space for space in SPACES if space in self.spaces and self.depth(space))
        object.__setattr__(self, "spaces", asked)

    @property
    def kind(self) -> Preset:
        return PRESETS[self.preset]

    @property
    def name(self) -> Promise:
        return self.kind.name

    @property
    def description(self) -> Promise:
        return self.kind.description

    @property
    def key(self) -> str:
        key = f"{self.preset}.{self.primary_space}.{'-'.join(self.spaces)}"
        return key if self.has_open_questions else f"{key}.ratings"

    @property
    def statement_count(self) -> int:
        return CONDITIONS * sum(map(self.depth, self.spaces))

    @property
    def minutes(self) -> int:
        """How long it takes in the language of the moment, as the current model words it."""
        words = words_of_model(get_language() or "")
        return minutes_for(sum(words[key] for key in self._read()), self.statement_count)

    def _read(self) -> Iterator[str]:
        """The keys of all that is read: statements, open questions, and on each page what the primary space is."""
        for indicator, short in indicators():
            yield from (f"{indicator}.{self._wording(one)}" for one in self.spaces if _is_asked(short, self.depth(one)))
        yield from [f"space.{self.primary_space}.frame"] * CONDITIONS
        if self.has_open_questions:
            yield from (key for key in words_of_model("") if key.startswith("question."))

    def depth(self, space: str) -> int:
        """How many indicators of each condition are asked about in `space`."""
        return self.kind.in_primary if space == self.primary_space else self.kind.in_others

    def statement_keys(self) -> tuple[str, ...]:
        """In page order: by condition, indicator, space."""
        return tuple(key for indicator in Indicator.objects.all() for key in self.statement_keys_of(indicator))

    def statement_keys_of(self, indicator: Indicator) -> tuple[str, ...]:
        spaces = (space for space in self.spaces if _is_asked(indicator.short_form_order, self.depth(space)))
        return tuple(f"{indicator.key}.{self._wording(space)}" for space in spaces)

    def _wording(self, space: str) -> str:
        return "observer" if self.kind.is_about_named_leader else space


def _is_asked(short: int | None, depth: int) -> bool:
    """All seven, or the short form: the outcome first, then the driver."""
    return depth == 7 or (short is not None and short <= depth)
