"""Acknowledged is counted, and counted once: two versions of a link at the same moment, and two hundred people while
the survey closes. Each has its control, in which the database is told less and the same test would see it.
"""

import random
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from core.accounts.models import User
from core.jobs.models import Job
from core.jobs.running import perform
from diagnostics.answering import rows, submitting
from diagnostics.answering.respondents import Respondent
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.actions.participants import send_again
from diagnostics.surveys.job_names import CLOSE_SURVEY, CORRECT_ADDRESS
from diagnostics.surveys.models import Survey
from reports.editions import closing
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers, save_draft
from tests.spaces.test_races import at_once
from tests.surveys_loop.answering import link_of
from tests.surveys_loop.phones import Phone
from tests.surveys_loop.taking_part import work

pytestmark = [pytest.mark.postgres, pytest.mark.proof, pytest.mark.django_db(transaction=True)]

TEAM = "District nursing"
PRESSES = 20
PEOPLE, THREADS, AROUND = 200, 12, 2  # seconds before and after


@pytest.fixture(autouse=True)
def _on_postgresql(transactional_db, instrument):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one at a time; two hundred on it are in test_parallel_submits.py")


# --- Two versions of one invitation ---------------------------------------------------------------------


@pytest.fixture
def slow_look(monkeypatch) -> None:
    """Between the look whether there is a ballot and putting one in lies time for everybody else."""
    slowly = rows.INSERT_BALLOT.replace("WHERE TRUE", "FROM pg_sleep(0.5) WHERE TRUE")
    assert slowly != rows.INSERT_BALLOT
    monkeypatch.setattr(rows, "INSERT_BALLOT", slowly)


def two_versions(owner: User) -> tuple[Survey, list[Respondent]]:
    """Five people have answered. The sixth has a page open under an old link and one under the new one."""
    survey = open_for_answers(owner, teams={TEAM: 8})
    *others, somebody = invitations_of(survey)[:6]
    answer(others, everything(4))
    first = save_draft(somebody, everything(1))
    send_again(participant=somebody.participant, by=owner)
    work(CORRECT_ADDRESS, somebody.public_id)
    somebody.refresh_from_db()
    return survey, [first, save_draft(somebody, everything(5))]


