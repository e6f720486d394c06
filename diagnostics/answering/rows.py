"""The rows that every request of a respondent reads or writes, in SQL of our own.

Django took longer to word these few statements than the database to answer them: more than half of every save
(docs/performance.md). No statement holds both a link and a tag, so that no list of running or slow ones joins the two.
"""

import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.db import connection

from diagnostics.answering.models import Ballot, Decline, Draft
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.sealing.boxes import NONCE_BYTES
from diagnostics.surveys.models import Invitation, Participant, SharedLink, Survey, SurveyGroup
from diagnostics.surveys.statuses import STATUS_NOW, SurveyNotOpen, moment
from spaces.models import Workspace

MODELS = (Ballot, ChecklistVersion, Decline, Draft, Invitation, Participant, SharedLink, Survey, SurveyGroup, Workspace)
TABLES = {model.__name__: model._meta.db_table for model in MODELS}


SHARED = {
    "of_survey": (
        f"survey.id, survey.public_id, {STATUS_NOW}, survey.public_key, survey.ballot_size, version.content_hash, "
        "survey.languages, survey.is_in_room, survey.links_ended"
    ),
    "status_now": STATUS_NOW,
    "with_version": f"LEFT JOIN {TABLES['ChecklistVersion']} version ON version.id = survey.version_id",
}


def _sql(text: str) -> str:
    """With the table of each model whose name stands in braces, and with what several statements share."""
    return text.format_map(TABLES | SHARED)


# --- Who comes -----------------------------------------------------------------------------------------


class Link(NamedTuple):
    """What a link admits to, as every request needs it: two joins, since each one more costs as much as a save."""

    survey_id: int
    survey_public_id: str
    status: str  # as it is answered: past its closing date a survey is stopped
    public_key: bytes | None
    ballot_size: int | None
    content_hash: str | None  # of the checklist version
    languages: str  # codes with spaces between
    is_in_room: bool  # all statements on one page, and the first answer begins the visit
    links_ended: int  # how often a link of the survey had stopped being good when this one was
    invitation_id: int | None = None  # of the present version of a personal link
    group_id: int | None = None  # of a shared link; neither: known by a draft, or an earlier version with a ballot
    sent_anew: datetime.date | str | None = None  # the day, as the database says it; None of a first link


class Placement(NamedTuple):
    """Where a respondent's answers belong."""

    group_id: int
    group_public_id: str
    is_group_leader: bool = False
    is_late: bool = False


class GroupFacts(NamedTuple):
    """What a first page says of a respondent's group."""

    name: str
    counted: int | None  # are asked in it and count towards k; None where nobody said so
    uncounted: int  # are asked beside them


class SurveyHeading(NamedTuple):
    """What a rating page says of its survey."""

    title: str
    asked_in: str  # the name of the workspace
    k: int
    comments_at: str


