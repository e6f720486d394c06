"""The people a workspace knows."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.audit.actions import record_look
from core.forms import get_or_post, posted, refusal_of, settled
from core.words import some_of
from spaces.access import load_membership
from spaces.actions.groups import add_person, change_person, check_is_shared
from spaces.exporting import as_csv, as_workbook
from spaces.forms import PersonForm
from spaces.models import MANAGERS, Group, Person, Workspace
from spaces.pages.form_page import show_form
from spaces.pages.people_list import Chosen, remove_chosen
from spaces.tree import branches
from spaces.where_asked import open_ones, where_asked


@get_or_post
def new(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    tree = branches(workspace.groups.all())
    form = PersonForm(posted(request), branches=tree, initial={"group": request.GET.get("group", "")})
    if form.is_valid() and settled(form, add_person, workspace=workspace, by=request.user, **form.cleaned_data):
        messages.success(request, _("%(name)s is added.") % form.cleaned_data)
        return redirect(_place_of(workspace, form.cleaned_data["group"]))
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
    asked = where_asked(workspace, workspace.people.filter(pk=person.pk))
    current = {"name": person.name, "email": person.email, "group": person.group.public_id if person.group else ""}
    form = PersonForm(
        posted(request),
        branches=branches(workspace.groups.all()),
        asked_in=open_ones(asked),
        initial=current,
    )
    if form.is_valid() and settled(form, change_person, person=person, by=request.user, **form.cleaned_data):
        messages.success(request, _("%(name)s is saved.") % form.cleaned_data)
        return redirect(_place_of(workspace, form.cleaned_data["group"]))
    context = {
        "workspace": workspace,
        "person": person,
        "form": form,
        "asked": asked,
        "leads": some_of(list(person.leads.order_by("name").values_list("name", flat=True))),
    }
    return render(request, "spaces/person.html", context)


@get_or_post
def remove(request: SignedInRequest, public_id: str, person_id: str) -> HttpResponse:
    workspace, person = _load(request, public_id, person_id)
    chosen = Chosen(workspace, branches(workspace.groups.all()), QueryDict(f"person={person.public_id}"))
    back = reverse("spaces:person", args=[public_id, person_id])
    return remove_chosen(request, chosen, back=back, after=_place_of(workspace, person.group))


def _load(request: SignedInRequest, public_id: str, person_id: str) -> tuple[Workspace, Person]:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    return workspace, get_object_or_404(workspace.people.select_related("group"), public_id=person_id)


def _place_of(workspace: Workspace, group: Group | None) -> str:
    return reverse("spaces:group", args=[workspace.public_id, group.public_id]) if group else resolve_url(workspace)


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
    if request.method == "GET":
        record_look(by=request.user, verb="fetch_people", obj=workspace, workspace=workspace)
    response = HttpResponse(write(workspace), content_type=kind)
    name = slugify(workspace.name) or "people"
    response["Content-Disposition"] = f'attachment; filename="{name}-people.{form}"'
    return response
