"""What one member sees of a workspace. For a facilitator or leader no person and no address is even fetched."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from core.post.models import Message
from core.post.standings import Standing, with_standing
from spaces.emails import INVITING
from spaces.models import ColleagueInvitation, Membership, PeopleImport, Person, Role
from spaces.roles import roles_given_by
from spaces.tree import Branch, branches

NAMES_SHOWN = 12  # of one group; the group's own page has all
MOST_NAMED = 300  # people of a workspace
MOST_SHOWN = 60  # groups on its page; the page of all groups has the others


@dataclass(frozen=True)
class Member:
    membership: Membership
    is_viewer: bool
    can_be_changed: bool

    @property
    def name(self) -> str:
        """Never the address, which not every member may see."""
        return self.membership.user.name or _("No name given")


@dataclass(frozen=True)
class Offer:
    invitation: ColleagueInvitation
    is_open: bool
    can_be_withdrawn: bool
    letter: Standing | None  # None: none was asked for, or it is kept no longer


@dataclass(frozen=True)
class GroupCard:
    """A group, or no group, with its people."""

    branch: Branch | None
    people: list[Person]
    led_by: str = ""
    within: int = 0  # how many people where they are not named: with those of the groups inside
    hidden: int = 0  # how many groups inside it are not shown

    @property
    def shown(self) -> list[Person]:
        return self.people[:NAMES_SHOWN]

    @property
    def more(self) -> int:
        return len(self.people) - len(self.shown)


@dataclass(frozen=True)
class Tree:
    """The groups in reading order; of many, those at the top."""

    cards: list[GroupCard]
    groups: int  # all there are
    people: int | None = None  # for those who manage

    @property
    def is_folded(self) -> bool:
        return len([card for card in self.cards if card.branch]) < self.groups


def members(viewer: Membership) -> list[Member]:
    ranks = {role: rank for rank, role in enumerate(Role)}
    changeable = roles_given_by(viewer.role)
    memberships = viewer.workspace.memberships.select_related("user")
    ordered = sorted(memberships, key=lambda member: (ranks[Role(member.role)], member.user.name.casefold()))
    return [Member(member, member == viewer, member.role in changeable) for member in ordered]


def offers(viewer: Membership, *, now: datetime.datetime) -> list[Offer]:
    if not viewer.can_manage:
        return []
    withdrawable = roles_given_by(viewer.role)
    pending = viewer.workspace.colleague_invitations.filter(status=ColleagueInvitation.Status.PENDING)
    offered = list(pending.order_by("email"))
    letters = _letters_of([offer.public_id for offer in offered]) if offered else {}
    return [
        Offer(offer, offer.is_open(now), offer.role in withdrawable, letters.get(offer.public_id)) for offer in offered
    ]


def _letters_of(offers: list[str]) -> dict[str, Standing]:
    asked = Message.objects.filter(kind=INVITING, reference__invitation__in=offers)
    found = with_standing(asked).order_by("pk").values_list("reference", "standing")
    return {reference["invitation"]: Standing(standing) for reference, standing in found}


def tree_of(viewer: Membership) -> Tree:
    """For those who manage, with the people, who are named where they are few."""
    groups = viewer.workspace.groups.all()
    if not viewer.can_manage:
        return _tree(branches(groups), Counter(), {})
    tree = branches(groups.select_related("leader"))
    some = list(viewer.workspace.people.order_by("sought", "pk")[: MOST_NAMED + 1])
    if len(some) > MOST_NAMED:
        counted = viewer.workspace.people.order_by().values_list("group").annotate(Count("pk"))
        return _tree(tree, Counter(dict(counted)), {}, is_managed=True)
    named: dict[int | None, list[Person]] = defaultdict(list)
    for person in some:
        named[person.group_id].append(person)
    return _tree(tree, Counter(person.group_id for person in some), named, is_managed=True)


def _tree(
    tree: list[Branch], own: Counter[int | None], named: dict[int | None, list[Person]], *, is_managed: bool = False
) -> Tree:
    shown = _top_of(tree)
    is_whole = len(shown) == len(tree)
    names = named if is_whole else {}
    within: Counter[int | None] = Counter()
    below: Counter[int] = Counter()
    for branch in tree:
        for group in (*branch.above, branch.group):
            within[group.pk] += own[branch.group.pk]
            below[group.pk] += 1
    deepest = max((branch.level for branch in shown), default=0)
    cards = [
        GroupCard(
            branch,
            names.get(branch.group.pk, []),
            led_by=branch.group.leader.name if is_managed and branch.group.leader else "",
            within=0 if names else within[branch.group.pk],
            hidden=below[branch.group.pk] - 1 if branch.level == deepest else 0,
        )
        for branch in shown
    ]
    if own[None]:
        cards.append(GroupCard(None, names.get(None, []), within=0 if names else own[None]))
    return Tree(cards, len(tree), own.total() if is_managed else None)


def _top_of(tree: list[Branch]) -> list[Branch]:
    """As many levels as fit on a page; of too many at the top, the first."""
    levels = Counter(branch.level for branch in tree)
    fitting = 1
    while levels[fitting + 1] and sum(levels[level] for level in range(1, fitting + 2)) <= MOST_SHOWN:
        fitting += 1
    return [branch for branch in tree if branch.level <= fitting][:MOST_SHOWN]


def last_import(membership: Membership) -> PeopleImport | None:
    """The list that came in last, for whoever may take it back."""
    if not membership.can_manage:
        return None
    return membership.workspace.imports.filter(taken_back_at=None).order_by("-at").first()
