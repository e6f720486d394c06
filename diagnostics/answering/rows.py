"""The rows that every request of a respondent reads or writes, in SQL of our own.

Django took longer to word these few statements than the database to answer them: more than half of every save
(docs/performance.md). No statement holds both a link and a tag, so that no list of running or slow ones joins the two.
"""

from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from diagnostics.answering.models import Ballot, Decline, Draft
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.surveys.models import Invitation, Participant, SharedLink, Survey, SurveyGroup
from spaces.models import Workspace

MODELS = (Ballot, ChecklistVersion, Decline, Draft, Invitation, Participant, SharedLink, Survey, SurveyGroup, Workspace)
TABLES = {model.__name__: model._meta.db_table for model in MODELS}


def _sql(text: str) -> str:
    """With the table of each model whose name stands in braces."""
    return text.format_map(TABLES)


# --- Who comes -----------------------------------------------------------------------------------------


class Link(NamedTuple):
    """What a link admits to, as every request needs it: two joins, since each one more costs as much as a save."""

    survey_id: int
    survey_public_id: str
    status: str
    public_key: bytes | None
    ballot_size: int | None
    content_hash: str | None  # of the checklist version
    languages: str  # codes with spaces between
    is_in_room: bool  # all statements on one page, and the first answer begins the visit
    invitation_id: int | None  # of the present version of a personal link
    group_id: int | None  # of a shared link; neither: an earlier version, of which nothing is left but its ballot


class Placement(NamedTuple):
    """Where a respondent's answers belong."""

    group_id: int
    group_public_id: str
    is_group_leader: bool = False
    is_late: bool = False


class SurveyHeading(NamedTuple):
    """What a rating page says of its survey."""

    title: str
    asked_in: str  # the name of the workspace
    k: int
    comments_at: str


PERSONAL_LINK = _sql("""
    SELECT survey.id, survey.public_id, survey.status, survey.public_key, survey.ballot_size, version.content_hash,
           survey.languages, survey.is_in_room, invitation.id, NULL
    FROM {Invitation} invitation
    JOIN {Survey} survey ON survey.id = invitation.survey_id
    LEFT JOIN {ChecklistVersion} version ON version.id = survey.version_id
    WHERE invitation.token_hash = %s
""")
SHARED_LINK = _sql("""
    SELECT survey.id, survey.public_id, survey.status, survey.public_key, survey.ballot_size, version.content_hash,
           survey.languages, survey.is_in_room, NULL, link.group_id
    FROM {SharedLink} link
    JOIN {Survey} survey ON survey.id = link.survey_id
    LEFT JOIN {ChecklistVersion} version ON version.id = survey.version_id
    WHERE link.token = %s
""")
EARLIER_LINK = _sql("""
    SELECT survey.id, survey.public_id, survey.status, survey.public_key, survey.ballot_size, version.content_hash,
           survey.languages, survey.is_in_room, NULL, NULL
    FROM {Ballot} ballot
    JOIN {Survey} survey ON survey.id = ballot.survey_id
    LEFT JOIN {ChecklistVersion} version ON version.id = survey.version_id
    WHERE ballot.mark = %s
""")
PLACEMENT = _sql("""
    SELECT team.id, team.public_id, participant.is_group_leader, participant.is_late
    FROM {Invitation} invitation
    JOIN {Participant} participant ON participant.id = invitation.participant_id
    JOIN {SurveyGroup} team ON team.id = participant.group_id
    WHERE invitation.id = %s
""")
GROUP = _sql("SELECT id, public_id FROM {SurveyGroup} WHERE id = %s")
HEADING = _sql("""
    SELECT survey.title, workspace.name, survey.k, survey.comments_at
    FROM {Survey} survey
    JOIN {Workspace} workspace ON workspace.id = survey.workspace_id
    WHERE survey.id = %s
""")


def personal_link(token_hash: str) -> Link | None:
    row = _one(PERSONAL_LINK, token_hash)
    return Link(*row) if row else None


def shared_link(token: str) -> Link | None:
    row = _one(SHARED_LINK, token)
    return Link(*row) if row else None


