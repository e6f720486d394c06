"""A draft as respondents will meet it, page by page. Nothing that is rated here is kept."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from core.accounts.requests import SignedInRequest
from diagnostics.builder.access import load_draft
from diagnostics.builder.pages.draft import ticked
from diagnostics.checklists.compiling import compiled
from diagnostics.checklists.drafting import settled
from diagnostics.checklists.schema import source_of
from diagnostics.checklists.source import Source
from diagnostics.checklists.translating import said_in
from diagnostics.questionnaire.questionnaire import read
from diagnostics.questionnaire.rails import Given, page_html


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SignedInRequest, public_id: str, condition: str) -> HttpResponse:
    """A POST is the page of the condition as it stands on the screen: shown, not saved."""
    draft = load_draft(request.user, public_id)
    source = source_of(draft.form)
    if condition not in {one.key for one in source.conditions}:
        raise Http404
    if request.method == "POST":
        source = ticked(source, condition, request.POST)
    known, wanted = dict(settings.LANGUAGES), (request.GET.get("in", ""), source.language.lower())
    language = next((code for code in wanted if code in known), settings.LANGUAGE_CODE)
    with override(language):
        context: dict[str, Any] = {"draft": draft, "languages": settings.LANGUAGES, "language": language}
        context["is_live"] = request.method == "POST"  # beside the boxes, where nothing leads elsewhere
        return render(request, "checklists/preview.html", context | preview_context(source, condition, language))


def preview_context(source: Source, condition: str, language: str) -> dict[str, Any]:
    content = said_in(compiled(settled(source)), language)
    questionnaire = read(content)
    pages = [{"key": page["condition"], "name": page["name"]} for page in content["pages"]]
    is_asked = condition in questionnaire.pages
    is_framed = is_asked and content["primary_space"] in questionnaire.spaces
    return {
        "here": condition,
        "pages": pages,
        "needs_primary": is_asked and not is_framed,
        "rails": page_html(questionnaire, condition, Given({}, {})) if is_framed else "",
    }
