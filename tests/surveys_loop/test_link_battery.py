"""Forty people answer, each in their own way. Who holds the whole database afterwards, but no key, joins nobody to an
answer more often than by guessing; the same intruder finds all forty in tables made without such care."""

import datetime
import json
import random
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import fmean

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.running import perform
from core.post.sending import SEND
from diagnostics.answering import submitting
from diagnostics.sealing import boxes
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.actions.participants import correct_address, remove_participant
from diagnostics.surveys.job_names import CLOSE_SURVEY, CORRECT_ADDRESS, OPEN_SURVEY, SEND_REMINDERS
from diagnostics.surveys.models import Invitation, Participant, Survey
from tests import stage
from tests.diagnostics.launched import launched_survey
from tests.surveys_loop.answering import answer, people_of
from tests.surveys_loop.linking import Intruder, Person, Target, sortable, telling, tries

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TEAMS = {"District nursing": 10, "Pharmacy": 10, "Podiatry": 10, "Therapies": 10}
CONDITIONS = ("task", "route", "alignment", "capability", "energy")
PAIRS = list(combinations(CONDITIONS, 2))  # as many as a team has people
COMMENTED = "OQ_task_helps"
EVERYBODY, BY_GUESSING = 40, 4  # right by guessing in an order of each ten
NAIVE = {
    "naive_serial": "id serial PRIMARY KEY, answers text",
    "naive_uuid": "id uuid PRIMARY KEY DEFAULT gen_random_uuid(), answers text",
}
WATCHED = "watched"  # who handed in, one after the other, as somebody at the door would note it


@dataclass
class Story:
    survey: Survey
    said: dict[Person, dict[str, str]]  # participant → fields of the form
    picks: dict[Person, tuple[str, str]]
    teams: dict[str, frozenset[Person]]  # public id of the group → participants

    @property
    def everybody(self) -> frozenset[Person]:
        return frozenset(self.said)


@pytest.fixture(autouse=True)
def _on_postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no xmin, and no order of rows but that of their ids")


