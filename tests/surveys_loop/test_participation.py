"""Forty people are asked and thirty-four answer, through the pages. Somebody with the whole server of the database, its
log of changes and its files, but no key, asks who. Then the same is asked of a survey that was kept as before.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone
from scipy import stats

from diagnostics.answering import submitting
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.job_names import CLOSE_SURVEY
from tests.surveys_loop import everywhere, wal
from tests.surveys_loop.linking import Intruder, Target, sortable, telling, tries
from tests.surveys_loop.phones import Phone, links_in_letters
from tests.surveys_loop.taking_part import (
    ANSWERED,
    BEGAN,
    DECLINED,
    FAR_FETCHED,
    Guess,
    Told,
    Verdict,
    guesses_of,
    guesses_of_rows,
    invited,
    live,
    verdicts,
    work,
)
from tests.surveys_loop.test_link_battery import restored, server

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ASKED, ANSWER = 40, 34
FOUND = 0.05  # of a control: an address that moves and a person who goes take a little away
STORED = {ANSWERED: "ballot", BEGAN: "draft", DECLINED: "decline"}
PEOPLE = ("diagnostics_participant", "diagnostics_invitation", "spaces_person")


@pytest.fixture(autouse=True)
def _on_postgresql(transactional_db) -> Iterator[None]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no log of transactions, and no order of rows but that of their keys")
    if not os.access(Path(_value("SHOW data_directory")) / "pg_wal", os.R_OK):
        pytest.skip("the files of this server belong to somebody else")
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
        cursor.execute(
            "SELECT pg_create_physical_replication_slot('archive', true)"
        )  # keeps the log, as an archive does
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_drop_replication_slot('archive')")


@pytest.fixture
def copied(transactional_db) -> Iterator:
    with own_connection() as own:
        yield own


@contextmanager
def own_connection() -> Iterator:
    """As somebody beside the product has one."""
    with closing(psycopg2.connect(**server(), dbname=connection.settings_dict["NAME"])) as own:
        own.autocommit = True
        yield own


class Battery:
    """Everything that is asked while the survey is open."""

    def __init__(self, copied, owner, *, asked: int = ASKED, answer: int = ANSWER, lot: random.Random | None = None):
        self.copied, self.owner = copied, owner
        self.survey = invited(owner, people=asked)
        self.places = Intruder(copied).places()
        self.start, self.log_start = wal.position(copied), len(_server_log())
        self._asked("SELECT pg_switch_wal()", [])  # the log goes on in another file, as it does by itself now and then
        self.told = live(self.survey, answer=answer, by=owner, lot=lot)
        self.intruder = Intruder(copied)

    def guessed(self, *sources: str) -> dict[str, list[Guess]]:
        """Source → guesses, of these or of all."""
        asked = {
            "rows, xmin, xmax, ctid": self.of_rows,
            "dead rows and row locks": self.of_pages,
            "index pages": self.of_indexes,
            "WAL": self.of_wal,
            "a dump while open": self.of_dump,
            "the server's log": self.of_server_log,
        }
        return {source: asked[source]() for source in sources or asked}

    def of_dump(self) -> list[Guess]:
        with restored() as copy:
            return self.of_rows(Intruder(copy))

    def of_rows(self, intruder: Intruder | None = None) -> list[Guess]:
        intruder = intruder or self.intruder
        return guesses_of(intruder.orders(), self.told) + guesses_of_rows(intruder.about_people())

    def of_pages(self) -> list[Guess]:
        """How many versions of a row its page holds, and what its header says."""
        return guesses_of_rows({f"page of {table}": self._versions(table) for table in PEOPLE})

    def _versions(self, table: str) -> list[tuple[int, dict]]:
        rows: dict[int, dict] = {}
        for person, *header in self._of_rows_on(table):
            seen = rows.setdefault(person, {"versions": 0, "headers": []})
            seen["versions"] += 1
            seen["headers"].append(tuple(header))
        return list(rows.items())

    def _of_rows_on(self, table: str) -> Iterator[tuple]:
        """(person, whether it was locked or written over, flags) of every version on the pages of a table, dead too."""
        ids = {row["id"]: person for person, row in self.intruder.about_people().get(table, [])}
        page = "heap_page_item_attrs(get_raw_page(%s, %s), %s::regclass)"
        columns = "t_attrs[1], t_xmax <> '0', t_infomask, t_infomask2"
        for block in range(self._blocks(table)):
            for raw, *header in self._asked(f"SELECT {columns} FROM {page}", [table, block, table]):  # noqa: S608
                person = ids.get(int.from_bytes(bytes(raw or b""), "little"))
                if person is not None:
                    yield person, *header

    def _blocks(self, relation: str) -> int:
        return self._asked("SELECT pg_relation_size(%s) / 8192", [relation])[0][0]

    def _asked(self, sql: str, values: list) -> list[tuple]:
        with self.copied.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def of_indexes(self) -> list[Guess]:
        """How many entries of each index lead to a row of each person."""
        return guesses_of_rows({name: self._entries(name, table) for name, table in self._indexes()})

    def _indexes(self) -> list[tuple[str, str]]:
        return self._asked(
            "SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text FROM pg_index i JOIN pg_class c "
            "ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
            "WHERE a.amname = 'btree' AND i.indrelid::regclass::text = ANY(%s)",
            [list(PEOPLE)],
        )

    def _entries(self, index: str, table: str) -> list[tuple[int, dict]]:
        places, found = {**self.places, **self.intruder.places()}, Counter()
        items = "SELECT unnest(coalesce(tids, ARRAY[htid]))::text FROM bt_page_items(%s, %s)"
        for block in range(1, self._blocks(index)):
            for (place,) in self._asked(items, [index, block]):
                if place and (person := places.get((table, *map(int, place.strip("()").split(","))))):
                    found[person] += 1
        return [(person, {"entries": number}) for person, number in found.items()]

    def of_wal(self) -> list[Guess]:
        found = wal.changes(self.copied, Path(_value("SHOW data_directory")), self.start)
        assert sum(one.row[0] == self.part("ballot") and one.how.startswith("INSERT") for one in found) == len(
            self.told.order
        )
        together = [
            Guess(f"in one transaction with a {kind}", frozenset(wal.named(found, self.places, self.part(kind))))
            for kind in STORED.values()
        ]
        return [*together, Guess("written or locked at all", frozenset(wal.touched(found, self.places)))]

    def part(self, kind: str) -> str:
        return f"diagnostics_{kind}_{self.survey.pk}"

    def of_server_log(self) -> list[Guess]:
        return [read_server_log(_server_log()[self.log_start :], self.intruder, self.told)]

    def ballots_joined(self) -> tuple[int, int, float]:
        """(best, tries, luck) of joining people to the ballots they handed in, in every order that either has."""
        rows = self.intruder.rows(self.part("ballot"))
        targets = []
        for column in telling(rows):
            ordered = sorted(rows, key=lambda row: sortable(row[column]))
            targets.append(Target(column, [row["tag"] for row in ordered], frozenset(self.told.order)))
        hits = tries(self.intruder.orders(), targets, dict.fromkeys([one.name for one in targets], self.told.tags()))
        return max(hits.values()), len(hits), len(hits) * stats.poisson(1).sf(max(hits.values()) - 1)


def read_server_log(lines: str, intruder: Intruder, told: Told) -> Guess:
    """A connection that names somebody's link and then hands in."""
    process, last, named = "", {}, set()
    for line in lines.splitlines():
        if begins := re.search(r"\[(\d+)\]", line):  # a statement goes on over many lines
            process = begins[1]
        if found := intruder.pattern.search(line):
            last[process] = intruder.marks[found[0]]
        if "INSERT INTO diagnostics_ballot" in line and process in last:
            named.add(last[process])
    return Guess("a connection's statements", frozenset(named))


