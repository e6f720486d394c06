"""What a draft survey will be able to report. Part of its second and last step; a page of its own without script."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from core.accounts.requests import SignedInRequest
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.readiness import CHECK
from diagnostics.surveys.audience.tree import Node, are_neighbours, tree_of
from diagnostics.surveys.history.resemblance import resembling
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.drafting.figures import as_chosen, nodes_of, sums
from diagnostics.surveys.pages.drafting.frame import step_context
from diagnostics.surveys.pages.drafting.people import PeopleForm
from reports.pages.forecast.joining import Joining, summary
from reports.pages.forecast.page import Foreseen
from spaces.tree import branches

ROWS, CHOICES = 60, 60  # of groups, at once


@require_safe
@vary_on_headers("HX-Request")
def forecast(request: SignedInRequest, public_id: str) -> HttpResponse:
    """`k`: another minimum than the draft's. `join`: groups to try together."""
    survey = load_survey(request.user, public_id)
    if not survey.is_draft:
        return redirect("surveys:dashboard", public_id)
    nodes = tree_of(survey)
    foreseen = _foreseen(survey, nodes, _k(request, survey))
    context = {"survey": survey, "workspace": survey.workspace, "foreseen": foreseen}
    context |= _rows(request, foreseen) | _joining(request, foreseen)
    if request.htmx:
        return render(request, "reports/forecast_part.html", context)
    return render(request, "reports/forecast.html", step_context(CHECK, survey) | context)


@require_POST
def outlook(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What the choices of step 2 add up to while they are made; nothing is kept."""
    survey = load_survey(request.user, public_id)
    if not survey.is_draft:
        return redirect("surveys:dashboard", public_id)
    tree = branches(survey.workspace.groups.select_related("leader"))
    form = PeopleForm(request.POST, initial=PeopleForm.of(survey), survey=survey, branches=tree)
    form.is_valid()
    wished = as_chosen(survey, form.values())
    places = nodes_of(wished, tree, {group.pk for group in form.chosen})
    context = {"sums": sums(wished, places), "small": Foreseen(wished, places, wished.k).small}
    return render(request, "surveys/sums.html", context)


def _foreseen(survey: Survey, nodes: list[Node], k: int) -> Foreseen:
    return Foreseen(survey, nodes, k, {one.leaf.key for one in resembling(survey, nodes, now=timezone.now())})


def _k(request: SignedInRequest, survey: Survey) -> int:
    asked = request.GET.get("k", "")
    return max(int(asked), survey.least_k) if asked.isdecimal() and len(asked) < 4 else survey.k


def _rows(request: SignedInRequest, foreseen: Foreseen) -> dict:
    """A part of the groups at a time, and on every page the whole."""
    lines = foreseen.forecast.lines
    page = Paginator(lines, ROWS).get_page(request.GET.get("page"))
    shown = [*page.object_list, *(() if page.number == page.paginator.num_pages else lines[-1:])]
    return {"page": page, "rows": foreseen.rows_of(shown)}


def _joining(request: SignedInRequest, foreseen: Foreseen) -> dict:
    chosen = set(request.GET.getlist("join") if "join" in request.GET else foreseen.suggested())
    choices = foreseen.smallest_joinable(CHOICES, besides=chosen)
    parts: list[Node] = [place for choice in choices for place in choice.places if place.key in chosen]
    joinable = sum(len(choice.places) for choice in foreseen.joinable)
    joining = None
    if are_neighbours(parts):
        after = _foreseen(foreseen.survey, foreseen.joined(parts), foreseen.k)
        joining = Joining(foreseen, after, parts)
    return {
        "choices": choices,
        "has_more_choices": joinable > sum(len(choice.places) for choice in choices),
        "parts": parts,
        "joining": joining,
        "summary": summary(joining) if joining else [],
        "name": foreseen.joined_name(parts),
        "people": sum(part.invited for part in parts),
        "apart": [place for place in foreseen.places if len(place.sources) > 1],
    }
