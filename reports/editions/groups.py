"""Where each group of a survey stands in its edition: by itself, counted together with others, or in no figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from core.names import apart
from diagnostics.surveys.models import SurveyGroup
from reports.disclosure import Tree
from reports.editions.models import Edition, PublishedSlice

OTHERS = PublishedSlice.Kind.OTHER_GROUPS


@dataclass(frozen=True)
class Grouping:
    """`groups` in tree order, parents first; `slices` of one edition."""

    groups: Sequence[SurveyGroup]
    slices: Iterable[PublishedSlice]

    @cached_property
    def by_pk(self) -> dict[int, SurveyGroup]:
        return {group.pk: group for group in self.groups}

    @cached_property
    def own(self) -> dict[int, PublishedSlice]:
        """Group → the slice of all of it."""
        return {one.group_id: one for one in self.slices if one.is_of_its_group}

    @cached_property
    def together(self) -> dict[int, PublishedSlice]:
        """Group → the slice of those of its groups that are counted together."""
        return {one.group_id: one for one in self.slices if one.kind == OTHERS}

    @cached_property
    def tree(self) -> Tree[int]:
        return Tree({group.pk: group.parent_id for group in self.groups})

    @cached_property
    def leaves(self) -> list[SurveyGroup]:
        return [self.by_pk[leaf] for leaf in self.tree.leaves]

    def above(self, group: SurveyGroup) -> list[SurveyGroup]:
        """The group and all those around it, from the inside."""
        return [self.by_pk[pk] for pk in self.tree.above(group.pk)]

    def joined_at(self, leaf: SurveyGroup) -> PublishedSlice | None:
        """Where a leaf without a slice of its own is counted; None where it is in no figure."""
        return next((self.together[pk] for pk in self.tree.above(leaf.pk) if pk in self.together), None)

    def atom_of(self, leaf: SurveyGroup) -> PublishedSlice | None:
        return self.own.get(leaf.pk) or self.joined_at(leaf)

    def within(self, one: PublishedSlice) -> tuple[list[SurveyGroup], list[SurveyGroup]]:
        """The leaf groups whose people are in a slice, and those below its group whose people are not."""
        below = [leaf for leaf in self.leaves if self.tree.is_within(leaf.pk, one.group_id)]
        counted = [leaf for leaf in below if self._is_in(leaf, one)]
        if one.kind == OTHERS:
            return counted, []
        return counted, [leaf for leaf in below if leaf not in counted]

    def atoms_in(self, slices: Iterable[PublishedSlice]) -> set[int]:
        """The primary keys of the atoms that slices consist of: an atom of its own, or all below a group."""
        found = set()
        for one in slices:
            found |= {atom.pk for atom in self.atoms if atom.pk == one.pk or self._is_below(atom, one)}
        return found

    @cached_property
    def atoms(self) -> list[PublishedSlice]:
        return [one for one in self.slices if one.kind != PublishedSlice.Kind.GROUP]

    def _is_below(self, atom: PublishedSlice, one: PublishedSlice) -> bool:
        is_group = one.kind == PublishedSlice.Kind.GROUP
        return is_group and self.tree.is_within(atom.group_id, one.group_id)

    def _is_in(self, leaf: SurveyGroup, one: PublishedSlice) -> bool:
        atom = self.atom_of(leaf)
        if atom is None or one.kind == OTHERS:
            return atom is not None and atom.pk == one.pk
        return self.tree.is_within(atom.group_id, one.group_id)


def grouping_of(edition: Edition) -> Grouping:
    groups = list(edition.survey.groups.all())
    return Grouping(groups, list(edition.slices.light()))


def others_name(group: SurveyGroup) -> str:
    return _("Other groups in %(name)s") % {"name": group.name}


def names_in(edition: Edition) -> list[str]:
    """Of all that stand in it, in the order of the survey."""
    return [slice_name(one) for one in edition.slices.light()]


def name_within(name: str, edition: Edition, most: int) -> str:
    """The name with at most so many characters, and no other of the edition looks like it."""
    if len(name) <= most:
        return name
    names = [*names_in(edition), name]
    return dict(zip(names, apart(names, lambda text: len(text) <= most), strict=True))[name]


def slice_name(one: PublishedSlice) -> str:
    return one.group.name if one.is_of_its_group else others_name(one.group)
