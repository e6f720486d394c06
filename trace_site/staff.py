"""What those who run the site see in every page and answer: which version it is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from trace_site.version import version

HEADER = "X-Trace-Version"


class VersionMiddleware:
    """Asks nobody who the reader is where nobody else has asked: a saved answer costs nothing more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_known_staff(request):
            response.headers[HEADER] = version()
        return response


def running_version(request: HttpRequest) -> dict[str, str]:
    return {"running_version": version() if is_known_staff(request) else ""}


def is_known_staff(request: HttpRequest) -> bool:
    known = getattr(request, "_cached_user", None)  # as django.contrib.auth keeps whoever was asked for
    return bool(known and known.is_staff)
