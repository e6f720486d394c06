"""A draft or a version as a file, and a file into a draft: shown first, and only then taken."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post
from diagnostics.builder.access import load_draft, load_version
from diagnostics.checklists.actions import own
from diagnostics.checklists.compiling import source_from
from diagnostics.checklists.drafting import settled
from diagnostics.checklists.files.bringing import source_in
from diagnostics.checklists.files.faults import FAULTS_SHOWN, Unreadable
from diagnostics.checklists.files.in_workbook import as_workbook
from diagnostics.checklists.files.in_yaml import as_yaml
from diagnostics.checklists.model_words import completed
from diagnostics.checklists.models import ChecklistDraft
from diagnostics.checklists.schema import Malformed, plain, source_of
from diagnostics.checklists.source import Source, mark_of
from diagnostics.checklists.what_changed import what_changed

CHANGED = "changed"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS: dict[str, tuple[str, Callable[[Source], str | bytes]]] = {
    "yaml": ("application/yaml; charset=utf-8", as_yaml),
    "xlsx": (XLSX, as_workbook),
}


@require_safe
def of_draft(request: SignedInRequest, public_id: str, form: str) -> HttpResponse:
    return _file(source_of(load_draft(request.user, public_id).form), form)


@require_safe
def of_version(request: SignedInRequest, key: str, number: int, form: str) -> HttpResponse:
    return _file(source_from(load_version(request.user, key, number).content), form)


def _file(source: Source, form: str) -> HttpResponse:
    if form not in WRITERS:
        raise Http404
    kind, writer = WRITERS[form]
    response = HttpResponse(writer(source), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{slugify(source.name) or "checklist"}.{form}"'
    return response


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A YAML file or a workbook (.xlsx) as TRACE writes them."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
        error_messages={"required": gettext_lazy("Choose the file")},
    )


@get_or_post
def bring(request: SignedInRequest, public_id: str) -> HttpResponse:
    """First what a file would change; taken only when that has been seen."""
    draft = load_draft(request.user, public_id)
    if "take" in request.POST:
        return _take(request, draft)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    context: dict[str, Any] = {"draft": draft, "workspace": draft.workspace, "form": form, "faults": ()}
    if form.is_bound and form.is_valid():
        try:
            brought = completed(source_in(form.cleaned_data["file"].read()))
        except Unreadable as unreadable:
            context |= {
                "faults": unreadable.faults[:FAULTS_SHOWN],
                "more": max(0, len(unreadable.faults) - FAULTS_SHOWN),
            }
        else:
            context |= _compared(draft, brought)
    status = 422 if form.errors or context["faults"] else 200
    return render(request, "checklists/bring.html", context, status=status)


def _compared(draft: ChecklistDraft, brought: Source) -> dict[str, Any]:
    """What the file would change, and the file itself with a mark of the draft that it was compared with."""
    before = source_of(draft.form)
    return {
        "changes": what_changed(before, brought),
        "is_same": settled(before) == settled(brought),
        "brought": signing.dumps([_mark(before), plain(brought)], compress=True, salt=draft.public_id),
    }


def _mark(source: Source) -> str:
    return mark_of(repr(plain(source)))


def _take(request: SignedInRequest, draft: ChecklistDraft) -> HttpResponse:
    public_id = draft.public_id
    try:
        seen, form = signing.loads(request.POST.get("brought", ""), salt=public_id, max_age=86_400)
        brought = source_of(form)
    except (signing.BadSignature, Malformed):
        messages.warning(request, _("That was more than a day ago. Choose the file again."))
        return redirect("checklists:bring", public_id)

    def taken(before: Source) -> Source:
        if _mark(before) != seen:
            raise ValidationError(
                _("The draft was changed meanwhile. This is what the file would change now."), CHANGED
            )
        return brought

    try:
        own.change(draft=draft, by=request.user, to=taken, now=timezone.now())
    except ValidationError as refusal:
        if refusal.code != CHANGED:
            messages.warning(request, refusal.messages[0])
            return redirect("checklists:library", draft.workspace.public_id)
        context = {"draft": draft, "workspace": draft.workspace, "form": FileForm(), "refusal": refusal.messages[0]}
        draft.refresh_from_db()
        return render(request, "checklists/bring.html", context | _compared(draft, brought), status=409)
    messages.success(request, _("The file is taken over."))
    return redirect("checklists:draft", public_id)
