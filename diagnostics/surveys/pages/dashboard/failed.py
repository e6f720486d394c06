"""Addresses that failed: corrected where they stand, or written to again, all in one press."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from core.forms import Address, get_or_post, posted, refusal_of
from core.seen import NAME, Fact, Facts, check_seen, sealed
from core.standing import StandingForm
from core.words import tidy
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.many import send_again_to_many
from diagnostics.surveys.actions.participants import (
    check_is_open_by_invitation,
    correct_address,
    failed_invitations,
    known_as,
)
from diagnostics.surveys.letters.returned import with_returns
from diagnostics.surveys.models import Invitation, Survey
from diagnostics.surveys.pages.dashboard.form_page import refuse, show_form

AT_ONCE = 50  # on a page
ALL = "all"  # the button that writes to everybody again


class CorrectionsForm(StandingForm):
    """An address for each of the invitations on the page."""

    in_people = forms.BooleanField(required=False, initial=True)

    def __init__(self, data: QueryDict | None, *, invitations: list[Invitation]) -> None:
        super().__init__(data)
        self.invitations = invitations
        for one in invitations:
            field = Address()
            field.label = _("Address of %(name)s") % {"name": one.participant}
            self.fields[one.public_id] = field
            self.initial[one.public_id] = one.participant.email

    @property
    def rows(self) -> list[tuple[Invitation, forms.BoundField]]:
        return [(one, self[one.public_id]) for one in self.invitations]

    @property
    def corrected(self) -> list[tuple[Invitation, str]]:
        given = [(one, self.cleaned_data[one.public_id]) for one in self.invitations]
        return [(one, email) for one, email in given if email != one.participant.email]


@get_or_post
@never_cache
def failed(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    words = tidy(request.GET.get("q", ""))
    everybody = failed_invitations(survey).select_related("participant__survey__workspace", "participant__group")
    found = everybody.filter(Q(participant__name__icontains=words) | Q(participant__email__icontains=words))
    page = Paginator(found, AT_ONCE).get_page(request.GET.get("page"))
    facts = _facts(list(everybody.values_list("public_id", "version", "participant__email")))
    if ALL in request.POST:
        return _send_all(request, survey, facts)
    form = CorrectionsForm(posted(request), invitations=with_returns(survey, page))
    if form.is_valid() and _are_corrected(request, form):
        return redirect(request.get_full_path())
    context = {"page": page, "words": words, "number": len(facts["failed"].value)}
    return show_form(
        request, survey, "surveys/failed.html", form, seen=sealed(facts, of=f"{public_id} failed"), **context
    )


def _facts(failed: list[tuple]) -> Facts:
    return {"failed": Fact(_("which addresses failed"), sorted(failed), str(len(failed)))}


def _send_all(request: SignedInRequest, survey: Survey, facts: Facts) -> HttpResponse:
    try:
        check_seen(request.POST.get(NAME, ""), facts, of=f"{survey.public_id} failed")
        people = list(failed_invitations(survey).values_list("participant", flat=True))
        sent = send_again_to_many(survey=survey, people=people, by=request.user)
        said = ngettext("%(n)s new invitation is on its way.", "%(n)s new invitations are on their way.", sent)
        messages.success(request, said % {"n": sent})
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("surveys:failed_addresses", survey.public_id)


def _are_corrected(request: SignedInRequest, form: CorrectionsForm) -> bool:
    """Each by itself: what is refused stands at its row, and the others are done."""
    done = sum(_is_corrected(form, one, email, by=request.user) for one, email in form.corrected)
    if done:
        said = ngettext("%(n)s address is corrected.", "%(n)s addresses are corrected.", done)
        messages.success(request, said % {"n": done})
    elif not form.errors:
        messages.warning(request, _("No address is changed yet: correct one first, then press the button."))
    return not form.errors


def _is_corrected(form: CorrectionsForm, one: Invitation, email: str, *, by: User) -> bool:
    person = one.participant
    in_people = form.cleaned_data["in_people"] and known_as(person) is not None
    try:
        correct_address(participant=person, email=email, in_people=in_people, by=by)
    except ValidationError as refusal:
        form.add_error(one.public_id, refusal.messages)
        return False
    return True
