"""The job that makes the link of an invitation's present version: it is sent anew, or somebody is new.

Nothing that was written under an earlier version moves, and no row of it is touched: whoever reads the database learns
nothing about it. A draft that the new link cannot open goes with all others when the survey closes.
"""

from core.jobs.runs import Run
from core.post.actions import send_all
from diagnostics.sealing.tokens import token_hash
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters.sending import INVITATION, letters
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation
from diagnostics.surveys.statuses import SurveyNotOpen, lock_open_survey, tell_that_a_link_ended


def renew_link(run: Run) -> None:
    """The letter is asked for in the transaction that stores the hash."""
    found = Invitation.objects.select_related("survey").filter(public_id=run.job.subject).first()
    if found is None:
        return
    with run.finishing():
        try:
            lock_open_survey(found.survey_id, alone=True)
        except SurveyNotOpen:
            return
        _renew(found, run.job.version, link_key(found.survey))


def _renew(found: Invitation, version: str, secret: bytes) -> None:
    invitations = Invitation.objects.select_for_update(of=("self",)).select_related("survey", "participant")
    invitation = invitations.get(pk=found.pk)
    if str(invitation.version) != version or invitation.participant.is_removed:
        return
    if invitation.token_hash:
        tell_that_a_link_ended(invitation.survey)
    invitation.token_hash = token_hash(token_of(invitation, secret))
    invitation.save(update_fields=["token_hash"])
    send_all(letters(INVITATION, [invitation]))
