"""People from a list: bring it, check what it would do, import it."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import Fact, SeenForm
from core.words import paragraph
from spaces.access import load_membership
from spaces.actions.groups import check_is_shared
from spaces.importing.actions.importing import import_list
from spaces.importing.actions.keeping import correct_list, keep_list, read_anew, take_columns
from spaces.importing.actions.undoing import reason_against, take_back
from spaces.importing.forms import ColumnsForm, CorrectionForm, ImportForm, ListForm, WayForm
from spaces.importing.kept import chosen_for, how_read, rows_of
from spaces.importing.people.plan import Choices, Plan
from spaces.importing.people.planning import plan_for
from spaces.importing.preview import Preview
from spaces.importing.table.rows import Row, as_text
from spaces.models import MANAGERS, PeopleList

LONGEST_TEXT = 60_000  # characters that can be changed on the page


@get_or_post
def start(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    refusal = refusal_of(check_is_shared, workspace)
    form = ListForm(posted(request), request.FILES if request.method == "POST" else None)
    now = timezone.now()
    if not refusal and form.is_valid():
        brought = {name: form.cleaned_data[name] for name in ("content", "reading", "source")}
        try:
            return redirect(keep_list(workspace=workspace, by=request.user, now=now, **brought))
        except ValidationError as over:
            form.add_error(None, over)
    waiting = PeopleList.objects.open(now).filter(workspace=workspace, user=request.user).exclude(rows=[])
    context = {"workspace": workspace, "form": form, "refusal": refusal, "waiting": waiting.order_by("-created_at")[:3]}
    return render(request, "spaces/import.html", context)


@get_or_post
def check(request: SignedInRequest, public_id: str, list_id: str) -> HttpResponse:
    people_list = _load(request, public_id, list_id)
    workspace = people_list.workspace
    if not people_list.rows:  # imported, perhaps by the first of two clicks
        return redirect(workspace)
    for part, change in CHANGES.items():
        if part in request.POST:
            return change(request, people_list)
    plan = _plan(people_list)
    form = ImportForm(posted(request), plan=plan)
    seen = request.POST.get("seen", "")
    if form.is_valid() and settled(
        form,
        import_list,
        people_list=people_list,
        choices=form.choices,
        seen=seen,
        by=request.user,
        now=timezone.now(),
    ):
        messages.success(request, _summary(plan, form.choices))
        return redirect(people_list if people_list.rows else workspace)
    return _page(request, people_list, plan, choices=form)


def _plan(people_list: PeopleList) -> Plan:
    return plan_for(rows_of(people_list), people_list.workspace, chosen_for(people_list))


def _read_anew(request: SignedInRequest, people_list: PeopleList) -> HttpResponse:
    form = WayForm(request.POST, how=how_read(people_list))
    if form.is_valid() and settled(form, read_anew, people_list=people_list, choice=form.choice):
        return redirect(people_list)
    return _page(request, people_list, _plan(people_list), way=form)


def _take_columns(request: SignedInRequest, people_list: PeopleList) -> HttpResponse:
    plan = _plan(people_list)
    form = _columns_form(request.POST, people_list=people_list, plan=plan)
    if form.is_valid() and settled(form, take_columns, people_list=people_list, **form.said):
        return redirect(people_list)
    return _page(request, people_list, plan, columns=form)


def _columns_form(*data: QueryDict, people_list: PeopleList, plan: Plan) -> ColumnsForm:
    by_managers = chosen_for(people_list).by_managers
    return ColumnsForm(*data, rows=rows_of(people_list), columns=plan.columns, by_managers=by_managers)


def _correct(request: SignedInRequest, people_list: PeopleList) -> HttpResponse:
    form = CorrectionForm(request.POST)
    if form.is_valid():
        correct_list(people_list=people_list, rows=form.rows)
        messages.success(request, _("The list is checked again. Nothing is imported yet."))
        return redirect(people_list)
    return _page(request, people_list, _plan(people_list), correction=form)


CHANGES = {"way": _read_anew, "columns": _take_columns, "pasted": _correct}


def _page(request: SignedInRequest, people_list: PeopleList, plan: Plan, **answered: Form) -> HttpResponse:
    """Every form as it stands, but for the one that was answered."""
    rows, how = rows_of(people_list), how_read(people_list)
    forms: dict[str, Form] = {
        "way": WayForm(how=how),
        "columns": _columns_form(people_list=people_list, plan=plan),
        "choices": ImportForm(plan=plan),
        "correction": CorrectionForm(initial=_as_it_is(rows)),
    }
    wrong = next((form for form in answered.values() if form.errors), forms["choices"])
    context = {
        **forms,
        **answered,
        "workspace": people_list.workspace,
        "people_list": people_list,
        "is_remembered": people_list.reading.get("is_remembered", False),
        "plan": plan,
        "preview": Preview(plan),
        "form": wrong,
    }
    return render(request, "spaces/import_check.html", context)


@require_safe
def faulty(request: SignedInRequest, public_id: str, list_id: str) -> HttpResponse:
    """The rows that must be mended, as a file to mend and to bring again."""
    people_list = _load(request, public_id, list_id)
    if not people_list.rows:
        raise Http404
    response = HttpResponse("\ufeff" + Preview(_plan(people_list)).faults_csv, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return response


def _load(request: SignedInRequest, public_id: str, list_id: str) -> PeopleList:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    own = PeopleList.objects.open(timezone.now()).select_related("workspace").filter(user=request.user)
    return get_object_or_404(own, workspace=workspace, public_id=list_id)


def _as_it_is(rows: Sequence[Row]) -> dict[str, str]:
    """The list as text; nothing where that would make a long page."""
    text = as_text(rows)
    return {"pasted": text} if len(text) <= LONGEST_TEXT else {}


def _summary(plan: Plan, choices: Choices) -> str:
    arrivals, removed = plan.chosen(choices), len(plan.removed(choices))
    changed = sum(arrival.person is not None for arrival in arrivals)
    added = len(arrivals) - changed
    sentences = [ngettext("One person is added.", "%(count)d people are added.", added) % {"count": added}]
    if changed:
        sentence = ngettext("One person is changed.", "%(count)d people are changed.", changed)
        sentences.append(sentence % {"count": changed})
    if removed:
        sentence = ngettext("One person is removed.", "%(count)d people are removed.", removed)
        sentences.append(sentence % {"count": removed})
    if left := len(plan.left(choices)):
        sentence = ngettext(
            "One row is left: mend it below, or copy it out.",
            "%(count)d rows are left: mend them below, or copy them out.",
            left,
        )
        sentences.append(sentence % {"count": left})
    return paragraph(*sentences)


@get_or_post
def undo(request: SignedInRequest, public_id: str, import_id: str) -> HttpResponse:
    """An import is taken back as a whole."""
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    kept = get_object_or_404(workspace.imports.select_related("by"), public_id=import_id)
    facts = {"counts": Fact(_("what it would do"), (kept.counts, kept.taken_back_at))}
    form = SeenForm(posted(request), facts=facts, of=import_id)
    if form.is_valid():
        try:
            stay = take_back(kept=kept, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, paragraph(_("The import is taken back."), *_who_stays(stay)))
            return redirect(workspace)
    context = {"workspace": workspace, "kept": kept, "form": form, "refusal": reason_against(kept)}
    return render(request, "spaces/import_undo.html", context)


def _who_stays(count: int) -> list[str]:
    sentence = ngettext(
        "One person was changed since and stays as they are.",
        "%(count)d people were changed since and stay as they are.",
        count,
    )
    return [sentence % {"count": count}] if count else []
