"""Signing in is required, and whoever was signed out in the middle of a page loses nothing."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.forms import posted_fields


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """A page is led to sign-in and back. What was posted stays in the browser, ready to be sent again."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        if request.htmx:
            return HttpResponse(status=401)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return render(request, "account/signed_out.html", {"fields": posted_fields(request)}, status=401)
