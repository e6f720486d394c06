"""Handing in is final and happens once, whatever is pressed how often; withdrawing leaves no trace of which ballot."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diagnostics.answering.drafts import Saved, locked, opened
from diagnostics.answering.locks import lock_link, lock_open_survey
from diagnostics.answering.models import Ballot
from diagnostics.answering.pace import flags
from diagnostics.answering.respondents import Respondent, has_submitted
from diagnostics.answering.sealing import seal
from diagnostics.surveys.models import Invitation

WITHDRAWN = {"withdrawn": True}


@transaction.atomic
def submit(*, respondent: Respondent) -> None:
    """Seal the draft into a ballot; doing it twice is doing it once, and the first commit counts.

    Raises SurveyNotOpen, LinkReplaced, or ValidationError where nothing was rated.
    """
    lock_open_survey(respondent.survey.pk)
    if respondent.invitation:
        lock_link(respondent.invitation, respondent.token)
    draft = locked(respondent)
    if has_submitted(respondent):
        return
    saved = opened(draft, respondent) if draft else Saved()
    check_can_submit(saved)
    Ballot.objects.bulk_create([Ballot(**respondent.ballot, sealed=_sealed(respondent, saved))], ignore_conflicts=True)
    if respondent.invitation:
        Invitation.objects.filter(pk=respondent.invitation.pk).update(status=Invitation.Status.DONE)
    draft.delete()


def check_can_submit(saved: Saved) -> None:
    if not saved.answers:
        raise ValidationError(_("Rate at least one statement before you submit. Everything may be changed until then."))


def _sealed(respondent: Respondent, saved: Saved) -> bytes:
    ballot = {
        "group": respondent.group.public_id,
        "counts": respondent.counts,
        "answers": saved.answers,
        "matters_most": saved.matters_most,
        "comments": saved.comments,
        "flags": flags(respondent.questionnaire, saved.answers, saved.pace),
    }
    return seal(ballot, respondent.survey.public_key, respondent.survey.ballot_size)


@transaction.atomic
def withdraw(*, respondent: Respondent) -> None:
    """Replace the ballot by a sealed 'withdrawn' of the same size; without one, nothing happens.

    Raises SurveyNotOpen, LinkReplaced.
    """
    lock_open_survey(respondent.survey.pk)
    if respondent.invitation:
        lock_link(respondent.invitation, respondent.token)
    withdrawn = seal(WITHDRAWN, respondent.survey.public_key, respondent.survey.ballot_size)
    Ballot.objects.filter(**respondent.ballot).update(sealed=withdrawn)


def decline(*, invitation: Invitation) -> None:
    """No more reminders. Nobody is told, and the link goes on working."""
    Invitation.objects.filter(pk=invitation.pk, status=Invitation.Status.PENDING).update(is_reminded=False)
