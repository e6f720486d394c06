"""How sign-in behaves here: mail becomes rows, links stay on this site, secrets are sealed."""

import base64
import hashlib
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.accounts import counts, doors, sign_ins
from core.accounts.browsers import named
from core.accounts.first_pages import first_page_of
from core.accounts.models import User
from core.accounts.second_steps import is_the_last, places_that_ask
from core.post.actions import send


class AccountAdapter(DefaultAccountAdapter):
    """Mail is asked for by a row that holds ids; the worker derives links and tokens (see emails.py)."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address and the password do not match. Check both and try again."),
        "too_many_login_attempts": _(
            "Too many attempts to sign in have failed here. Try again later, or choose a new password: the letter with "
            "the link always comes, and afterwards you can sign in at once."
        ),
        "enter_current_password": _("Enter the password you use now"),
        "incorrect_password": _("This is not your password. Check it and try again."),
        "incorrect_code": _("This code is not right. Enter the newest one."),
        "duplicate_email": _("This is your address already"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """On a closed site only by the link of somebody who lets people in."""
        led_here_by = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
        return settings.OPEN_SIGN_UP or doors.lets_in(led_here_by)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Every password that is tried, on whichever page, is counted until it turns out right."""
        counted = counts.guess("wrong-passwords", request, credentials.get("email", ""))
        if counted is None:
            raise self.validation_error("too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if user:
            counted.take_back()
        else:
            sign_ins.note(request, credentials.get("email", ""), sign_ins.Outcome.WRONG_PASSWORD)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        _ask(template_prefix, email)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """No more than an inbox can bear. Whoever is signed in can ask for another, whatever others have done."""
        address = emailconfirmation.email_address
        has_room = (
            counts.count("sign-up-letters", account=address.email)
            if signup
            else counts.count("confirm-letters", person=f"{address.user_id} {address.email}")
        )
        if has_room is None:
            return
        _ask("email_confirmation_signup" if signup else "email_confirmation", address.email, address=address.pk)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        _ask("password_reset_key", email, user=user.pk)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        if email := email or EmailAddress.objects.get_primary_email(user):
            _ask(template_prefix, email, user=user.pk)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        return [way | {"description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where no page was asked for before."""
        usual: str = super().get_login_redirect_url(request)
        return first_page_of(cast("User", request.user)) or usual

    def is_safe_url(self, url: str | None) -> bool:
        request = context.request
        return url_has_allowed_host_and_scheme(url, request.get_host(), require_https=request.is_secure())


def _ask(template_prefix: str, email: str, **reference: int) -> None:
    name = template_prefix.rpartition("/")[2]
    send(kind=f"account.{name}", to=email, reference=reference, language=get_language() or settings.LANGUAGE_CODE)


class MFAAdapter(DefaultMFAAdapter):
    """The secrets of the second step are sealed with a key made from SECRET_KEY: a stolen database signs nobody in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Switch the second step off before you change the address; then switch it on again."),
        "cannot_delete_authenticator": _(
            "A workspace of yours asks for a second step, and this is the only one you have. Add another one first, or "
            "leave that workspace."
        ),
        "incorrect_code": _("This code is not right. Enter the newest one."),
        "unverified_email": _("First confirm your e-mail address, then you can add a second step."),
    }

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """A passkey lives where it is made."""
        browser = named(context.request)
        return gettext("%(program)s on %(system)s") % browser if all(browser.values()) else gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (is_the_last(authenticator) and places_that_ask(authenticator.user))

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()


def sealed_anew(text: str) -> str:
    """Under today's SECRET_KEY, so that an earlier one can go."""
    return _seal().rotate(text.encode()).decode()


def _seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"trace second step" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
