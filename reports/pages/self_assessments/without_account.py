"""Results for those without an account: a sample, and what they have just rated themselves."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.models import User
from diagnostics.self_assessments.access import opened_to, unkept_in, was_begun_here
from diagnostics.self_assessments.rating import gone
from diagnostics.self_assessments.until import until
from reports.readings.self_assessment.sample import read_sample
from reports.readings.self_assessment.unkept import read_unkept
from reports.self_assessments.access import load_submitted

SAMPLE_KEPT = 600  # seconds, in the browser of whoever is not signed in


@login_not_required
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    response = render(request, "reports/sample.html", {"reading": read_sample()})
    if not request.user.is_authenticated:
        patch_cache_control(response, private=True, max_age=SAMPLE_KEPT)
    return response


@opened_to(was_begun_here)
@never_cache
@require_safe
def begun(request: HttpRequest, public_id: str) -> HttpResponse:
    """The result in the browser that began it; once it is kept, the result with the account."""
    if isinstance(request.user, User):
        return redirect("reports:self_assessment", load_submitted(request.user, public_id).public_id)
    unkept = unkept_in(request).select_related("version", "primary_space").filter(public_id=public_id).first()
    if unkept is None:
        return gone(request)
    if unkept.submitted_at is None:
        return redirect("self_assessments:resume", public_id)
    context = {"reading": read_unkept(unkept), "until": until(unkept.ends_at), "self_assessment": unkept}
    return render(request, "reports/begun.html", context)
