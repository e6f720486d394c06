"""The tree of groups that a survey would copy if it were launched now: who is asked, and where they are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from diagnostics.surveys.models import Survey
from spaces.models import Group, Person
from spaces.tree import Branch, branches

EVERYONE = "everyone"  # the root above several chosen groups
ROOM = "room"  # the one group of a survey in the room
LONGEST = 160  # characters of a name


class Listed(NamedTuple):
    """A person of the workspace, as far as a launch copies them: twenty thousand rows are read for one page."""

    group_id: int
    pk: int
    name: str
    email: str
    mailbox: str
    language: str


@dataclass(frozen=True)
class Node:
    """A node of the tree. Leaves hold whom the survey asks; people at an inner group get an implied leaf."""

    key: str
    parent: str | None
    kind: str
    name: str
    people: tuple[Listed, ...] = ()  # by personal invitation
    stated_size: int | None = None  # by shared link: how many people it reaches
    leaders: frozenset[int] = frozenset()  # people who lead this group or one above it
    leader_email: str = ""
    is_leaf: bool = False
    is_implied: bool = False
    sources: tuple[str, ...] = ()  # public ids of the workspace's groups that stand behind this one

    @property
    def invited(self) -> int:
        return len(self.people) if self.stated_size is None else self.stated_size

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

    people: Mapping[int, tuple[Listed, ...]]
    stated_sizes: Mapping[str, int] | None = None

    def own(self, group: Group) -> tuple[Listed, ...]:
        return () if self.stated_sizes is not None else self.people.get(group.pk, ())

    def stated_size_of(self, group: Group) -> int | None:
        """Where nobody said how many a link reaches, as many as are placed in the group."""
        if self.stated_sizes is None:
            return None
        return self.stated_sizes.get(group.public_id, len(self.people.get(group.pk, ())))

    def size(self, group: Group) -> int:
        stated_size = self.stated_size_of(group)
        return len(self.own(group)) if stated_size is None else stated_size


def audience_of(survey: Survey) -> Audience:
    reachable = Person.objects.filter(workspace=survey.workspace_id).exclude(group=None).exclude(email="")
    found: dict[int, list[Listed]] = {}
    for row in reachable.order_by("name", "email").values_list(*Listed._fields):
        person = Listed(*row)
        found.setdefault(person.group_id, []).append(person)
    people = {group: tuple(people) for group, people in found.items()}
    return Audience(people, None if survey.is_personal else survey.sizes)


def tree_of(survey: Survey) -> list[Node]:
    """Parents first, with one root; empty while nobody is asked. Groups without anybody are left out."""
    if survey.is_in_room:
        return [_room(survey)]
    tree = branches(survey.workspace.groups.select_related("leader"))
    chosen = set(survey.audience.values_list("pk", flat=True))
    return plan(tree, audience_of(survey), chosen, joined=survey.joined)


def groups_without_number(survey: Survey) -> list[str]:
    """Names of chosen groups into which no shared link leads: nobody said how many they are, nobody is placed there."""
    if survey.is_personal:
        return []
    tree = branches(survey.workspace.groups.all())
    inner = {branch.parent.pk for branch in tree if branch.parent}
    audience = audience_of(survey)
    asked = _below(tree, set(survey.audience.values_list("pk", flat=True)))
    outer = [branch.group for branch in asked if branch.group.pk not in inner]
    return [group.name for group in outer if group.public_id not in survey.sizes and not audience.size(group)]


def _room(survey: Survey) -> Node:
    """Whoever is there, by one link."""
    size, name = survey.sizes.get(ROOM, 0), _("Everybody in the room")
    return Node(ROOM, None, Group.Kind.TEAM, name, stated_size=size, is_leaf=True, sources=(ROOM,))


def plan(tree: Iterable[Branch], audience: Audience, chosen: set[int], *, joined: Iterable[Mapping] = ()) -> list[Node]:
    """The tree of the chosen groups (ids) with all below them, those in `joined` as one."""
    asked = _with_people(_below(tree, chosen), audience)
    inner = {branch.parent.pk for branch in asked if branch.parent}
    inside = {branch.group.pk for branch in asked}
    nodes: list[Node] = []
    for branch in asked:
        nodes += _nodes(_node(branch, inside), branch.group, audience, is_inner=branch.group.pk in inner)
    return _with_one_root(_joined(nodes, joined))


def _below(tree: Iterable[Branch], chosen: set[int]) -> list[Branch]:
    return [branch for branch in tree if chosen & {group.pk for group in (*branch.above, branch.group)}]


def _with_people(asked: list[Branch], audience: Audience) -> list[Branch]:
    filled = {group.pk for branch in asked if audience.size(branch.group) for group in (*branch.above, branch.group)}
    return [branch for branch in asked if branch.group.pk in filled]


def _node(branch: Branch, inside: set[int]) -> Node:
    """The group without anybody in it yet; `inside` are the ids of all groups of the survey."""
    group, parent = branch.group, branch.parent
    leaders = (above.leader_id for above in (*branch.above, group) if above.pk in inside)
    return Node(
        key=group.public_id,
        parent=parent.public_id if parent and parent.pk in inside else None,
        kind=group.kind,
        name=group.name,
        leaders=frozenset(leader for leader in leaders if leader),
        leader_email=group.leader.email if group.leader else "",
        sources=(group.public_id,),
    )


def _nodes(node: Node, group: Group, audience: Audience, *, is_inner: bool) -> list[Node]:
    """A leaf, or an inner group with an implied leaf where it has people of its own."""
    own: dict[str, Any] = {
        "people": audience.own(group),
        "stated_size": audience.stated_size_of(group),
        "is_leaf": True,
    }
    if not is_inner:
        return [replace(node, **own)]
    return [node, _implied_leaf(node, own)] if audience.size(group) else [node]


def _implied_leaf(node: Node, own: Mapping) -> Node:
    name = (_("%(group)s (directly)") % {"group": node.name})[:LONGEST]
    key = f"{node.key}-itself"
    return replace(node, key=key, parent=node.key, name=name, leader_email="", is_implied=True, **own)


def _joined(nodes: list[Node], joined: Iterable[Mapping]) -> list[Node]:
    """Neighbouring leaves that are asked as one group stand as one, where the first of them stood."""
    for merger in joined:
        parts = [node for node in nodes if node.is_leaf and node.key in merger["groups"]]
        if are_neighbours(parts):
            one = joined_node(parts, merger["name"])
            nodes = [one if node is parts[0] else node for node in nodes if node not in parts[1:]]
    return nodes


def are_neighbours(parts: list[Node]) -> bool:
    """Two or more that stand side by side, so that joining them changes nothing else."""
    return len(parts) > 1 and len({part.parent for part in parts}) == 1


def joined_node(parts: list[Node], name: str) -> Node:
    return replace(
        parts[0],
        name=name[:LONGEST],
        people=tuple(person for part in parts for person in part.people),
        stated_size=None if parts[0].stated_size is None else sum(part.stated_size or 0 for part in parts),
        leaders=frozenset().union(*(part.leaders for part in parts)),
        leader_email="",
        is_implied=False,
        sources=tuple(source for part in parts for source in part.sources),
    )


def _with_one_root(nodes: list[Node]) -> list[Node]:
    tops = [node for node in nodes if node.parent is None]
    if len(tops) < 2:
        return nodes
    root = Node(key=EVERYONE, parent=None, kind=Group.Kind.SYSTEM, name=_("Everyone asked"))
    return [root, *(replace(node, parent=EVERYONE) if node.parent is None else node for node in nodes)]


# --- What the numbers mean for the report -----------------------------------------------------------

LIKELY_TURNOUT = 60  # per cent


def own_result(counted: int, k: int) -> str:
    """Whether a group will have a result of its own: 'likely', 'depends' on how many answer, or 'never'."""
    if counted * LIKELY_TURNOUT // 100 >= k:
        return "likely"
    return "depends" if counted >= k else "never"


def leaves(nodes: Iterable[Node]) -> list[Node]:
    return [node for node in nodes if node.is_leaf]


def people_asked(nodes: Iterable[Node]) -> int:
    return sum(node.invited for node in leaves(nodes))
