"""A leader's self-assessments: the list, starting, deleting. Rating and sharing have modules of their own."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.accounts.models import User
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
from diagnostics.self_assessments.access import (
    begun_in,
    load_own,
    load_rated,
    opened_to,
    remember_begun,
    unkept_in,
    was_begun_here,
)
from diagnostics.self_assessments.forms import DEFAULT, StartForm
from diagnostics.self_assessments.keeping import KEEPING, keep_for
from diagnostics.self_assessments.models import KEPT_FOR, Rated, SelfAssessment, Unkept
from diagnostics.self_assessments.notices import notices_for
from diagnostics.self_assessments.rating import gone, result_of
from diagnostics.self_assessments.sharing import shown_by_link
from diagnostics.self_assessments.until import until


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
        "unkept": unkept_in(request),
    }
    return render(request, "self_assessments/list.html", context)


def _row(one: SelfAssessment) -> dict:
    if one.preset not in PRESETS:
        return {"one": one, "preset": one.checklist, "again": ""}
    again = {"preset": one.preset, "spaces": [space["key"] for space in one.spaces]}
    return {"one": one, "preset": PRESETS[one.preset].name, "again": urlencode(again, doseq=True)}


def begins_without_account(_request: HttpRequest, _address: dict) -> bool:
    """Where nobody may make an account, nothing could be kept."""
    return settings.OPEN_SIGN_UP


@opened_to(begins_without_account)
@never_cache
@get_or_post
def start(request: HttpRequest) -> HttpResponse:
    """One question without a default, then what to rate. Choices made before come in by the address."""
    form = StartForm(request.POST or None, initial=_initial(request.GET))
    if request.method == "POST" and form.is_valid():
        draft = _begin(request, form.cleaned_data)
        return redirect("self_assessments:resume", draft.public_id)
    user = request.user
    context = {
        "form": form,
        "own": offered_to(user) if isinstance(user, User) else [],
        "notices": notices_for(user) if isinstance(user, User) else [],
        "until": "" if user.is_authenticated else until(timezone.now() + KEPT_FOR),
        "unkept": unkept_in(request),
    }
    return render(request, "self_assessments/start.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, chosen: dict) -> Rated:
    """With their account; without one it is remembered in the session of the browser."""
    if isinstance(request.user, User):
        return actions.start(leader=request.user, **chosen, now=timezone.now())
    client = get_adapter().get_client_ip(request)
    unkept = actions.begin(client=client, begun=begun_in(request), **chosen, now=timezone.now())
    remember_begun(request, unkept)
    return unkept


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
    is_member = request.user.is_authenticated and workspace.memberships.filter(user=request.user).exists()  # type: ignore[misc, union-attr]
    context = {"own": found, "workspace": workspace, "joins": found.version.standing.joins and not is_member}
    return render(request, "self_assessments/by_link.html", context)


@opened_to(was_begun_here)
@never_cache
@require_safe
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where its leader goes on: the first page with a gap, the review, or the result."""
    if request.user.is_authenticated and unkept_in(request).filter(public_id=public_id).exists():
        return redirect("self_assessments:keep", public_id)
    own = load_rated(request, public_id)
    if own is None:
        return gone(request)
    if own.submitted_at:
        return redirect(result_of(own))
    missing = gaps(questionnaire_of(own.version), own.answers)
    if missing:
        return redirect("self_assessments:page", public_id, missing[0].statement.condition)
    return redirect("self_assessments:review", public_id)


def _facts(own: Rated) -> Facts:
    """What is deleted."""
    handed_in = {"handed_in": Fact(_("whether it is finished"), own.submitted_at)}
    if not isinstance(own, SelfAssessment):
        return handed_in
    return {
        **handed_in,
        "readers": Fact(_("who can read it"), sorted(own.shares.values_list("pk", flat=True))),
        "links": Fact(_("links that open it"), sorted(own.links.standing().values_list("pk", flat=True))),
        "replies": Fact(_("what was replied"), sorted(own.links.values_list("reply__changed_at", flat=True), key=str)),
    }


@opened_to(was_begun_here)
@never_cache
@get_or_post
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was begun in this browser without an account: until when it is there, and how it stays."""
    unkept = unkept_in(request).filter(public_id=public_id).first()
    if unkept is None:
        return _kept_or_gone(request, public_id)
    if request.method == "POST" and isinstance(request.user, User):
        keep_for(request, request.user, public_id)
        return redirect("self_assessments:resume", public_id)
    back = reverse("self_assessments:resume", args=[public_id])
    if request.method == "POST":
        request.session[KEEPING] = public_id
        messages.info(request, _("What you rated comes along: it will be kept with your account."))
        page = "account_login" if request.POST.get("to") == "sign_in" else "account_signup"
        return redirect(f"{reverse(page)}?next={back}")
    context = {"self_assessment": unkept, "until": until(unkept.ends_at), "back": back}
    return render(request, "self_assessments/keep.html", context)


def _kept_or_gone(request: HttpRequest, public_id: str) -> HttpResponse:
    """Kept meanwhile, in another tab; or its day is over."""
    if isinstance(request.user, User):
        return redirect("self_assessments:resume", load_own(request.user, public_id).public_id)
    return gone(request)


@opened_to(was_begun_here)
@never_cache
@get_or_post
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks first."""
    own = load_rated(request, public_id)
    if own is None:
        return gone(request)
    form = SeenForm(posted(request), facts=_facts(own), of=public_id)
    if not form.is_valid():
        context = {"self_assessment": own, "form": form, **_shown_to(own)}
        return render(request, "self_assessments/delete.html", context, status=422 if form.errors else 200)
    actions.delete(self_assessment=own, by=request.user)
    messages.success(request, _("The self-assessment is deleted, with everything made from it."))
    return redirect("guide:welcome" if isinstance(own, Unkept) else "self_assessments:list")


def _shown_to(own: Rated) -> dict[str, int]:
    """What is not kept is shown to nobody."""
    if not isinstance(own, SelfAssessment):
        return {"readers": 0, "links": 0, "replies": 0}
    return {"readers": own.shares.count(), **shown_by_link(own)}


@require_safe
def signed_in(request: SignedInRequest) -> HttpResponse:
    """Where signing in again from a rating page ends, in a tab of its own."""
    return render(request, "self_assessments/signed_in.html")
