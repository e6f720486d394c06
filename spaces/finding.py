"""Finding people and groups of a workspace."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from spaces.folding import folded
from spaces.models import Group, Person, Workspace
from spaces.tree import Branch
from spaces.where_asked import fewest_for_a_report


class Which(models.TextChoices):
    """Of the people."""

    GROUPLESS = "groupless", _("Without a group")
    LEADERS = "leaders", _("Who lead a group")
    OTHERS = "others", _("Who lead no group")


class WhichGroups(models.TextChoices):
    LEADERLESS = "leaderless", _("Without a leader")
    EMPTY = "empty", _("Empty")
    SMALL = "small", _("Too small for a report of their own")


def people_found(
    workspace: Workspace, tree: Iterable[Branch], *, words: str = "", group: Group | None = None, which: str = ""
) -> "QuerySet[Person]":
    """By name. `words`: each is somewhere in the name or the address; `group`: with the groups inside it."""
    people = workspace.people.order_by("sought", "pk")
    for word in folded(words).split():
        people = people.filter(sought__contains=word)
    if group:
        within = [branch.group.pk for branch in tree if group in (branch.group, *branch.above)]
        people = people.filter(group__in=within)
    leaders = Group.objects.filter(workspace=workspace, leader__isnull=False).values("leader")
    if which == Which.GROUPLESS:
        people = people.filter(group=None)
    elif which == Which.LEADERS:
        people = people.filter(pk__in=leaders)
    elif which == Which.OTHERS:
        people = people.exclude(pk__in=leaders)
    return people


@dataclass(frozen=True)
class Place:
    """A group with how many are in it."""

    branch: Branch
    own: int  # in the group itself
    within: int  # with the groups inside it
    groups_inside: int

    @property
    def group(self) -> Group:
        return self.branch.group

    @property
    def above(self) -> str:
        return " › ".join(group.name for group in self.branch.above)

    @property
    def is_empty(self) -> bool:
        return not (self.own or self.groups_inside)

    @property
    def is_small(self) -> bool:
        """Somebody is in it, but too few beside whoever leads it."""
        led = bool(self.group.leader and self.group.leader.group_id == self.group.pk)
        return 0 < self.within < fewest_for_a_report() + led


def places(workspace: Workspace, tree: Iterable[Branch]) -> list[Place]:
    """Every group, in reading order. One query."""
    counted = workspace.people.order_by().values_list("group").annotate(Count("pk"))
    own: dict[int | None, int] = dict(counted)
    within: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    tree = list(tree)
    for branch in tree:
        for group in (*branch.above, branch.group):
            within[group.pk] += own.get(branch.group.pk, 0)
        for group in branch.above:
            inside[group.pk] += 1
    return [
        Place(branch, own.get(branch.group.pk, 0), within[branch.group.pk], inside[branch.group.pk]) for branch in tree
    ]


def places_found(known: Iterable[Place], *, words: str = "", which: str = "") -> list[Place]:
    """`words`: each is somewhere in the name of the group, of one above it or of its leader."""
    wanted = folded(words.replace("›", " ")).split()
    found = [place for place in known if all(word in _sought(place) for word in wanted)] if wanted else list(known)
    if which == WhichGroups.LEADERLESS:
        return [place for place in found if not place.group.leader_id]
    if which == WhichGroups.EMPTY:
        return [place for place in found if place.is_empty]
    if which == WhichGroups.SMALL:
        return [place for place in found if place.is_small]
    return found


def _sought(place: Place) -> str:
    return folded(f"{place.branch.path} {place.group.leader.name if place.group.leader else ''}")
