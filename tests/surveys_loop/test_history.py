"""A workspace over half a year: people withdraw, are removed, move with their teams; a second survey asks most of them
again. The oracles see everything that was ever published, together."""

import datetime
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.db import transaction

from core.accounts.models import User
from core.jobs.models import Job
from core.jobs.running import perform
from diagnostics.answering.respondents import respondent_of
from diagnostics.answering.submitting import withdraw
from diagnostics.surveys.actions.lifecycle import launch_survey, stop_survey
from diagnostics.surveys.actions.participants import add_participant, remove_participant
from diagnostics.surveys.job_names import CLOSE_SURVEY, OPEN_SURVEY
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, Survey
from reports.editions import closing
from reports.editions.models import Edition
from reports.publish import Publication
from spaces.actions.groups import add_person, create_group, move_group, name_leader, place_person, remove_person
from spaces.models import Group, Person
from tests.diagnostics.launched import (
    CLOSES,
    NOW,
    draft_in,
    workspace_of,
)
from tests.reports import oracles
from tests.reports.surveys import answer

pytestmark = pytest.mark.usefixtures("instrument")

HALF_A_YEAR = datetime.timedelta(days=180)
NOT_SCORED = ("0", None)

Figures = dict[tuple[int, str], set[tuple[int, frozenset[int]]]]  # (wave, question) → (minimum, people)


@dataclass
class Wave:
    """One survey, with what each person of it really said. `said`: invitation → statement → what was ticked."""

    survey: Survey
    said: dict[int, dict[str, str | None]] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)

    def people(self, *, with_withdrawn: bool = False) -> dict[int, tuple[str, bool]]:
        """Who has a score in some cell: invitation → (group, counts?)."""
        asked = Invitation.objects.filter(pk__in=self.said).select_related("participant__group")
        heard = [one for one in asked if with_withdrawn or one.pk not in self.withdrawn]
        scored = set().union(*(self.scored(keys) for keys in self.survey.version.cells.values()))
        silent = self.silent()
        places = [(one.pk, one.participant, one.participant.group.public_id) for one in heard if one.pk in scored]
        return {key: (group, person.counts and group not in silent) for key, person, group in places}

    def silent(self) -> set[str]:
        """Groups that had enough people who count, and have not any more."""
        asked: dict[str, list[bool]] = defaultdict(list)
        for one in self.survey.participants.select_related("group"):
            if one.counts:
                asked[one.group.public_id].append(not one.is_removed)
        return {group for group, here in asked.items() if sum(here) < self.survey.k <= len(here)}

    def scored(self, keys: tuple[str, ...]) -> set[int]:
        """Half of a cell's statements are enough."""
        return {
            person
            for person, said in self.said.items()
            if 2 * sum(said[key] not in NOT_SCORED for key in keys) >= len(keys)
        }

    def rated(self, key: str) -> set[int]:
        return {person for person, said in self.said.items() if said[key] not in NOT_SCORED}

    def parents(self) -> dict[str, str | None]:
        return dict(self.survey.groups.values_list("public_id", "parent__public_id"))


# --- What happens -------------------------------------------------------------------------------------