@pytest.fixture
def story(transactional_db, instrument, alice, monkeypatch) -> Iterator[Story]:
    """All forty have answered, in an order of chance; half of them were reminded, one moved to another address."""
    now = timezone.now()
    survey = _opened(alice, now)
    people = people_of(survey)
    told = Story(
        survey=survey,
        said={one.participant_id: _own_words(survey, number) for number, one in enumerate(people)},
        picks={one.participant_id: PAIRS[(3 * number + number // 10) % 10] for number, one in enumerate(people)},
        teams={
            group.public_id: frozenset(group.participants.values_list("pk", flat=True))
            for group in survey.groups.exclude(parent=None)
        },
    )
    with _naive_tables(monkeypatch):
        _tell(told, people, by=alice)
        yield told


def _opened(owner, now) -> Survey:
    days = datetime.timedelta(days=9)
    reminded = [now.date().isoformat()]
    launched = now - datetime.timedelta(days=2)
    survey = launched_survey(owner, teams=TEAMS, now=launched, closes_at=now + days, reminder_days=reminded)
    _work(OPEN_SURVEY, survey.public_id)
    return Survey.objects.get(pk=survey.pk)


def _own_words(survey: Survey, number: int) -> dict[str, str]:
    """Nobody in a team rates two statements of a cell alike, and nobody writes what another writes."""
    said = {COMMENTED: secrets.token_hex(12)}
    for place, keys in enumerate(survey.version.cells.values()):
        pattern = (number * 7 + place * 3 + number // 10) % 25
        said |= dict(zip(keys, (str(pattern // 5 + 1), str(pattern % 5 + 1)), strict=True))
    return said


def _tell(told: Story, people: list[Invitation], *, by) -> None:
    shuffled = random.sample(people, len(people))
    correct_address(participant=shuffled[-1].participant, email="moved@example.org", by=by)
    _work(CORRECT_ADDRESS, shuffled[-1].public_id)
    for number, invitation in enumerate(shuffled):
        if number == EVERYBODY // 2:
            _work(SEND_REMINDERS, told.survey.public_id)
            for letter in Job.objects.filter(kind=SEND, status=Job.Status.QUEUED)[:25]:
                perform(letter.pk)
        invitation.refresh_from_db()
        person = invitation.participant_id
        answer(invitation, told.said[person], told.picks[person])


def _work(kind: str, subject: str) -> None:
    jobs = Job.objects.filter(kind=kind, subject=subject)
    jobs.update(not_before=None)
    perform(jobs.get().pk)
    assert jobs.get().status == Job.Status.DONE


@contextmanager
def _naive_tables(monkeypatch) -> Iterator[None]:
    """Beside every ballot, in its transaction, what it holds goes into tables without a name, a link or a date; and who
    it is into another: the order in which people hand in can be seen outside of any database."""
    seal = submitting.sealed_ballot

    def also_naively(respondent, place, saved):
        with connection.cursor() as cursor:
            for table in NAIVE:
                cursor.execute(f"INSERT INTO {table} (answers) VALUES (%s)", [json.dumps(saved.answers)])  # noqa: S608
            cursor.execute(
                f"INSERT INTO {WATCHED} (who) SELECT public_id FROM diagnostics_invitation WHERE id = %s",  # noqa: S608
                [respondent.link.invitation_id],
            )
        return seal(respondent, place, saved)

    monkeypatch.setattr(submitting, "sealed_ballot", also_naively)
    with connection.cursor() as cursor:
        for table, columns in (NAIVE | {WATCHED: "id serial PRIMARY KEY, who text"}).items():
            cursor.execute(f"CREATE TABLE {table} ({columns})")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {', '.join([*NAIVE, WATCHED])}")


@pytest.fixture
def intruder(story) -> Iterator[Intruder]:
    with closing(psycopg2.connect(**server(), dbname=connection.settings_dict["NAME"])) as copied:
        copied.autocommit = True
        yield Intruder(copied)


def server() -> dict[str, str]:
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {name: str(connection.settings_dict[setting]) for name, setting in names.items()}


def closed(told: Story, *, by) -> None:
    remove_participant(participant=Participant.objects.get(pk=min(told.everybody)), by=by)
    stop_survey(survey=told.survey, by=by, now=timezone.now())
    _work(CLOSE_SURVEY, told.survey.public_id)


# --- What the intruder looks at ---------------------------------------------------------------------


def comments_of(intruder: Intruder, told: Story) -> Iterator[Target]:
    """All that is left of what single people wrote, in every order in which it stands there."""
    comments, groups = intruder.rows("reports_publishedcomment"), intruder.rows("diagnostics_surveygroup")
    names = {group["id"]: group["public_id"] for group in groups}
    for column in telling(comments):
        for group in {comment["group_id"] for comment in comments}:
            own = [comment for comment in comments if comment["group_id"] == group]
            texts = [one["text"] for one in sorted(own, key=lambda one: sortable(one[column]))]
            yield Target(f"comment by {column}", texts, told.teams[names[group]])


def found_afterwards(intruder: Intruder, told: Story) -> dict[str, int]:
    targets, said = list(comments_of(intruder, told)), {person: own[COMMENTED] for person, own in told.said.items()}
    return tries(intruder.orders(), targets, {target.name: said for target in targets})


def found_naively(intruder: Intruder, told: Story, table: str) -> dict[str, int]:
    rows, truth = intruder.rows(table), {}
    for person, said in told.said.items():
        ratings = {key: int(value) for key, value in said.items() if key != COMMENTED}
        truth[person] = frozenset(ratings.items())
    targets = []
    for column in telling(rows):
        ordered = sorted(rows, key=lambda row: sortable(row[column]))
        answers = [frozenset(json.loads(row["answers"]).items()) for row in ordered]
        targets.append(Target(f"{table}.{column}", answers, told.everybody))
    return tries(intruder.orders(), targets, dict.fromkeys([target.name for target in targets], truth))


# --- While it is open ---------------------------------------------------------------------------------


@pytest.mark.deep
def test_control_tables_without_a_name_or_a_date_give_all_forty_away(story, intruder):
    found = {table: max(found_naively(intruder, story, table).values()) for table in NAIVE}

    assert found == dict.fromkeys(NAIVE, EVERYBODY)


def test_while_open_no_transaction_joins_a_ballot_to_a_person_and_nobody_reads_one(story):
    """Every ballot was written in a transaction of its own, which wrote and locked no row that leads to a person."""
    tables = ("diagnostics_invitation", "diagnostics_participant", "spaces_person", "jobs_job", "audit_entry")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SELECT count(*) FROM diagnostics_ballot b JOIN {table} p ON b.xmin IN (p.xmin, p.xmax)"  # noqa: S608
            )
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT b.sealed, b.tag, b.mark, s.public_key FROM diagnostics_ballot b, diagnostics_survey s")
        rows = cursor.fetchall()

    assert len(rows) == EVERYBODY
    assert len({len(bytes(sealed)) for sealed, *_ in rows}) == 1
    for sealed, tag, mark, public_key in rows:
        assert story_words(story).isdisjoint(bytes(sealed).split(b'"'))
        for key in (bytes.fromhex(tag) * 2, bytes.fromhex(mark), bytes(public_key)):
            with pytest.raises(boxes.Unreadable):
                boxes.open_ballot(sealed, key)


def story_words(told: Story) -> set[bytes]:
    return {said[COMMENTED].encode() for said in told.said.values()} | {b"answers"}


# --- After it is closed ---------------------------------------------------------------------------------


def test_after_close_nobody_is_joined_to_an_answer_but_by_guessing(story, intruder, alice):
    closed(story, by=alice)

    assert_only_guesses(found_afterwards(intruder, story))
    assert set(intruder.about_people()) <= {
        "audit_entry",
        "diagnostics_invitation",
        "diagnostics_participant",
        "jobs_job",
        "spaces_person",
        WATCHED,
    }
    assert not intruder.rows("django_session")


def test_what_is_left_was_written_in_one_go(story, intruder, alice):
    """So that neither transactions nor numbers tell one person's part from another's."""
    closed(story, by=alice)

    assert len({row["xmin"] for row in intruder.rows("reports_publishedcomment")}) == 1
    assert len({row["xmin"] for row in intruder.rows("diagnostics_invitation")}) == 1


def test_a_dump_and_its_restore_tell_no_more(story, alice):
    closed(story, by=alice)
    with restored() as copy:
        assert_only_guesses(found_afterwards(Intruder(copy), story))


def assert_only_guesses(found: dict[str, int]) -> None:
    """Each try is right for about four; that one of so many is right for half of all is as good as impossible."""
    assert len(found) > 200
    assert max(found.values()) < EVERYBODY / 2, max(found, key=found.get)
    assert BY_GUESSING / 2 < fmean(found.values()) < BY_GUESSING * 1.5


@contextmanager
def restored() -> Iterator:
    """A connection to a database that was filled from a dump of this one."""
    original, name = connection.settings_dict["NAME"], f"restored_{secrets.token_hex(6)}"
    dump = _tool("pg_dump", original)
    with closing(psycopg2.connect(**server(), dbname=original)) as here:
        here.autocommit = True
        here.cursor().execute(f"CREATE DATABASE {name}")
        try:
            _tool("psql", name, "--quiet", "--set=ON_ERROR_STOP=1", given=dump)
            with closing(psycopg2.connect(**server(), dbname=name)) as copy:
                yield copy
        finally:
            here.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")


def _tool(command: str, database: str, *options: str, given: str = "") -> str:
    beside = next(iter(sorted(stage.DEBIAN_POSTGRES.glob(f"*/bin/{command}"), reverse=True)), None)
    path = shutil.which(command) or beside
    if path is None:
        pytest.skip(f"no {command}: install postgresql-client")
    place = [f"--host={server()['host']}", f"--port={server()['port']}", f"--username={server()['user']}"]
    done = subprocess.run(
        [Path(path), *place, *options, database],
        input=given,
        env={"PGPASSWORD": server()["password"]},
        check=False,
        capture_output=True,
        text=True,
    )
    if "server version mismatch" in done.stderr:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
    return done.stdout
