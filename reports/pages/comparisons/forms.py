"""Which groups stand side by side, as clean values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import OneLine, set_choices
from reports.comparisons.actions import Chosen
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice
from spaces.folding import folded

LISTED = 100  # groups at once; others are found by their names
LETTERS = ("A", "B", "C", "D")
ON_ITS_OWN = ""
LONGEST_NAME = 80
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
    counted_with: BoundField | None  # once it is ticked and some are counted together


class CompareForm(forms.Form):
    """Each group is ticked or not; a ticked one stands on its own or is counted with others under a name.

    What is counted together is asked of the ticked groups alone, in a second step (`asks_together`): a choice beside
    each of a thousand groups is heavy, and nobody reads it.
    """

    groups = forms.MultipleChoiceField(
        label=_("Which groups?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least two groups to compare")},
    )
    name = OneLine(
        label=_("Name of the comparison"),
        help_text=_("It stands on its pages, slides and files."),
        most=LONGEST_NAME,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        choosable: Sequence[Choosable],
        asks_together: bool = False,
        sought: str = "",
        **kwargs: Any,
    ) -> None:
        """`sought`: words of the names of those to be listed, where all would be endless."""
        super().__init__(*args, **kwargs)
        self.choosable = choosable
        self._asks_together = asks_together
        self.sought = sought
        set_choices(self, [(one.slice.public_id, one.name) for one in choosable], "groups")
        for letter in LETTERS:
            self.fields[f"name_{letter}"] = OneLine(
                label=_("Name of grouping %(letter)s") % {"letter": letter}, most=80, required=False
            )
        ticked = set(self["groups"].value() or ())
        for one in choosable:
            if one.slice.public_id not in ticked:
                continue
            self.fields[f"with_{one.slice.public_id}"] = forms.ChoiceField(
                label=_("How %(group)s is counted") % {"group": one.name},
                choices=COUNTED_WITH,
                required=False,
                error_messages={"invalid_choice": _("Choose one of the groupings on the list")},
            )

    @cached_property
    def rows(self) -> list[ChoiceRow]:
        shown = {field.name: field for field in self._counted_with} if self.asks_together else {}
        listed = self._listed
        return [
            ChoiceRow(one, tick, shown.get(f"with_{one.slice.public_id}"))
            for one, tick in zip(self.choosable, self["groups"].subwidgets, strict=True)
            if one in listed
        ]

    @property
    def is_long(self) -> bool:
        return len(self.choosable) > LISTED

    @property
    def _listed(self) -> set[Choosable]:
        """The ticked ones and the first that are sought, each below the groups that it is in."""
        if not self.is_long:
            return set(self.choosable)
        ticked, words = set(self["groups"].value() or ()), folded(self.sought).split()
        found = [one for one in self.choosable if all(word in folded(one.name) for word in words)][:LISTED]
        wanted = {*found, *(one for one in self.choosable if one.slice.public_id in ticked)}
        listed, above = set(), 0
        for one in reversed(self.choosable):
            if one in wanted or one.indent < above:
                listed.add(one)
                above = one.indent
        return listed

    @property
    def _counted_with(self) -> list[BoundField]:
        return [field for field in self if field.name.startswith("with_")]

    @property
    def names(self) -> list[BoundField]:
        return [self[f"name_{letter}"] for letter in LETTERS]

    @property
    def asks_together(self) -> bool:
        return self._asks_together or any(field.value() for field in (*self.names, *self._counted_with))

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


class NameForm(forms.Form):
    name = OneLine(
        label=_("Name of the comparison"),
        help_text=_("It stands on its pages, slides and files. Without one they say how many groups are compared."),
        most=LONGEST_NAME,
        required=False,
    )


def as_chosen(comparison: Comparison) -> dict[str, object]:
    """What a comparison was made of, to begin the form with."""
    found: dict[str, object] = {"groups": sorted(comparison.slice_ids), "name": comparison.name}
    groupings = [group for group in comparison.groups if len(group["slices"]) > 1]
    for letter, group in zip(LETTERS, groupings, strict=False):
        found[f"name_{letter}"] = group["name"]
        found |= {f"with_{one}": letter for one in group["slices"]}
    return found


def as_given(data: QueryDict) -> dict[str, object]:
    """What was filled in so far, to go on with."""
    return {**data.dict(), "groups": data.getlist("groups")}


def ticked(slices: Iterable[PublishedSlice]) -> dict[str, object]:
    return {"groups": [one.public_id for one in slices]}