def earlier_link(mark: str) -> Link | None:
    """Of a version that is no longer sent to anybody and has handed in."""
    row = _one(EARLIER_LINK, mark)
    return Link(*row) if row else None


def heading(survey_id: int) -> SurveyHeading:
    return SurveyHeading(*_row(HEADING, survey_id))


def placement_of(link: Link) -> Placement:
    """Behind a shared link nobody in particular leads or came late."""
    if link.invitation_id is None:
        return Placement(*_row(GROUP, link.group_id))
    return Placement(*_row(PLACEMENT, link.invitation_id))


# --- Drafts, ballots, refusals ------------------------------------------------------------------------------

DRAFT = _sql("SELECT sealed FROM {Draft} WHERE survey_id = %s AND tag = %s")
INSERT_DRAFT = _sql("INSERT INTO {Draft} (survey_id, tag, sealed) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING")
UPDATE_DRAFT = _sql("UPDATE {Draft} SET sealed = %s WHERE survey_id = %s AND tag = %s")
DELETE_DRAFT = _sql("DELETE FROM {Draft} WHERE survey_id = %s AND tag = %s")
IS_TAKEN = _sql("SELECT 1 FROM {Ballot} WHERE survey_id = %s AND tag = %s")
HAS_BALLOT = _sql("SELECT 1 FROM {Ballot} WHERE survey_id = %s AND mark = %s")
INSERT_BALLOT = _sql(
    "INSERT INTO {Ballot} (survey_id, tag, mark, sealed) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1"
)
UPDATE_BALLOT = _sql("UPDATE {Ballot} SET sealed = %s WHERE survey_id = %s AND mark = %s")
HAS_DECLINE = _sql("SELECT 1 FROM {Decline} WHERE survey_id = %s AND tag = %s")
INSERT_DECLINE = _sql("INSERT INTO {Decline} (survey_id, tag) VALUES (%s, %s) ON CONFLICT DO NOTHING")


def draft(survey_id: int, tag: str, *, locked: bool = False) -> bytes | None:
    """What is sealed in it: nothing where the row is a moment old, None where there is no row."""
    row = _one(DRAFT + (_locking("FOR UPDATE") if locked else ""), survey_id, tag)
    return row[0] if row else None


def insert_empty_draft(survey_id: int, tag: str) -> None:
    """Unless there is one."""
    _do(INSERT_DRAFT, survey_id, tag, b"")


def update_draft(survey_id: int, tag: str, sealed: bytes) -> None:
    _do(UPDATE_DRAFT, sealed, survey_id, tag)


def delete_draft(survey_id: int, tag: str) -> None:
    _do(DELETE_DRAFT, survey_id, tag)


def is_taken(survey_id: int, tag: str) -> bool:
    """Whether there is a ballot of that name, whoever handed it in."""
    return _one(IS_TAKEN, survey_id, tag) is not None


def has_ballot(survey_id: int, mark: str) -> bool:
    """Whether this version of a link has handed in."""
    return _one(HAS_BALLOT, survey_id, mark) is not None


def insert_ballot(survey_id: int, tag: str, mark: str, sealed: bytes) -> bool:
    """Whether it is there now by this: neither its name nor its version had one."""
    return _one(INSERT_BALLOT, survey_id, tag, mark, sealed) is not None


def update_ballot(survey_id: int, mark: str, sealed: bytes) -> None:
    """Where there is one."""
    _do(UPDATE_BALLOT, sealed, survey_id, mark)


def has_decline(survey_id: int, tag: str) -> bool:
    return _one(HAS_DECLINE, survey_id, tag) is not None


def insert_decline(survey_id: int, tag: str) -> None:
    _do(INSERT_DECLINE, survey_id, tag)


# --- Statements, executed -----------------------------------------------------------------------------------


@cache
def _locking(how: str) -> str:
    """SQLite needs no row lock: its transactions begin with the write lock. Which of them it is, is asked once."""
    return f" {how}" if connection.features.has_select_for_update else ""


def _row(sql: str, *values: Any) -> tuple[Any, ...]:
    """Of something that is there."""
    row = _one(sql, *values)
    if row is None:
        raise LookupError(sql)
    return row


def _one(sql: str, *values: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def _do(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
