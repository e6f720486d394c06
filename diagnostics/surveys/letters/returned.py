"""Invitations that came back after they were sent: when, and why. Of reminders nothing is known."""

from collections.abc import Iterable

from core.post.models import Message
from diagnostics.surveys.letters.sending import INVITATION
from diagnostics.surveys.models import Invitation, Survey


def with_returns(survey: Survey, failed: Iterable[Invitation]) -> list[Invitation]:
    """The same, each with the letter of its present link that came back, if one did; one query."""
    found = list(failed)
    if not found:
        return []
    back = Message.objects.filter(about=survey.public_id, kind=INVITATION, returned_at__isnull=False)
    letters = {(one.reference["invitation"], one.reference["version"]): one for one in back.order_by("pk")}
    for invitation in found:
        invitation.came_back = letters.get((invitation.public_id, invitation.version))
    return found
