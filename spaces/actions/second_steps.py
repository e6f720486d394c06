"""What those who run the site do for somebody who has lost their second step. No owner of a workspace can: an account
belongs to several, and whoever invites somebody must not be able to weaken it."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from core.accounts import sessions
from core.accounts.models import OpenSession, User
from core.audit.actions import record
from spaces.models import Membership


@transaction.atomic
def reset_second_step(*, user: User) -> bool:
    """Whether there was one. Told to its holder by a letter, and in the log of every workspace they are in."""
    found = Authenticator.objects.filter(user=user)
    if not found.exists():
        return False
    found.delete()
    sessions.end(OpenSession.objects.filter(user=user))
    get_adapter().send_notification_mail("account/email/second_step_reset", user)
    for membership in Membership.objects.filter(user=user).select_related("workspace"):
        where = membership.workspace
        record(by=None, verb="reset_second_step", obj=membership, workspace=where, user=user.pk)
    return True
