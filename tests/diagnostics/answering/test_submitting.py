"""Submitting: once, final, sealed; what the rows tell without the keys."""

import datetime
import logging
import secrets
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from core.accounts.models import User
from diagnostics.answering.drafts import AlreadySubmitted, begin, saved_by
from diagnostics.answering.models import Ballot, Decline, Draft
from diagnostics.answering.submitting import decline, has_declined, submit, withdraw
from diagnostics.sealing import boxes, tokens
from diagnostics.sealing.boxes import lock_draft
from diagnostics.surveys.models import Invitation, Participant, Survey, SurveyGroup
from diagnostics.surveys.statuses import SurveyNotOpen
from tests.diagnostics.respondents import (
    NOW,
    Opened,
    open_survey,
    respondent,
    saved,
    submitted,
)

pytestmark = pytest.mark.usefixtures("instrument")


@pytest.fixture
def opened(alice) -> Opened:
    return open_survey(alice)


def close(opened: Opened) -> None:
    Survey.objects.filter(pk=opened.survey.pk).update(status=Survey.Status.STOPPED)


@pytest.mark.django_db
class TestSubmit:
    def test_a_ballot_holds_the_answers_and_the_draft_is_gone(self, opened):
        who = submitted(opened.tokens[0], T5_team="4", R1_team="0", OQ_task_helps="Talk", matters_most="task")

        assert opened.ballots() == [
            {
                "group": who.group.public_id,
                "counts": True,
                "answers": {"T5.team": 4},
                "matters_most": ["task"],
                "comments": {"OQ_task_helps": "Talk"},
                "flags": "",
            }
        ]
        assert not Draft.objects.exists()

    def test_a_draft_saved_while_spaces_were_timed_one_by_one_is_handed_in(self, opened):
        who = saved(opened.tokens[0], T5_team="4")
        before = vars(saved_by(who)) | {"pace": {"team": [3.0, 2], "system": [1.0, 1]}}
        Draft.objects.update(sealed=lock_draft(before, who.draft_key, who.ballot_size))

        assert saved_by(who).pace == [4.0, 3]
        saved(opened.tokens[0], T5_team="2")
        submit(respondent=who)
        assert opened.ballots()[0]["answers"] == {"T5.team": 2}

    @pytest.mark.parametrize(("each", "flags"), [(1.9, "T"), (2.0, "")])
    def test_flags_of_the_whole_questionnaire_are_sealed_and_no_size_tells_them(self, alice, each, flags):
        opened = open_survey(alice, preset="focused")
        who, other = respondent(opened.tokens[0]), respondent(opened.tokens[1])
        begin(respondent=who, now=NOW)
        ratings = {key: str(1 + n % 5) for n, key in enumerate(who.questionnaire.statements)}
        given = {key.replace(".", "_"): value for key, value in ratings.items()}
        saved(opened.tokens[0], now=NOW + datetime.timedelta(seconds=each * len(given)), **given)
        submit(respondent=who)
        saved(opened.tokens[1], T5_team="4")
        submit(respondent=other)

        assert sorted(ballot["flags"] for ballot in opened.ballots()) == sorted(["", flags])
        assert len({len(ballot.sealed) for ballot in Ballot.objects.all()}) == 1

    def test_twice_is_once_and_the_first_counts(self, opened):
        who = submitted(opened.tokens[0], T5_team="4")
        submit(respondent=who)
        with pytest.raises(AlreadySubmitted):
            saved(opened.tokens[0], T5_team="1")
        assert [ballot["answers"] for ballot in opened.ballots()] == [{"T5.team": 4}]

    def test_nothing_rated_is_nothing_to_submit(self, opened):
        who = saved(opened.tokens[0], OQ_task_helps="Only words")
        with pytest.raises(ValidationError, match="Rate at least one statement"):
            submit(respondent=who)
        with pytest.raises(ValidationError, match="Rate at least one statement"):
            submit(respondent=respondent(opened.tokens[1]))
        assert not Ballot.objects.exists()
        assert saved_by(who).comments == {"OQ_task_helps": "Only words"}

    def test_closed_between_saving_and_submitting(self, opened):
        who = saved(opened.tokens[0], T5_team="4")
        close(opened)
        for verb in (submit, withdraw):
            with pytest.raises(SurveyNotOpen):
                verb(respondent=who)
        with pytest.raises(SurveyNotOpen):
            saved(opened.tokens[0], T5_team="1")
        assert not Ballot.objects.exists()

    def test_a_late_person_or_a_leader_is_heard_but_does_not_count(self, alice):
        opened = open_survey(alice, led=True)
        submitted(opened.tokens[0])
        assert opened.ballots()[0]["counts"] is False

    def test_a_visitor_by_shared_link_has_a_ballot_of_their_own(self, alice):
        opened = open_survey(alice, entry="shared", k=10, sizes={})
        first, second = (respondent(opened.shared[0]).started().secret for _ in range(2))
        for secret in (first, second):
            who = submitted(secret)
            assert respondent(secret).group == who.group
        submit(respondent=respondent(first))
        assert len(opened.ballots()) == 2


@pytest.mark.django_db
class TestWithdraw:
    def test_the_ballot_becomes_a_note_of_the_same_size(self, opened):
        who = submitted(opened.tokens[0])
        before = bytes(Ballot.objects.get().sealed)
        withdraw(respondent=who)
        withdraw(respondent=who)
        ballot = Ballot.objects.get()
        assert opened.ballots() == [{"withdrawn": True}]
        assert len(ballot.sealed) == len(before)
        submit(respondent=who)
        assert opened.ballots() == [{"withdrawn": True}]

    def test_only_ones_own(self, opened):
        submitted(opened.tokens[0])
        withdraw(respondent=respondent(opened.tokens[1]))
        assert opened.ballots()[0]["answers"] == {"T5.team": 4}


