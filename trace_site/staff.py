"""What those who run the site see: which version it is, in every page and answer, and one page on how the site does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.accounts.models import User
from core.jobs import actions, registry, sightings
from core.jobs.models import Sighting
from core.post.models import Message
from core.post.standings import numbers_of
from trace_site import ready
from trace_site.version import version

HEADER = "X-Trace-Version"
PARTS = {  # of /ready/
    "database": _("The database answers"),
    "tables": _("Its tables are those of this version"),
    "the one": _("This site acts: it writes letters, opens and closes"),
    "beat": _("What is due is looked for"),
    "workers": _("Every kind of job has a worker"),
    "keys": _("The keys of open surveys are there"),
    "broker": _("Workers are told at once"),
    "disk": _("There is room on the disks"),
}


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


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Numbers of the whole site and no name: staff see no workspace by being staff."""
    check_staff(request.user)
    backup_at = Sighting.objects.filter(lanes=sightings.BACKUP).values_list("seen_at", flat=True).first()
    context = {
        "parts": [(PARTS[part], "" if said == ready.OK else said) for part, said in ready.parts().items()],
        "in_need": _in_need(),
        "letters": _letters(),
        "processes": sightings.at_work().exclude(lanes=sightings.BACKUP).order_by("name"),
        "backup_at": backup_at,
        "is_backup_old": backup_at is not None and backup_at < timezone.now() - sightings.BACKUP_LATE,
    }
    return render(request, "site/staff.html", context)


@require_POST
def again(request: HttpRequest, kind: str) -> HttpResponse:
    """Safe to ask for twice: what is queued already is left alone."""
    user = check_staff(request.user)
    if kind not in registry.kinds:
        raise Http404
    number = actions.retry_all(kind=kind, by=user)
    said = ngettext("%(number)s job waits to be done again.", "%(number)s jobs wait to be done again.", number)
    messages.success(request, said % {"number": number})
    return redirect("staff")


def check_staff(user: User | AnonymousUser) -> User:
    if not isinstance(user, User) or not user.is_staff:
        raise Http404
    return user


def _in_need() -> list[dict[str, Any]]:
    """Of each kind, how many and since when: what a job is about stays with whom it belongs to."""
    by_kind = registry.needing_a_hand().order_by("kind").values("kind")
    rows = by_kind.annotate(number=Count("pk"), since=Min("created_at"))
    return [{"kind": row["kind"], "label": registry.get(row["kind"]).label, **row} for row in rows]


def _letters() -> list[tuple[str, int]]:
    return [(str(standing.label), number) for standing, number in numbers_of(Message.objects.all()).items()]
