"""A published version: what it asks, where it is used, what may still be done with it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.accounts.requests import SignedInRequest
from core.seen import NAME, Fact, Facts, check_seen, sealed
from diagnostics.builder.access import load_version
from diagnostics.builder.context import matrix, translated
from diagnostics.builder.links import link_of
from diagnostics.builder.where_used import uses
from diagnostics.checklists.actions import own
from diagnostics.checklists.compiling import source_from
from diagnostics.checklists.effects import effects_of
from diagnostics.checklists.model_words import completed
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.checklists.what_changed import what_changed
from spaces.access import load_membership
from spaces.models import Role


@require_safe
def version(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    one = load_version(request.user, key, number)
    source = source_from(one.content)
    before = one.checklist.versions.filter(number__lt=number).order_by("-number").first()
    effects = effects_of(source)
    context = {
        "version": one,
        "workspace": one.checklist.workspace,
        "source": source,
        "link": link_of(one),
        "seen": sealed(_facts(one), of=f"{key} {number}"),
        "is_owner": load_membership(request.user, one.checklist.workspace.public_id).role == Role.OWNER,  # type: ignore[union-attr]
        "use": uses([one])[one.pk],
        "effects": effects,
        "matrix": matrix(source, effects),
        "translated": translated(one.content),
        "before": before,
        "changes": what_changed(source_from(before.content), source) if before else (),
        "others": one.checklist.versions.exclude(pk=one.pk).order_by("-number"),
    }
    return render(request, "checklists/version.html", context)


def _facts(one: ChecklistVersion) -> Facts:
    """What is retired, or whose link is ended."""
    is_offered = (one.standing.retired_at, one.standing.is_for_leaders)
    return {
        "offered": Fact(_("who is offered it"), is_offered),
        "link": Fact(_("the link"), one.standing.link, link_of(one) or ""),
    }


@require_POST
def begin(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """A draft of the next version, from this one."""
    one = load_version(request.user, key, number)
    workspace = one.checklist.workspace
    draft = own.begin(
        workspace=workspace,  # type: ignore[arg-type]  # a version of a workspace's own has one
        by=request.user,
        source=completed(source_from(one.content)),
        started_from=one,
        now=timezone.now(),
    )
    return redirect("checklists:draft", draft.public_id)


@require_POST
def stand(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """Retire it, offer it again, to leaders or no longer, hand out its link or end that."""
    one = load_version(request.user, key, number)
    try:
        if said := _stood(request, one):
            messages.success(request, said)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    return redirect("checklists:version", key, number)


def _stood(request: SignedInRequest, one: ChecklistVersion) -> str:
    """What was done, in words. '' where nothing was asked for. Raises ValidationError."""
    if "retire" in request.POST or request.POST.get("link") == "end":
        check_seen(request.POST.get(NAME, ""), _facts(one), of=f"{one.checklist.key} {one.number}")
    if "retire" in request.POST:
        own.retire(version=one, by=request.user, now=timezone.now())
        return _("It is offered no longer. Whatever uses it goes on.")
    if "again" in request.POST:
        own.offer_again(version=one, by=request.user)
        return _("It is offered again.")
    if request.POST.get("link") == "end":
        own.end_link(version=one, by=request.user)
        return _("The link is ended. What was begun by it goes on.")
    if "link" in request.POST:
        own.hand_out_link(version=one, joins="joins" in request.POST, by=request.user)
        return _("The link is ready to be handed out.")
    if "leaders" in request.POST:
        is_offered = request.POST["leaders"] == "yes"
        own.offer_to_leaders(version=one, is_offered=is_offered, by=request.user)
        can, cannot = _("Members can start a self-assessment from it."), _("Members can no longer start from it.")
        return can if is_offered else cannot
    return ""
