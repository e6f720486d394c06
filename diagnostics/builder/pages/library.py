"""The checklists of a workspace: the model's own, drafts, published versions and where each is used."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, refusal_of
from diagnostics.builder.access import drafts_of, load_workspace
from diagnostics.builder.starting import StartForm
from diagnostics.builder.where_used import uses
from diagnostics.checklists.actions import own
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.checklists.presets import PRESETS
from spaces.actions.groups import check_is_shared
from spaces.models import Workspace


@require_safe
def library(request: SignedInRequest, workspace_id: str) -> HttpResponse:
    workspace = load_workspace(request.user, workspace_id)
    versions = list(versions_of(workspace))
    used = uses(versions)
    reviewed = {one.language: one for one in workspace.reviewed_translations.select_related("by")}
    rows = [(version, used[version.pk]) for version in versions]
    context = {
        "workspace": workspace,
        "drafts": drafts_of(request.user, workspace),
        "offered": [row for row in rows if not row[0].standing.retired_at],
        "retired": [row for row in rows if row[0].standing.retired_at],
        "presets": PRESETS.values(),
        "translations": [(code, name, reviewed.get(code)) for code, name in settings.LANGUAGES[1:]],
        "refusal": refusal_of(check_is_shared, workspace),
    }
    return render(request, "checklists/library.html", context)


def versions_of(workspace: Workspace) -> list[ChecklistVersion]:
    """Newest first within each checklist."""
    own_versions = ChecklistVersion.objects.filter(checklist__workspace=workspace).defer("content")
    return list(
        own_versions.select_related("checklist", "standing").order_by("checklist__name", "checklist", "-number")
    )


@get_or_post
def start(request: SignedInRequest, workspace_id: str) -> HttpResponse:
    workspace = load_workspace(request.user, workspace_id)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = StartForm(*data, workspace=workspace, initial={"begin": request.GET.get("from", "preset:focused")})
    refusal = refusal_of(check_is_shared, workspace)
    if not refusal and form.is_bound and form.is_valid() and form.source:
        source, before, now = form.source, form.started_from, timezone.now()
        try:
            draft = own.begin(workspace=workspace, by=request.user, source=source, started_from=before, now=now)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            said = _("“%(name)s” is begun. Everything may change until you publish it.") % {"name": draft.name}
            messages.success(request, said)
            return redirect("checklists:draft", draft.public_id)
    context = {"workspace": workspace, "form": form, "refusal": refusal}
    return render(request, "checklists/start.html", context, status=422 if form.errors else 200)
