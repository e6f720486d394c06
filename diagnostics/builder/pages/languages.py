"""A draft in another language: side by side with the original, what is missing or out of date first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post
from core.words import tidy
from diagnostics.builder.access import load_draft, load_workspace
from diagnostics.builder.context import draft_context
from diagnostics.checklists.actions import own
from diagnostics.checklists.compiling import compiled
from diagnostics.checklists.drafting import settled
from diagnostics.checklists.models import ChecklistDraft
from diagnostics.checklists.schema import longest_translation, source_of
from diagnostics.checklists.source import Source, mark_of
from diagnostics.checklists.translating import Translated, side_by_side, texts_in, with_translations

# Of each text: what is written; what stood there when the page was loaded; of which original; that it still fits.
FIELD, STOOD, OF, FITS = "text-", "stood-", "of-", "fits-"


def offered() -> dict[str, str]:
    """Languages beside the one that checklists are written in."""
    return {code: str(name) for code, name in settings.LANGUAGES[1:]}


@dataclass(frozen=True)
class Beside:
    """A text beside its original, with what is written in its box."""

    row: Translated
    written: str
    error: str = ""

    @property
    def of(self) -> str:
        return mark_of(self.row.original)

    @property
    def is_open(self) -> bool:
        return self.row.state in ("missing", "out_of_date")


@dataclass(frozen=True)
class Written:
    """What somebody made of a text on the page."""

    text: str
    stood: str
    of: str  # the mark of the original that they saw
    fits: bool  # they say that it still says the same, though the original has changed

    @property
    def is_said(self) -> bool:
        return self.fits or self.text != self.stood


@get_or_post
def languages(request: SignedInRequest, public_id: str, language: str) -> HttpResponse:
    draft = load_draft(request.user, public_id)
    if language not in offered():
        raise Http404
    if request.method != "POST":
        return _page(request, draft, language, {})
    refused: dict[str, tuple[str, str]] = {}
    try:
        own.change(draft=draft, by=request.user, to=_translated(request.POST, language, refused), now=timezone.now())
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("checklists:library", draft.workspace.public_id)
    if refused:
        return _page(request, load_draft(request.user, public_id), language, refused)
    messages.success(request, _("Saved."))
    return redirect("checklists:languages", public_id, language)


def _page(
    request: SignedInRequest, draft: ChecklistDraft, language: str, refused: Mapping[str, tuple[str, str]]
) -> HttpResponse:
    """`refused`: of each text that is not saved, what was written and why."""
    source = source_of(draft.form)
    rows = side_by_side(compiled(settled(source)), source.translations.get(language, {}), language)
    texts = [Beside(row, *refused.get(row.key, (row.text,))) for row in rows]
    context = draft_context(draft, source, here="languages") | {
        "language": language,
        "name": offered()[language],
        "others": {code: name for code, name in offered().items() if code != language},
        "parts": [
            part for part in ([one for one in texts if one.is_open], [one for one in texts if not one.is_open]) if part
        ],
        "open": sum(one.is_open for one in texts),
        "refused": [one for one in texts if one.error],
        "homeless": [refused[key] for key in refused.keys() - {one.key for one in rows}],
        "review": draft.workspace.reviewed_translations.filter(language=language).select_related("by").first(),
    }
    return render(request, "checklists/languages.html", context, status=422 if refused else 200)


def _translated(data: QueryDict, language: str, refused: dict[str, tuple[str, str]]) -> Callable[[Source], Source]:
    """What was written taken in; what cannot be goes into `refused`."""

    def translated(source: Source) -> Source:
        content = compiled(settled(source))
        now = {row.key: row for row in side_by_side(content, source.translations.get(language, {}), language)}
        said = {key: one for key, one in _written(data).items() if one.is_said}
        faults = {key: _fault(key, one, now.get(key)) for key, one in said.items()}
        refused.update({key: (said[key].text, fault) for key, fault in faults.items() if fault})
        taken = {key: one.text for key, one in said.items() if not faults[key]}
        return replace(source, translations=with_translations(source, language, taken, texts_in(content)))

    return translated


def _fault(key: str, one: Written, now: Translated | None) -> str:
    """Why it cannot be taken in, as a sentence; '' where it can."""
    most = longest_translation(key)
    if now is None:
        return _("Its original is asked no longer: somebody took it out meanwhile.")
    if one.of != mark_of(now.original):
        return _("The original was changed meanwhile. Look whether this still says the same, then save again.")
    if len(one.text) > most:
        words = {"most": most, "length": len(one.text)}
        return _("Shorten this to %(most)s characters; it has %(length)s now.") % words
    if now.text not in (one.stood, one.text):
        said = _("It was changed meanwhile, to “%(now)s”. Save again to have yours instead") % {"now": now.text}
        return said if now.text else _("It was taken out meanwhile. Save again to have yours instead")
    return ""


def _written(data: QueryDict) -> dict[str, Written]:
    keys = [name.removeprefix(FIELD) for name in data if name.startswith(FIELD)]
    return {
        key: Written(
            text=tidy(str(data[FIELD + key])),
            stood=tidy(str(data.get(STOOD + key, ""))),
            of=str(data.get(OF + key, "")),
            fits=FITS + key in data,
        )
        for key in keys
    }


@require_POST
def review(request: SignedInRequest, workspace_id: str, language: str) -> HttpResponse:
    """That practitioners here have read the translation, or that it is to be read anew."""
    workspace = load_workspace(request.user, workspace_id)
    if language not in offered():
        raise Http404
    is_reviewed = request.POST.get("reviewed") == "yes"
    own.tick_off(workspace=workspace, language=language, is_reviewed=is_reviewed, by=request.user, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("checklists:library", workspace_id)