PERSONAL_LINK = _sql("""
    SELECT {of_survey}, invitation.id, NULL, invitation.sent_anew_on
    FROM {Invitation} invitation
    JOIN {Survey} survey ON survey.id = invitation.survey_id
    {with_version}
    WHERE invitation.token_hash = %s
""")
SHARED_LINK = _sql("""
    SELECT {of_survey}, NULL, link.group_id
    FROM {SharedLink} link
    JOIN {Survey} survey ON survey.id = link.survey_id
    {with_version}
    WHERE link.token = %s
""")
EARLIER_LINK = _sql("""
    SELECT {of_survey}
    FROM {Ballot} ballot
    JOIN {Survey} survey ON survey.id = ballot.survey_id
    {with_version}
    WHERE ballot.mark = %s
""")
WITH_DRAFT = _sql("""
    SELECT {of_survey}, draft.sealed
    FROM {Draft} draft
    JOIN {Survey} survey ON survey.id = draft.survey_id
    {with_version}
    WHERE draft.survey_id = %s AND draft.tag = %s
""")
SURVEY_ID = _sql("SELECT id FROM {Survey} WHERE public_id = %s")
PLACEMENT = _sql("""
    SELECT {status_now}, team.id, team.public_id, participant.is_group_leader, participant.is_late
    FROM {Invitation} invitation
    JOIN {Survey} survey ON survey.id = invitation.survey_id
    JOIN {Participant} participant ON participant.id = invitation.participant_id
    JOIN {SurveyGroup} team ON team.id = participant.group_id
    WHERE invitation.id = %s
""")
GROUP = _sql("""
    SELECT {status_now}, team.id, team.public_id
    FROM {SurveyGroup} team
    JOIN {Survey} survey ON survey.id = team.survey_id
    WHERE team.id = %s
""")
HEADING = _sql("""
    SELECT survey.title, workspace.name, survey.k, survey.comments_at
    FROM {Survey} survey
    JOIN {Workspace} workspace ON workspace.id = survey.workspace_id
    WHERE survey.id = %s
""")
WORDING = _sql("""
    SELECT survey.*, workspace.*
    FROM {Survey} survey
    JOIN {Workspace} workspace ON workspace.id = survey.workspace_id
    WHERE survey.id = %s
""")
OF_GROUP = _sql("""
    SELECT team.name,
           count(*) FILTER (WHERE NOT (somebody.is_group_leader OR somebody.is_late)),
           count(*) FILTER (WHERE somebody.is_group_leader OR somebody.is_late)
    FROM {Invitation} invitation
    JOIN {Participant} participant ON participant.id = invitation.participant_id
    JOIN {SurveyGroup} team ON team.id = participant.group_id
    JOIN {Participant} somebody ON somebody.group_id = team.id AND NOT somebody.is_removed
    WHERE invitation.id = %s
    GROUP BY team.id, team.name
""")


def group_facts(invitation_id: int) -> GroupFacts:
    """As SurveyGroup tells them."""
    return GroupFacts(*_row(OF_GROUP, invitation_id))


def wording(survey_id: int) -> tuple[Any, ...]:
    """All that stands in the rows of a survey and of its workspace: while it is the same, they read the same."""
    return tuple(bytes(one) if isinstance(one, memoryview) else one for one in _row(WORDING, survey_id))


def personal_link(token_hash: str) -> Link | None:
    row = _one(PERSONAL_LINK, moment(), token_hash)
    return Link(*row) if row else None


def shared_link(token: str) -> Link | None:
    row = _one(SHARED_LINK, moment(), token)
    return Link(*row) if row else None


def earlier_link(mark: str) -> Link | None:
    """Of a version that is no longer sent to anybody and has handed in."""
    row = _one(EARLIER_LINK, moment(), mark)
    return Link(*row) if row else None


def heading(survey_id: int) -> SurveyHeading:
    return SurveyHeading(*_row(HEADING, survey_id))


def placement_of(link: Link, *, holding_open: bool = False) -> Placement:
    """Behind a shared link nobody in particular leads or came late.

    `holding_open`: until the transaction ends; as many as like may do so at once. Of all rows only that of the survey
    is locked. Raises SurveyNotOpen.
    """
    lock = locking("FOR SHARE OF survey") if holding_open else ""
    sql, key = (GROUP, link.group_id) if link.invitation_id is None else (PLACEMENT, link.invitation_id)
    status, *placement = _row(sql + lock, moment(), key)
    if holding_open and status != Survey.Status.OPEN:
        raise SurveyNotOpen
    return Placement(*placement)


def with_draft(survey: str, tag: str) -> tuple[Link, bytes] | None:
    """What the draft of that name says, and what a link to its survey, of that public id, admits to."""
    try:
        row = _one(WITH_DRAFT, moment(), _survey_id(survey), tag)
    except LookupError:
        return None
    return (Link(*row[:-1]), bytes(row[-1])) if row else None


@lru_cache(maxsize=1000)
def _survey_id(survey: str) -> int:
    """Of a public id. A number that the planner knows leads it to one partition at once."""
    return _row(SURVEY_ID, survey)[0]


# --- Drafts, ballots, refusals ------------------------------------------------------------------------------

