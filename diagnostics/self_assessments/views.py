"""A leader's self-assessments: the list, starting, deleting. Rating and sharing have modules of their own."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted
from core.seen import Fact, Facts, SeenForm
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.checklists.own_version import behind, offered_to
from diagnostics.checklists.presets import PRESETS
from diagnostics.checklists.source import SPACES
from diagnostics.questionnaire.progress import gaps
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.self_assessments import actions
from diagnostics.self_assessments.access import load_own
from diagnostics.self_assessments.forms import DEFAULT, StartForm
from diagnostics.self_assessments.models import SelfAssessment
from diagnostics.self_assessments.notices import notices_for
from diagnostics.self_assessments.sharing import shown_by_link


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Drafts to go on with, finished ones, and what others share."""
    own = [_row(one) for one in SelfAssessment.objects.listed().filter(leader=request.user)]
    shared = SelfAssessment.objects.listed().shared_with(request.user)
    context = {
        "drafts": [row for row in own if not row["one"].submitted_at],
        "finished": [row for row in own if row["one"].submitted_at],
        "shared": [_row(one) for one in shared],
        "notices": notices_for(request.user),
    }
    return render(request, "self_assessments/list.html", context)


def _row(one: SelfAssessment) -> dict:
    if one.preset not in PRESETS:
        return {"one": one, "preset": one.checklist, "again": ""}
    again = {"preset": one.preset, "spaces": [space["key"] for space in one.spaces]}
    return {"one": one, "preset": PRESETS[one.preset].name, "again": urlencode(again, doseq=True)}


@get_or_post
def start(request: SignedInRequest) -> HttpResponse:
    """One question without a default, then what to rate. Choices made before come in by the address."""
    form = StartForm(request.POST or None, initial=_initial(request.GET))
    if request.method == "POST" and form.is_valid():
        draft = actions.start(leader=request.user, **form.cleaned_data, now=timezone.now())
        return redirect("self_assessments:resume", draft.public_id)
    context = {"form": form, "own": offered_to(request.user), "notices": notices_for(request.user)}
    return render(request, "self_assessments/start.html", context, status=422 if form.errors else 200)


@require_POST
def start_own(request: SignedInRequest, version: int) -> HttpResponse:
    """From a checklist that a workspace offers."""
    one = get_object_or_404(ChecklistVersion, pk=version)
    try:
        draft = actions.start_own(leader=request.user, version=one, now=timezone.now())
    except ValidationError as refused:
        messages.warning(request, refused.message)
        return redirect("self_assessments:start")
    return redirect("self_assessments:resume", draft.public_id)


def _initial(address: QueryDict) -> dict:
    return {
        "primary_space": address.get("primary_space"),
        "spaces": address.getlist("spaces") or SPACES,
        "preset": address.get("preset", DEFAULT),
    }


@login_not_required
@get_or_post
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody was given a link to: what it is, who offers it, who will see what."""
    found = behind(token)
    if found is None:
        return render(request, "self_assessments/no_link.html", status=410)
    if request.method == "POST" and request.user.is_authenticated:
        try:
            draft = actions.start_by_link(leader=request.user, link=token, now=timezone.now())
        except ValidationError as refused:
            messages.warning(request, refused.message)
            return redirect("self_assessments:by_link", token)
        return redirect("self_assessments:resume", draft.public_id)
    workspace = found.version.checklist.workspace
    is_member = request.user.is_authenticated and workspace.memberships.filter(user=request.user).exists()  # type: ignore[union-attr]
    context = {"own": found, "workspace": workspace, "joins": found.version.standing.joins and not is_member}
    return render(request, "self_assessments/by_link.html", context)


@require_safe
def resume(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Where its leader goes on: the first page with a gap, the review, or the result."""
    own = load_own(request.user, public_id)
    if own.submitted_at:
        return redirect("reports:self_assessment", public_id)
    missing = gaps(questionnaire_of(own.version), own.answers)
    if missing:
        return redirect("self_assessments:page", public_id, missing[0].statement.condition)
    return redirect("self_assessments:review", public_id)


def _facts(own: SelfAssessment) -> Facts:
    """What is deleted."""
    return {
        "handed_in": Fact(_("whether it is finished"), own.submitted_at),
        "readers": Fact(_("who can read it"), sorted(own.shares.values_list("pk", flat=True))),
        "links": Fact(_("links that open it"), sorted(own.links.standing().values_list("pk", flat=True))),
        "replies": Fact(_("what was replied"), sorted(own.links.values_list("reply__changed_at", flat=True), key=str)),
    }


@get_or_post
def delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first."""
    own = load_own(request.user, public_id)
    form = SeenForm(posted(request), facts=_facts(own), of=public_id)
    if not form.is_valid():
        context = {"self_assessment": own, "readers": own.shares.count(), "form": form, **shown_by_link(own)}
        return render(request, "self_assessments/delete.html", context, status=422 if form.errors else 200)
    actions.delete(self_assessment=own, by=request.user)
    messages.success(request, _("The self-assessment is deleted, with everything made from it."))
    return redirect("self_assessments:list")


@require_safe
def signed_in(request: SignedInRequest) -> HttpResponse:
    """Where signing in again from a rating page ends, in a tab of its own."""
    return render(request, "self_assessments/signed_in.html")
