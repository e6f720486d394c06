"""Readers who have opened the link of a letter: what they have opened stands in their session, as numbers.

Each page asks anew whether a link is still good, so that a release that is taken back is closed at once.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from core.forms import View
from reports.editions.links import LinkReader, good_links
from reports.editions.models import ReportLink
from reports.files.subjects import SLICE

OPENED = "report_links"  # in the session
MOST = 20


class ReportLinksMiddleware:
    """Nothing is asked before somebody asks who the user is, and nothing more of whoever has opened no link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_reader, request))  # type: ignore[assignment]  # as Django does
        return self.get_response(request)


def _reader(request: HttpRequest) -> Any:
    user = get_user(request)
    numbers = request.session.get(OPENED)
    if not numbers:
        return user
    links = good_links().filter(pk__in=numbers)
    if not user.is_authenticated:
        return LinkReader(links)
    user.report_links = tuple(links)  # type: ignore[attr-defined]  # beside what the account opens
    return user


def remember_link(request: HttpRequest, link: ReportLink) -> None:
    before = [number for number in request.session.get(OPENED, []) if number != link.pk]
    request.session[OPENED] = [*before, link.pk][-MOST:]
    if not request.user.is_authenticated:
        request.session.set_expiry(0)  # nobody signs out: it ends with the browser


def open_to_links(view: View) -> View:
    """A page of a report that may be read by a link, too. Stands above all other decorators."""
    view.opens_to = _may_look  # type: ignore[attr-defined]  # a mark on a function, as Django's own
    return view


def _may_look(request: HttpRequest, named: Mapping[str, Any]) -> bool:
    return named.get("of", SLICE) is SLICE and bool(getattr(request.user, OPENED, ()))
