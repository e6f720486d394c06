"""What may be believed about a signed-in person."""

from allauth.account.models import EmailAddress

from core.accounts.models import User


def verified_email(user: User) -> bool:
    """Whether the person has shown that the address they sign in with is theirs."""
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()
