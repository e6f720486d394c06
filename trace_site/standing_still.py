"""What a copy of this site says to respondents: that nothing is taken here, before they answer for nobody."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from core.identity.still import LATELY, why_still

ANSWERING = "answering"
ASK_AGAIN = 60  # seconds


class StandingStillMiddleware:
    """Pages on which surveys are answered are shut for as long as the site stands still."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.namespace != ANSWERING or not why_still(within=LATELY):
            return None
        response = _said(request)
        response["Retry-After"] = str(ASK_AGAIN)
        add_never_cache_headers(response)
        return response


def _said(request: HttpRequest) -> HttpResponse:
    if not request.accepts("text/html"):
        sentence = _("Not saved yet: this site takes no answers at the moment. Keep this page open; it tries again.")
        return JsonResponse({"sentence": sentence}, status=503)
    return render(request, "answering/stands_still.html", status=503)
