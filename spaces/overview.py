"""What one member sees of a workspace. For a facilitator or leader no person and no address is even fetched."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from spaces.models import ColleagueInvitation, Membership, PeopleImport, Person, Role
from spaces.roles import roles_given_by
from spaces.tree import Branch, branches

NAMES_SHOWN = 12  # of one group; the group's own page has all


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


@dataclass(frozen=True)
class GroupCard:
    """A group, or no group, with its people."""

    branch: Branch | None
    people: list[Person]
    led_by: str = ""

    @property
    def shown(self) -> list[Person]:
        return self.people[:NAMES_SHOWN]

    @property
    def more(self) -> int:
        return len(self.people) - len(self.shown)


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
    return [Offer(offer, offer.is_open(now), offer.role in withdrawable) for offer in pending.order_by("email")]


def group_cards(viewer: Membership) -> list[GroupCard]:
    """The groups in reading order; for those who manage, with their people."""
    groups = viewer.workspace.groups.all()
    if not viewer.can_manage:
        return [GroupCard(branch, []) for branch in branches(groups)]
    inside = defaultdict(list)
    for person in viewer.workspace.people.order_by("name", "email"):
        inside[person.group_id].append(person)
    cards = [
        GroupCard(branch, inside[branch.group.pk], led_by=branch.group.leader.name if branch.group.leader else "")
        for branch in branches(groups.select_related("leader"))
    ]
    return cards + ([GroupCard(None, inside[None])] if inside[None] else [])


def last_import(membership: Membership) -> PeopleImport | None:
    """The list that came in last, for whoever may take it back."""
    if not membership.can_manage:
        return None
    return membership.workspace.imports.filter(taken_back_at=None).order_by("-at").first()
