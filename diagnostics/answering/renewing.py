"""The job that makes the link of an invitation's present version: its address was corrected, or somebody is new."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from core.jobs.registry import Kind, register
from core.jobs.runs import Run
from core.post.actions import send_all
from diagnostics.answering.models import Ballot, Draft
from diagnostics.sealing.boxes import lock_draft, unlock_draft
from diagnostics.sealing.tokens import ballot_tag, draft_key, draft_tag, token_hash
from diagnostics.surveys.job_names import CORRECT_ADDRESS
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters.sending import INVITATION, letters
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation
from diagnostics.surveys.statuses import SurveyNotOpen, lock_open_survey


def register_job() -> None:
    register(
        Kind(
            name=CORRECT_ADDRESS,
            run=renew_link,
            label=_("The new link"),
            can_see=lambda user, job: False,
            done_url=lambda job: None,
        )
    )


def renew_link(run: Run) -> None:
    """Ballot and draft move to the new token in one transaction with its hash; the letter is asked for in it."""
    found = Invitation.objects.select_related("survey").filter(public_id=run.job.subject).first()
    if found is None:
        return
    with run.finishing():
        try:
            lock_open_survey(found.survey_id)
        except SurveyNotOpen:
            return
        _renew(found, run.job.version, link_key(found.survey))


def _renew(found: Invitation, version: str, secret: bytes) -> None:
    invitations = Invitation.objects.select_for_update(of=("self",)).select_related("survey", "participant")
    invitation = invitations.get(pk=found.pk)
    if str(invitation.version) != version or invitation.participant.is_removed:
        return
    new = token_of(invitation, secret)
    if old := _stored_token(invitation, secret):
        _move(invitation, old, new)
    invitation.token_hash = token_hash(new)
    invitation.save(update_fields=["token_hash"])
    send_all(letters(INVITATION, [invitation]))


def _stored_token(invitation: Invitation, secret: bytes) -> str | None:
    """The token whose hash is stored: that of an earlier version, or none yet."""
    earlier = (token_of(invitation, secret, version=number) for number in range(1, invitation.version))
    return next((token for token in earlier if token_hash(token) == invitation.token_hash), None)


def _move(invitation: Invitation, old: str, new: str) -> None:
    survey = invitation.survey
    Ballot.objects.filter(survey=survey, tag=ballot_tag(old)).update(tag=ballot_tag(new))
    for draft in Draft.objects.select_for_update().filter(survey=survey, tag=draft_tag(old)):
        saved = unlock_draft(bytes(draft.sealed), draft_key(old))
        draft.sealed = lock_draft(saved, draft_key(new), cast("int", survey.ballot_size))  # it is open
        draft.tag = draft_tag(new)
        draft.save(update_fields=["sealed", "tag"])
