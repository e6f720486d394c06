"""All groups of a workspace: finding them, and doing something with many. What is chosen stands in the address."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, settled
from core.seen import Fact, Facts, SeenForm
from core.words import paragraph
from spaces.actions.many import delete_groups, lead_groups
from spaces.finding import Place, places, places_found
from spaces.models import Group, Workspace
from spaces.pages.list_forms import FindGroupsForm, LeadForm
from spaces.pages.people_list import ALL, list_address, load_shared
from spaces.tree import branches

AT_ONCE = 50  # groups on a page
NAMED = 50  # of those chosen
FILTERS = ("words", "which")


@require_safe
def groups(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_shared(request, public_id)
    form = FindGroupsForm(request.GET)
    form.is_valid()
    known = _places(workspace)
    context = {
        "workspace": workspace,
        "form": form,
        "is_filtered": any(_filters(form).values()),
        "page": Paginator(places_found(known, **_filters(form)), AT_ONCE).get_page(request.GET.get("page")),
        "all": len(known),
        "kept": [(name, request.GET[name]) for name in FILTERS if request.GET.get(name)],
    }
    return render(request, "spaces/group_list.html", context)


def _places(workspace: Workspace) -> list[Place]:
    return places(workspace, branches(workspace.groups.select_related("leader")))


def _filters(form: FindGroupsForm) -> dict[str, Any]:
    """What could be understood of it."""
    return {name: form.cleaned_data.get(name) for name in FILTERS if form.cleaned_data.get(name)}


class ChosenGroups:
    """The groups ticked on the list, or all that were found there."""

    def __init__(self, workspace: Workspace, asked: QueryDict, *, only_empty: bool = False) -> None:
        self.workspace, self.asked, self.only_empty = workspace, asked, only_empty

    @cached_property
    def places(self) -> list[Place]:
        found = self._ticked_or_found()
        return [place for place in found if place.is_empty] if self.only_empty else found

    def _ticked_or_found(self) -> list[Place]:
        known = _places(self.workspace)
        if ALL not in self.asked:
            ticked = set(self.asked.getlist("group"))
            return [place for place in known if place.group.public_id in ticked]
        form = FindGroupsForm(self.asked)
        return places_found(known, **_filters(form)) if form.is_valid() else []

    @cached_property
    def groups(self) -> list[Group]:
        return [place.group for place in self.places]

    @property
    def rows(self) -> list[Place]:
        return self.places[:NAMED]

    @property
    def more(self) -> int:
        return max(0, len(self.places) - NAMED)

    @property
    def name(self) -> str:
        """'Pharmacy', or '12 groups'."""
        if len(self.groups) == 1:
            return self.groups[0].name
        return ngettext("%(count)d group", "%(count)d groups", len(self.groups)) % {"count": len(self.groups)}

    @property
    def back(self) -> str:
        return list_address("spaces:groups", self.workspace, self.asked, FILTERS)

    @property
    def facts(self) -> Facts:
        them = [(place.group.public_id, place.group.name, place.group.leader_id) for place in self.places]
        return {"groups": Fact(_("which groups are chosen, or who leads them"), them, self.name)}


@get_or_post
def lead(request: SignedInRequest, public_id: str) -> HttpResponse:
    chosen = ChosenGroups(load_shared(request, public_id), request.GET)
    people = chosen.workspace.people.order_by("sought", "pk")
    form = LeadForm(posted(request), people=people, facts=chosen.facts, of=f"lead groups {public_id}")
    return _settle(
        request,
        chosen,
        form,
        lead_groups,
        title=_("Who leads %(groups)s?"),
        notes=[_("Surveys that were launched keep who led the group then.")],
        submit=_("Save who leads"),
        done=_("%(groups)s: who leads is saved."),
    )


@get_or_post
def delete_empty(request: SignedInRequest, public_id: str) -> HttpResponse:
    chosen = ChosenGroups(load_shared(request, public_id), request.GET, only_empty=True)
    form = SeenForm(posted(request), facts=chosen.facts, of=f"delete groups {public_id}")
    return _settle(
        request,
        chosen,
        form,
        delete_groups,
        title=_("Delete %(groups)s?"),
        notes=[
            _("Only those are deleted that have neither people nor groups inside. Deleting cannot be undone."),
        ],
        submit=_("Delete the empty groups"),
        done=ngettext("%(groups)s is deleted.", "%(groups)s are deleted.", len(chosen.groups)),
        danger=True,
    )


def _settle(
    request: SignedInRequest,
    chosen: ChosenGroups,
    form: SeenForm,
    action: Callable[..., None],
    *,
    title: str,
    notes: Sequence[str],
    done: str,
    **words: Any,
) -> HttpResponse:
    """The page that says what will happen, and then it happens."""
    if not chosen.groups:
        sentence = _("None of the groups chosen is empty.") if chosen.only_empty else _("No group is chosen.")
        messages.warning(request, paragraph(sentence, _("Tick groups in the list first, or all that were found.")))
        return redirect(chosen.back)
    names = {"groups": chosen.name}
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if settled(form, action, workspace=chosen.workspace, groups=chosen.groups, by=request.user, **given):
            messages.success(request, done % names)
            return redirect(chosen.back)
    context = {
        "workspace": chosen.workspace,
        "chosen": chosen,
        "form": form,
        "title": title % names,
        "notes": notes,
        "danger": False,
        "back": chosen.back,
    }
    return render(request, "spaces/groups_chosen.html", context | words)
