"""How many have answered while a survey is open: a part of its dashboard, and a page of its own without script.

What stands here was worked out by a worker this morning; asking again changes nothing.
"""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from core.accounts.requests import SignedInRequest
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.work_ahead import next_count
from diagnostics.surveys.answered import asked_by_group
from diagnostics.surveys.audience.paths import leaves_with_paths
from diagnostics.surveys.models import UNCOUNTED, SharedLink, Survey
from reports.counts.models import DailyCount
from reports.disclosure.counts import Count

GROUPS_AT_ONCE = 100  # on a page; the dashboard shows the first of them
HAVE_COUNTS = (Survey.Status.OPEN, Survey.Status.STOPPED)


@dataclass(frozen=True)
class GroupRow:
    """`count` is None where fewer than k are asked: of them nothing is said."""

    name: str
    within: str
    count: Count | None


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def counts(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if survey.status not in HAVE_COUNTS:
        if request.htmx:  # it was open when the page was read
            return HttpResponseClientRefresh()
        raise Http404
    known = DailyCount.objects.filter(survey=survey).first()
    context = {"survey": survey, "workspace": survey.workspace, "k": survey.k, "known": known}
    context |= {"next_at": next_count(survey, timezone.now())}
    context |= _by_group(request, survey, known) if survey.is_personal else _by_link(survey, known)
    return render(request, "reports/counts_part.html" if request.htmx else "reports/counts.html", context)


def _by_group(request: SignedInRequest, survey: Survey, known: DailyCount | None) -> dict:
    asked, steps = asked_by_group(survey), known.groups if known else {}
    leaves = leaves_with_paths(survey)
    told = {leaf.public_id for leaf, _path in leaves if asked.get(leaf.public_id, 0) >= survey.k}
    page = Paginator(leaves, GROUPS_AT_ONCE).get_page(request.GET.get("page"))
    rows = []
    for group, path in page:
        key = group.public_id
        count = Count(survey.k, asked[key], steps.get(key)) if key in told else None
        rows.append(GroupRow(group.name, path.rpartition(" › ")[0], count))
    return {
        "total": Count(survey.k, sum(asked.values()), known.total if known else None),
        "rows": rows,
        "page": page,
        "has_small": len(told) < len(leaves),
        "leaves_some_out": survey.participants.filter(UNCOUNTED).exists(),
    }


def _by_link(survey: Survey, known: DailyCount | None) -> dict:
    said = SharedLink.objects.filter(survey=survey).values_list("invited_count", flat=True)
    total = Count(survey.k, sum(filter(None, said)), known.total if known else None)
    return {"total": total, "rows": [], "has_small": False, "leaves_some_out": False}
