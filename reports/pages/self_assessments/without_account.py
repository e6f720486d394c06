"""Results for those without an account: a sample, and what they have just rated themselves."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.models import User
from diagnostics.self_assessments.access import View, opened_to, unkept_in, was_begun_here
from diagnostics.self_assessments.models import Unkept
from diagnostics.self_assessments.rating import gone
from diagnostics.self_assessments.until import until
from reports.readings.self_assessment.result import Reading
from reports.readings.self_assessment.sample import read_sample
from reports.readings.self_assessment.unkept import read_unkept
from reports.self_assessments.access import load_submitted

SAMPLE_KEPT = 600  # seconds, in the browser of whoever is not signed in


@login_not_required
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    return _kept_a_while(request, render(request, "reports/sample.html", {"reading": read_sample()}))


@login_not_required
@require_safe
def sample_place(request: HttpRequest, condition: str, space: str) -> HttpResponse:
    return _kept_a_while(request, _place(request, read_sample(), condition, space, back=reverse("reports:sample")))


def _kept_a_while(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if not request.user.is_authenticated:
        patch_cache_control(response, private=True, max_age=SAMPLE_KEPT)
    return response


def _place(request: HttpRequest, reading: Reading, condition: str, space: str, *, back: str) -> HttpResponse:
    """One place with what was answered there."""
    opened = reading.cell(condition, space)
    if opened is None:
        raise Http404
    context = {"opened": opened, "back": back, "is_sample": back == reverse("reports:sample")}
    return render(request, "reports/place_of_nothing_stored.html", context)


def of_this_browser(view: View) -> View:
    """Calls it with what the browser began and submitted; whoever has kept it since comes to the result they have."""

    @opened_to(was_begun_here)
    @never_cache
    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, public_id: str, **place: str) -> HttpResponseBase:
        if isinstance(request.user, User):
            return redirect("reports:self_assessment", load_submitted(request.user, public_id).public_id)
        unkept = unkept_in(request).select_related("version", "primary_space").filter(public_id=public_id).first()
        if unkept is None:
            return gone(request)
        if unkept.submitted_at is None:
            return redirect("self_assessments:resume", public_id)
        return view(request, unkept, **place)

    return opened


@of_this_browser
def begun(request: HttpRequest, unkept: Unkept) -> HttpResponse:
    context = {"reading": read_unkept(unkept), "until": until(unkept.ends_at), "self_assessment": unkept}
    return render(request, "reports/begun.html", context)


@of_this_browser
def begun_place(request: HttpRequest, unkept: Unkept, condition: str, space: str) -> HttpResponse:
    return _place(
        request, read_unkept(unkept), condition, space, back=reverse("reports:begun", args=[unkept.public_id])
    )
