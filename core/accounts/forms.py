"""Allauth's forms in our words: one new password, no placeholders, and a name at sign-up."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import EmailAddress, Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.core.ratelimit import respond_429
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.accounts import counts, sign_ins
from core.accounts.backends import addressed_by
from core.accounts.models import User
from core.accounts.passwords import OwnWordsValidator
from core.accounts.turns import in_turn
from core.forms import OneLine
from core.quotas.actions import OverQuota, nameless, spend
from core.words import Words

WORDS: dict[str, tuple[Words, Words]] = {  # field: its label, and what to do where it is empty
    "name": (_("Your name"), _("Enter your name")),
    "login": (_("E-mail address"), _("Enter your e-mail address")),
    "email": (_("E-mail address"), _("Enter your e-mail address")),
    "password": (_("Password"), _("Enter your password")),
    "oldpassword": (_("Password you use now"), _("Enter the password you use now")),
    "password1": (_("New password"), _("Enter a new password")),
    "code": (_("Code"), _("Enter the code")),
    "credential": ("", _("The browser has not handed a passkey over. Try again.")),
}
REFUSED = _("This passkey was not accepted. Try again, or use another way.")


def name_field() -> OneLine:
    return OneLine(most=150, widget=forms.TextInput({"autocomplete": "name"}))


class InOurWords:
    """Our labels and no placeholders; a new password is typed once, with the rules beside it."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label, field.error_messages["required"] = WORDS[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _("Enter an e-mail address such as name@example.org")
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = _(
                "At least 10 characters; not like your name or address, and not one that many people use."
            )


class LoginForm(InOurWords, account.LoginForm):
    pass


class SignUpForm(InOurWords, account.SignupForm):
    """Answers the same whether or not the address has an account; its owner learns it by mail."""

    field_order = ("name", "email", "password1")
    name = name_field()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("We send a link there to confirm it. You need not wait for it.")
        self.fields["password1"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        """Every form that is filled in counts, of a taken address too: which one it was is told to nobody."""
        cleaned: dict[str, Any] = super().clean()
        if "password1" in cleaned:
            try:
                OwnWordsValidator().validate(cleaned["password1"], User(name=cleaned.get("name", "")))
            except ValidationError as refused:
                self.add_error("password1", refused)
        if not self.errors and context.request:
            try:
                spend("sign-ups", client=get_adapter().get_client_ip(context.request))
            except OverQuota as over:
                self.add_error(None, over)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        email = self.cleaned_data["email"]
        with in_turn(f"sign-up:{email}"):  # a second click finds the account that the first one made
            client = nameless(get_adapter().get_client_ip(request))
            if not counts.count("sign-ups-of-one", place=f"{client} {email}"):
                return None, respond_429(request)
            return self._sign_in(request) or super().try_save(request)

    def _sign_in(self, request: HttpRequest) -> tuple[User | None, HttpResponse] | None:
        """Sign in instead where the person has an account with this very password."""
        credentials = {"email": self.cleaned_data["email"], "password": self.cleaned_data["password1"]}
        try:
            user = get_adapter().authenticate(request, **credentials)
        except ValidationError:  # too many were wrong: then it is not even looked whether this one is right
            return None
        if user is None:
            return None
        login = Login(user=user, email=credentials["email"], redirect_url=get_next_redirect_url(request))
        return user, perform_password_login(request, credentials, login)

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ChangeAddressForm(InOurWords, account.AddEmailForm):
    """A new address counts once it is confirmed; where none was confirmed yet, it replaces the old one at once."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if not counts.count("new-addresses", person=str(self.user.pk)):
            raise ValidationError(_("You have changed the address many times. Try again in an hour."))
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        address = super().save(request)
        if not EmailAddress.objects.filter(user=self.user, verified=True).exists():
            address.set_as_primary()
        return address


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    def clean_oldpassword(self) -> str:
        """A session that was left open is no place to guess at the password either."""
        counted = counts.guess("wrong-passwords", context.request, self.user.email)
        if counted is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        old: str = super().clean_oldpassword()
        counted.take_back()
        return old


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    pass


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    """As much work for an address without an account: which letter it becomes is all that differs."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.users = addressed_by(email)
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Where enough letters are on their way, each of them opens the page: no other is sent, and nobody kept out."""
        email: str = self.cleaned_data["email"]
        spend("password-letters", client=get_adapter().get_client_ip(request))
        if counts.count("reset-letters", account=email):
            for user in self.users:
                get_adapter().send_password_reset_mail(user, email, {})
            if not self.users:
                get_adapter().send_mail("unknown_account", email, {})
        return email


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    pass


class CountedCode(InOurWords):
    """A code of the second step: wrong ones are counted as wrong passwords are."""

    user: User

    def clean_code(self) -> str:
        counted = counts.guess("wrong-codes", context.request, self.user.email)
        if counted is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form beside it
        except ValidationError:
            sign_ins.note(context.request, self.user.email, sign_ins.Outcome.WRONG_CODE)
            raise
        counted.take_back()
        return code


class CodeForm(CountedCode, mfa.AuthenticateForm):
    pass


class ReauthenticateCodeForm(CountedCode, mfa.ReauthenticateForm):
    pass


class ActivateCodeForm(InOurWords, totp.ActivateTOTPForm):
    pass


# What the libraries raise of something that is none.
NO_PASSKEY = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, UnsupportedAlgorithm)


class OfPasskey(InOurWords):
    """A passkey as a browser hands it over. What is not one is refused, whatever it looks like."""

    user: User | None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["invalid"] = REFUSED

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form beside it
        except (ValidationError, *NO_PASSKEY) as refused:
            if self.user:
                sign_ins.note(context.request, self.user.email, sign_ins.Outcome.WRONG_PASSKEY)
            raise ValidationError(REFUSED) from refused


class PasskeyForm(OfPasskey, webauthn.AuthenticateWebAuthnForm):
    pass


class SignInByPasskeyForm(OfPasskey, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(OfPasskey, webauthn.ReauthenticateWebAuthnForm):
    pass


class NamedPasskey(InOurWords):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        named = OneLine(most=60, required=False, widget=forms.TextInput({"autocomplete": "off"}))
        named.label, named.help_text = _("Name"), _("By which you tell it from others")
        self.fields["name"] = named


class AddPasskeyForm(NamedPasskey, webauthn.AddWebAuthnForm):
    passwordless = None  # each that can sign in alone may

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (ValidationError, *NO_PASSKEY) as refused:
            raise ValidationError(REFUSED) from refused


class NamePasskeyForm(NamedPasskey, webauthn.EditWebAuthnForm):
    def clean_name(self) -> str:
        """Nothing leaves it as it was."""
        return self.cleaned_data["name"] or self.initial["name"]


class NameForm(InOurWords, forms.ModelForm):
    name = name_field()

    class Meta:
        model = User
        fields = ("name",)