@dataclass
class History:
    chance: random.Random
    owner: User
    waves: list[Wave] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = count()
        self.workspace = workspace_of(self.owner)
        self.whole = self._group("Northmoor", None, "system")
        self.organisations = [self._group(name, self.whole, "organisation") for name in ("Community", "Hospital")]
        self.teams = [self._team(number) for number in range(8)]

    def _group(self, name: str, parent: Group | None, kind: str) -> Group:
        return create_group(workspace=self.workspace, name=name, kind=kind, parent=parent, by=self.owner)

    def _team(self, number: int) -> Group:
        team = self._group(f"Team {number}", self.chance.choice(self.organisations), "team")
        people = [self._person(team) for _ in range(self.chance.choice([2, 3, 4, 5, 6, 7, 9, 12]))]
        if self.chance.random() < 0.5:
            name_leader(group=team, leader=people[0], by=self.owner)
        return team

    def _person(self, team: Group) -> Person:
        number = next(self.numbers)
        address = f"person{number}@example.org"
        return add_person(workspace=self.workspace, name=f"P {number}", email=address, group=team, by=self.owner)

    def ask(self, now: datetime.datetime) -> Wave:
        draft = draft_in(self.workspace, self.whole, by=self.owner, closes_at=now + (CLOSES - NOW))
        survey = launch_survey(survey=draft, by=self.owner, now=now)
        _work(OPEN_SURVEY, survey)
        self.waves.append(Wave(Survey.objects.get(pk=survey.pk)))
        return self.waves[-1]

    def answer(self, wave: Wave) -> None:
        """Four in five answer; some cannot judge a cell, most leave out a statement here and there."""
        for invitation in wave.survey.invitations.select_related("survey__version", "participant__group"):
            if self.chance.random() < 0.8:
                self.answer_as(invitation, wave)

    def answer_as(self, invitation: Invitation, wave: Wave) -> None:
        said = {}
        for keys in wave.survey.version.cells.values():
            skips = self.chance.random() < 0.12
            said |= {key: "0" if skips else self.chance.choice([*"12345", *"345", "0", None]) for key in keys}
        said[next(iter(said))] = "3"  # whoever rates nothing cannot submit
        answer([invitation], lambda _: {key: value for key, value in said.items() if value})
        wave.said[invitation.pk] = said

    def change_minds(self, wave: Wave) -> None:
        """Some withdraw; some are removed from the list, whether or not they have answered; somebody comes late."""
        for person in self.chance.sample(sorted(wave.said), 3):
            invitation = Invitation.objects.select_related("survey").get(pk=person)
            withdraw(respondent=respondent_of(token_of(invitation, link_key(wave.survey))))
            wave.withdrawn.add(person)
        asked = wave.survey.invitations.select_related("participant__survey")
        for invitation in self.chance.sample(list(asked), 3):
            remove_participant(participant=invitation.participant, by=self.owner)
        leaf = self.chance.choice([group for group in wave.survey.groups.all() if not group.children.exists()])
        late = {"name": "Late", "email": f"late{len(self.waves)}@example.org"}
        somebody = add_participant(survey=wave.survey, group=leaf, **late, by=self.owner)
        perform(Job.objects.get(subject=somebody.invitation.public_id).pk)
        self.answer_as(Invitation.objects.select_related("survey__version").get(participant=somebody), wave)

    def move_about(self) -> None:
        """In the workspace: a team changes its organisation, people change teams, some leave, some come."""
        move_group(group=self.chance.choice(self.teams), parent=self.chance.choice(self.organisations), by=self.owner)
        people = self.chance.sample(list(self.workspace.people.all()), 6)
        for person in people[:3]:
            place_person(person=person, group=self.chance.choice(self.teams), by=self.owner)
        for person in people[3:]:
            remove_person(person=person, by=self.owner)
        self._person(self.chance.choice(self.teams))

    def close(self, wave: Wave) -> Edition:
        stop_survey(survey=wave.survey, by=self.owner, now=NOW)
        _work(CLOSE_SURVEY, wave.survey)
        return wave.survey.editions.get()


