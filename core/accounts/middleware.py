"""Signing in is required, and whoever was signed out in the middle of a page loses nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core.accounts import browsers, sessions
from core.accounts.models import User
from core.accounts.second_steps import LED_FROM, SecondStepNeeded
from core.forms import posted_fields
from core.requests import HtmxRequest


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """A page is led to sign-in and back. What was posted stays in the browser, ready to be sent again."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """A view may say itself to whom else it is open: `opens_to`, of the request and what its address names."""
        opens_to = getattr(view_func, "opens_to", None)
        if opens_to and opens_to(request, view_kwargs):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # Django's own only ever redirects
        self, request: HtmxRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        if request.htmx:
            return HttpResponse(status=401)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return render(request, "account/signed_out.html", {"fields": posted_fields(request)}, status=401)


class SecondStepMiddleware:
    """Leads whoever opens something that asks for a second step to set one up, and back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HtmxRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SecondStepNeeded):
            return None
        if request.method == "GET" and not request.htmx:
            request.session[LED_FROM] = request.get_full_path()
        return render(request, "account/second_step_needed.html", {"place": exception.place}, status=403)


class SessionsMiddleware:
    """Notes now and then that a session is used, and tells a browser that lets somebody in that it is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        user = getattr(request, "_cached_user", None)  # as django.contrib.auth keeps whoever was asked for
        if isinstance(user, User) and request.session.get(SESSION_KEY) == str(user.pk):
            sessions.touch(request, user)
        if address := getattr(request, "known_from_now", ""):
            browsers.remember(request, response, address)
        return response
