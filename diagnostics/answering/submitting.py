"""Handing in is final and happens once, whatever is pressed how often; withdrawing leaves no trace of which ballot.

No row that leads to a person is written or locked here. What must happen once is held by the unique keys of the
ballots, which only a token yields.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diagnostics.answering import rows
from diagnostics.answering.carelessness import flags
from diagnostics.answering.drafts import Saved, locked, opened
from diagnostics.answering.respondents import Respondent, has_submitted
from diagnostics.sealing.boxes import seal
from diagnostics.sealing.tokens import ballot_tag, decline_tag, spare_tag
from diagnostics.surveys.models import Participant
from diagnostics.surveys.statuses import lock_open_survey

WITHDRAWN = {"withdrawn": True}


@transaction.atomic
def submit(*, respondent: Respondent, matters_most: list[str] | None = None) -> None:
    """Seal the draft into a ballot; doing it twice is doing it once, and the first commit counts.

    `matters_most`: chosen just now, in place of what the draft says. Raises SurveyNotOpen, or ValidationError where
    nothing was rated.
    """
    placement = rows.placement_of(respondent.link, holding_open=True)
    draft = locked(respondent)
    if draft is None and has_submitted(respondent):  # who has handed in has no draft any more
        return
    saved = opened(draft, respondent)
    check_can_submit(saved)
    if matters_most is not None:
        saved = replace(saved, matters_most=matters_most)
    _put_in(respondent, sealed_ballot(respondent, placement, saved))
    rows.delete_draft(*respondent.draft)


def _put_in(respondent: Respondent, sealed: bytes) -> None:
    """Under the invitation's own name, or under a spare one where an earlier version of the link has handed in.

    Whoever holds this version sees no difference, and neither does whoever counts rows; a close knows which name is
    whose.
    """
    survey, mark = respondent.ballot
    own, spare = ballot_tag(respondent.token), spare_tag(respondent.token)
    if not rows.insert_ballot(survey, own, mark, sealed, spare=spare):
        rows.insert_ballot(survey, spare, mark, sealed, spare=spare)  # an earlier version has handed in since we looked


def check_can_submit(saved: Saved) -> None:
    if not saved.answers:
        raise ValidationError(_("Rate at least one statement before you submit. Everything may be changed until then."))


def sealed_ballot(respondent: Respondent, placement: rows.Placement, saved: Saved) -> bytes:
    ballot = {
        "group": placement.group_public_id,
        "counts": Participant(is_group_leader=placement.is_group_leader, is_late=placement.is_late).counts,
        "answers": saved.answers,
        "matters_most": saved.matters_most,
        "comments": saved.comments,
        "flags": flags(respondent.questionnaire, saved.answers, saved.pace),
    }
    return _closed(ballot, respondent)


def _closed(ballot: dict, respondent: Respondent) -> bytes:
    return seal(ballot, respondent.public_key, respondent.ballot_size)


@transaction.atomic
def withdraw(*, respondent: Respondent) -> None:
    """Replace what this link has handed in by a sealed 'withdrawn' of the same size; without it, nothing happens.

    Raises SurveyNotOpen.
    """
    lock_open_survey(respondent.link.survey_id)
    rows.update_ballot(*respondent.ballot, _closed(WITHDRAWN, respondent))


@transaction.atomic
def decline(*, respondent: Respondent) -> None:
    """No more reminders. Nobody is told, and the link goes on working. Raises SurveyNotOpen."""
    decline_by_tag(respondent.link.survey_id, decline_tag(respondent.token))


@transaction.atomic
def decline_by_tag(survey_id: int, tag: str) -> None:
    lock_open_survey(survey_id)
    rows.insert_decline(survey_id, tag)


def has_declined(respondent: Respondent) -> bool:
    return rows.has_decline(respondent.link.survey_id, decline_tag(respondent.token))
