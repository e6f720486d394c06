"""The job that sends somebody the link they have asked for again, where the address is invited.

It is the same link: whoever asks in somebody else's name makes nothing void, and no draft is lost. It goes to the
address on the list and nowhere else, whether or not anything was answered by it. The request is gone afterwards.
"""

from collections.abc import Iterable

from django.utils import translation

from core.ids import derived_id
from core.jobs.runs import GiveUp, Run
from core.keys.store import KeyDestroyed
from core.post.sending import SURE, put_off, send_without_trace
from diagnostics.sealing.boxes import Unreadable
from diagnostics.sealing.tokens import turn
from diagnostics.surveys.actions.asking_for_link import address_in
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters.sending import again
from diagnostics.surveys.models import Invitation, LinkRequest, Survey
from spaces.mailboxes import mailbox

MOST = 20  # surveys that one mailbox is written to about at once


def send_link_again(run: Run) -> None:
    request = LinkRequest.objects.filter(public_id=run.job.subject).first()
    if request is None:
        return
    try:
        for invitation in _asked_for(request):
            _send(run, invitation, request.public_id)
    except GiveUp:
        request.delete()
        raise
    with run.finishing():
        request.delete()


def _asked_for(request: LinkRequest) -> Iterable[Invitation]:
    try:
        email = address_in(request)
    except Unreadable:
        return []
    invited = Invitation.objects.filter(
        participant__mailbox=mailbox(email),
        participant__is_removed=False,
        token_hash__isnull=False,
        survey__status=Survey.Status.OPEN,
    )
    if request.survey_id:
        invited = invited.filter(survey=request.survey_id)
    return invited.select_related("survey__version", "participant").order_by("pk")[:MOST]


def _send(run: Run, invitation: Invitation, request: str) -> None:
    try:
        key = link_key(invitation.survey)
    except KeyDestroyed:  # closed a moment ago
        return
    with translation.override(invitation.participant.language):
        letter = again(invitation, key)
    letter_id = derived_id(bytes.fromhex(turn(key, f"asked by {request}", invitation.public_id)))
    if not send_without_trace(run, to=invitation.participant.email, letter=letter, letter_id=letter_id):
        _tried_again(run)


def _tried_again(run: Run) -> None:
    """A server that is not well refuses everybody; an address that it knows nothing of it refuses again and again."""
    if run.job.delays < SURE:
        put_off(run)
