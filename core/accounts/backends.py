"""Who signs in with an address and a password.

Two accounts may name one address as long as neither has verified it, and sign-up never tells whether an address is
taken. So the password decides; the account whose address is verified comes first, then the one that was used last.
A wrong password costs the same work for every address, whether it has no account or three.
"""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.db.models import Case, F, Q, When

from core.accounts.models import User

MOST = 3  # accounts of one address that are looked at


class EmailBackend(AuthenticationBackend):
    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        found = accounts_of(email)
        for user in found:
            if self._check_password(user, password):
                return user
        for _missing in range(MOST - len(found)):
            self._mitigate_timing_attack(password)
        self._did_check_password = True
        return None


def accounts_of(email: str) -> list[User]:
    """By two queries, whatever they find."""
    email = email.strip().lower()
    claims = dict(EmailAddress.objects.filter(email=email).values_list("user_id", "verified"))
    owners = [user for user, is_verified in claims.items() if is_verified]
    named = User.objects.filter(Q(email=email) | Q(pk__in=claims))
    by_right = Case(When(pk__in=owners, then=0), default=1)
    return list(named.order_by(by_right, F("last_login").desc(nulls_last=True), "pk")[:MOST])


def addressed_by(email: str) -> list[User]:
    """Who is meant by a letter to it: whoever has confirmed it, else everybody who claims it."""
    owners = EmailAddress.objects.filter(email=email.strip().lower(), verified=True)
    owner = owners.values_list("user_id", flat=True).first()
    found = [user for user in accounts_of(email) if user.is_active]
    return [user for user in found if user.pk == owner] or found
