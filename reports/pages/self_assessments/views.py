"""The result of a self-assessment, and the files made from it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from diagnostics.self_assessments.access import load_readable
from diagnostics.self_assessments.models import SelfAssessment
from reports.files.asking import ask_for_document
from reports.files.kinds import DOWNLOADS, FILE_KINDS
from reports.files.models import Document
from reports.files.names import file_name
from reports.files.offers import document_of
from reports.pages.files import asked_for, chart_page, streamed
from reports.pages.self_assessments.page import result_page
from reports.self_assessments.access import load_submitted


@require_safe
@never_cache
@vary_on_headers("HX-Request")
@chart_page
def self_assessment(request: HttpRequest, public_id: str) -> HttpResponse:
    """The result page, or for htmx the part that waits for the figure; a draft leads back to its questions."""
    own = load_readable(request.user, public_id)
    if own.submitted_at is None:
        return redirect("self_assessments:page", public_id, own.version.pages[0]["condition"])
    template = "reports/figure_job.html" if request.htmx else "reports/self_assessment.html"
    return render(request, template, {"page": result_page(request.user, own)})


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The figure in words for whoever looks: POST has it made; 204 while there is none and the table stands alone."""
    read = load_submitted(request.user, public_id)
    kind = Document.Kind.FIGURE if read.leader == request.user else Document.Kind.READERS_FIGURE
    if request.method == "POST":
        return _ask(request, read, kind, has_focus=False)
    made = document_of(read, kind)
    return _stream(request, made) if made else HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, public_id: str, kind: str) -> HttpResponseBase:
    """A file to keep: POST has it made, GET fetches it; one that nobody asked for leads back to the page."""
    read = load_submitted(request.user, public_id)
    if kind not in DOWNLOADS:
        raise Http404
    if request.method == "POST":
        return _ask(request, read, kind)
    made = document_of(read, kind)
    return _stream(request, made) if made else redirect("reports:self_assessment", public_id)


def _ask(request: HttpRequest, read: SelfAssessment, kind: str, *, has_focus: bool = True) -> HttpResponse:
    job = ask_for_document(self_assessment=read, kind=kind, by=request.user)
    return asked_for(request, job, has_focus=has_focus)


def _stream(request: HttpRequest, made: Document) -> HttpResponseBase:
    name = file_name(made.self_assessment, FILE_KINDS[made.kind].suffix) if made.kind in DOWNLOADS else ""
    return streamed(request, made, name=name)
