"""What members of a workspace see where a report stood that was deleted: that it was, when and why."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from core.accounts.requests import SignedInRequest
from reports.editions.models import GoneReport
from reports.files.purging import PurgeReason
from spaces.access import memberships_of

GONE = 410


def gone_page(request: SignedInRequest, public_id: str) -> HttpResponse | None:
    """None for everybody else, to whom there is nothing here, and where nothing has gone."""
    if not request.user.is_authenticated:
        return None
    gone = GoneReport.objects.filter(public_id=public_id, workspace__memberships__in=memberships_of(request.user))
    one = gone.select_related("workspace").first()
    if one is None:
        return None
    context = {"gone": one, "reason": PurgeReason(one.reason).label, "workspace": one.workspace}
    return render(request, "reports/gone.html", context, status=GONE)


def says_what_is_gone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Of a page whose address names a survey, a slice or a comparison."""

    @wraps(view)
    def page(request: SignedInRequest, public_id: str, **parts: Any) -> HttpResponse:
        try:
            return view(request, public_id, **parts)
        except Http404:
            if gone := gone_page(request, public_id):
                return gone
            raise

    return page
