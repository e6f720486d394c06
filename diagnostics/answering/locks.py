"""The row locks between answers on their way in, a survey that is being stopped, and a link that is being renewed."""

from diagnostics.answering import rows
from diagnostics.sealing.tokens import token_hash
from diagnostics.surveys.models import Survey


class SurveyNotOpen(Exception):
    """Answers are taken no more, or not yet."""


class LinkReplaced(Exception):
    """The invitation has another token since a moment ago, or none any more."""


def lock_open_survey(survey_id: int) -> None:
    """Hold the survey open until the transaction ends; as many as like may do so at once. Raises SurveyNotOpen."""
    if rows.status_shared(survey_id) != Survey.Status.OPEN:
        raise SurveyNotOpen


def lock_link(invitation_id: int, token: str) -> rows.Place:
    """Hold the invitation until the transaction ends. Raises LinkReplaced where `token` is no longer its own."""
    place = rows.place_locked(invitation_id, token_hash(token))
    if place is None:
        raise LinkReplaced
    return place