def press_at_once(versions: list[Respondent]) -> int:
    """Ballots under the name that both versions share."""
    presses = [lambda who=who: submitting.submit(respondent=who) for who in versions * (PRESSES // 2)]
    assert at_once(*presses) == [None] * PRESSES
    [name] = {urlsafe_b64decode(f"{who.token}==")[:16].hex() for who in versions}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM diagnostics_ballot WHERE tag = %s", [name])
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("slow_look")
def test_of_two_versions_of_a_link_pressed_at_once_exactly_one_counts(alice, figure):
    survey, versions = two_versions(alice)
    assert press_at_once(versions) == 1
    assert close(survey).editions.get().ledger["n"] == 6
    figure("exactly once", f"{PRESSES} presses by two versions of a link", "1 ballot counts")


@pytest.mark.usefixtures("slow_look")
def test_control_without_the_unique_key_of_ballots_two_are_put_in(alice, figure):
    _survey, versions = two_versions(alice)
    with without_unique_key():
        found = press_at_once(versions)
    assert found == 2
    figure("exactly once", "control: without the unique key of ballots", f"{found} ballots")


@contextmanager
def without_unique_key() -> Iterator[None]:
    with connection.cursor() as cursor:
        table = "conrelid = 'diagnostics_ballot'::regclass"
        cursor.execute(f"SELECT conname FROM pg_constraint WHERE {table} AND contype = 'p'")  # noqa: S608
        name = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(f"ALTER TABLE diagnostics_ballot DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            cursor.execute("TRUNCATE diagnostics_ballot")
            cursor.execute("ALTER TABLE diagnostics_ballot ADD PRIMARY KEY (survey_id, tag)")


# --- Two hundred people around the close ----------------------------------------------------------------


def crowd(owner: User, monkeypatch) -> tuple[Survey, list[Phone]]:
    """Everybody has saved their answers. Sealing takes its time, so that there are always some on their way."""
    seal = submitting.sealed_ballot

    def slowly(*args):
        time.sleep(0.01)
        return seal(*args)

    monkeypatch.setattr(submitting, "sealed_ballot", slowly)
    survey = open_for_answers(owner, teams={TEAM: PEOPLE})
    invitations = invitations_of(survey)
    for invitation in invitations:
        save_draft(invitation, everything(3))
    return survey, [Phone(link_of(invitation)) for invitation in invitations]


def around_the_close(survey: Survey, phones: list[Phone]) -> tuple[int, int]:
    """(acknowledged, counted)."""
    begin = time.monotonic()
    moments = sorted(random.uniform(0, 2 * AROUND) for _ in phones)
    with ThreadPoolExecutor(THREADS) as people:
        presses = [people.submit(_press_at, begin + at, phone) for at, phone in zip(moments, phones, strict=True)]
        time.sleep(max(0.0, begin + AROUND - time.monotonic()))
        stop_survey(survey=survey, by=None, now=timezone.now())
        perform(Job.objects.get(kind=CLOSE_SURVEY, subject=survey.public_id).pk)
        acknowledged = sum(press.result() for press in presses)
    return acknowledged, survey.editions.get().ledger["n"]


def _press_at(moment: float, phone: Phone) -> bool:
    time.sleep(max(0.0, moment - time.monotonic()))
    try:
        return phone.hand_in(("task", "route"))
    finally:
        connection.close()


def test_whoever_is_thanked_while_the_survey_closes_is_counted(alice, monkeypatch, figure):
    acknowledged, counted = around_the_close(*crowd(alice, monkeypatch))
    assert 0 < acknowledged < PEOPLE
    assert acknowledged == counted
    figure(
        "exactly once", f"{PEOPLE} submits within {AROUND} s of the close", f"{acknowledged} thanked, {counted} counted"
    )


def one_on_their_way(owner: User, monkeypatch) -> tuple[int, int]:
    """Seven have handed in. The eighth is between the look at the survey and the end when it is stopped and closed, and
    goes on once the close has read the ballots, or after two seconds. (acknowledged, counted)."""
    survey = open_for_answers(owner, teams={TEAM: 8})
    *others, last = invitations_of(survey)
    answer(others, everything(3))
    save_draft(last, everything(3))
    is_on_the_way, may_go_on = Event(), Event()
    seal, read = submitting.sealed_ballot, closing.opened_ballots

    def waiting(*args):
        is_on_the_way.set()
        may_go_on.wait(2)
        return seal(*args)

    def reading(*args):
        found = read(*args)
        may_go_on.set()
        return found

    monkeypatch.setattr(submitting, "sealed_ballot", waiting)
    monkeypatch.setattr(closing, "opened_ballots", reading)
    with ThreadPoolExecutor(1) as people:
        press = people.submit(_press_at, time.monotonic(), Phone(link_of(last)))
        assert is_on_the_way.wait(10)
        stop_survey(survey=survey, by=None, now=timezone.now())
        perform(Job.objects.get(kind=CLOSE_SURVEY, subject=survey.public_id).pk)
        acknowledged = len(others) + press.result()
    return acknowledged, survey.editions.get().ledger["n"]


def test_the_close_waits_for_whoever_is_on_their_way(alice, monkeypatch):
    assert one_on_their_way(alice, monkeypatch) == (8, 8)


def test_control_without_the_shared_lock_somebody_is_thanked_and_lost(alice, monkeypatch, figure):
    monkeypatch.setattr(rows, "locking", lambda how: "")
    acknowledged, counted = one_on_their_way(alice, monkeypatch)
    assert (acknowledged, counted) == (8, 7)
    figure("exactly once", "control: without the lock on the survey", f"{acknowledged} thanked, {counted} counted")
