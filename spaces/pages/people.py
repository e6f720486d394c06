"""The people a workspace knows."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import Fact, SeenForm
from spaces.access import load_membership
from spaces.actions.groups import add_person, change_person, check_is_shared, remove_person
from spaces.exporting import as_csv, as_workbook
from spaces.forms import PersonForm
from spaces.models import MANAGERS, Group, Person, Workspace
from spaces.pages.form_page import show_form
from spaces.tree import branches


@get_or_post
def new(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    tree = branches(workspace.groups.all())
    form = PersonForm(posted(request), branches=tree, initial={"group": request.GET.get("group", "")})
    if form.is_valid() and settled(form, add_person, workspace=workspace, by=request.user, **form.cleaned_data):
        messages.success(request, _("%(name)s is added.") % form.cleaned_data)
        return _back_to(workspace, form.cleaned_data["group"])
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Add a person"),
        lead=_("Nobody gets an e-mail by being added here."),
        refusal=refusal_of(check_is_shared, workspace),
        submit=_("Add the person"),
        back=workspace.get_absolute_url(),
    )


@get_or_post
def person(request: SignedInRequest, public_id: str, person_id: str) -> HttpResponse:
    workspace, person = _load(request, public_id, person_id)
    current = {"name": person.name, "email": person.email, "group": person.group.public_id if person.group else ""}
    form = PersonForm(posted(request), branches=branches(workspace.groups.all()), initial=current)
    if form.is_valid() and settled(form, change_person, person=person, by=request.user, **form.cleaned_data):
        messages.success(request, _("%(name)s is saved.") % form.cleaned_data)
        return _back_to(workspace, form.cleaned_data["group"])
    context = {"workspace": workspace, "person": person, "form": form}
    return render(request, "spaces/person.html", context)


@get_or_post
def remove(request: SignedInRequest, public_id: str, person_id: str) -> HttpResponse:
    workspace, person = _load(request, public_id, person_id)
    leads = ", ".join(group.name for group in person.leads.order_by("name"))
    facts = {
        "person": Fact(_("the person"), (person.name, person.email), f"{person.name}, {person.email}"),
        "leads": Fact(_("what this person leads"), leads, leads),
    }
    form = SeenForm(posted(request), facts=facts, of=person_id)
    if form.is_valid() and settled(form, remove_person, person=person, by=request.user):
        messages.success(request, _("%(name)s is removed.") % {"name": person})
        return _back_to(workspace, person.group)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Remove %(name)s?") % {"name": person},
        lead=_lead_on_removal(person),
        submit=_("Remove the person"),
        back=reverse("spaces:person", args=[public_id, person_id]),
        danger=True,
    )


def _lead_on_removal(person: Person) -> str:
    words = {"name": person, "groups": ", ".join(group.name for group in person.leads.order_by("name"))}
    if words["groups"]:
        return _("%(name)s leads %(groups)s, which will have no leader then. This cannot be undone.") % words
    return _("%(name)s and the address will be deleted from this workspace. This cannot be undone.") % words


def _load(request: SignedInRequest, public_id: str, person_id: str) -> tuple[Workspace, Person]:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    return workspace, get_object_or_404(workspace.people.select_related("group"), public_id=person_id)


def _back_to(workspace: Workspace, group: Group | None) -> HttpResponse:
    return redirect("spaces:group", workspace.public_id, group.public_id) if group else redirect(workspace)


WRITERS: dict[str, tuple[str, Callable[[Workspace], str | bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_workbook),
}


@require_safe
def export(request: SignedInRequest, public_id: str, form: str) -> HttpResponse:
    """Everybody, to look at elsewhere or to mend and bring back."""
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    if form not in WRITERS:
        raise Http404
    kind, write = WRITERS[form]
    response = HttpResponse(write(workspace), content_type=kind)
    name = slugify(workspace.name) or "people"
    response["Content-Disposition"] = f'attachment; filename="{name}-people.{form}"'
    return response
