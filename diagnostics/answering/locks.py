"""The row lock between answers on their way in and a survey that is being stopped."""

from django.db import connection

from diagnostics.surveys.models import Survey


class SurveyNotOpen(Exception):
    """Answers are taken no more, or not yet."""


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
