"""The page of a limit that was reached, wherever a view does not show the sentence beside its own form."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core.forms import posted_fields
from core.quotas.actions import OverQuota
from core.requests import HtmxRequest


class OverQuotaMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HtmxRequest, exception: Exception) -> HttpResponse | None:
        """For htmx the sentence in the place of what was asked for; else with what was entered, to be sent again."""
        if not isinstance(exception, OverQuota):
            return None
        sentence = exception.messages[0]
        if request.htmx:
            return render(request, "quotas/sentence.html", {"sentence": sentence})
        context = {"sentence": sentence, "fields": posted_fields(request)}
        return render(request, "quotas/reached.html", context, status=429)