@pytest.mark.django_db
def test_declining_is_known_by_the_same_link_only_and_closes_nothing(opened):
    who = respondent(opened.tokens[0])
    decline(respondent=who)
    decline(respondent=who)
    assert has_declined(who)
    assert not has_declined(respondent(opened.tokens[1]))
    submitted(opened.tokens[0])
    assert len(opened.ballots()) == 1


@pytest.mark.django_db
class TestWhatTheRowsTell:
    def test_the_database_alone_reads_no_draft(self, opened):
        words = secrets.token_hex(20)
        saved(opened.tokens[0], T5_team="4", OQ_task_helps=words)
        row = Draft.objects.get()
        assert words.encode() not in bytes(row.sealed)
        known = [row.tag, *Invitation.objects.values_list("token_hash", flat=True), opened.survey.public_id]
        for secret in [*known, opened.tokens[1]]:
            with pytest.raises(boxes.Unreadable):
                boxes.unlock_draft(row.sealed, tokens.draft_key(secret))

    def test_nobody_opens_a_ballot_without_the_private_key(self, opened):
        submitted(opened.tokens[0])
        sealed = Ballot.objects.get().sealed
        for key in (boxes.new_keypair()[0], tokens.draft_key(opened.tokens[0]), opened.link_key):
            with pytest.raises(boxes.Unreadable):
                boxes.open_ballot(sealed, key)

    def test_every_ballot_and_every_draft_has_one_length(self, opened):
        long = {"T5_team": "5", "OQ_task_helps": "Größe – 你好 " * 200, "OQ_energy_helps": "x" * 3900}
        saved(opened.tokens[0], T5_team="1")
        saved(opened.tokens[1], **long)
        assert len({len(bytes(row.sealed)) for row in Draft.objects.all()}) == 1
        submitted(opened.tokens[2], **long)
        submitted(opened.tokens[3])
        withdraw(respondent=submitted(opened.tokens[4]))
        assert len({len(bytes(row.sealed)) for row in Ballot.objects.all()}) == 1

    def test_no_row_beside_the_ballot_holds_a_time_or_an_answer(self, opened):
        dates = ("DateTimeField", "DateField", "TimeField")
        for model in (Draft, Ballot, Decline):
            assert not [field.name for field in model._meta.fields if field.get_internal_type() in dates]

    def test_no_row_of_a_person_changes_whatever_they_do(self, opened):
        people = (Invitation, Participant, SurveyGroup, Survey)
        before = [list(model.objects.order_by("pk").values()) for model in people]
        decline(respondent=saved(opened.tokens[0], T5_team="4"))
        withdraw(respondent=submitted(opened.tokens[0]))
        assert [list(model.objects.order_by("pk").values()) for model in people] == before

    def test_nothing_is_logged(self, opened, caplog):
        with caplog.at_level(logging.DEBUG):
            withdraw(respondent=submitted(opened.tokens[0]))
        assert not caplog.records


# --- Many at once, on the engine of the run ---


@pytest.fixture
def owner(transactional_db, alice, tmp_path) -> Iterator[User]:
    """Alice in a database that threads share as processes do: SQLite's in memory would refuse the second writer."""
    if connection.vendor != "sqlite":
        yield alice
        return
    memory, name = connection.connection, connection.settings_dict["NAME"]
    with sqlite3.connect(tmp_path / "threads.sqlite3") as copy:
        memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "threads.sqlite3")
    yield alice
    connection.connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


def test_fifty_links_and_twenty_submits_each_make_fifty_ballots(owner):
    opened = open_survey(owner, teams={"District nursing": 30, "Pharmacy": 20})
    for token in opened.tokens:
        saved(token, T5_team="4")
    with ThreadPoolExecutor(20) as people:
        failures = list(people.map(lambda _: _press_all(opened.tokens), range(20)))
    assert failures == [[]] * 20
    assert len(opened.ballots()) == 50
    assert not Draft.objects.exists()


def _press_all(links: list[str]) -> list[Exception]:
    failures = []
    for token in links:
        try:
            submit(respondent=respondent(token))
        except Exception as failure:
            failures.append(failure)
    connection.close()
    return failures


def test_two_tabs_that_save_at_once_lose_nothing_to_each_other(owner):
    opened = open_survey(owner, preset="focused")
    keys = list(respondent(opened.tokens[0]).questionnaire.statements)[:24]
    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(lambda key: _save_in_tab(opened.tokens[0], key), keys))
    assert saved_by(respondent(opened.tokens[0])).answers == dict.fromkeys(keys, 3)
    assert Draft.objects.count() == 1


def _save_in_tab(token: str, key: str) -> None:
    try:
        saved(token, **{key.replace(".", "_"): "3"})
    finally:
        connection.close()


def test_whoever_saves_while_submitting_leaves_no_draft_behind(owner):
    opened = open_survey(owner)
    for token in opened.tokens[:8]:
        saved(token, T5_team="4")
    presses = [(token, verb) for token in opened.tokens[:8] for verb in ("save", "submit", "save")]
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda press: _do(*press), presses))
    assert len(opened.ballots()) == 8
    assert not Draft.objects.exists()


def _do(token: str, verb: str) -> None:
    try:
        submit(respondent=respondent(token)) if verb == "submit" else saved(token, T5_team="2")
    except AlreadySubmitted:
        pass
    finally:
        connection.close()