def _server_log() -> str:
    path = Path(_value("SHOW data_directory")).parent / "log"
    return path.read_text(errors="replace") if path.is_file() else ""


def _value(sql: str):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def asserted(found: dict[str, list[Verdict]]) -> None:
    telling_more = {source: [str(one) for one in said if not one.is_chance] for source, said in found.items()}
    assert not {source: said for source, said in telling_more.items() if said}


# --- While it is open, and after ------------------------------------------------------------------------


@pytest.mark.proof
def test_nothing_that_is_stored_says_who_took_part(copied, instrument, alice, figure):
    holds(Battery(copied, alice), figure)


@pytest.mark.deep
@pytest.mark.parametrize("answer", [30, 60, 100])
def test_nor_in_larger_surveys_of_which_half_or_most_answer(copied, instrument, alice, figure, answer):
    holds(Battery(copied, alice, asked=120, answer=answer), figure)


def holds(battery: Battery, figure) -> None:
    people, told = len(battery.told.people), battery.told
    in_database = {row["tag"] for row in battery.intruder.rows(battery.part("ballot"))}
    assert in_database == set(told.tags().values())

    found = {source: verdicts(guesses, told) for source, guesses in battery.guessed().items()}
    asserted(found)
    best, tried, luck = battery.ballots_joined()
    assert luck > FAR_FETCHED, best
    no_word_of_anybody(battery)

    for source, said in found.items():
        for one in said:
            figure("separation", f"{one.secret}, from {source}", f"{people} people  {one}")
    joined = f"best of {tried}: {best} of {len(told.order)} (chance 1.0)"
    figure("separation", "whose ballot, from every order of rows", f"{people} people  {joined}")


