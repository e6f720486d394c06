"""Which groups stand side by side, as clean values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import OneLine, set_choices
from reports.comparisons.actions import Chosen
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice

LETTERS = ("A", "B", "C", "D")
ON_ITS_OWN = ""
COUNTED_WITH = [
    (ON_ITS_OWN, _("on its own")),
    *((letter, format_lazy(_("in grouping {letter}"), letter=letter)) for letter in LETTERS),
]


@dataclass(frozen=True)
class Choosable:
    """A group that the reader may compare."""

    slice: PublishedSlice
    name: str
    kind: str
    indent: int
    counted: tuple[str, ...] = ()  # names of the small groups in it


@dataclass(frozen=True)
class ChoiceRow:
    group: Choosable
    tick: forms.boundfield.BoundWidget
    counted_with: BoundField


class CompareForm(forms.Form):
    """Each group is ticked or not; a ticked one stands on its own or is counted with others under a name."""

    groups = forms.MultipleChoiceField(
        label=_("Which groups?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least two groups to compare")},
    )

    def __init__(self, *args: Any, choosable: Sequence[Choosable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosable = choosable
        set_choices(self, [(one.slice.public_id, one.name) for one in choosable], "groups")
        for letter in LETTERS:
            self.fields[f"name_{letter}"] = OneLine(
                label=_("Name of grouping %(letter)s") % {"letter": letter}, most=80, required=False
            )
        for one in choosable:
            self.fields[f"with_{one.slice.public_id}"] = forms.ChoiceField(
                label=_("How %(group)s is counted") % {"group": one.name},
                choices=COUNTED_WITH,
                required=False,
                error_messages={"invalid_choice": _("Choose one of the groupings on the list")},
            )

    @property
    def rows(self) -> list[ChoiceRow]:
        return [
            ChoiceRow(one, tick, self[f"with_{one.slice.public_id}"])
            for one, tick in zip(self.choosable, self["groups"].subwidgets, strict=True)
        ]

    @property
    def names(self) -> list[BoundField]:
        return [self[f"name_{letter}"] for letter in LETTERS]

    @property
    def has_groupings(self) -> bool:
        return any(field.value() for field in (*self.names, *(row.counted_with for row in self.rows)))

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        for letter in LETTERS:
            if f"name_{letter}" in given:
                self._check(letter, given[f"name_{letter}"])
        return given

    def _check(self, letter: str, name: str) -> None:
        field, members = f"name_{letter}", self._members(letter)
        if members and not name:
            self.add_error(field, _("Name the groups that you count together as %(letter)s") % {"letter": letter})
        elif len(members) == 1:
            said = _("Choose a second group for “%(name)s”, or let %(group)s stand on its own")
            self.add_error(field, said % {"name": name, "group": members[0].name})
        elif name and not members:
            self.add_error(field, _("Choose the groups of “%(name)s”, or take the name out") % {"name": name})
        elif name and name.casefold() in self._taken(letter):
            self.add_error(field, _("Choose another name: “%(name)s” is that of another group") % {"name": name})

    def _members(self, letter: str) -> list[Choosable]:
        """The ticked groups that are counted together."""
        given = self.cleaned_data
        ticked = set(given.get("groups", ()))
        return [
            one
            for one in self.choosable
            if one.slice.public_id in ticked and given.get(f"with_{one.slice.public_id}") == letter
        ]

    def _taken(self, letter: str) -> set[str]:
        others = [self.cleaned_data.get(f"name_{other}", "") for other in LETTERS if other != letter]
        return {name.casefold() for name in (*others, *(one.name for one in self.choosable))}

    @property
    def wanted(self) -> list[Chosen]:
        """What the action takes."""
        groupings = [(self.cleaned_data[f"name_{letter}"], self._members(letter)) for letter in LETTERS]
        together = [Chosen(tuple(one.slice for one in members), name) for name, members in groupings if members]
        return together + [Chosen((one.slice,)) for one in self._members(ON_ITS_OWN)]


def as_chosen(comparison: Comparison) -> dict[str, object]:
    """What a comparison was made of, to begin the form with."""
    found: dict[str, object] = {"groups": sorted(comparison.slice_ids)}
    groupings = [group for group in comparison.groups if len(group["slices"]) > 1]
    for letter, group in zip(LETTERS, groupings, strict=False):
        found[f"name_{letter}"] = group["name"]
        found |= {f"with_{one}": letter for one in group["slices"]}
    return found


def ticked(slices: Iterable[PublishedSlice]) -> dict[str, object]:
    return {"groups": [one.public_id for one in slices]}
