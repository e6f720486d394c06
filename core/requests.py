"""Requests as views meet them once the middleware has been through."""

from collections.abc import Sequence

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """Every request: whether it asks for a part of a page is known, and what a respondent may read it in."""

    htmx: HtmxDetails
    languages: Sequence[object]