def _work(kind: str, survey: Survey) -> None:
    job = Job.objects.get(kind=kind, subject=survey.public_id)
    perform(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE, job.error


@pytest.fixture(params=range(4))
def history(request, alice) -> History:
    told = History(random.Random(request.param), alice)
    for now in (NOW, NOW + HALF_A_YEAR):
        wave = told.ask(now)
        told.answer(wave)
        told.move_about()
        told.change_minds(wave)
        told.close(wave)
        told.move_about()
    return told


# --- Who stands behind what was published ----------------------------------------------------------------


def published(edition: Edition) -> list[tuple[str, str, int, dict]]:
    return [(one.kind, one.group.public_id, one.n, one.content) for one in edition.slices.select_related("group")]


def standing(wave: Wave, number: int, slices, people: dict[int, tuple[str, bool]]) -> Figures:
    """Question → the people behind each figure, worked out again from the rules; n is of those of them who count."""
    counts, parents, k = oracles.counted(people), wave.parents(), wave.survey.k
    fives = oracles.atoms(parents, people, k)
    tens = oracles.carried(parents, fives, counts, 10)
    found: Figures = defaultdict(set)
    for kind, node, n, content in slices:
        inside = below(node, parents) if kind == "group" else {node}
        within = set().union(*(part for owner, part in fives if owner in inside))
        assert n == len(within & counts)
        for cell in content["cells"]:
            keys = wave.survey.version.cells[cell["condition"], cell["space"]]
            base = oracles.base(within, wave.scored(keys) & set(people), fives, counts, k)
            assert cell.get("n", 0) == len(base & counts)
            if base:
                found[number, cell["condition"]].add((k, frozenset(base)))
                if of_tens := cell.get("tens", [0])[0]:
                    in_tens = oracles.in_whole(base, within, tens, counts)
                    assert len(in_tens & counts) == of_tens
                    found[number, cell["condition"]].add((10, frozenset(in_tens)))
                for minimum, key, rated in _statements(wave, cell, within & base, fives, counts):
                    in_tens = oracles.in_whole(rated, within, tens, counts)
                    assert in_tens or minimum == k
                    found[number, key].add((minimum, frozenset(rated if minimum == k else in_tens)))
    return found


def _statements(wave: Wave, cell: dict, within: set[int], fives, counts) -> Iterator[tuple[int, str, set[int]]]:
    least = {"level": wave.survey.k, "three_classes": 10, "five_classes": 30}
    for statement in cell["statements"]:
        if minimum := least.get(statement["state"]):
            key = statement["key"]
            yield minimum, key, oracles.base(within, wave.rated(key), fives, counts, wave.survey.k)


def below(node: str, parents: dict[str, str | None]) -> set[str]:
    return {node}.union(*(below(child, parents) for child, parent in parents.items() if parent == node))


def smallest(figures: Figures, counts: set[int]) -> dict[tuple[int, str], int]:
    """Per question the fewest counted people that any class or any subtraction leaves, where that is below its rule."""
    fallen = {}
    for question, shown in figures.items():
        for minimum in (5, 10, 30):
            seen = [frozenset(people & counts) for least, people in shown if least >= minimum]
            least = min(oracles.smallest_signature_class(seen) or 999, oracles.smallest_by_subtraction(seen) or 999)
            if least < minimum:
                fallen[question] = least
    return fallen


def counted_in(history: History) -> set[int]:
    return set().union(*(oracles.counted(wave.people(with_withdrawn=True)) for wave in history.waves))


def test_everything_ever_published_together_leaves_nobody_alone(history):
    figures: Figures = {}
    for number, wave in enumerate(history.waves):
        for edition in wave.survey.editions.all():
            figures |= standing(wave, number, published(edition), wave.people())

    assert len({number for number, _ in figures}) == 2
    assert len(figures) > 12
    assert smallest(figures, counted_in(history)) == {}


def test_what_was_published_stays_whoever_goes_later(history):
    """Erasing everybody and closing again changes and adds nothing."""
    before = [(edition.content_hash, published(edition)) for edition in Edition.objects.order_by("pk")]
    for person in history.workspace.people.all():
        remove_person(person=person, by=history.owner)
    Job.objects.filter(kind=CLOSE_SURVEY).update(status=Job.Status.QUEUED)
    for job in Job.objects.filter(kind=CLOSE_SURVEY):
        perform(job.pk)

    assert [(edition.content_hash, published(edition)) for edition in Edition.objects.order_by("pk")] == before


def test_control_publishing_before_and_after_a_withdrawal_falls(alice):
    """Why there is one edition: the same survey published twice, with those who then withdrew and without them."""

    def falls(seed: int) -> bool:
        with transaction.atomic():
            told = History(random.Random(seed), alice)
            wave = told.ask(NOW)
            told.answer(wave)
            first = standing(wave, 0, _as_rows(_publication(wave)), wave.people())
            told.change_minds(wave)
            second = standing(wave, 0, _as_rows(_publication(wave)), wave.people())
            together = {question: first.get(question, set()) | second[question] for question in second}
            fallen = smallest(together, counted_in(told))
            transaction.set_rollback(True)
        return bool(fallen)

    assert sum(falls(seed) for seed in range(4)) >= 3


def _publication(wave: Wave) -> Publication:
    """What would be published if the survey were closed now; it is not."""
    with transaction.atomic():
        stopped = stop_survey(survey=wave.survey, by=None, now=NOW)
        run = type("Run", (), {"beat": lambda *_: None})()
        made = closing.publication_of(stopped, closing.opened_ballots(stopped, run), run)
        transaction.set_rollback(True)
    return made


def _as_rows(publication: Publication) -> list[tuple[str, str, int, dict]]:
    return [(one.kind, one.node, one.n, one.content.stored()) for one in publication.slices]
