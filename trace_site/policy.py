"""Which sources a page may load from: the Content-Security-Policy of the settings."""

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
