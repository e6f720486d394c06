"""Invitations that could not be delivered. Of reminders nothing is known here: only some people get them."""

from diagnostics.surveys.models import Invitation, Survey


def failed_invitations(survey: Survey) -> list[Invitation]:
    failed = Invitation.objects.filter(survey=survey, has_bounced=True, participant__is_removed=False)
    return list(failed.select_related("participant").order_by("participant__name"))
