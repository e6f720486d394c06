"""People from a list: bring it, check what it would do, import it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.words import paragraph
from spaces.access import load_membership
from spaces.actions.groups import check_is_shared
from spaces.importing.actions import correct_list, import_list, keep_list
from spaces.importing.forms import CorrectionForm, ImportForm, ListForm
from spaces.importing.people.plan import Plan
from spaces.importing.people.planning import plan_for
from spaces.importing.preview import Preview
from spaces.importing.table.reading import MOST_BYTES
from spaces.importing.table.rows import as_text, unpacked
from spaces.models import MANAGERS, PeopleList


@get_or_post
def start(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    refusal = refusal_of(check_is_shared, workspace)
    form = ListForm(posted(request), request.FILES if request.method == "POST" else None)
    now = timezone.now()
    if not refusal and form.is_valid():
        rows, source = form.cleaned_data["rows"], form.cleaned_data["source"]
        return redirect(keep_list(workspace=workspace, rows=rows, source=source, by=request.user, now=now))
    waiting = PeopleList.objects.open(now).filter(workspace=workspace, user=request.user).exclude(rows=[])
    context = {"workspace": workspace, "form": form, "refusal": refusal, "waiting": waiting.order_by("-created_at")[:3]}
    return render(request, "spaces/import.html", context)


@get_or_post
def check(request: SignedInRequest, public_id: str, list_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    own = PeopleList.objects.open(timezone.now()).select_related("workspace").filter(user=request.user)
    people_list = get_object_or_404(own, workspace=workspace, public_id=list_id)
    if not people_list.rows:  # imported, perhaps by the first of two clicks
        return redirect(workspace)
    if "pasted" in request.POST:
        return _correct(request, people_list)
    plan = plan_for(unpacked(people_list.rows), workspace)
    form = ImportForm(posted(request), plan=plan)
    seen = request.POST.get("seen", "")
    if form.is_valid() and settled(
        form, import_list, people_list=people_list, seen=seen, by=request.user, **form.choice
    ):
        messages.success(request, _summary(plan, form))
        return redirect(people_list if people_list.rows else workspace)
    return _page(request, people_list, plan, form, CorrectionForm(initial=_as_it_is(people_list)))


def _correct(request: SignedInRequest, people_list: PeopleList) -> HttpResponse:
    form = CorrectionForm(request.POST)
    if form.is_valid():
        correct_list(people_list=people_list, rows=form.rows)
        messages.success(request, _("The list is checked again. Nothing is imported yet."))
        return redirect(people_list)
    plan = plan_for(unpacked(people_list.rows), people_list.workspace)
    return _page(request, people_list, plan, ImportForm(plan=plan), form)


def _page(
    request: SignedInRequest, people_list: PeopleList, plan: Plan, choices: ImportForm, correction: CorrectionForm
) -> HttpResponse:
    context = {
        "workspace": people_list.workspace,
        "people_list": people_list,
        "plan": plan,
        "preview": Preview(plan),
        "form": correction if correction.errors else choices,
        "choices": choices,
        "correction": correction,
    }
    return render(request, "spaces/import_check.html", context)


def _as_it_is(people_list: PeopleList) -> dict[str, str]:
    """The list as text; nothing where the text would be too long to be sent back."""
    text = as_text(unpacked(people_list.rows))
    return {"pasted": text} if len(text.encode()) <= MOST_BYTES else {}


def _summary(plan: Plan, form: ImportForm) -> str:
    arrivals = plan.chosen(**form.choice)
    changed = sum(arrival.person is not None for arrival in arrivals)
    added = len(arrivals) - changed
    sentences = [ngettext("One person is added.", "%(count)d people are added.", added) % {"count": added}]
    if changed:
        sentence = ngettext("One person is changed.", "%(count)d people are changed.", changed)
        sentences.append(sentence % {"count": changed})
    if left := len(plan.left(**form.choice)):
        sentence = ngettext(
            "One row is left: mend it below, or copy it out.",
            "%(count)d rows are left: mend them below, or copy them out.",
            left,
        )
        sentences.append(sentence % {"count": left})
    return paragraph(*sentences)
