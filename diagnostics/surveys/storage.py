"""Where a survey's drafts, ballots and refusals lie while it is open: apart from all others, to go as a whole."""

from django.db import models

from core.partitions import drop_partition, empty_partition, open_partition, truncate_log
from diagnostics.surveys.models import Survey


def open_storage(survey: Survey) -> None:
    """Before anybody answers; again does no harm."""
    for model in _answered_in(survey):
        open_partition(model, survey.pk)


def empty_storage(survey: Survey) -> None:
    """In the caller's transaction, whose last statement this should be: whoever still reads is waited for."""
    for link in survey.shared_links.all():
        link.taken_places.all().delete()
    for model in _answered_in(survey):
        empty_partition(model, survey.pk)


def drop_storage(survey: Survey) -> None:
    """After the transaction that emptied it: no file of the database holds a draft or a ballot any more."""
    for model in _answered_in(survey):
        drop_partition(model, survey.pk)
    truncate_log()


def _answered_in(survey: Survey) -> tuple[type[models.Model], ...]:
    """Always in this order: whoever answers touches them in the same."""
    return survey.drafts.model, survey.ballots.model, survey.declines.model
