"""A workspace with everybody and everything in it, to be made twice: what one may see, the other's people may not."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import User
from diagnostics.checklists.actions import own
from diagnostics.checklists.model_words import source_of_recipe
from diagnostics.sealing.tokens import token
from diagnostics.self_assessments import linking
from diagnostics.self_assessments.links import token_of
from diagnostics.self_assessments.models import SelfAssessment
from diagnostics.surveys.actions.lifecycle import launch_survey
from diagnostics.surveys.job_names import OPEN_SURVEY
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.models import KeptLetters, Survey
from reports.comparisons.actions import Chosen, compare_groups
from reports.editions.access import sight_of
from reports.editions.models import PublishedSlice
from reports.editions.releasing import release
from reports.files.asking import ask_for_file
from reports.intentions.actions import keep
from spaces.actions.groups import add_person, create_group, name_leader
from spaces.invitations import invitation_token
from spaces.models import Group, Membership, PeopleImport, Role, Workspace
from tests.conftest import make_user
from tests.diagnostics.assessing import finished_by
from tests.diagnostics.checklists.owning import PULSE, published
from tests.diagnostics.launched import NOW, draft_in
from tests.reports.rooms import open_room
from tests.reports.surveys import answer, close, everything, invitations_of, run_job
from tests.spaces.conftest import invite, kept_list

NURSES, PHARMACY = "District nursing", "Pharmacy"
ROLES = {
    "owner": Role.OWNER,
    "consultant": Role.CONSULTANT,
    "facilitator": Role.FACILITATOR,
    "facilitator with a release": Role.FACILITATOR,
    "leader": Role.LEADER,
    "leader with a release": Role.LEADER,
}


NOTHING_CAME = dict.fromkeys(("added", "changed", "removed", "groups", "leaders"), 0)


@dataclass(frozen=True)
class World:
    people: dict[str, User]
    things: dict[str, str]  # what stands in addresses
    links: dict[str, str]  # survey → the secret of one who was asked

    def browser(self, who: str) -> Client:
        """Somebody of this world; 'respondent' holds links and no account, 'anonymous' nothing."""
        client = signed_in(self.people[who]) if who in self.people else Client()
        if who == "respondent":
            for secret in self.links.values():
                client.get(reverse("answering:enter", args=[secret]))
        return client


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def make_world(name: str) -> World:
    people = {who: make_user(f"{name}-{who.replace(' ', '-')}") for who in ROLES}
    owner = people["owner"]
    workspace = Workspace.objects.create(name=name)
    for who, role in ROLES.items():
        Membership.objects.create(workspace=workspace, user=people[who], role=role)
    whole = _groups(workspace, owner, {NURSES: people["leader with a release"], PHARMACY: people["leader"]})
    draft = draft_in(workspace, whole, by=owner, languages="en-gb de")
    open_one, closed = (_opened(draft_in(workspace, whole, by=owner), owner) for _each in range(2))
    links = {survey.public_id: _link(survey) for survey in (open_one, closed)}
    answer(invitations_of(closed), everything(4, OQ_task_helps="On the wall."))
    own = finished_by(people["leader"])
    things = {
        "workspace": workspace.public_id,
        "draft": draft.public_id,
        "open": open_one.public_id,
        "closed": closed.public_id,
        "room": open_room(signed_in(people["facilitator with a release"]), workspace).public_id,
        "self-assessment": own.public_id,
        "second self-assessment": finished_by(people["leader"], now=NEXT_DAY).public_id,
        "intention": _intention(own),
        **_by_link(own),
        "link": links[open_one.public_id],
        **_in_workspace(workspace, owner),
        **_checklists(workspace, owner),
        **_in_survey(open_one),
        **_in_report(close(closed), people),
    }
    return World(people, things, links)


NEXT_DAY = datetime.datetime(2026, 11, 26, 10, 0, tzinfo=datetime.UTC)  # after the first


def _intention(own: SelfAssessment) -> str:
    now = timezone.now()
    day = timezone.localdate() + datetime.timedelta(days=30)
    kept = keep(self_assessment=own, place=("task", "team"), words="Ask.", day=day, wants_reminder=True, now=now)
    return kept.public_id


def _by_link(own: SelfAssessment) -> dict[str, str]:
    """To somebody who has replied."""
    now = timezone.now()
    chosen = {"meant_for": "A coach", "days": 30, "with_answers": True, "with_comments": True}
    link = linking.make_link(self_assessment=own, **chosen, by=own.leader, now=now)
    linking.reply(link=link, name="A coach", text="Who would notice first?", now=now)
    return {"result link": link.public_id, "secret of the result link": token_of(link)}


def _groups(workspace: Workspace, owner: User, led: dict[str, User]) -> Group:
    whole = create_group(workspace=workspace, name="Community services", kind="organisation", by=owner)
    for team, leader in led.items():
        group = create_group(workspace=workspace, name=team, kind="team", parent=whole, by=owner)
        addresses = [leader.email, *(f"{team[:4]}{number}@{workspace.name}.example" for number in range(6))]
        people = [
            add_person(workspace=workspace, name=address, email=address.lower(), group=group, by=owner)
            for address in addresses
        ]
        name_leader(group=group, leader=people[0], by=owner)
    return whole


def _opened(draft: Survey, owner: User) -> Survey:
    return run_job(OPEN_SURVEY, launch_survey(survey=draft, by=owner, now=NOW))


def _link(survey: Survey) -> str:
    """Of one who has not answered where the survey stays open."""
    invitation = invitations_of(survey, NURSES)[0]
    return token(link_key(survey), invitation.public_id, invitation.version)


def _in_workspace(workspace: Workspace, owner: User) -> dict[str, str]:
    offer = invite(workspace, f"new@{workspace.name}.example", by=owner)
    return {
        "group": workspace.groups.get(name=NURSES).public_id,
        "person": workspace.people.first().public_id,
        "kept letters": KeptLetters.objects.create(workspace=workspace, name="Ours").public_id,
        "member": workspace.memberships.filter(role=Role.LEADER).first().public_id,
        "offer": offer.public_id,
        "offer link": invitation_token(offer),
        "list": kept_list(workspace, "Ada\tada@northmoor.org", by=owner).public_id,
        "import": PeopleImport.objects.create(
            workspace=workspace, by=owner, counts=NOTHING_CAME, undo={"people": []}
        ).public_id,
    }


def _checklists(workspace: Workspace, owner: User) -> dict[str, str]:
    """A published one that leaders may start from, and the owner's draft of the next."""
    version = published(workspace, owner, name="Ward leaders")
    own.offer_to_leaders(version=version, is_offered=True, by=owner)
    draft = own.begin(
        workspace=workspace, by=owner, source=source_of_recipe(PULSE), started_from=version, now=timezone.now()
    )
    return {
        "checklist": version.checklist.key,
        "checklist draft": draft.public_id,
        "checklist version": version.pk,
        "checklist link": own.hand_out_link(version=version, joins=False, by=owner),
    }


def _in_survey(survey: Survey) -> dict[str, str]:
    return {
        "survey group": survey.groups.get(name=NURSES).public_id,
        "asked": invitations_of(survey, NURSES)[1].public_id,
    }


def _in_report(survey: Survey, people: dict[str, User]) -> dict[str, str]:
    """The nurses' part is released to one facilitator and to its leader; the whole to all who were asked.

    The owner has set every part against everybody else.
    """
    edition, owner, now = survey.editions.get(), people["owner"], timezone.now()
    part = PublishedSlice.objects.get(edition=edition, group__name=NURSES)
    given = {"edition": edition, "by": owner, "now": now}
    released = release(**given, to=people["facilitator with a release"], part=part)
    release(**given, to_leaders=True, part=part)
    release(**given, to_respondents=True)
    every = [Chosen((one,)) for one in edition.slices.all()]
    compared = compare_groups(edition=edition, chosen=every, sight=sight_of(owner, edition), by=owner, now=now)
    return {
        "slice": part.public_id,
        "comparison": compared.public_id,
        "edition": edition.public_id,
        "release": released.public_id,
        "comment": edition.comments.first().public_id,
        "job": ask_for_file(of=part, kind="slice_svg", by=owner).public_id,
    }
