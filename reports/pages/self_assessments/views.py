"""The result of a self-assessment."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from core.accounts.requests import SignedInRequest
from diagnostics.self_assessments.access import load_readable
from reports.files.models import Document
from reports.pages.files import chart_page, drawn
from reports.pages.self_assessments.page import result_page
from reports.readings.self_assessment.over_time import over_time
from reports.readings.self_assessment.result import read_result
from reports.readings.self_assessment.since_last import usual_earlier
from reports.self_assessments.access import load_earlier, load_own_result, load_submitted


@require_safe
@never_cache
@vary_on_headers("HX-Request")
@chart_page
def self_assessment(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The result page, or for htmx the part that waits for the figure; a draft leads back to its questions."""
    own = load_readable(request.user, public_id)
    if own.submitted_at is None:
        return redirect("self_assessments:page", public_id, own.version.pages[0]["condition"])
    template = "reports/figure_job.html" if request.htmx else "reports/self_assessment.html"
    return render(request, template, {"page": result_page(request.user, own)})


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def own_answers(request: SignedInRequest, public_id: str, condition: str, space: str) -> HttpResponse:
    """One place with what its leader answered there: a page, or for htmx the part beneath the map."""
    own = load_own_result(request.user, public_id)
    opened = read_result(own.result).cell(condition, space)
    if opened is None:
        raise Http404
    template = "reports/own_cell.html" if request.htmx else "reports/own_answers.html"
    back = reverse("reports:self_assessment", args=[public_id])
    context = {"own": own, "opened": opened, "back": back, "has_focus": bool(request.htmx)}
    return render(request, template, context)


@require_safe
@never_cache
def compared_with(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Beside an earlier one that the address names, by default the one that shares most."""
    read = load_submitted(request.user, public_id)
    earlier = load_earlier(request.user, read)
    if not earlier:
        raise Http404
    asked = request.GET.get("with")
    chosen = next((one for one in earlier if one.public_id == asked), None) or usual_earlier(earlier, read)
    reading = read_result(read.result, leader=None if read.leader == request.user else read.leader.first_name)
    context = {
        "own": read,
        "reading": reading,
        "earlier": earlier[::-1],
        "chosen": chosen,
        "compared": over_time(earlier, reading, chosen=chosen),
    }
    return render(request, "reports/over_time.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """The figure in words for whoever looks."""
    read = load_submitted(request.user, public_id)
    kind = Document.Kind.FIGURE if read.leader == request.user else Document.Kind.READERS_FIGURE
    return drawn(request, read, kind)
