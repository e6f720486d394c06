"""The people of an open survey. No page here knows who has answered."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import Fact, SeenForm
from core.words import tidy
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.moving import move_participant
from diagnostics.surveys.actions.participants import (
    add_participant,
    check_is_open_by_invitation,
    correct_address,
    known_as,
    remove_participant,
    send_again,
)
from diagnostics.surveys.audience.paths import leaves_with_paths
from diagnostics.surveys.models import Participant, Survey, SurveyGroup
from diagnostics.surveys.pages.dashboard.finding import AT_ONCE, Letter, PeopleFilter
from diagnostics.surveys.pages.dashboard.form_page import refuse, show_form
from diagnostics.surveys.pages.dashboard.forms import AddressForm, MoveForm, NewParticipantForm

GROUPS_AT_ONCE = 100  # on a page


@require_safe
@never_cache
def people(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    leaves = leaves_with_paths(survey)
    return _list(request, survey, PeopleFilter(request.GET, survey=survey, leaves=leaves))


@require_safe
@never_cache
def group(request: SignedInRequest, public_id: str, group_id: str) -> HttpResponse:
    """Those of one group."""
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    group = get_object_or_404(survey.groups, public_id=group_id, children=None)
    wanted = request.GET.copy()
    wanted["group"] = group_id
    form = PeopleFilter(wanted, survey=survey, leaves=leaves_with_paths(survey))
    return _list(request, survey, form, group=group)


def _list(
    request: SignedInRequest, survey: Survey, form: PeopleFilter, *, group: SurveyGroup | None = None
) -> HttpResponse:
    asked = survey.participants.filter(is_removed=False)
    numbers = asked.aggregate(people=Count("pk"), failed=Count("pk", filter=Q(invitation__has_bounced=True)))
    paths = {leaf.pk: path for leaf, path in form.leaves}
    page = Paginator(form.found, AT_ONCE).get_page(request.GET.get("page"))
    context = (
        _context(survey)
        | numbers
        | {
            "form": form,
            "group": group,
            "page": page,
            "rows": [(person, paths[person.group_id], Letter(person.letter)) for person in page],  # type: ignore[attr-defined]
            "removed": survey.participants.filter(is_removed=True).count(),
            "groups": len(form.leaves),
        }
    )
    return render(request, "surveys/participants.html", context)


@require_safe
@never_cache
def by_group(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    words = tidy(request.GET.get("q", ""))
    leaves = [(leaf, path) for leaf, path in leaves_with_paths(survey) if words.casefold() in path.casefold()]
    page = Paginator(leaves, GROUPS_AT_ONCE).get_page(request.GET.get("page"))
    shown = survey.participants.filter(is_removed=False, group__in=[leaf for leaf, _path in page])
    asked = dict(shown.values_list("group").annotate(Count("pk")).order_by())
    rows = [(leaf, path, asked.get(leaf.pk, 0)) for leaf, path in page]
    context = _context(survey) | {"page": page, "rows": rows, "words": words}
    return render(request, "surveys/participants_by_group.html", context)


@get_or_post
def new(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    initial = {"group": request.GET.get("group", "")}
    form = NewParticipantForm(posted(request), groups=leaves_with_paths(survey), survey=survey, initial=initial)
    if form.is_valid() and settled(form, add_participant, survey=survey, by=request.user, **form.cleaned_data):
        messages.success(request, _("%(name)s is invited.") % form.cleaned_data)
        return redirect("surveys:participants_in", public_id, form.cleaned_data["group"].public_id)
    return show_form(request, survey, "surveys/new_participant.html", form)


@get_or_post
def participant(request: SignedInRequest, public_id: str, invitation_id: str) -> HttpResponse:
    """The address is checked, or corrected, and a new link goes there."""
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    person = _load_person(survey, invitation_id)
    known, others = known_as(person), survey.groups.filter(children=None).exclude(pk=person.group_id).exists()
    form = AddressForm(posted(request), initial={"email": person.email}, is_in_people=known is not None)
    if form.is_valid() and settled(form, _send, person=person, by=request.user, **form.cleaned_data):
        messages.success(request, _("A new invitation is on its way to %(email)s.") % form.cleaned_data)
        return redirect("surveys:participants_in", public_id, person.group.public_id)
    return show_form(request, survey, "surveys/participant.html", form, person=person, has_other_groups=others)


def _send(*, person: Participant, email: str, by: User, in_people: bool = False) -> None:
    if email == person.email:
        send_again(participant=person, by=by)
    else:
        correct_address(participant=person, email=email, in_people=in_people, by=by)


@get_or_post
def move(request: SignedInRequest, public_id: str, invitation_id: str) -> HttpResponse:
    """To another group. It says first what that does, in the same words whatever the person has done."""
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    person = _load_person(survey, invitation_id)
    facts = {
        "person": Fact(_("the person"), (person.name, person.email), f"{person.name}, {person.email}"),
        "group": Fact(_("the group"), person.group.public_id, person.group.name),
    }
    form = MoveForm(posted(request), facts=facts, of=invitation_id, leaves=leaves_with_paths(survey), now=person.group)
    if form.is_valid() and settled(form, move_participant, participant=person, group=form.group, by=request.user):
        words = {"name": person.name, "group": form.group.name}
        messages.success(request, _("%(name)s is asked in %(group)s now. A new link is on its way.") % words)
        return redirect("surveys:participants_in", public_id, form.group.public_id)
    return show_form(request, survey, "surveys/move_participant.html", form, person=person, k=survey.k)


@get_or_post
def remove(request: SignedInRequest, public_id: str, invitation_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    person = _load_person(survey, invitation_id)
    facts = {"person": Fact(_("the person"), (person.name, person.email), f"{person.name}, {person.email}")}
    form, name = SeenForm(posted(request), facts=facts, of=invitation_id), person.name
    if form.is_valid() and settled(form, remove_participant, participant=person, by=request.user):
        messages.success(request, _("%(name)s is removed from the survey.") % {"name": name})
        return redirect("surveys:participants_in", public_id, person.group.public_id)
    return show_form(request, survey, "surveys/remove_participant.html", form, person=person)


def _asked(survey: Survey) -> QuerySet[Participant]:
    return survey.participants.filter(is_removed=False)


def _load_person(survey: Survey, invitation_id: str) -> Participant:
    people = _asked(survey).select_related("invitation", "group", "survey")
    return get_object_or_404(people, invitation__public_id=invitation_id)


def _context(survey: Survey) -> dict:
    return {"survey": survey, "workspace": survey.workspace}
