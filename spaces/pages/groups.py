"""Groups and the people in them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import Fact, SeenForm
from spaces.access import load_membership
from spaces.actions.groups import change_group, check_can_delete_group, check_is_shared, create_group, delete_group
from spaces.forms import GroupForm
from spaces.models import MANAGERS, Group, Workspace
from spaces.pages.form_page import show_form
from spaces.tree import Branch, branches

SHOWN = 100  # people or groups on the page of one; the lists of all have the others


@require_safe
def group(request: SignedInRequest, public_id: str, group_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    group = get_object_or_404(workspace.groups.select_related("leader"), public_id=group_id)
    tree = branches(workspace.groups.all())
    branch = next(branch for branch in tree if branch.group == group)
    inside = [branch.group for branch in tree if branch.group.parent_id == group.pk]
    people = group.people.count()
    context = {
        "workspace": workspace,
        "group": group,
        "above": branch.above,
        "path": branch.path,
        "inside": inside[:SHOWN],
        "inside_count": len(inside),
        "people": group.people.order_by("sought", "pk")[:SHOWN],
        "people_count": people,
        "is_cut": people > SHOWN,
        "is_cut_inside": len(inside) > SHOWN,
    }
    return render(request, "spaces/group.html", context)


@get_or_post
def new(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    tree = branches(workspace.groups.all())
    form = GroupForm(posted(request), branches=tree, initial={"parent": request.GET.get("inside", "")})
    if form.is_valid() and settled(form, create_group, workspace=workspace, by=request.user, **form.cleaned_data):
        messages.success(request, _("%(name)s is added.") % form.cleaned_data)
        return redirect(workspace)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Add a group"),
        refusal=refusal_of(check_is_shared, workspace),
        submit=_("Add the group"),
        back=workspace.get_absolute_url(),
    )


@get_or_post
def edit(request: SignedInRequest, public_id: str, group_id: str) -> HttpResponse:
    workspace, group = _load(request, public_id, group_id)
    form = GroupForm(
        posted(request),
        branches=_places_for(group, branches(workspace.groups.all())),
        people=workspace.people.order_by("sought", "pk"),
        initial=_as_it_is(group),
    )
    if form.is_valid() and settled(form, change_group, group=group, by=request.user, **form.cleaned_data):
        messages.success(request, _("%(name)s is saved.") % form.cleaned_data)
        return redirect("spaces:group", public_id, group_id)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Change %(name)s") % {"name": group},
        submit=_("Save the group"),
        back=reverse("spaces:group", args=[public_id, group_id]),
    )


@get_or_post
def delete(request: SignedInRequest, public_id: str, group_id: str) -> HttpResponse:
    workspace, group = _load(request, public_id, group_id)
    facts = {"group": Fact(_("the group"), (group.name, str(group.parent)), group.name)}
    form = SeenForm(posted(request), facts=facts, of=group_id)
    if form.is_valid() and settled(form, delete_group, group=group, by=request.user):
        messages.success(request, _("%(name)s is deleted.") % {"name": group})
        return redirect(workspace)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Delete %(name)s?") % {"name": group},
        lead=_("The group is empty. Deleting it cannot be undone."),
        refusal=refusal_of(check_can_delete_group, group),
        submit=_("Delete the group"),
        back=reverse("spaces:group", args=[public_id, group_id]),
        danger=True,
    )


def _load(request: SignedInRequest, public_id: str, group_id: str) -> tuple[Workspace, Group]:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    groups = workspace.groups.select_related("parent", "leader")
    return workspace, get_object_or_404(groups, public_id=group_id)


def _places_for(group: Group, tree: list[Branch]) -> list[Branch]:
    return [branch for branch in tree if group not in (branch.group, *branch.above)]


def _as_it_is(group: Group) -> dict:
    return {
        "name": group.name,
        "kind": group.kind,
        "parent": group.parent.public_id if group.parent else "",
        "leader": group.leader.public_id if group.leader else "",
    }
