"""The surveys of a workspace; copying one, deleting a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions import check_is_draft, copy_survey, delete_draft
from spaces.access import load_membership
from spaces.models import MANAGERS, Membership


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the surveys of one's only workspace, else a choice."""
    managed = Membership.objects.filter(user=request.user, role__in=MANAGERS, workspace__is_personal=False)
    workspaces = [membership.workspace for membership in managed.select_related("workspace")]
    if len(workspaces) == 1:
        return redirect("surveys:list", workspaces[0].public_id)
    return render(request, "surveys/home.html", {"workspaces": sorted(workspaces, key=lambda one: one.name.casefold())})


@require_safe
def overview(request: HttpRequest, workspace_id: str) -> HttpResponse:
    workspace = load_membership(request.user, workspace_id, *MANAGERS).workspace
    surveys = list(workspace.surveys.all())
    context = {
        "workspace": workspace,
        "drafts": [survey for survey in surveys if survey.is_draft],
        "launched": [survey for survey in surveys if not survey.is_draft],
    }
    return render(request, "surveys/list.html", context)


@require_POST
def copy(request: HttpRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    draft = copy_survey(survey=survey, by=request.user)
    messages.success(request, _("This is a copy of “%(title)s”. Give it a closing date.") % {"title": survey.title})
    return redirect("surveys:step", draft.public_id, "purpose")


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks first."""
    survey = load_survey(request.user, public_id)
    try:
        check_is_draft(survey)
        if request.method == "POST":
            delete_draft(survey=survey, by=request.user)
            messages.success(request, _("The draft “%(title)s” is deleted.") % {"title": survey.title})
            return redirect("surveys:list", survey.workspace.public_id)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("surveys:list", survey.workspace.public_id)
    return render(request, "surveys/delete.html", {"survey": survey})
