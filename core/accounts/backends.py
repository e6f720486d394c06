"""Who signs in with an address and a password.

Two accounts may name one address as long as neither has verified it, and sign-up never tells whether an address is
taken. So the password decides; the account whose address is verified comes first, then the older one.
"""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress

from core.accounts.models import User


class EmailBackend(AuthenticationBackend):
    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        candidates = _candidates(email)
        return next((user for user in candidates if self._check_password(user, password)), None)


def _candidates(email: str) -> list[User]:
    users = filter_users_by_email(email, for_login=True)
    verified = set(EmailAddress.objects.filter(email=email.lower(), verified=True).values_list("user_id", flat=True))
    return sorted(users, key=lambda user: (user.pk not in verified, user.pk))
