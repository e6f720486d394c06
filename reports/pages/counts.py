"""How many have answered while a survey is open: a part of its dashboard, and a page of its own without script."""

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from core.accounts.requests import SignedInRequest
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.audience.paths import path_of
from diagnostics.surveys.models import Invitation, SharedLink, Survey, SurveyGroup
from reports.disclosure.counts import GroupCount, shown_counts, shown_in_steps

NAMED = 3  # groups named in one sentence
COUNT = Q(is_group_leader=False, is_late=False)  # towards k, as Participant.counts
HAVE_COUNTS = (Survey.Status.OPEN, Survey.Status.STOPPED)


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def counts(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if survey.status not in HAVE_COUNTS:
        if request.htmx:  # it was open when the page was read
            return HttpResponseClientRefresh()
        raise Http404
    context = {"survey": survey, "workspace": survey.workspace, "k": survey.k, "at": timezone.now()}
    context |= _by_group(survey) if survey.is_personal else _by_link(survey)
    return render(request, "reports/counts_part.html" if request.htmx else "reports/counts.html", context)


def _by_group(survey: Survey) -> dict:
    groups = {group.pk: group for group in survey.groups.all()}
    named = {group.public_id: group for group in groups.values()}
    parents = {key: groups[group.parent_id].public_id if group.parent_id else None for key, group in named.items()}
    asked, answered = _asked_and_answered(survey, groups, leaves=set(parents) - set(parents.values()))
    shown = shown_counts(parents, asked, answered, survey.k)
    hidden = [named[row.node].name for row in shown.rows if row.is_hidden]
    return {
        "total": shown.total,
        "has_others": shown.has_others,
        "rows": [_named(row, named, groups) for row in shown.rows],
        "hidden": hidden,
        "is_naming": len(hidden) <= NAMED,
        "leaves_some_out": survey.participants.filter(~COUNT).exists(),
    }


def _asked_and_answered(
    survey: Survey, groups: dict[int, SurveyGroup], *, leaves: set[str]
) -> tuple[dict[str, int], dict[str, int]]:
    """By leaf, of those who count towards k. The answer of somebody who was removed stays."""
    asked, answered = dict.fromkeys(leaves, 0), dict.fromkeys(leaves, 0)
    counted = survey.participants.filter(COUNT).values_list("group")
    is_done = Q(invitation__status=Invitation.Status.DONE)
    numbers = counted.annotate(people=Count("pk", filter=Q(is_removed=False)), done=Count("pk", filter=is_done))
    for group, people, done in numbers:
        asked[groups[group].public_id], answered[groups[group].public_id] = people, done
    return asked, answered


def _named(row: GroupCount, named: dict[str, SurveyGroup], groups: dict[int, SurveyGroup]) -> dict:
    group = named[row.node]
    return {
        "row": row,
        "name": group.name,
        "within": path_of(group, groups).rpartition(" › ")[0],
        "joins": named[row.joins].name if row.joins else "",
        "is_together": row.kind == "other groups",
    }


def _by_link(survey: Survey) -> dict:
    """Which group an answer comes from is sealed with it; there is one number only."""
    said = SharedLink.objects.filter(survey=survey).values_list("invited_count", flat=True)
    total = shown_in_steps(sum(filter(None, said)), survey.ballots.count(), survey.k)
    return {"total": total, "has_others": False, "rows": [], "hidden": [], "leaves_some_out": False}
