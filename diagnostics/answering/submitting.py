"""Handing in is final and happens once, whatever is pressed how often; withdrawing leaves no trace of which ballot."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diagnostics.answering import rows
from diagnostics.answering.carelessness import flags
from diagnostics.answering.drafts import Saved, locked, opened
from diagnostics.answering.respondents import Respondent, has_submitted, lock_link
from diagnostics.sealing.boxes import seal
from diagnostics.surveys.models import Invitation, Participant
from diagnostics.surveys.statuses import lock_open_survey

WITHDRAWN = {"withdrawn": True}


@transaction.atomic
def submit(*, respondent: Respondent, matters_most: list[str] | None = None) -> None:
    """Seal the draft into a ballot; doing it twice is doing it once, and the first commit counts.

    `matters_most`: chosen just now, in place of what the draft says. Raises SurveyNotOpen, LinkReplaced, or
    ValidationError where nothing was rated.
    """
    placement = _lock(respondent)
    draft = locked(respondent)
    if not draft and has_submitted(respondent):  # who has handed in has no draft any more
        return
    saved = opened(draft, respondent) if draft else Saved()
    check_can_submit(saved)
    if matters_most is not None:
        saved = replace(saved, matters_most=matters_most)
    rows.insert_ballot(*respondent.ballot, sealed_ballot(respondent, placement, saved))
    if respondent.link.invitation_id is not None:
        rows.update_invitation(respondent.link.invitation_id, Invitation.Status.DONE)
    if draft:
        rows.delete_draft(draft.id)


def _lock(respondent: Respondent) -> rows.Placement:
    """Open, and with the same link, until the transaction ends. Raises SurveyNotOpen, LinkReplaced."""
    lock_open_survey(respondent.link.survey_id)
    if respondent.link.invitation_id is None:
        return rows.placement_of(respondent.link)
    return lock_link(respondent.link.invitation_id, respondent.token)


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
    """Replace the ballot by a sealed 'withdrawn' of the same size; without one, nothing happens.

    Raises SurveyNotOpen, LinkReplaced.
    """
    _lock(respondent)
    rows.update_ballot(*respondent.ballot, _closed(WITHDRAWN, respondent))


def decline(*, invitation: Invitation) -> None:
    """No more reminders. Nobody is told, and the link goes on working."""
    Invitation.objects.filter(pk=invitation.pk, status=Invitation.Status.PENDING).update(is_reminded=False)
