"""How a file that a worker makes is asked for and fetched."""

from collections.abc import Callable

from csp.decorators import csp_update
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from core.forms import View
from core.jobs.models import Job
from core.requests import HtmxRequest
from reports.agreements.access import Agreed
from reports.files.asking import ask_for_file
from reports.files.kinds import FILE_KINDS, kinds_to_keep, kinds_to_offer, named_of
from reports.files.models import Document
from reports.files.offers import file_of
from reports.files.subjects import HasFiles, Subject
from reports.pages.by_link.readers import open_to_links
from reports.pages.fetching import TooSlow, opened
from reports.pages.looks import note_fetched


@open_to_links
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: SignedInRequest, public_id: str, kind: str, of: Subject) -> HttpResponseBase:
    """A file to keep: POST has it made, GET fetches it; one that nobody asked for leads back to the page."""
    found = of.load(request.user, public_id)
    if kind not in kinds_to_keep(of, is_for_some=True) or not _may_have(request.user, found, kind, of):
        raise Http404
    minutes = asked_length(request, kind)
    if request.method == "POST":
        return asked_for(request, ask_for_file(of=found, kind=kind, by=asking(request), minutes=minutes))
    made = file_of(found, kind, minutes)
    if made is None:
        return redirect(of.page, public_id)
    note_fetched(request, found, kind)
    return streamed(request, made, name=named_of(found, kind, minutes))


@open_to_links
@require_POST
def all_documents(request: SignedInRequest, public_id: str, of: Subject) -> HttpResponse:
    """Every file of the page, each once, but the packs, which hold the others again."""
    found: Agreed = of.load(request.user, public_id)
    kinds = kinds_to_offer(of, is_agreed=found.agreements.exists(), is_for_some=of.shows_more(request.user, found))
    with transaction.atomic():
        for kind in kinds:
            if not FILE_KINDS[kind].is_pack:
                ask_for_file(of=found, kind=kind, by=asking(request))
    return redirect(f"{reverse(of.page, args=[public_id])}#files")


def _may_have(user: User, found: HasFiles, kind: str, of: Subject) -> bool:
    return not FILE_KINDS[kind].is_for_some or of.shows_more(user, found)


def drawn(request: SignedInRequest, found: HasFiles, kind: str) -> HttpResponseBase:
    """A figure: POST has it made; 204 while there is none and the table stands alone."""
    if request.method == "POST":
        return asked_for(request, ask_for_file(of=found, kind=kind, by=asking(request)), has_focus=False)
    made = file_of(found, kind)
    return streamed(request, made) if made else HttpResponse(status=204)


def asking(request: SignedInRequest) -> User | None:
    """None for whoever reads by a link."""
    return request.user if request.user.is_authenticated else None


def asked_for(request: HtmxRequest, job: Job, *, has_focus: bool = True) -> HttpResponse:
    """Progress in its place, or a page of its own without script. `has_focus`: somebody has pressed a button for it."""
    if not request.htmx:
        return redirect("jobs:progress", job.public_id)
    response = render(request, "reports/asked.html", {"job": job, "has_focus": has_focus})
    if job.status == Job.Status.DONE:
        trigger_client_event(response, "job-done", {"job": job.public_id, "kind": job.kind})
    return response


def asked_length(request: HttpRequest, kind: str) -> int | None:
    """The minutes that the address names, for a kind that has a file for each length; else None."""
    lengths = {str(minutes): minutes for minutes in FILE_KINDS[kind].lengths}
    if not lengths:
        return None
    if request.GET.get("minutes") not in lengths:
        raise Http404
    return lengths[request.GET["minutes"]]


def streamed(request: HttpRequest, made: Document, *, name: str = "") -> HttpResponseBase:
    """To be kept under `name`, or to be drawn. Held by the browser only with the promise to ask again.

    Access may have been taken back since.
    """
    etag = f'"{made.sha256}"'
    try:
        response = get_conditional_response(request, etag=etag) or FileResponse(
            opened(made.path), as_attachment=bool(name), filename=name, content_type=FILE_KINDS[made.kind].content_type
        )
    except TooSlow:
        response = render(request, "reports/files_wait.html", status=503)
        response["Retry-After"] = "60"
        return response
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return response


# Plotly sets style attributes on what it draws: chart pages allow these, and no more <style> or <script> than others.
# The page's head includes components/chart_head.html, whose style element Plotly uses for its rules.
chart_page: Callable[[View], View] = csp_update(  # type: ignore[assignment]  # of any view, not only one without arguments
    {"style-src-attr": ["'unsafe-inline'"]}
)
