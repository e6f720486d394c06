"""What no table could store is turned away with a sentence, before a view meets it.

PostgreSQL refuses NUL in text, and a broken encoding would be stored as question marks that nobody wrote.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from trace_site import errors


class ReadableInputMiddleware:
    """Stands before the CSRF check, which is the first to read what was posted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., object], view_args: list[Any], view_kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        try:
            return None if _is_readable(request, view_func) else errors.unreadable(request)
        except RequestDataTooBig:
            return errors.too_much(request)
        except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
            return errors.bad_request(request)


def _is_readable(request: HttpRequest, view_func: Callable[..., object]) -> bool:
    """A view that cleans its posts names the field itself, and saves the others (core.forms.cleans_its_posts)."""
    posted = request.POST  # read for every view: what cannot be parsed at all is met here
    fields = [request.GET] if getattr(view_func, "cleans_its_posts", False) else [request.GET, posted]
    return _is_utf8(request) and not any("\0" in text for text in _texts(request, fields))


def _is_utf8(request: HttpRequest) -> bool:
    """Forms with files are left out: their text was decoded part by part, and the files may be large."""
    if request.content_type != "application/x-www-form-urlencoded":
        return True
    try:
        unquote_to_bytes(request.body).decode()
    except UnicodeDecodeError:
        return False
    return True


def _texts(request: HttpRequest, fields: Iterable[QueryDict]) -> Iterator[str]:
    yield request.path_info
    for some in fields:
        for name, values in some.lists():
            yield name
            yield from values
