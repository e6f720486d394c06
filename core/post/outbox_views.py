"""The local outbox: every message of a debug site, readable without signing in. Never served in production."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.post.outbox import Letter, letters
from core.post.showing import show_html


@require_safe
@never_cache
@login_not_required
def letter_list(request: HttpRequest) -> HttpResponse:
    return render(request, "outbox/list.html", {"letters": letters(settings.OUTBOX)})


@require_safe
@login_not_required
def letter(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "outbox/letter.html", {"letter": _found(name)})


@require_safe
@login_not_required
def looks(request: HttpRequest, name: str) -> HttpResponse:
    """For a frame: as a mail program shows it."""
    return show_html(request, _found(name).html)


def _found(name: str) -> Letter:
    for found in letters(settings.OUTBOX):
        if found.name == name:
            return found
    raise Http404
