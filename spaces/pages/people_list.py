"""All people of a workspace: finding them, and doing something with many. What is chosen stands in the address."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, settled
from core.seen import Fact, Facts, SeenForm
from core.words import some_of
from spaces.access import load_membership
from spaces.actions.many import move_people, name_leaders, remove_people
from spaces.finding import people_found
from spaces.models import MANAGERS, Person, Workspace
from spaces.pages.list_forms import FindPeopleForm, MoveForm, NameLeadersForm, RemoveForm
from spaces.tree import Branch, branches
from spaces.where_asked import Asking, open_ones, where_asked

AT_ONCE = 50  # people on a page
NAMED = 50  # of those chosen
FILTERS = ("words", "group", "which")
ALL = "all"  # everybody found, in place of those ticked


@require_safe
def people(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_shared(request, public_id)
    tree = branches(workspace.groups.all())
    form = FindPeopleForm(request.GET, branches=tree)
    form.is_valid()
    found = people_found(workspace, tree, **_filters(form))
    page = Paginator(found, AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "workspace": workspace,
        "form": form,
        "is_filtered": any(_filters(form).values()),
        "page": page,
        "rows": _rows(tree, list(page.object_list)),
        "everybody": workspace.people.count(),
        "kept": [(name, request.GET[name]) for name in FILTERS if request.GET.get(name)],
    }
    return render(request, "spaces/people.html", context)


@dataclass(frozen=True)
class Row:
    person: Person
    place: Branch | None
    leads: str  # the names of the groups


def _rows(tree: Sequence[Branch], people: Sequence[Person]) -> list[Row]:
    places: dict[int | None, Branch] = {branch.group.pk: branch for branch in tree}
    led: dict[int | None, list[str]] = defaultdict(list)
    for branch in tree:
        led[branch.group.leader_id].append(branch.group.name)
    return [Row(person, places.get(person.group_id), some_of(led[person.pk])) for person in people]


def _filters(form: FindPeopleForm) -> dict[str, Any]:
    """What could be understood of it."""
    return {name: form.cleaned_data.get(name) for name in FILTERS if form.cleaned_data.get(name)}


# --- Those chosen --------------------------------------------------------------------------------


class Chosen:
    """The people ticked on the list, or all that were found there."""

    def __init__(self, workspace: Workspace, tree: Sequence[Branch], asked: QueryDict) -> None:
        self.workspace, self.tree, self.asked = workspace, tree, asked

    @cached_property
    def query(self) -> "QuerySet[Person]":
        if ALL not in self.asked:
            return self.workspace.people.filter(public_id__in=self.asked.getlist("person")).order_by("sought", "pk")
        form = FindPeopleForm(self.asked, branches=self.tree)
        if not form.is_valid():
            return self.workspace.people.none()
        return people_found(self.workspace, self.tree, **_filters(form))

    @cached_property
    def known(self) -> list[tuple[int, str, str, str, str | None]]:
        """Of each the key, the name, the address, and the public ids of person and group: they may be thousands."""
        return list(self.query.values_list("pk", "name", "email", "public_id", "group__public_id"))

    @cached_property
    def people(self) -> list[Person]:
        return list(self.query)

    @cached_property
    def led(self) -> list[tuple[str, str]]:
        """Who leads a group, and which, in the order of the tree."""
        names = {key: name for key, name, *_rest in self.known}
        return [
            (names[branch.group.leader_id], branch.group.name)
            for branch in self.tree
            if branch.group.leader_id in names
        ]

    @cached_property
    def asking(self) -> list[Asking]:
        return where_asked(self.workspace, self.query)

    @property
    def running(self) -> list[str]:
        return [asking.title for asking in open_ones(self.asking)]

    @property
    def rows(self) -> list[Row]:
        return _rows(self.tree, list(self.query[:NAMED]))

    @property
    def more(self) -> int:
        return max(0, self.count - NAMED)

    @property
    def count(self) -> int:
        return len(self.known)

    @property
    def name(self) -> str:
        """'Ruth Adeyemi', or '12 people'."""
        if self.count == 1:
            return self.known[0][1]
        return ngettext("%(count)d person", "%(count)d people", self.count) % {"count": self.count}

    @property
    def back(self) -> str:
        return list_address("spaces:people", self.workspace, self.asked, FILTERS)

    @property
    def facts(self) -> Facts:
        return {
            "people": Fact(_("who is chosen"), [rest for _key, *rest in self.known], self.name),
            "leads": Fact(_("what they lead"), self.led),
        }

    @property
    def facts_of_removal(self) -> Facts:
        asking = [(one.key, one.people, one.leads) for one in open_ones(self.asking)]
        return {**self.facts, "asking": Fact(_("the open surveys that ask them"), asking, some_of(self.running))}


def load_chosen(request: SignedInRequest, public_id: str) -> Chosen:
    workspace = load_shared(request, public_id)
    return Chosen(workspace, branches(workspace.groups.all()), request.GET)


@get_or_post
def move(request: SignedInRequest, public_id: str) -> HttpResponse:
    chosen = load_chosen(request, public_id)
    form = MoveForm(posted(request), branches=chosen.tree, facts=chosen.facts, of=f"move {public_id}")
    return settle(
        request,
        chosen,
        form,
        move_people,
        title=_("Move %(people)s to another group"),
        notes=[_("Open surveys go on to count them where they were when they were asked.")],
        submit=_("Move them"),
        done=ngettext("%(people)s is moved.", "%(people)s are moved.", chosen.count),
    )


@get_or_post
def lead(request: SignedInRequest, public_id: str) -> HttpResponse:
    chosen = load_chosen(request, public_id)
    form = NameLeadersForm(posted(request), branches=chosen.tree, facts=chosen.facts, of=f"lead {public_id}")
    return settle(
        request,
        chosen,
        form,
        name_leaders,
        title=_("Name %(people)s as leader"),
        notes=[
            _("Whoever leads such a group now leads it no longer. Surveys that were launched keep who led it then.")
        ],
        submit=_("Name as leader"),
        done=ngettext("%(people)s is named as leader.", "%(people)s are named as leaders.", chosen.count),
    )


@get_or_post
def remove(request: SignedInRequest, public_id: str) -> HttpResponse:
    return remove_chosen(request, load_chosen(request, public_id))


def remove_chosen(request: SignedInRequest, chosen: Chosen, *, back: str = "", after: str = "") -> HttpResponse:
    """`back`: where to go without it, `after`: with it; else to the list."""
    workspace = chosen.workspace
    form = RemoveForm(
        posted(request), running=chosen.running, facts=chosen.facts_of_removal, of=f"remove {workspace.public_id}"
    )
    return settle(
        request,
        chosen,
        form,
        remove_people,
        title=_("Remove %(people)s?"),
        notes=notes_on_removal(chosen),
        asking=chosen.asking,
        asked_in_open=any(one.people for one in chosen.asking if one.is_open),
        asked_in_others=any(one.people for one in chosen.asking if not one.is_open),
        leads_in_open=any(one.leads for one in chosen.asking if one.is_open),
        leads_in_others=any(one.leads for one in chosen.asking if not one.is_open),
        submit=_("Remove the person") if chosen.count == 1 else _("Remove them"),
        done=ngettext("%(people)s is removed.", "%(people)s are removed.", chosen.count),
        danger=True,
        back=back,
        after=after,
        defaults={"take_out": False},
    )


def notes_on_removal(chosen: Chosen) -> list[str]:
    led: dict[str, list[str]] = {}
    for name, group in chosen.led:
        led.setdefault(name, []).append(group)
    words = _("%(name)s leads %(groups)s, which will have no leader then.")
    notes = [words % {"name": name, "groups": some_of(groups)} for name, groups in list(led.items())[:NAMED]]
    notes.append(_("Name and address will be deleted from the people of this workspace. This cannot be undone."))
    return notes


def settle(
    request: SignedInRequest,
    chosen: Chosen,
    form: SeenForm,
    action: Callable[..., None],
    *,
    title: str,
    done: str,
    back: str = "",
    after: str = "",
    defaults: Mapping[str, Any] | None = None,
    **words: Any,
) -> HttpResponse:
    """The page that says what will happen, and then it happens."""
    back, after = back or chosen.back, after or chosen.back
    if not chosen.count:
        messages.warning(request, _("Nobody is chosen. Tick people in the list first, or all that were found."))
        return redirect(after)
    names = {"people": chosen.name}
    if form.is_valid():
        given = {"workspace": chosen.workspace, "people": chosen.people, "by": request.user, **(defaults or {})}
        given |= {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if settled(form, action, **given):
            messages.success(request, done % names)
            return redirect(after)
    context = {
        "workspace": chosen.workspace,
        "chosen": chosen,
        "form": form,
        "title": title % names,
        "asking": (),
        "danger": False,
        "back": back,
    }
    return render(request, "spaces/people_chosen.html", context | words)


def list_address(name: str, workspace: Workspace, asked: QueryDict, filters: Iterable[str]) -> str:
    """The page of the list that `asked` came from."""
    kept = {key: str(asked[key]) for key in (*filters, "page") if asked.get(key)}
    return f"{reverse(name, args=[workspace.public_id])}?{urlencode(kept)}".rstrip("?")


def load_shared(request: SignedInRequest, public_id: str) -> Workspace:
    """A personal workspace has nobody to look after."""
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    if workspace.is_personal:
        raise Http404
    return workspace
