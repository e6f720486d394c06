"""A small fictional workspace to look around in, made by the same actions that people use. Development only."""

import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from core.accounts.models import User
from diagnostics.self_assessments import actions as self_assessments
from diagnostics.self_assessments.models import SelfAssessment
from spaces import actions as workspaces
from spaces import groups
from spaces.models import Group, Role, Workspace

NAME = "Northmoor Community Health"
PASSWORD = "trace-demo-word"  # noqa: S105 (printed at every start; never on a production site)
ALL_SPACES = ("self", "team", "organisation", "system")

CAST = {
    Role.OWNER: "Amina Farouk",
    Role.CONSULTANT: "Helen Marsh",
    Role.FACILITATOR: "Tomos Rees",
    Role.LEADER: "Ruth Adeyemi",
}
TREE = {
    "District nursing": ("Grace Lindqvist", "Peter Novak", "Shirin Hosseini", "Owen Clarke", "Mary Achebe"),
    "Therapies": ("Daniel Osei", "Lena Fischer", "Kofi Mensah", "Isla Grant"),
    "Urgent response": ("Marta Kowalska", "James Whitlock", "Nadia Rahman"),
    "Pharmacy": ("Samir Patel", "Ewa Zielińska"),
}

# What Ruth's answers to one condition add up to, by space in model order; 0 stands for "don't know" throughout.
IN_SUMMER = {
    "task": (23, 8, 7, 6),
    "route": (24, 7, 6, 6),
    "alignment": (15, 6, 6, 4),
    "capability": (26, 8, 8, 0),
    "energy": (29, 8, 7, 8),
}
THIS_MONTH = {
    "task": (30, 8, 7, 6),
    "route": (25, 8, 6, 5),
    "alignment": (16, 7, 6, 4),
    "capability": (27, 9, 8, 0),
    "energy": (31, 8, 7, 6),
}
COMMENTS = {
    "task": "We read the purpose aloud at the start of each planning round, and people now quote it to one another.",
    "alignment": "I rarely say how I reach a decision. People fill the gap with guesses.",
}


def address(name: str) -> str:
    plain = name.lower().replace("ń", "n").replace(" ", ".")
    return f"{plain}@northmoor.example"


def exists() -> bool:
    return User.objects.filter(email=address(CAST[Role.OWNER])).exists()


@transaction.atomic
def load(*, now: datetime.datetime) -> None:
    """All of it, or nothing where it is there already."""
    if exists():
        return
    people = {role: _account(name) for role, name in CAST.items()}
    workspace = _workspace(people, now)
    _tree(workspace, people)
    _self_assessments(people[Role.LEADER], people[Role.FACILITATOR], now)


def _account(name: str) -> User:
    user = User.objects.create_user(email=address(name), password=PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    workspaces.create_personal_workspace(by=user)
    return user


def _workspace(people: dict[Role, User], now: datetime.datetime) -> Workspace:
    owner = people[Role.OWNER]
    workspace = workspaces.create_workspace(name=NAME, by=owner)
    for role, user in people.items():
        if user != owner:
            invitation = workspaces.invite_colleague(
                workspace=workspace, email=user.email, role=role, by=owner, now=now
            )
            workspaces.accept_invitation(invitation=invitation, by=user, now=now)
    return workspace


def _tree(workspace: Workspace, people: dict[Role, User]) -> None:
    consultant, leader = people[Role.CONSULTANT], people[Role.LEADER]
    placed = {"workspace": workspace, "by": consultant}
    whole = groups.create_group(name=NAME, kind=Group.Kind.ORGANISATION, **placed)
    services = groups.create_group(name="Community services", kind=Group.Kind.ORGANISATION, parent=whole, **placed)
    ruth = groups.add_person(name=leader.name, email=leader.email, group=services, **placed)
    groups.name_leader(group=services, leader=ruth, by=consultant)
    for team, names in TREE.items():
        group = groups.create_group(name=team, kind=Group.Kind.TEAM, parent=services, **placed)
        members = [groups.add_person(name=name, email=address(name), group=group, **placed) for name in names]
        groups.name_leader(group=group, leader=members[0], by=consultant)


# --- Ruth's self-assessments -------------------------------------------------------------------


def _self_assessments(ruth: User, facilitator: User, now: datetime.datetime) -> None:
    months_ago, days_ago = now - datetime.timedelta(days=124), now - datetime.timedelta(days=2)
    _finished(ruth, IN_SUMMER, now=months_ago, matters_most=["task", "alignment"])
    recent = _finished(ruth, THIS_MONTH, now=days_ago, matters_most=["alignment", "energy"], comments=COMMENTS)
    self_assessments.share(self_assessment=recent, reader=facilitator, by=ruth, now=days_ago)
    _half_done(ruth, now=now - datetime.timedelta(hours=20))


def _finished(
    leader: User,
    sums: dict[str, tuple[int, ...]],
    *,
    now: datetime.datetime,
    matters_most: list[str],
    comments: dict[str, str] | None = None,
) -> SelfAssessment:
    started = self_assessments.start(
        leader=leader, primary_space="self", preset="focused", spaces=ALL_SPACES, now=now - datetime.timedelta(hours=1)
    )
    answers = {}
    for (condition, space), statements in started.version.cells.items():
        answers |= _spread(sums[condition][ALL_SPACES.index(space)], statements)
    first_questions = {page["condition"]: page["open_questions"][0]["key"] for page in started.version.pages}
    self_assessments.save(
        self_assessment=started,
        answers=answers,
        comments={first_questions[condition]: text for condition, text in (comments or {}).items()},
        matters_most=matters_most,
        now=now,
    )
    self_assessments.submit(self_assessment=started, now=now)
    return started


def _half_done(leader: User, *, now: datetime.datetime) -> None:
    started = self_assessments.start(leader=leader, primary_space="team", preset="focused", spaces=ALL_SPACES, now=now)
    half = [keys for (condition, _space), keys in started.version.cells.items() if condition in ("task", "route")]
    answers = {key: 4 for keys in half for key in keys}
    self_assessments.save(self_assessment=started, answers=answers, comments={}, now=now)


def _spread(total: int, statements: tuple[str, ...]) -> dict[str, int]:
    """Ratings that add up to `total` and lie as close together as they can."""
    low, extra = divmod(total, len(statements))
    return {statement: low + (at < extra) for at, statement in enumerate(statements)}
