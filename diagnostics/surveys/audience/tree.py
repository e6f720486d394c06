"""The tree of groups that a survey would copy if it were launched now: who is asked, and where they are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from diagnostics.surveys.models import Survey
from spaces.models import Group, Person
from spaces.tree import Branch, branches

EVERYONE = "everyone"  # the root above several chosen groups
ROOM = "room"  # the one group of a survey in the room
LONGEST = 160  # characters of a name


@dataclass(frozen=True)
class Place:
    """A node of the tree. Leaves hold whom the survey asks; people at an inner group get an implied leaf."""

    key: str
    parent: str | None
    kind: str
    name: str
    people: tuple[Person, ...] = ()  # by personal invitation
    said: int | None = None  # by shared link: how many people it reaches
    leaders: frozenset[int] = frozenset()  # people who lead this group or one above it
    leader_email: str = ""
    is_leaf: bool = False
    is_implied: bool = False
    sources: tuple[str, ...] = ()  # public ids of the workspace's groups that stand behind this one

    @property
    def invited(self) -> int:
        return len(self.people) if self.said is None else self.said

    @property
    def counted(self) -> int:
        """Those whose answers count towards k: all but its leaders."""
        return self.invited - self.uncounted

    @property
    def uncounted(self) -> int:
        return sum(person.pk in self.leaders for person in self.people)


@dataclass(frozen=True)
class Audience:
    """Who can be asked: people by the id of their group, or sizes by its public id where shared links are used."""

    people: Mapping[int, tuple[Person, ...]]
    said: Mapping[str, int] | None = None

    def own(self, group: Group) -> tuple[Person, ...]:
        return () if self.said is not None else self.people.get(group.pk, ())

    def said_of(self, group: Group) -> int | None:
        """Where nobody said how many a link reaches, as many as are placed in the group."""
        return None if self.said is None else self.said.get(group.public_id, len(self.people.get(group.pk, ())))

    def size(self, group: Group) -> int:
        said = self.said_of(group)
        return len(self.own(group)) if said is None else said


def audience_of(survey: Survey) -> Audience:
    found: dict[int, list[Person]] = {}
    reachable = survey.workspace.people.exclude(group=None).exclude(email="")
    for person in reachable.order_by("name", "email"):
        found.setdefault(person.group_id, []).append(person)
    people = {group: tuple(people) for group, people in found.items()}
    return Audience(people, None if survey.is_personal else survey.sizes)


def tree_of(survey: Survey) -> list[Place]:
    """Parents first, with one root; empty while nobody is asked. Groups without anybody are left out."""
    if survey.is_in_room:
        return [_room(survey)]
    tree = branches(survey.workspace.groups.select_related("leader"))
    chosen = set(survey.audience.values_list("pk", flat=True))
    return plan(tree, audience_of(survey), chosen, joined=survey.joined)


def _room(survey: Survey) -> Place:
    """Whoever is there, by one link."""
    said = survey.sizes.get(ROOM, 0)
    return Place(ROOM, None, Group.Kind.TEAM, _("Everybody in the room"), said=said, is_leaf=True, sources=(ROOM,))


def plan(
    tree: Iterable[Branch], audience: Audience, chosen: set[int], *, joined: Iterable[Mapping] = ()
) -> list[Place]:
    """The tree of the chosen groups (ids) with all below them, those in `joined` as one."""
    kept = _with_people(_below(tree, chosen), audience)
    inner = {branch.parent.pk for branch in kept if branch.parent}
    inside = {branch.group.pk for branch in kept}
    places: list[Place] = []
    for branch in kept:
        places += _places(_place(branch, inside), branch.group, audience, is_inner=branch.group.pk in inner)
    return _with_one_root(_joined(places, joined))


def _below(tree: Iterable[Branch], chosen: set[int]) -> list[Branch]:
    return [branch for branch in tree if chosen & {group.pk for group in (*branch.above, branch.group)}]


def _with_people(asked: list[Branch], audience: Audience) -> list[Branch]:
    filled = {group.pk for branch in asked if audience.size(branch.group) for group in (*branch.above, branch.group)}
    return [branch for branch in asked if branch.group.pk in filled]


def _place(branch: Branch, inside: set[int]) -> Place:
    """The group without anybody in it yet; `inside` are the ids of all groups of the survey."""
    group, parent = branch.group, branch.parent
    led = [above for above in (*branch.above, group) if above.pk in inside and above.leader_id]
    return Place(
        key=group.public_id,
        parent=parent.public_id if parent and parent.pk in inside else None,
        kind=group.kind,
        name=group.name,
        leaders=frozenset(above.leader_id for above in led),
        leader_email=group.leader.email if group.leader else "",
        sources=(group.public_id,),
    )


def _places(place: Place, group: Group, audience: Audience, *, is_inner: bool) -> list[Place]:
    """A leaf, or an inner group with an implied leaf where it has people of its own."""
    own = {"people": audience.own(group), "said": audience.said_of(group), "is_leaf": True}
    if not is_inner:
        return [replace(place, **own)]
    return [place, _implied_leaf(place, own)] if audience.size(group) else [place]


def _implied_leaf(place: Place, own: Mapping) -> Place:
    name = (_("%(group)s (directly)") % {"group": place.name})[:LONGEST]
    key = f"{place.key}-itself"
    return replace(place, key=key, parent=place.key, name=name, leader_email="", is_implied=True, **own)


def _joined(places: list[Place], joined: Iterable[Mapping]) -> list[Place]:
    """Neighbouring leaves that are asked as one group stand as one, where the first of them stood."""
    for wish in joined:
        parts = [place for place in places if place.is_leaf and place.key in wish["groups"]]
        if are_neighbours(parts):
            one = joined_place(parts, wish["name"])
            places = [one if place is parts[0] else place for place in places if place not in parts[1:]]
    return places


def are_neighbours(parts: list[Place]) -> bool:
    """Two or more that stand side by side, so that joining them changes nothing else."""
    return len(parts) > 1 and len({part.parent for part in parts}) == 1


def joined_place(parts: list[Place], name: str) -> Place:
    return replace(
        parts[0],
        name=name[:LONGEST],
        people=tuple(person for part in parts for person in part.people),
        said=None if parts[0].said is None else sum(part.said for part in parts),
        leaders=frozenset().union(*(part.leaders for part in parts)),
        leader_email="",
        is_implied=False,
        sources=tuple(source for part in parts for source in part.sources),
    )


def _with_one_root(places: list[Place]) -> list[Place]:
    tops = [place for place in places if place.parent is None]
    if len(tops) < 2:
        return places
    root = Place(key=EVERYONE, parent=None, kind=Group.Kind.SYSTEM, name=_("Everyone asked"))
    return [root, *(replace(place, parent=EVERYONE) if place.parent is None else place for place in places)]


# --- What the numbers mean for the report -----------------------------------------------------------

LIKELY_TURNOUT = 60  # per cent


def own_result(counted: int, k: int) -> str:
    """Whether a group will have a result of its own: 'likely', 'depends' on how many answer, or 'never'."""
    if counted * LIKELY_TURNOUT // 100 >= k:
        return "likely"
    return "depends" if counted >= k else "never"


def leaves(places: Iterable[Place]) -> list[Place]:
    return [place for place in places if place.is_leaf]


def people_asked(places: Iterable[Place]) -> int:
    return sum(place.invited for place in leaves(places))
