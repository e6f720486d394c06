"""The page of letters and work of a workspace."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.site import site_contact
from reports.pages.upkeep.page import read
from spaces.access import load_membership
from spaces.models import Role


@require_safe
@never_cache
def upkeep(request: SignedInRequest, public_id: str) -> HttpResponse:
    """For the owner, who looks after what others began."""
    workspace = load_membership(request.user, public_id, Role.OWNER).workspace
    page = read(workspace, request.user, now=timezone.now())
    return render(request, "reports/upkeep.html", {"workspace": workspace, "page": page, "contact": site_contact()})