def no_word_of_anybody(battery: Battery) -> None:
    """Tags and tokens stand beside no name, in no table, session, message or statement; and tokens nowhere."""
    secrets_ = [*battery.told.tokens.values(), *battery.told.tags().values(), *battery.told.draft_tags().values()]
    about = battery.intruder.about_people()
    assert not battery.intruder.rows("django_session")
    for table in battery.intruder.tables():
        text = "\n".join(str(row) for row in battery.intruder.rows(table))
        assert not any(token in text for token in battery.told.tokens.values()), table
        if not table.startswith(("diagnostics_ballot", "diagnostics_draft")):
            assert not any(secret in text for secret in secrets_), table
        else:
            assert table not in about
    for name, text in (("Redis", everywhere.of_redis()), ("the log", _server_log()[battery.log_start :])):
        assert not any(secret in text for secret in secrets_), name
        assert not battery.intruder.pattern.search(text), name


@pytest.mark.proof
def test_while_people_answer_no_row_of_anybody_and_no_sequence_moves(instrument, alice, figure):
    survey = invited(alice, people=ASKED)
    before = _counters()
    for link in list(links_in_letters().values())[:10]:
        phone = Phone(link)
        phone.decline()
        phone.save({survey.version.statement_keys[0]: "3"})
        assert phone.hand_in()
        phone.withdraw()
    assert _counters() == before
    figure("separation", "writes to rows of people while ten answer", "0")


