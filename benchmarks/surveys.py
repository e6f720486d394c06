"""Surveys to measure on, opened, answered and closed by the code and the jobs that do it in life."""

import datetime
import itertools
import time
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.utils import timezone

from benchmarks.people import Person
from core.accounts.models import User
from core.batches import batched
from core.jobs.models import Job
from core.jobs.running import perform
from diagnostics.answering.models import Ballot
from diagnostics.questionnaire.questionnaire import Questionnaire, questionnaire_of
from diagnostics.sealing.boxes import seal
from diagnostics.sealing.tokens import ballot_mark, ballot_tag
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.job_names import CLOSE_SURVEY, OPEN_SURVEY
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters.sending import in_parts
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, Survey
from spaces.models import Group, Membership, Role, Workspace
from spaces.models import Person as Member

EVERY_SPACE = ["self", "team", "organisation", "system"]
PRESETS = {35: ("focused", ["team"]), 140: ("in_depth", EVERY_SPACE)}  # statements → how to ask so many
OWNER = "owner@example.org"
COMMENT = "Our handovers work when both wards are in the room, and the notes follow the same day. " * 5
_numbers = itertools.count(1)


def open_survey(people: int, *, statements: int = 35, teams: int = 1, workspace: Workspace | None = None) -> Survey:
    """So many people are invited, in so many teams below one organisation; those of `workspace`, where it is given."""
    return _worked(OPEN_SURVEY, launched(people, statements=statements, teams=teams, workspace=workspace))


def launched(people: int, *, statements: int = 35, teams: int = 1, workspace: Workspace | None = None) -> Survey:
    """The same before a worker has opened it."""
    by, workspace = owner(), workspace or _workspace(people, teams)
    preset, spaces = PRESETS[statements]
    draft = lifecycle.create_draft(
        workspace=workspace,
        by=by,
        title="How do we lead here?",
        purpose="In January the teams will look at the results together and agree what to change.",
        asked_by="Ruth Adeyemi, Director of Community Services",
        contact="Helen Marsh, helen@example.org",
        list_made_by="Helen Marsh, from the staff list",
        closes_at=timezone.now() + datetime.timedelta(days=14),
        primary_space_id="team",
        spaces_asked=spaces,
        preset=preset,
    )
    draft.audience.set(workspace.groups.filter(parent=None))
    return lifecycle.launch_survey(survey=draft, by=by, now=timezone.now())


def owner() -> User:
    """Of all workspaces."""
    if known := User.objects.filter(email=OWNER).first():
        return known
    user = User.objects.create_user(email=OWNER, password=None, name="Olivia Owner")
    EmailAddress.objects.create(user=user, email=OWNER, verified=True, primary=True)
    return user


def _workspace(people: int, teams: int) -> Workspace:
    """In bulk: the audit of adding ten thousand one by one is not what is measured."""
    workspace = Workspace.objects.create(name=f"Workspace {next(_numbers)}")
    Membership.objects.create(workspace=workspace, user=owner(), role=Role.OWNER)
    whole = Group.objects.create(workspace=workspace, name="Community services", kind=Group.Kind.ORGANISATION)
    groups = Group.objects.bulk_create(
        Group(workspace=workspace, name=f"Team {number}", kind=Group.Kind.TEAM, parent=whole)
        for number in range(1, teams + 1)
    )
    members = (_member(workspace, number, groups[number % teams]) for number in range(people))
    Member.objects.make_many(members, at_a_time=1000)
    return workspace


def _member(workspace: Workspace, number: int, team: Group) -> Member:
    address = f"person{number}@example.org"
    return Member(workspace=workspace, name=f"Person {number}", email=address, group=team)


def _worked(kind: str, survey: Survey) -> Survey:
    """Once the worker's job for it is done, here or by a worker that was quicker."""
    job = Job.objects.get(kind=kind, subject=survey.public_id)
    perform(job.pk)
    while Job.objects.open().filter(pk=job.pk).exists():
        time.sleep(0.1)
    return Survey.objects.select_related("version").get(pk=survey.pk)


# --- People who answer ---------------------------------------------------------------------------------


def people_of(survey: Survey) -> list[Person]:
    """Everybody who is asked, with what they will answer."""
    asked = questionnaire_of(survey.version)
    pages = {condition: _fields(asked, condition) for condition in asked.pages}
    return [
        Person(survey.public_id, token, pages, answers_of(number, asked))
        for number, token in enumerate(tokens_of(survey))
    ]


def tokens_of(survey: Survey) -> Iterator[str]:
    key = link_key(survey)
    asked = in_parts(Invitation.objects.filter(survey=survey), survey)
    return (token_of(one, key) for one in itertools.chain.from_iterable(asked))


def _fields(asked: Questionnaire, condition: str) -> list[str]:
    questions = [key for key, question in asked.questions.items() if question.condition == condition]
    return [*(statement.key for statement in asked.statements_of(condition)), *questions]


def answers_of(number: int, asked: Questionnaire) -> dict[str, str]:
    """Everybody rates everything, one answer in nine is "don't know"; one person in ten writes a comment."""
    ratings = {key: str(_rating(number, place)) for place, key in enumerate(asked.statements)}
    comment = {next(iter(asked.questions)): COMMENT} if asked.questions and number % 10 == 0 else {}
    return ratings | comment


def _rating(number: int, place: int) -> int:
    """From 1 to 5, some leaning low and some high."""
    if (number * 7 + place * 5) % 9 == 0:
        return 0
    return min(5, 1 + number % 3 + (number // 3 + place) % 3)


# --- Surveys that many have answered -----------------------------------------------------------------------


def answered_survey(people: int, *, teams: int, statements: int = 35) -> Survey:
    """Stopped, with a ballot from everybody: written in bulk, as submitting would have left them."""
    survey = open_survey(people, statements=statements, teams=teams)
    answer_for_all(survey)
    return lifecycle.stop_survey(survey=survey, by=None, now=timezone.now())


def answer_for_all(survey: Survey) -> None:
    asked = questionnaire_of(survey.version)
    groups = list(survey.invitations.order_by("pk").values_list("participant__group__public_id", flat=True))
    ballots = (
        Ballot(
            survey=survey,
            tag=ballot_tag(token),
            mark=ballot_mark(token),
            sealed=_sealed(survey, groups[number], answers_of(number, asked)),
        )
        for number, token in enumerate(tokens_of(survey))
    )
    for some in batched(ballots, 500):
        Ballot.objects.bulk_create(some)


def _sealed(survey: Survey, group: str, given: dict[str, str]) -> bytes:
    asked = questionnaire_of(survey.version)
    ballot = {
        "group": group,
        "counts": True,
        "answers": {key: int(given[key]) for key in asked.statements},
        "matters_most": list(asked.pages)[:2],
        "comments": {key: given[key] for key in asked.questions if key in given},
        "flags": "",
    }
    return seal(ballot, survey.public_key, survey.ballot_size)


def closed(survey: Survey) -> Survey:
    return _worked(CLOSE_SURVEY, survey)
