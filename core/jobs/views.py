from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from core.jobs import actions, registry
from core.jobs.models import Job
from core.requests import HtmxRequest


@require_safe
@never_cache
@vary_on_headers("HX-Request")
@login_not_required
def progress(request: HtmxRequest, public_id: str) -> HttpResponse:
    """How far a job is: a page, or for htmx the part that moves; 204 while a reader has `seen` it all."""
    if not request.user.is_authenticated and not _is_for_guest(request, public_id):
        return _sign_in_again(request)
    job = _load_job(request, public_id)
    if not request.htmx:
        return render(request, "jobs/progress.html", {"job": job})
    if request.GET.get("seen") == job.mark:
        return HttpResponse(status=204)
    return _state(request, job)


@require_POST
def retry(request: HtmxRequest, public_id: str) -> HttpResponse:
    return _changed(request, actions.retry(job=_load_job(request, public_id), by=request.user))


@require_POST
def cancel(request: HtmxRequest, public_id: str) -> HttpResponse:
    """Whoever comes too late sees how the job has ended."""
    job = _load_job(request, public_id)
    if job.is_open:
        if not registry.can_be_cancelled_by(job, request.user):
            raise PermissionDenied
        job = actions.cancel(job=job)
    return _changed(request, job)


def _changed(request: HtmxRequest, job: Job) -> HttpResponse:
    if request.htmx:
        return _state(request, job, has_focus=True)
    return redirect("jobs:progress", public_id=job.public_id)


def _state(request: HtmxRequest, job: Job, *, has_focus: bool = False) -> HttpResponse:
    response = render(request, "jobs/state.html", {"job": job, "has_focus": has_focus})
    if job.status == Job.Status.DONE:
        trigger_client_event(response, "job-done", {"job": job.public_id, "kind": job.kind})
    return response


def _load_job(request: HtmxRequest, public_id: str) -> Job:
    job = get_object_or_404(registry.known_jobs(), public_id=public_id)
    if not registry.get(job.kind).can_see(request.user, job):
        raise Http404
    return job


def _is_for_guest(request: HtmxRequest, public_id: str) -> bool:
    """Of work that readers without an account may see; of all other work they are told nothing."""
    job = registry.known_jobs().filter(public_id=public_id).first()
    return (
        job is not None and registry.get(job.kind).is_for_guests and registry.get(job.kind).can_see(request.user, job)
    )


def _sign_in_again(request: HtmxRequest) -> HttpResponse:
    """A session that ended while a page was polling: the whole page goes to sign-in, not the part."""
    return HttpResponseClientRefresh() if request.htmx else redirect_to_login(request.get_full_path())