def _counters() -> dict[str, tuple]:
    """Writes to every table but those that are dropped as a whole, and every sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables "
            "WHERE relname !~ '^diagnostics_(ballot|draft|decline)' AND relname <> 'cache'"
        )
        tables = {name: tuple(numbers) for name, *numbers in cursor.fetchall()}
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        return tables | {name: (value,) for name, value in cursor.fetchall()}


@pytest.mark.proof
def test_after_the_close_no_file_of_the_database_holds_a_ballot_or_a_draft(copied, instrument, alice, figure):
    battery = Battery(copied, alice)
    pieces = {kind: _piece(battery, kind) for kind in ("ballot", "draft")}
    tags = [*battery.told.tags().values(), *battery.told.draft_tags().values()]
    for piece in pieces.values():
        assert _files_with(copied, piece)  # the search finds what is there

    stop_survey(survey=battery.survey, by=alice, now=timezone.now())
    work(CLOSE_SURVEY, battery.survey.public_id)

    for kind, piece in pieces.items():
        assert not _files_with(copied, piece), kind
    assert not [tag for tag in tags if _files_with(copied, tag.encode())]
    asserted({"rows after the close": verdicts(battery.of_rows(Intruder(copied)), battery.told)})
    with restored() as copy:
        asserted({"a dump after the close": verdicts(battery.of_rows(Intruder(copy)), battery.told)})
    in_wal = len(_files_with(copied, pieces["ballot"], folder="pg_wal"))
    figure("separation", "files of the database with a ballot after the close", f"0 (limit: {in_wal} of its WAL)")


def _piece(battery: Battery, kind: str) -> bytes:
    """Of a sealed row that is stored now: bytes that nothing else holds."""
    return bytes(battery.intruder.rows(battery.part(kind))[0]["sealed"])[100:132]


def _files_with(copied, piece: bytes, folder: str = "base") -> list[Path]:
    with copied.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    home = Path(_value("SHOW data_directory"))
    return [path for path in (home / folder).rglob("*") if path.is_file() and piece in path.read_bytes()]


# --- Negative controls: the same questions, of a survey that is kept as it must not be ---------------------


@contextmanager
def beside_every_ballot(monkeypatch, control: "Control") -> Iterator[None]:
    """Its SQL about the invitation in every transaction that hands in."""
    seal = submitting.sealed_ballot

    def also(respondent, place, saved):
        with connection.cursor() as cursor:
            cursor.execute(control.sql, [respondent.link.invitation_id])
        return seal(respondent, place, saved)

    with connection.cursor() as cursor:
        cursor.execute(control.first)
    monkeypatch.setattr(submitting, "sealed_ballot", also)
    yield
    with connection.cursor() as cursor:
        cursor.execute(control.last)


@dataclass(frozen=True)
class Control:
    name: str
    sql: str  # of one invitation
    first: str  # before anybody answers
    last: str
    found_in: tuple[str, ...]  # the first of them names exactly those who answered


STATUS = Control(
    "a status, as in 1.0",
    sql="UPDATE diagnostics_invitation SET status = 'done' WHERE id = %s",
    first="ALTER TABLE diagnostics_invitation ADD COLUMN status text NOT NULL DEFAULT 'invited'",
    last="ALTER TABLE diagnostics_invitation DROP COLUMN status",
    found_in=("WAL", "rows, xmin, xmax, ctid", "dead rows and row locks", "a dump while open"),
)
LOCK = Control(
    "a lock on the invitation",
    sql="SELECT 1 FROM diagnostics_invitation WHERE id = %s FOR UPDATE",
    first="SELECT 1",
    last="SELECT 1",
    found_in=("WAL", "rows, xmin, xmax, ctid", "dead rows and row locks"),
)
ORDER = Control(
    "a table that keeps the order",
    sql="INSERT INTO kept_order (invitation_id) VALUES (%s)",
    first="CREATE TABLE kept_order (id bigserial, invitation_id bigint REFERENCES diagnostics_invitation)",
    last="DROP TABLE kept_order",
    found_in=("rows, xmin, xmax, ctid", "a dump while open"),
)


@pytest.mark.deep
@pytest.mark.proof
@pytest.mark.parametrize("control", [STATUS, LOCK, ORDER], ids=lambda control: control.name)
def test_control_what_must_not_be_kept_is_found(instrument, alice, monkeypatch, figure, control):
    with beside_every_ballot(monkeypatch, control), own_connection() as copied:
        battery = Battery(copied, alice)
        found = battery.guessed(*control.found_in)
        joined, _tries, _luck = battery.ballots_joined()

    for source in control.found_in:
        answered = verdicts(found[source], battery.told)[0]
        assert answered.luck < FOUND, source
        figure("separation", f"control: {control.name}, from {source}", f"{ASKED} people  {answered}")
    named = {guess.names & battery.told.people for guess in found[control.found_in[0]]}
    assert battery.told.did[ANSWERED] in named
    if control is ORDER:
        assert joined == ANSWER


@pytest.mark.proof
def test_control_a_log_of_all_statements_names_those_who_answered(instrument, alice, figure):
    """As `log_min_duration_statement = 0` leaves it: why the set-up turns it off for the role."""
    if not _server_log():
        pytest.skip("this server writes its log elsewhere")
    with own_connection() as copied, connection.cursor() as cursor:
        cursor.execute("SET log_min_messages = warning")
        cursor.execute("SET log_min_duration_statement = 0")
        battery = Battery(copied, alice, asked=12, answer=8)
        cursor.execute("RESET ALL")
        [guess] = battery.of_server_log()
    right = guess.names & battery.told.did[ANSWERED]
    assert len(right) >= 6  # whose link has changed since is not known by it any more
    figure("separation", "control: a log of all statements", f"12 people  {len(right)} of {len(guess.names)} right")
