"""The letters that a workspace keeps: all of them, a new one, one to change or delete."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.forms import OneLine, SharedForm, get_or_post, posted, refusal_of, settled
from core.seen import Fact, SeenForm
from diagnostics.surveys.actions.kept_letters import change_letters, delete_letters, keep_letters, texts_of
from diagnostics.surveys.letters.placeholders import faults_of
from diagnostics.surveys.models import KeptLetters
from diagnostics.surveys.pages.drafting.step_form import text_area
from diagnostics.surveys.usual import usual_texts
from diagnostics.surveys.words import LETTERS
from spaces.access import load_membership
from spaces.actions.groups import check_is_shared
from spaces.models import MANAGERS, Workspace

LONGEST_NAME = 80


class KeptLettersForm(SharedForm):
    def __init__(self, data: Any, *, initial: dict[str, Any], is_new: bool):
        super().__init__(data)
        self.add("name", OneLine(label=_("Name"), most=LONGEST_NAME, missing=_("Enter a name")), initial["name"])
        if is_new:
            language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
            self.add("language", language, initial["language"])
        for field, label in LABELS.items():
            missing = _("Enter the text") if field.endswith("_text") else _("Enter the subject")
            made = text_area(label=label, rows=9, missing=missing) if field.endswith("_text") else None
            self.add(field, made or OneLine(label=label, most=150, missing=missing), initial[field])
        default = _("New surveys begin with these messages")
        self.add("is_default", forms.BooleanField(label=default, required=False), initial["is_default"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        for field in LETTERS:
            for sentence in faults_of(self.cleaned_data.get(field) or "", is_subject=field.endswith("_subject")):
                self.add_error(field, sentence)
        return self.cleaned_data


LABELS = {
    "invitation_subject": gettext_lazy("Subject of the invitation"),
    "invitation_text": gettext_lazy("Text of the invitation"),
    "reminder_subject": gettext_lazy("Subject of the reminder"),
    "reminder_text": gettext_lazy("Text of the reminder"),
}


@require_safe
def kept_letters(request: SignedInRequest, workspace_id: str) -> HttpResponse:
    workspace = load_membership(request.user, workspace_id, *MANAGERS).workspace
    context = {
        "workspace": workspace,
        "kept": [(one, dict(settings.LANGUAGES).get(one.language, "")) for one in workspace.kept_letters.all()],
        "refusal": refusal_of(check_is_shared, workspace),
    }
    return render(request, "surveys/kept_letters.html", context)


@get_or_post
def new(request: SignedInRequest, workspace_id: str) -> HttpResponse:
    workspace = load_membership(request.user, workspace_id, *MANAGERS).workspace
    form = KeptLettersForm(posted(request), initial=_blank(request.GET.get("language", "")), is_new=True)
    if form.is_valid() and settled(form, _kept, workspace=workspace, by=request.user, given=form.cleaned_data):
        messages.success(request, _("The messages are kept."))
        return redirect("surveys:kept_letters", workspace_id)
    return _page(request, workspace, form, None)


def _blank(language: str) -> dict[str, Any]:
    """The usual texts in a language that somebody chose, else in that of the page."""
    chosen = language if language in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE
    with override(chosen):
        return usual_texts() | {"name": "", "language": chosen, "is_default": False}


def _kept(*, given: dict[str, Any], **at: Any) -> None:
    texts = {field: given[field] for field in LETTERS}
    keep_letters(
        name=given["name"], language=given["language"], texts=texts, is_default=bool(given["is_default"]), **at
    )


@get_or_post
def change(request: SignedInRequest, workspace_id: str, letters_id: str) -> HttpResponse:
    workspace = load_membership(request.user, workspace_id, *MANAGERS).workspace
    kept = get_object_or_404(KeptLetters.objects.select_related("workspace"), workspace=workspace, public_id=letters_id)
    initial = texts_of(kept) | {"name": kept.name, "is_default": kept.is_default}
    form = KeptLettersForm(posted(request), initial=initial, is_new=False)
    if form.is_valid() and settled(form, change_letters, kept=kept, by=request.user, **form.changed):
        messages.success(request, _("The messages are saved. Surveys that hold them already stay as they are."))
        return redirect("surveys:kept_letters", workspace_id)
    return _page(request, workspace, form, kept)


def _page(request: SignedInRequest, workspace: Workspace, form: SharedForm, kept: KeptLetters | None) -> HttpResponse:
    context = {"workspace": workspace, "form": form, "kept": kept, "refusal": refusal_of(check_is_shared, workspace)}
    return render(request, "surveys/kept_letters_form.html", context, status=422 if form.errors else 200)


@get_or_post
def delete(request: SignedInRequest, workspace_id: str, letters_id: str) -> HttpResponse:
    workspace = load_membership(request.user, workspace_id, *MANAGERS).workspace
    kept = get_object_or_404(KeptLetters.objects.select_related("workspace"), workspace=workspace, public_id=letters_id)
    facts = {"letters": Fact(_("the messages"), (kept.name, texts_of(kept)), kept.name)}
    form = SeenForm(posted(request), facts=facts, of=kept.public_id)
    if form.is_valid() and settled(form, delete_letters, kept=kept, by=request.user):
        messages.success(request, _("The messages “%(name)s” are deleted.") % {"name": kept.name})
        return redirect("surveys:kept_letters", workspace_id)
    context = {"workspace": workspace, "form": form, "kept": kept}
    return render(request, "surveys/delete_letters.html", context, status=422 if form.errors else 200)
