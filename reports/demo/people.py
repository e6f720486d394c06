"""Who is there: four people who sign in, three organisations, twelve teams and everybody in them."""

import datetime
import unicodedata
from collections.abc import Iterator
from itertools import product

from allauth.account.models import EmailAddress

from core.accounts.models import User
from spaces.actions import groups, workspaces
from spaces.models import Group, Role, Workspace

NAME = "Northmoor Health and Care"
PASSWORD = "trace-demo-word"  # noqa: S105 (printed at every start; never on a production site)

CAST = {
    Role.OWNER: "Amina Farouk",
    Role.CONSULTANT: "Helen Marsh",
    Role.FACILITATOR: "Tomos Rees",
    Role.LEADER: "Ruth Adeyemi",
}
LED_BY_RUTH = "Community services"
TREE = {  # organisation → team → people; nobody can learn what Pharmacy alone has answered
    LED_BY_RUTH: {"District nursing": 14, "Therapies": 11, "Urgent response": 9, "Pharmacy": 4},
    "General hospital": {"Emergency department": 17, "Acute medicine": 12, "Discharge hub": 8, "Theatres": 13},
    "Adult social care": {"Reablement": 10, "Social work": 12, "Safeguarding": 7, "Carers’ support": 8},
}
FIRST_NAMES = (
    *("Grace", "Peter", "Shirin", "Owen", "Mary", "Daniel", "Lena", "Kofi", "Isla", "Marta", "James", "Nadia"),
    *("Samir", "Ewa", "Rhys", "Priya", "Callum", "Yusuf", "Bronwen", "Chidi", "Fiona", "Mateus"),
)
FAMILY_NAMES = (
    *("Lindqvist", "Novak", "Hosseini", "Clarke", "Achebe", "Osei", "Fischer", "Mensah", "Grant", "Kowalska"),
    *("Whitlock", "Rahman", "Patel", "Zielińska", "Bevan", "Okafor", "Sutton", "Ibrahim", "Dyer", "Moreau", "Tan"),
)


def address(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{plain.lower().replace(' ', '.')}@northmoor.example"


def accounts() -> dict[Role, User]:
    return {role: _account(name) for role, name in CAST.items()}


def _account(name: str) -> User:
    user = User.objects.create_user(email=address(name), password=PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    workspaces.create_personal_workspace(by=user)
    return user


def workspace_of(cast: dict[Role, User], *, now: datetime.datetime) -> Workspace:
    owner = cast[Role.OWNER]
    workspace = workspaces.found_workspace(name=NAME, owner=owner)
    for role, user in cast.items():
        if user != owner:
            invitation = workspaces.invite_colleague(
                workspace=workspace, email=user.email, role=role, by=owner, now=now
            )
            workspaces.accept_invitation(invitation=invitation, by=user, now=now)
    return workspace


def grow_tree(workspace: Workspace, cast: dict[Role, User]) -> Group:
    """The whole system. The first of each team leads it; Ruth leads an organisation and belongs to no team."""
    by, ruth, names = cast[Role.CONSULTANT], cast[Role.LEADER], _names()
    whole = groups.create_group(workspace=workspace, name=NAME, kind=Group.Kind.SYSTEM, by=by)
    for organisation, teams in TREE.items():
        kind = Group.Kind.ORGANISATION
        parent = groups.create_group(workspace=workspace, name=organisation, kind=kind, parent=whole, by=by)
        if organisation == LED_BY_RUTH:
            _fill(parent, [ruth.name], by=by)
        for team, size in teams.items():
            group = groups.create_group(workspace=workspace, name=team, kind=Group.Kind.TEAM, parent=parent, by=by)
            _fill(group, [next(names) for _ in range(size)], by=by)
    return whole


def _names() -> Iterator[str]:
    """The same in every demo, each once, and neighbours share nothing."""
    pairs = list(product(FIRST_NAMES, FAMILY_NAMES))
    return (" ".join(pairs[place * 23 % len(pairs)]) for place in range(len(pairs)))


def _fill(group: Group, names: list[str], *, by: User) -> None:
    members = [
        groups.add_person(workspace=group.workspace, name=name, email=address(name), group=group, by=by)
        for name in names
    ]
    groups.name_leader(group=group, leader=members[0], by=by)
