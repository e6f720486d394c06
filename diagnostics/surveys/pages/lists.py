"""The surveys of a workspace; copying one, deleting a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post
from diagnostics.surveys.access import HOSTS, load_survey
from diagnostics.surveys.actions.lifecycle import check_is_draft, copy_survey, delete_draft
from diagnostics.surveys.models import Survey
from spaces.access import load_membership
from spaces.models import MANAGERS, Membership


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """To the surveys of one's only workspace, else to what needs a hand in all. Facilitators find the surveys they hold
    in a room."""
    shared = Membership.objects.filter(user=request.user, role__in=HOSTS, workspace__is_personal=False)
    memberships = sorted(shared.select_related("workspace"), key=lambda one: one.workspace.name.casefold())
    managed = [membership.workspace for membership in memberships if membership.can_manage]
    hosted = [membership.workspace for membership in memberships if not membership.can_manage]
    if len(managed) == 1 and not hosted:
        return redirect("surveys:list", managed[0].public_id)
    if managed and not hosted:
        return redirect("reports:today")
    rooms = Survey.objects.filter(is_in_room=True, created_by=request.user, workspace__in=hosted)
    return render(request, "surveys/home.html", {"workspaces": managed, "hosted": hosted, "rooms": rooms})


@require_safe
def overview(request: SignedInRequest, workspace_id: str) -> HttpResponse:
    workspace = load_membership(request.user, workspace_id, *MANAGERS).workspace
    surveys = list(workspace.surveys.all())
    context = {
        "workspace": workspace,
        "drafts": [survey for survey in surveys if survey.is_draft],
        "launched": [survey for survey in surveys if not survey.is_draft],
    }
    return render(request, "surveys/list.html", context)


@require_POST
def copy(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    draft = copy_survey(survey=survey, by=request.user)
    messages.success(request, _("This is a copy of “%(title)s”. Give it a closing date.") % {"title": survey.title})
    return redirect("surveys:step", draft.public_id, "purpose")


@get_or_post
def delete(request: SignedInRequest, public_id: str) -> HttpResponse:
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
