"""Groups side by side: choosing them, and their page."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts.requests import SignedInRequest
from reports.comparisons.access import can_rename, load_comparison
from reports.comparisons.actions import compare_groups
from reports.editions.access import load_report
from reports.files.kinds import kinds_to_offer
from reports.files.offers import address_of_all, downloads_of
from reports.files.renaming import rename_comparison
from reports.files.subjects import COMPARISON
from reports.pages.agreements.page import sheet_of
from reports.pages.comparisons.forms import CompareForm, NameForm, as_given
from reports.pages.comparisons.page import ChoicePage, begun_with, choice_page, comparison_page, earlier
from reports.pages.looks import note_opened
from reports.pages.retention.gone import says_what_is_gone
from reports.readings.comparison.comparison import read_comparison, title_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def compare(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Which groups of a survey to set side by side, of those that the reader may see."""
    survey, edition, sight = load_report(request.user, public_id)
    if edition is None or not edition.ledger["n"]:
        return redirect("reports:survey", public_id)
    choice = choice_page(survey, edition, sight)
    form = _form(request, choice)
    if form.is_valid():
        try:
            made = compare_groups(
                edition=edition,
                chosen=form.wanted,
                sight=sight,
                by=request.user,
                now=timezone.now(),
                name=form.cleaned_data["name"],
            )
        except ValidationError as refused:
            form.add_error("groups", refused)
        else:
            return redirect("reports:comparison", made.public_id)
    context = {"choice": choice, "form": form, "earlier": earlier(choice, request.user)}
    return render(request, "reports/compare.html", context)


def _form(request: SignedInRequest, choice: ChoicePage) -> CompareForm:
    """Filled in so far, where other groups are sought or some shall be counted together; else as it was sent."""
    given = request.POST
    sought, asks = given.get("q", ""), "together" in given and bool(given.getlist("groups"))
    more: dict[str, Any] = {"choosable": choice.choosable, "sought": sought}
    if asks or sought != given.get("sought", ""):
        return CompareForm(initial=as_given(given), asks_together=asks, **more)
    begun = begun_with(choice, comparison=request.GET.get("from", ""), tick=request.GET.get("tick", ""))
    return CompareForm(given if request.method == "POST" else None, initial=begun, **more)


@require_safe
@never_cache
@says_what_is_gone
def comparison(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Groups side by side, and each against everybody else in one space."""
    found, sight = load_comparison(request.user, public_id)
    note_opened(request, found, is_member=sight.is_member)
    page = comparison_page(read_comparison(found), space=request.GET.get("space", ""))
    agreed = sheet_of(found, request.user)
    files = downloads_of(found, kinds_to_offer(COMPARISON, is_agreed=bool(agreed.written)))
    context = {"page": page, "agreed": agreed, "files": files, "can_rename": can_rename(found, sight, request.user)}
    context["make_all"] = address_of_all(found, files)
    return render(request, "reports/compared.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rename(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Its name, or none; what was made under the old one is made anew when it is asked for."""
    found, sight = load_comparison(request.user, public_id)
    if not can_rename(found, sight, request.user):
        raise PermissionDenied
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if form.is_valid():
        try:
            rename_comparison(comparison=found, name=form.cleaned_data["name"])
        except ValidationError as refused:
            form.add_error("name", refused)
        else:
            return redirect("reports:comparison", public_id)
    context = {"form": form, "title": title_of(found), "comparison": found}
    return render(request, "reports/compared_name.html", context)