DRAFT = _sql("SELECT sealed FROM {Draft} WHERE survey_id = %s AND tag = %s")
INSERT_DRAFT = _sql(
    "INSERT INTO {Draft} (survey_id, tag, sealed) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1"
)
UPDATE_DRAFT = _sql("UPDATE {Draft} SET sealed = %s WHERE survey_id = %s AND tag = %s")
REPLACE_DRAFT = _sql("""
    UPDATE {Draft} SET sealed = %s
    WHERE survey_id = %s AND tag = %s AND substr(sealed, 1, %s) = %s
      AND EXISTS (SELECT 1 FROM {Survey} WHERE id = %s AND status = %s AND closes_at > %s AND links_ended = %s)
""")
DELETE_DRAFT = _sql("DELETE FROM {Draft} WHERE survey_id = %s AND tag = %s")
HAS_BALLOT = _sql("SELECT 1 FROM {Ballot} WHERE survey_id = %s AND mark = %s")
INSERT_BALLOT = _sql("""
    INSERT INTO {Ballot} (survey_id, tag, mark, sealed)
    SELECT %s, CASE WHEN EXISTS (SELECT 1 FROM {Ballot} WHERE survey_id = %s AND tag = %s) THEN %s ELSE %s END, %s, %s
    WHERE TRUE ON CONFLICT DO NOTHING
""")
UPDATE_BALLOT = _sql("UPDATE {Ballot} SET sealed = %s WHERE survey_id = %s AND mark = %s")
HAS_DECLINE = _sql("SELECT 1 FROM {Decline} WHERE survey_id = %s AND tag = %s")
INSERT_DECLINE = _sql("INSERT INTO {Decline} (survey_id, tag) VALUES (%s, %s) ON CONFLICT DO NOTHING")


def draft(survey_id: int, tag: str, *, locked: bool = False) -> bytes | None:
    """What is sealed in it, None where there is no row."""
    row = _one(DRAFT + (locking("FOR UPDATE") if locked else ""), survey_id, tag)
    return bytes(row[0]) if row else None


def insert_draft(survey_id: int, tag: str, sealed: bytes) -> bool:
    """Whether it is there now by this."""
    return _do(INSERT_DRAFT, survey_id, tag, sealed) == 1


def update_draft(survey_id: int, tag: str, sealed: bytes) -> None:
    _do(UPDATE_DRAFT, sealed, survey_id, tag)


def replace_draft(survey_id: int, tag: str, sealed: bytes, *, before: bytes, links_ended: int) -> bool:
    """Whether it was still the one `before`, its survey open, and no link of it ended meanwhile.

    One statement that waits for no lock on the survey. What a draft begins with is chosen anew whenever it is sealed.
    """
    start = before[:NONCE_BYTES]
    still = (survey_id, Survey.Status.OPEN, moment(), links_ended)
    return _do(REPLACE_DRAFT, sealed, survey_id, tag, NONCE_BYTES, start, *still) == 1


def delete_draft(survey_id: int, tag: str) -> None:
    _do(DELETE_DRAFT, survey_id, tag)


def has_ballot(survey_id: int, mark: str) -> bool:
    """Whether this version of a link has handed in."""
    return _one(HAS_BALLOT, survey_id, mark) is not None


def insert_ballot(survey_id: int, own: str, mark: str, sealed: bytes, *, spare: str) -> bool:
    """Whether it is there now by this: under its own name, or under the spare one where that is taken."""
    return _do(INSERT_BALLOT, survey_id, survey_id, own, spare, own, mark, sealed) == 1


def update_ballot(survey_id: int, mark: str, sealed: bytes) -> None:
    """Where there is one."""
    _do(UPDATE_BALLOT, sealed, survey_id, mark)


def has_decline(survey_id: int, tag: str) -> bool:
    return _one(HAS_DECLINE, survey_id, tag) is not None


def insert_decline(survey_id: int, tag: str) -> None:
    _do(INSERT_DECLINE, survey_id, tag)


# --- Statements, executed -----------------------------------------------------------------------------------


@cache
def locking(how: str) -> str:
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


def _do(sql: str, *values: Any) -> int:
    """How many rows it made, changed or took away."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount
