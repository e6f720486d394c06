"""The end of a draft: what it does to results, what was noticed in its words, publishing, sharing, deleting."""

import json

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted
from core.seen import NAME, Fact, Facts, SeenForm, check_seen, sealed
from core.standing import StandingForm
from diagnostics.builder.access import load_draft
from diagnostics.builder.context import draft_context, translated
from diagnostics.checklists.actions import own
from diagnostics.checklists.compiling import compiled, source_from
from diagnostics.checklists.drafting import settled
from diagnostics.checklists.effects import likeness
from diagnostics.checklists.models import ChecklistDraft, ChecklistVersion
from diagnostics.checklists.readiness import reasons_against
from diagnostics.checklists.remarks import all_remarks
from diagnostics.checklists.schema import source_of
from diagnostics.checklists.what_changed import what_changed
from spaces.models import MANAGERS


@get_or_post
def publish(request: SignedInRequest, public_id: str) -> HttpResponse:
    draft = load_draft(request.user, public_id)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            check_seen(request.POST.get(NAME, ""), _facts(draft), of=public_id)
            version = own.publish(draft=draft, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            refusals = refusal.messages
        else:
            words = {"name": version.checklist.name, "number": version.number}
            messages.success(request, _("“%(name)s” is published as version %(number)s.") % words)
            return redirect("checklists:version", version.checklist.key, version.number)
    seen = sealed(_facts(draft), of=public_id)
    context = _publish_context(draft) | {"refusals": refusals, "seen": seen}
    return render(request, "checklists/publish.html", context, status=422 if refusals else 200)


def _facts(draft: ChecklistDraft) -> Facts:
    """What is published, or deleted."""
    return {
        "name": Fact(_("the name"), draft.name, draft.name),
        "words": Fact(_("what the draft asks"), json.dumps(draft.form, sort_keys=True)),
        "readers": Fact(_("who works on it"), sorted(draft.shared_with.values_list("pk", flat=True))),
    }


def _publish_context(draft: ChecklistDraft) -> dict:
    source = settled(source_of(draft.form))
    before = draft.started_from
    last = draft.checklist.versions.order_by("-number").first() if draft.checklist else None
    return draft_context(draft, source, here="publish") | {
        "reasons": reasons_against(source),
        "remarks": all_remarks(source),
        "next_number": last.number + 1 if last else 1,
        "before": before,
        "changes": what_changed(source_from(before.content), source) if before else (),
        "alike": _alike(draft),
        "translated": translated(compiled(source)),
    }


def _alike(draft: ChecklistDraft) -> list:
    """With which versions of the workspace answers can be compared, and on how many statements."""
    source = source_of(draft.form)
    versions = ChecklistVersion.objects.filter(checklist__workspace=draft.workspace).select_related("checklist")
    found = (
        likeness(
            _("%(name)s, version %(number)s") % {"name": one.checklist.name, "number": one.number},
            source,
            source_from(one.content),
        )
        for one in versions.order_by("checklist__name", "-number")
    )
    return [one for one in found if one.shared]


class ShareForm(StandingForm):
    readers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who works on it with you?"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": gettext_lazy("Choose among the people listed")},
    )


@get_or_post
def share(request: SignedInRequest, public_id: str) -> HttpResponse:
    draft = load_draft(request.user, public_id)
    form = ShareForm(posted(request), initial={"readers": draft.shared_with.all()})
    colleagues = User.objects.filter(memberships__workspace=draft.workspace, memberships__role__in=MANAGERS)
    others = colleagues.exclude(pk=request.user.pk).order_by("name", "email").distinct()
    form.fields["readers"].queryset = others  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        try:
            own.share(draft=draft, readers=form.cleaned_data["readers"], by=request.user)
        except ValidationError as refusal:
            return _gone(request, draft, refusal)
        messages.success(request, _("Saved."))
        return redirect("checklists:draft", public_id)
    context = {"draft": draft, "workspace": draft.workspace, "form": form, "others": others}
    return render(request, "checklists/share.html", context, status=422 if form.errors else 200)


@get_or_post
def delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first."""
    draft = load_draft(request.user, public_id)
    form = SeenForm(posted(request), facts=_facts(draft), of=public_id)
    if not form.is_valid():
        context = {"draft": draft, "workspace": draft.workspace, "form": form}
        return render(request, "checklists/delete.html", context, status=422 if form.errors else 200)
    try:
        own.delete(draft=draft, by=request.user)
    except ValidationError as refusal:
        return _gone(request, draft, refusal)
    messages.success(request, _("The draft “%(name)s” is deleted.") % {"name": draft.name})
    return redirect("checklists:library", draft.workspace.public_id)


def _gone(request: SignedInRequest, draft: ChecklistDraft, refusal: ValidationError) -> HttpResponse:
    messages.warning(request, refusal.messages[0])
    return redirect("checklists:library", draft.workspace.public_id)
