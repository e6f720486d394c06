"""Messages about an account, rendered in the worker at the moment they leave.

A row names ids only. Links and tokens are derived here, always from SITE_URL; none is stored, and a later attempt
makes a new one. None means that the message is no longer wanted.
"""

import unicodedata
from collections.abc import Callable
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.accounts.models import User
from core.post.registry import Rendered, register
from core.site import site_contact
from core.words import Words

LONGEST_GREETED = 30
NOTICES = (
    "password_changed",
    "password_reset",
    "password_set",
    "email_changed",
    "email_deleted",
    "totp_activated",
    "totp_deactivated",
    "webauthn_added",
    "webauthn_removed",
    "recovery_codes_generated",
    "signed_in_elsewhere",
    "second_step_reset",
)


def register_all() -> None:
    register("account.email_confirmation", confirm_address, is_urgent=True)
    register("account.email_confirmation_signup", confirm_address, is_urgent=True)
    register("account.password_reset_key", reset_password, is_urgent=True)
    register("account.unknown_account", unknown_account, is_urgent=True)
    for name in NOTICES:
        register(f"account.{name}", _notice(name), is_urgent=True)


def confirm_address(reference: dict, language: str) -> Rendered | None:
    address = EmailAddress.objects.filter(pk=reference["address"], verified=False).select_related("user").first()
    if address is None or not address.user.is_active:
        return None
    if not address.can_set_verified():
        return _render("address_taken", language, _("Sign in"), _link("account_login"))
    link = _link("account_confirm_email", EmailConfirmationHMAC(address).key)
    return _render("confirm_address", language, _("Confirm the address"), link, name=_greeted(address.user))


def reset_password(reference: dict, language: str) -> Rendered | None:
    user = User.objects.filter(pk=reference["user"], is_active=True).first()
    if user is None:
        return None
    token = default_token_generator.make_token(user)
    link = _link("account_reset_password_from_key", user_pk_to_url_str(user), token)
    return _render("reset_password", language, _("Choose a new password"), link, name=_greeted(user))


def unknown_account(reference: dict, language: str) -> Rendered:
    sign_up = _link("account_signup") if settings.OPEN_SIGN_UP else ""
    return _render("unknown_account", language, _("Create an account"), sign_up, contact=site_contact())


def _greeted(user: User) -> str:
    """The first name, as long as it is one: whoever signs up with the address of another writes them nothing else."""
    name = user.first_name
    return name if len(name) <= LONGEST_GREETED and all(map(_belongs_in_a_name, name)) else user.email


def _belongs_in_a_name(character: str) -> bool:
    return character in "-'’" or unicodedata.category(character)[0] in "LM"


def _notice(name: str) -> Callable[[dict, str], Rendered | None]:
    def render(reference: dict, language: str) -> Rendered | None:
        user = User.objects.filter(pk=reference["user"], is_active=True).first()
        if user is None:
            return None
        reset = _link("account_reset_password")
        return _render("notice", language, _("Choose a new password"), reset, name=_greeted(user), what=name)

    return render


def _link(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _render(template: str, language: str, button: Words, link: str, **context: Any) -> Rendered:
    """The first line of the template is the subject, the rest the text; the button does what the letter is about."""
    with override(language):
        letter = render_to_string(f"account/email/{template}.txt", {"link": link, **context})
        subject, _rest, text = letter.strip().partition("\n")
        return Rendered(subject.strip(), text.strip() + "\n", link=link, button=button)
