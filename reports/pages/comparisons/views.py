"""Groups side by side: choosing them, their page, and the files made from it."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reports.comparisons.access import load_comparison
from reports.comparisons.actions import compare_groups
from reports.editions.access import load_report
from reports.files.asking import ask_for_comparison_document
from reports.files.kinds import COMPARISON_DOWNLOADS, FILE_KINDS
from reports.files.names import survey_file_name, with_length
from reports.files.offers import downloads_of, file_of
from reports.pages.comparisons.forms import CompareForm
from reports.pages.comparisons.page import begun_with, choice_page, comparison_page, earlier
from reports.pages.files import asked_for, asked_length, streamed
from reports.readings.comparison.comparison import read_comparison


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which groups of a survey to set side by side, of those that the reader may see."""
    survey, edition, sight = load_report(request.user, public_id)
    if edition is None or not edition.ledger["n"]:
        return redirect("reports:survey", public_id)
    choice = choice_page(survey, edition, sight)
    begun = begun_with(choice, comparison=request.GET.get("from", ""), tick=request.GET.get("tick", ""))
    form = CompareForm(request.POST if request.method == "POST" else None, initial=begun, choosable=choice.choosable)
    if form.is_valid():
        try:
            made = compare_groups(edition=edition, chosen=form.wanted, sight=sight, by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error("groups", refused)
        else:
            return redirect("reports:comparison", made.public_id)
    context = {"choice": choice, "form": form, "earlier": earlier(choice, request.user)}
    return render(request, "reports/compare.html", context)


@require_safe
@never_cache
def comparison(request: HttpRequest, public_id: str) -> HttpResponse:
    """Groups side by side, and each against everybody else in one space."""
    found, _sight = load_comparison(request.user, public_id)
    page = comparison_page(read_comparison(found), space=request.GET.get("space", ""))
    files = downloads_of(found, COMPARISON_DOWNLOADS)
    return render(request, "reports/compared.html", {"page": page, "files": files})


@require_http_methods(["GET", "HEAD", "POST"])
def comparison_document(request: HttpRequest, public_id: str, kind: str) -> HttpResponseBase:
    """A file to keep: POST has it made, GET fetches it; one that nobody asked for leads back to the page."""
    found, _sight = load_comparison(request.user, public_id)
    if kind not in COMPARISON_DOWNLOADS:
        raise Http404
    minutes = asked_length(request, kind)
    if request.method == "POST":
        job = ask_for_comparison_document(comparison=found, kind=kind, by=request.user, minutes=minutes)
        return asked_for(request, job)
    made = file_of(found, kind, minutes)
    if made is None:
        return redirect("reports:comparison", public_id)
    title = with_length(read_comparison(found).title, minutes)
    return streamed(request, made, name=survey_file_name(found.edition, title, FILE_KINDS[kind].suffix))
