"""A letter on a page of this site, in a frame: its looks stand in its tags, which pages may not have."""

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from core.post.letter import html_to_look_at
from core.post.registry import Rendered

POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "connect-src": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
}
framed: Callable = csp_replace(POLICY)


@never_cache
@xframe_options_sameorigin
@framed
def show_html(request: HttpRequest, html: str) -> HttpResponse:
    return HttpResponse(html)


def show_letter(request: HttpRequest, letter: Rendered) -> HttpResponse:
    return show_html(request, html_to_look_at(letter))
