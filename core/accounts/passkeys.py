"""Signing in with a passkey, as second step or instead of the password: where ours differs from allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import passthrough_next_redirect_url
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.accounts import counts
from core.accounts.requests import SignedInRequest
from core.accounts.second_steps import LED_FROM
from core.quotas.actions import nameless

ASKED_LASTS = 900  # seconds in which the browser of somebody who is not signed in answers


class SignInView(webauthn.LoginWebAuthnView):
    """GET by script begins, POST brings what the passkey said."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if get_adapter().is_ajax(request):
            client = nameless(get_adapter().get_client_ip(request))
            if not counts.count("passkeys", client=client):
                return respond_429(request)
            request.session.set_expiry(ASKED_LASTS)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE)
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        messages.error(self.request, str(form.errors["credential"][0]))
        return redirect(passthrough_next_redirect_url(self.request, reverse("account_login"), REDIRECT_FIELD_NAME))


class SecondStepView(mfa.AuthenticateView):
    """Offers what they have, and no other step."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        theirs = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return super().get_context_data(**kwargs) | {
            "has_passkey": Authenticator.Type.WEBAUTHN in theirs,
            "has_app": Authenticator.Type.TOTP in theirs,
        }


class ReauthenticateView(webauthn.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data() | {"form": form})


class RemoveView(webauthn.RemoveWebAuthnView):
    """Not the last step of somebody who is asked for one."""

    def form_valid(self, form: Form) -> HttpResponse:
        if not get_mfa_adapter().can_delete_authenticator(self.get_object()):
            form.add_error(None, get_mfa_adapter().validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        return super().form_valid(form)


sign_in = SignInView.as_view()
second_step = SecondStepView.as_view()
remove = RemoveView.as_view()
reauthenticate = ReauthenticateView.as_view()


@require_safe
def go_on(request: SignedInRequest) -> HttpResponse:
    """To the page that asked for a second step, once there is one."""
    return redirect(request.session.pop(LED_FROM, None) or "accounts:account")


@require_safe
def all_of_them(request: HttpRequest) -> HttpResponse:
    """They stand on the page of the second step."""
    return redirect("mfa_index")
