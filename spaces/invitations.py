"""The link of a colleague's invitation: signed, derived whenever it is needed, stored nowhere."""

import datetime
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from core.accounts import doors
from core.accounts.models import User
from spaces.access import verified_addresses
from spaces.models import ColleagueInvitation, Membership

SIGNER = "spaces.colleague_invitation"


def invitation_token(invitation: ColleagueInvitation) -> str:
    return Signer(salt=SIGNER).sign(invitation.public_id)


def invitation_link(invitation: ColleagueInvitation) -> str:
    return settings.SITE_URL + reverse("spaces:invitation", args=[invitation_token(invitation)])


def find_invitation(token: str) -> ColleagueInvitation | None:
    """The invitation behind a link, in whatever state; None for a link that was not made here."""
    try:
        public_id = Signer(salt=SIGNER).unsign(token)
    except BadSignature:
        return None
    return ColleagueInvitation.objects.select_related("workspace", "invited_by").filter(public_id=public_id).first()


def register_door() -> None:
    doors.register("spaces:invitation", _lets_in)


def _lets_in(token: str) -> bool:
    invitation = find_invitation(token)
    return invitation is not None and invitation.is_open(timezone.now())


def waiting_for(user: User, *, now: datetime.datetime) -> list[ColleagueInvitation]:
    """Open invitations to addresses that the user has shown to be theirs. Their links are in the letters alone."""
    to_them = ColleagueInvitation.objects.open(now).filter(email__in=verified_addresses(user))
    news = to_them.exclude(workspace__memberships__user=user)
    return list(news.order_by("created_at"))


class Standing(StrEnum):
    """What somebody who follows an invitation's link can do with it."""

    USELESS = "useless"  # never existed, ran out, was withdrawn or used
    SIGN_IN = "sign_in"
    CONFIRM = "confirm"  # the right address, not confirmed yet
    OTHER_ADDRESS = "other_address"
    WELCOME = "welcome"
    MEMBER = "member"


def standing(invitation: ColleagueInvitation | None, user: User | AnonymousUser, *, now: datetime.datetime) -> Standing:
    if invitation is None:
        return Standing.USELESS
    if user.is_authenticated and Membership.objects.filter(workspace=invitation.workspace, user=user).exists():
        return Standing.MEMBER
    if not invitation.is_open(now):
        return Standing.USELESS
    return _open_to(invitation, user)


def _open_to(invitation: ColleagueInvitation, user: User | AnonymousUser) -> Standing:
    if not user.is_authenticated:
        return Standing.SIGN_IN
    if invitation.email in verified_addresses(user):
        return Standing.WELCOME
    if EmailAddress.objects.filter(user=user, email__iexact=invitation.email).exists():
        return Standing.CONFIRM
    return Standing.OTHER_ADDRESS
