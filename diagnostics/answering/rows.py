"""The rows that every request of a respondent reads or writes, in SQL of our own.

Django took longer to word these few statements than the database to answer them: more than half of every save
(docs/performance.md). No statement holds both a link and a tag, so that no list of running or slow ones joins the two.
"""

from functools import cache
from typing import Any, NamedTuple

from django.db import connection

# --- Who comes -----------------------------------------------------------------------------------------


class Link(NamedTuple):
    """What a link admits to, as every request needs it: two joins, since each one more costs as much as a save."""

    survey_id: int
    survey_public_id: str
    status: str
    public_key: bytes | None
    ballot_size: int | None
    content_hash: str | None  # of the checklist version
    invitation_id: int | None  # None: a shared link
    group_id: int | None  # None: a personal link, see `place`


class Place(NamedTuple):
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


PERSONAL_LINK = """
    SELECT survey.id, survey.public_id, survey.status, survey.public_key, survey.ballot_size, version.content_hash,
           invitation.id, NULL
    FROM diagnostics_invitation invitation
    JOIN diagnostics_survey survey ON survey.id = invitation.survey_id
    LEFT JOIN diagnostics_checklistversion version ON version.id = survey.version_id
    WHERE invitation.token_hash = %s
"""
SHARED_LINK = """
    SELECT survey.id, survey.public_id, survey.status, survey.public_key, survey.ballot_size, version.content_hash,
           NULL, link.group_id
    FROM diagnostics_sharedlink link
    JOIN diagnostics_survey survey ON survey.id = link.survey_id
    LEFT JOIN diagnostics_checklistversion version ON version.id = survey.version_id
    WHERE link.token = %s
"""
PLACE = """
    SELECT team.id, team.public_id, participant.is_group_leader, participant.is_late
    FROM diagnostics_invitation invitation
    JOIN diagnostics_participant participant ON participant.id = invitation.participant_id
    JOIN diagnostics_surveygroup team ON team.id = participant.group_id
    WHERE invitation.id = %s
"""


HEADING = """
    SELECT survey.title, workspace.name, survey.k, survey.comments_at
    FROM diagnostics_survey survey
    JOIN spaces_workspace workspace ON workspace.id = survey.workspace_id
    WHERE survey.id = %s
"""


def personal_link(token_hash: str) -> Link | None:
    row = _one(PERSONAL_LINK, token_hash)
    return Link(*row) if row else None


def shared_link(token: str) -> Link | None:
    row = _one(SHARED_LINK, token)
    return Link(*row) if row else None


def heading(survey_id: int) -> SurveyHeading:
    return SurveyHeading(*_one(HEADING, survey_id))


def place(link: Link) -> Place:
    """Behind a shared link nobody in particular leads or came late."""
    if link.invitation_id is None:
        return Place(*_one("SELECT id, public_id FROM diagnostics_surveygroup WHERE id = %s", link.group_id))
    return Place(*_one(PLACE, link.invitation_id))


def place_locked(invitation_id: int, token_hash: str) -> Place | None:
    """Where the invitation has this link, and then it is held until the transaction ends; else None."""
    sql = f"{PLACE} AND invitation.token_hash = %s"
    row = _one(sql + _locking("FOR UPDATE OF invitation"), invitation_id, token_hash)
    return Place(*row) if row else None


# --- Drafts and ballots ------------------------------------------------------------------------------------


class DraftRow(NamedTuple):
    id: int
    sealed: bytes  # nothing, where the row is a moment old


def draft(survey_id: int, tag: str, *, locked: bool = False) -> DraftRow | None:
    sql = "SELECT id, sealed FROM diagnostics_draft WHERE survey_id = %s AND tag = %s"
    row = _one(sql + (_locking("FOR UPDATE") if locked else ""), survey_id, tag)
    return DraftRow(*row) if row else None


def insert_empty_draft(survey_id: int, tag: str) -> None:
    """Unless there is one."""
    _do(
        "INSERT INTO diagnostics_draft (survey_id, tag, sealed) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        *(survey_id, tag, b""),
    )


def update_draft(draft_id: int, sealed: bytes) -> None:
    _do("UPDATE diagnostics_draft SET sealed = %s WHERE id = %s", sealed, draft_id)


def delete_draft(draft_id: int) -> None:
    _do("DELETE FROM diagnostics_draft WHERE id = %s", draft_id)


def has_ballot(survey_id: int, tag: str) -> bool:
    return _one("SELECT 1 FROM diagnostics_ballot WHERE survey_id = %s AND tag = %s", survey_id, tag) is not None


def insert_ballot(survey_id: int, tag: str, sealed: bytes) -> None:
    """Unless there is one."""
    _do(
        "INSERT INTO diagnostics_ballot (survey_id, tag, sealed) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        *(survey_id, tag, sealed),
    )


def update_ballot(survey_id: int, tag: str, sealed: bytes) -> None:
    """Where there is one."""
    _do("UPDATE diagnostics_ballot SET sealed = %s WHERE survey_id = %s AND tag = %s", sealed, survey_id, tag)


def update_invitation(invitation_id: int, status: str) -> None:
    _do("UPDATE diagnostics_invitation SET status = %s WHERE id = %s", status, invitation_id)


# --- Statements, executed -----------------------------------------------------------------------------------


@cache
def _locking(how: str) -> str:
    """SQLite needs no row lock: its transactions begin with the write lock. Which of them it is, is asked once."""
    return f" {how}" if connection.features.has_select_for_update else ""


def _one(sql: str, *values: Any) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def _do(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
