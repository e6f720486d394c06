"""Somebody asks for their link again. Nothing is looked up and nobody is told anything: a worker sees to it."""

from django.db import transaction
from django.utils.crypto import salted_hmac

from core.jobs.actions import ask
from diagnostics.sealing.boxes import lock_draft, unlock_draft
from diagnostics.surveys.job_names import SEND_LINK_AGAIN
from diagnostics.surveys.models import LinkRequest, Survey

SIZE = 1536  # bytes of every request: the longest address, as UTF-8, fits


@transaction.atomic
def ask_for_link(*, email: str, survey: Survey | None) -> None:
    """`survey`: None for all that are open."""
    sealed = lock_draft({"email": email}, _key(), SIZE)
    request = LinkRequest.objects.create(survey=survey, sealed=sealed)
    ask(kind=SEND_LINK_AGAIN, subject=request.public_id)


def address_in(request: LinkRequest) -> str:
    """Whose link is asked for. Raises Unreadable where the secret of the site has changed."""
    return str(unlock_draft(bytes(request.sealed), _key())["email"])


def _key() -> bytes:
    """So that a copy of the database tells nobody who has asked."""
    return salted_hmac("diagnostics.surveys", "requests for links", algorithm="sha256").digest()
