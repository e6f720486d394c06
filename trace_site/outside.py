"""What machines ask from outside, answered before anything that belongs to people: no session, no log line, no host.

A probe on this machine calls the server by its number, which ALLOWED_HOSTS does not know; nothing here depends on it.
"""

import hmac
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string

from trace_site import ready

SALT = "trace.outside"
Answers = dict[str, Callable[[HttpRequest], HttpResponse]]

LASTS = 120  # seconds, of a question by `manage.py doctor`


class OutsideMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        metrics = import_string("trace_site.metrics.page")  # it stands above, with all that it counts
        self.answers: Answers = {"/health/": health, "/ready/": is_ready, "/metrics/": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answers.get(request.path)
        if answer is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        response._has_been_logged = True  # type: ignore[attr-defined]  # or each 503 is a line, every few seconds
        return response


def health(request: HttpRequest) -> HttpResponse:
    """This process is alive; nothing else is asked. To `manage.py doctor` it tells how the question came in."""
    if "asked" in request.GET and _is_ours(request.GET["asked"]):
        return JsonResponse(
            {
                "client": get_adapter().get_client_ip(request),
                "scheme": request.scheme,
                "host": request.headers.get("Host", ""),
            }
        )
    return HttpResponse("ok", content_type="text/plain")


def is_ready(request: HttpRequest) -> HttpResponse:
    parts = ready.parts()
    is_well = all(said == ready.OK for said in parts.values())
    return JsonResponse({"ready": is_well, "parts": parts}, status=200 if is_well else 503)


def question() -> str:
    return signing.dumps("how do I come in", salt=SALT)


def _is_ours(text: str) -> bool:
    try:
        return bool(signing.loads(text, salt=SALT, max_age=LASTS))
    except signing.BadSignature:
        return False


def holds(request: HttpRequest, secret: str) -> bool:
    said = request.headers.get("Authorization", "")
    return bool(secret) and hmac.compare_digest(said.encode(), f"Bearer {secret}".encode())
