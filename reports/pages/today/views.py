"""The first page of whoever looks after surveys; everybody else goes on to their self-assessments."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from reports.pages.today import page
from spaces.access import check_belongs_somewhere, closed_to


@require_safe
@never_cache
def today(request: SignedInRequest) -> HttpResponse:
    workspaces = list(page.managed_by(request.user))
    if not workspaces:
        check_belongs_somewhere(request.user)
        return redirect("self_assessments:list")
    shown = page.today(workspaces, now=timezone.now(), chosen=request.GET.get("workspace", ""))
    return render(request, "reports/today.html", {"page": shown})


def first_page(user: User) -> str | None:
    """After signing in; None for whoever manages no workspace, and is not to set up a second step for one."""
    return reverse("reports:today") if page.managed_by(user).exists() or closed_to(user).exists() else None
