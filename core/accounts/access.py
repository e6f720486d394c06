"""What may be believed about a signed-in person."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.accounts.models import User


def verified_email(user: User) -> bool:
    """Whether the person has shown that the address they sign in with is theirs."""
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()


def check_is_confirmed(user: User) -> None:
    """Whatever somebody has typed is sent to others only when they can be reached themselves."""
    if not verified_email(user):
        raise ValidationError(
            _(
                "Confirm your e-mail address first: until then nothing that you write is sent to others. Your account "
                "page sends you the link."
            )
        )
