"""The people of an open survey. No page here knows who has answered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import Fact, SeenForm
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.participants import (
    add_participant,
    check_is_open_by_invitation,
    correct_address,
    failed_invitations,
    remove_participant,
    send_again,
)
from diagnostics.surveys.actions.sending_again import send_all_again
from diagnostics.surveys.audience.paths import leaves_with_paths
from diagnostics.surveys.letters.returned import with_returns
from diagnostics.surveys.models import Participant, Survey
from diagnostics.surveys.pages.dashboard.form_page import refuse, show_form
from diagnostics.surveys.pages.dashboard.forms import AddressForm, NewParticipantForm, all_again_form


@require_safe
@never_cache
def groups(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    asked = dict(_asked(survey).values_list("group").annotate(Count("pk")))
    failed = with_returns(survey, failed_invitations(survey))
    context = _context(survey) | {
        "groups": [(group, path, asked.get(group.pk, 0)) for group, path in leaves_with_paths(survey)],
        "people": sum(asked.values()),
        "removed": survey.participants.filter(is_removed=True).count(),
        "failed": failed,
        "again": all_again_form(survey, None) if failed else None,
    }
    return render(request, "surveys/participants.html", context)


@require_safe
@never_cache
def group(request: SignedInRequest, public_id: str, group_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    group = get_object_or_404(survey.groups, public_id=group_id, children=None)
    people = _asked(survey).filter(group=group).select_related("invitation").order_by("name", "email")
    return render(request, "surveys/participants_in.html", _context(survey) | {"group": group, "people": people})


@get_or_post
def new(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    initial = {"group": request.GET.get("group", "")}
    form = NewParticipantForm(posted(request), groups=leaves_with_paths(survey), initial=initial)
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
    form = AddressForm(posted(request), initial={"email": person.email})
    if form.is_valid() and settled(form, _send, person=person, by=request.user, **form.cleaned_data):
        messages.success(request, _("A new invitation is on its way to %(email)s.") % form.cleaned_data)
        return redirect("surveys:participants_in", public_id, person.group.public_id)
    return show_form(request, survey, "surveys/participant.html", form, person=person)


def _send(*, person: Participant, email: str, by: User) -> None:
    if email == person.email:
        send_again(participant=person, by=by)
    else:
        correct_address(participant=person, email=email, by=by)


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


@require_POST
def all_again(request: SignedInRequest, public_id: str) -> HttpResponse:
    """New links to all addresses that failed, in one press."""
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    form = all_again_form(survey, request.POST)
    if form.is_valid() and settled(form, send_all_again, survey=survey, by=request.user):
        messages.success(request, _("New invitations are on their way to all addresses that had failed."))
    for refused in form.errors.as_data().values():
        for sentence in ValidationError(refused).messages:
            messages.warning(request, sentence)
    return redirect("surveys:participants", public_id)


def _asked(survey: Survey) -> QuerySet[Participant]:
    return survey.participants.filter(is_removed=False)


def _load_person(survey: Survey, invitation_id: str) -> Participant:
    people = _asked(survey).select_related("invitation", "group", "survey")
    return get_object_or_404(people, invitation__public_id=invitation_id)


def _context(survey: Survey) -> dict:
    return {"survey": survey, "workspace": survey.workspace}
