"""What a reader sees when something goes wrong."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.forms import posted_fields, typed_words


class OwnNotFoundMiddleware:
    """The embedded site shows the page of a real site, not Django's: people try the product with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return not_found(request) if settings.DEBUG and response.status_code == 404 else response


class OwnNotAllowedMiddleware:
    """An address that only takes what a form sends says so in our frame; Django's answer is empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            response.content = render_to_string("405.html", request=request)
        return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain("400.html", 400)


def unreadable(request: HttpRequest) -> HttpResponse:
    sentence = _("It holds hidden characters that cannot be stored. They often come with text from another program.")
    return _plain("400.html", 400, sentence=sentence)


def too_much(request: HttpRequest) -> HttpResponse:
    return _plain("400.html", 413, sentence=_("It is longer than a page can take."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", _given_back(request), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", _given_back(request), status=404)


def _given_back(request: HttpRequest) -> dict[str, str]:
    """What somebody who is signed in sent to a page that is gone; of respondents nothing is ever shown again."""
    user = getattr(request, "user", None)
    is_ours = request.resolver_match is not None and user is not None and user.is_authenticated
    return {"typed": typed_words(request) if is_ours else ""}


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that cannot prove where it comes from. One from this very site may simply be sent again."""
    context = {"ours": True, "fields": posted_fields(request)} if _is_from_here(request) else {"ours": False}
    return render(request, "403_csrf.html", context, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    here = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}
    referer = urlsplit(request.headers.get("Referer", ""))
    return request.headers.get("Origin", f"{referer.scheme}://{referer.netloc}") in here


def _plain(template: str, status: int, **context: Any) -> HttpResponse:
    """A page that asks nothing of the database, the session or the person."""
    return HttpResponse(render_to_string(template, context), status=status)
