"""The row locks between answers on their way in, a survey that is being stopped, and a link that is being renewed."""

from django.db import connection

from diagnostics.answering.tokens import token_hash
from diagnostics.surveys.models import Invitation, Survey


class SurveyNotOpen(Exception):
    """Answers are taken no more, or not yet."""


class LinkReplaced(Exception):
    """The invitation has another token since a moment ago, or none any more."""


def lock_open_survey(survey_id: int) -> None:
    """Hold the survey open until the transaction ends; as many as like may do so at once.

    SQLite needs no row lock: its transactions begin with the write lock. Raises SurveyNotOpen.
    """
    table, share = Survey._meta.db_table, "FOR SHARE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT status FROM {table} WHERE id = %s {share}", [survey_id])  # noqa: S608 — our own words
        row = cursor.fetchone()
    if row is None or row[0] != Survey.Status.OPEN:
        raise SurveyNotOpen


def lock_link(invitation: Invitation, token: str) -> None:
    """Hold the invitation until the transaction ends. Raises LinkReplaced where `token` is no longer its own."""
    rows = Invitation.objects.select_for_update().filter(pk=invitation.pk, token_hash=token_hash(token))
    if not rows.values("pk").first():
        raise LinkReplaced
