"""The surveys of a workspace; copying one, deleting one."""

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core.accounts.requests import SignedInRequest
from core.forms import OneLine, get_or_post, posted, refusal_of, settled
from core.seen import SeenForm
from diagnostics.surveys.access import HOSTS, load_survey
from diagnostics.surveys.actions.deleting import check_can_delete, delete_survey, facts_of_deleting
from diagnostics.surveys.actions.lifecycle import copy_survey
from diagnostics.surveys.models import Survey
from spaces.access import check_belongs_somewhere, load_membership, memberships_of
from spaces.models import MANAGERS

AT_ONCE = 25  # surveys on a page

STATES = {
    "draft": (gettext_lazy("Drafts"), [Survey.Status.DRAFT]),
    "planned": (gettext_lazy("Planned"), [Survey.Status.PLANNED]),
    "open": (gettext_lazy("Open"), [Survey.Status.LAUNCHING, Survey.Status.OPEN]),
    "closed": (gettext_lazy("Closed"), [Survey.Status.STOPPED, Survey.Status.CLOSED]),
    "cancelled": (gettext_lazy("Cancelled"), [Survey.Status.CANCELLED]),
}


class SurveyFilter(forms.Form):
    """What is looked for stands in the address."""

    q = OneLine(label=gettext_lazy("Name of the survey, or part of it"), most=120, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All")), *((key, name) for key, (name, _statuses) in STATES.items())],
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["q"].widget.attrs["class"] = "form-control"
        self.full_clean()

    @property
    def is_given(self) -> bool:
        return any(self.cleaned_data.values())

    def among(self, surveys: QuerySet[Survey]) -> QuerySet[Survey]:
        words, state = self.cleaned_data.get("q"), self.cleaned_data.get("state")
        if words:
            surveys = surveys.filter(title__icontains=words)
        return surveys.filter(status__in=STATES[state][1]) if state else surveys


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """To the surveys of one's only workspace, else to what needs a hand in all. Facilitators find the surveys they hold
    in a room."""
    check_belongs_somewhere(request.user)
    shared = memberships_of(request.user).filter(role__in=HOSTS, workspace__is_personal=False)
    memberships = sorted(shared.select_related("workspace"), key=lambda one: one.workspace.name.casefold())
    managed = [membership.workspace for membership in memberships if membership.can_manage]
    hosted = [membership.workspace for membership in memberships if not membership.can_manage]
    if len(managed) == 1 and not hosted:
        return redirect("surveys:list", managed[0].public_id)
    if managed and not hosted:
        return redirect("reports:today")
    form = SurveyFilter(request.GET)
    rooms = form.among(Survey.objects.filter(is_in_room=True, created_by=request.user, workspace__in=hosted))
    context = {"workspaces": managed, "hosted": hosted, "form": form, "page": _page(request, rooms)}
    return render(request, "surveys/home.html", context)


@require_safe
def overview(request: SignedInRequest, workspace_id: str) -> HttpResponse:
    """Drafts first; a page of them at a time."""
    workspace = load_membership(request.user, workspace_id, *MANAGERS).workspace
    form = SurveyFilter(request.GET)
    drafts_first = Case(When(status=Survey.Status.DRAFT, then=Value(0)), default=Value(1))
    page = _page(request, form.among(workspace.surveys.all()).order_by(drafts_first, "-created_at", "-pk"))
    surveys = list(page)
    context = {
        "workspace": workspace,
        "form": form,
        "page": page,
        "drafts": [survey for survey in surveys if survey.is_draft],
        "launched": [survey for survey in surveys if not survey.is_draft],
    }
    return render(request, "surveys/list.html", context)


def _page(request: SignedInRequest, surveys: QuerySet[Survey]) -> Page:
    return Paginator(surveys, AT_ONCE).get_page(request.GET.get("page"))


@require_POST
def copy(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    draft = copy_survey(survey=survey, by=request.user)
    messages.success(request, _("This is a copy of “%(title)s”. Give it a closing date.") % {"title": survey.title})
    return redirect("surveys:step", draft.public_id, "purpose")


@get_or_post
def delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Says first what is destroyed, and asks."""
    survey, now = load_survey(request.user, public_id), timezone.now()
    refusal = refusal_of(lambda: check_can_delete(survey, by=request.user, now=now))
    facts = facts_of_deleting(survey)
    form = SeenForm(None if refusal else posted(request), facts=facts, of=f"{public_id} delete")
    if form.is_valid() and settled(form, delete_survey, survey=survey, by=request.user, now=now):
        messages.success(request, _("“%(title)s” is deleted.") % {"title": survey.title})
        return redirect("surveys:list", survey.workspace.public_id)
    context = {"survey": survey, "workspace": survey.workspace, "form": form, "refusal": refusal}
    context |= {"lost": facts["lost"].value}
    return render(request, "surveys/delete.html", context, status=422 if request.method == "POST" else 200)
