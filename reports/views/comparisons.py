"""Groups side by side: choosing them, their page, and the files made from it."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from reports.actions import ask_for_comparison_document
from reports.comparisons.access import load_comparison
from reports.comparisons.results import read_comparison
from reports.documents.kinds import COMPARISON_DOWNLOADS, FILE_KINDS
from reports.documents.names import survey_file_name
from reports.survey_pages import file_of
from reports.views.files import asked_for, streamed


@require_http_methods(["GET", "HEAD", "POST"])
def comparison_document(request: HttpRequest, public_id: str, kind: str) -> HttpResponseBase:
    """A file to keep: POST has it made, GET fetches it; one that nobody asked for leads back to the page."""
    comparison, _sight = load_comparison(request.user, public_id)
    if kind not in COMPARISON_DOWNLOADS:
        raise Http404
    if request.method == "POST":
        return asked_for(request, ask_for_comparison_document(comparison=comparison, kind=kind, by=request.user))
    made = file_of(comparison, kind)
    if made is None:
        return redirect("reports:comparison", public_id)
    name = survey_file_name(comparison.edition, read_comparison(comparison).title, FILE_KINDS[kind].suffix)
    return streamed(request, made, name=name)
