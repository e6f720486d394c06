"""After the close no byte of a ballot or a draft is left in SQLite's file, nor in the log beside it."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.job_names import CLOSE_SURVEY
from tests.diagnostics.answering.test_submitting import owner  # noqa: F401
from tests.surveys_loop.taking_part import Told, invited, live, work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof, pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def _on_sqlite(transactional_db, instrument):
    if connection.vendor != "sqlite":
        pytest.skip("of PostgreSQL see test_participation.py")


@pytest.fixture
def told(owner) -> Told:  # noqa: F811
    survey = invited(owner, people=16)
    return live(survey, answer=10, by=owner)


def pieces() -> dict[str, bytes]:
    """Of every sealed row that is there now, bytes that nothing else holds."""
    found = {}
    with connection.cursor() as cursor:
        for table in ("diagnostics_ballot", "diagnostics_draft"):
            cursor.execute(f"SELECT tag, sealed FROM {table}")  # noqa: S608
            for tag, sealed in cursor.fetchall():
                found |= {f"{table} {tag}": bytes(sealed)[100:132], f"tag {tag}": tag.encode()}
    return found


def left() -> dict[str, bytes]:
    """Every file of the database."""
    database = Path(connection.settings_dict["NAME"])
    return {path.name: path.read_bytes() for path in database.parent.glob(f"{database.name}*")}


def close(told: Told) -> set[str]:
    """What is still found of what was there before."""
    before, files = pieces(), left()
    assert len(before) >= 20
    assert all(any(piece in content for content in files.values()) for piece in before.values())
    stop_survey(survey=told.survey, by=None, now=timezone.now())
    work(CLOSE_SURVEY, told.survey.public_id)
    after = left().values()
    return {name for name, piece in before.items() if any(piece in content for content in after)}


def test_after_the_close_no_file_holds_a_ballot_or_a_draft(told, figure):
    assert not close(told)
    figure("separation", "SQLite's file and log after the close", "0 ballots, 0 drafts, 0 tags")


def test_control_without_secure_delete_they_are_found(told, figure):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")
    found = close(told)
    assert found
    figure("separation", "control: SQLite without secure_delete", f"{len(found)} pieces found")
