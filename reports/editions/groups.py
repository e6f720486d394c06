"""Where each group of a survey stands in its edition: by itself, counted together with others, or in no figure."""

from collections import Counter
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
    return list(names_told_apart(grouping_of(edition)).values())


def names_told_apart(grouping: Grouping) -> dict[int, str]:
    """Slice → its name. Where groups in different branches of the tree have the same, with what is above each."""
    names = {one.pk: slice_name(one) for one in grouping.slices}
    first = _alike(names)
    alike = [one for one in grouping.slices if one.pk in first]
    above = {one.pk: [group.name for group in grouping.above(one.group)[1:]] for one in alike}
    for depth in range(1, max(map(len, above.values()), default=0) + 1):
        still = _alike(names)
        names |= {one.pk: _within(slice_name(one), above[one.pk][:depth]) for one in alike if one.pk in still}
    return _numbered(names)


def _alike(names: dict[int, str]) -> set[int]:
    times = Counter(names.values())
    return {pk for pk, name in names.items() if times[name] > 1}


def _within(name: str, around: Sequence[str]) -> str:
    return _("%(name)s (%(around)s)") % {"name": name, "around": ", ".join(around)} if around else name


def _numbered(names: dict[int, str]) -> dict[int, str]:
    """What is still the same has numbers."""
    seen: Counter[str] = Counter()
    for pk, name in names.items():
        seen[name] += 1
        if seen[name] > 1:
            names[pk] = f"{name} {seen[name]}"
    return names


def told_name(one: PublishedSlice) -> str:
    """Its name; with what is above it, where another of its edition has the same."""
    others = PublishedSlice.objects.filter(edition=one.edition_id, group__name=one.group.name).exclude(pk=one.pk)
    if one.is_of_its_group in [kind != OTHERS for kind in others.values_list("kind", flat=True)]:
        return names_told_apart(grouping_of(one.edition))[one.pk]
    return slice_name(one)


def name_within(name: str, edition: Edition, most: int) -> str:
    """The name with at most so many characters, and no other of the edition looks like it."""
    if len(name) <= most:
        return name
    names = [*names_in(edition), name]
    return dict(zip(names, apart(names, lambda text: len(text) <= most), strict=True))[name]


def slice_name(one: PublishedSlice) -> str:
    return one.group.name if one.is_of_its_group else others_name(one.group)
