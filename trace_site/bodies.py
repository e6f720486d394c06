"""A body that is too large is turned away unread: what a form may hold is limited elsewhere, files are not."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from trace_site import errors

LARGEST = 6 * 1024 * 1024  # bytes: the largest file that a page takes has five million. As in deploy/nginx.conf


class BodySizeMiddleware:
    """Stands before whatever reads. A body that does not say how long it is is not read at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST:
            return errors.too_much(request)
        return self.get_response(request)
