"""What a browser is told to refuse: foreign sources, powers that no page uses, and to keep what belongs to somebody."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property


class KeptPolicyMiddleware(CSPMiddleware):
    """Words the policy once for all responses that add nothing to it; the library words it for every saved answer."""

    @cached_property
    def usual(self) -> str:
        return build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.DEBUG or self.get_policy_parts(request, response) != PolicyParts():
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.usual)
        return response


POWERS = {
    "self": ("clipboard-write", "fullscreen", "publickey-credentials-create", "publickey-credentials-get", "web-share"),
    "": (
        "accelerometer",
        "autoplay",
        "bluetooth",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    ),
}
PERMISSIONS = ", ".join(f"{power}=({to})" for to, powers in POWERS.items() for power in powers)


class RefusalsMiddleware:
    """Of every answer, also of those that no view gives. Nothing is kept by a browser or on the way unless a view says
    for how long: the button 'back' of a shared machine shows nobody what somebody else has read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response
