"""One verb for many people of an open survey: what it will do is shown first, with whom."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import Fact, Facts, SeenForm
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.many import mark_away, mark_back, remove_many, send_again_to_many
from diagnostics.surveys.actions.participants import check_is_open_by_invitation
from diagnostics.surveys.audience.paths import leaves_with_paths
from diagnostics.surveys.models import Participant, Survey
from diagnostics.surveys.pages.dashboard.finding import PeopleFilter, asked_in
from diagnostics.surveys.pages.dashboard.form_page import refuse, show_form

NAMED = 20  # people before the button; the others are counted


@dataclass(frozen=True)
class Verb:
    act: Callable[..., int]
    done: Callable[[int], str]


VERBS = {
    "again": Verb(
        send_again_to_many,
        lambda n: ngettext("%(n)s new invitation is on its way.", "%(n)s new invitations are on their way.", n),
    ),
    "away": Verb(
        mark_away, lambda n: ngettext("%(n)s person is marked as away.", "%(n)s people are marked as away.", n)
    ),
    "back": Verb(
        mark_back, lambda n: ngettext("%(n)s person is marked as back.", "%(n)s people are marked as back.", n)
    ),
    "remove": Verb(
        remove_many,
        lambda n: ngettext("%(n)s person is removed from the survey.", "%(n)s people are removed from the survey.", n),
    ),
}


@get_or_post
@never_cache
def many(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who is meant stands in the address: those ticked (`who`), or everybody who was found (`all`)."""
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_open_by_invitation, survey):
        return refuse(request, survey, refusal)
    found = PeopleFilter(request.GET, survey=survey, leaves=leaves_with_paths(survey))
    back = f"{reverse('surveys:participants', args=[public_id])}?{urlencode(found.given)}"
    people = found.found if "all" in request.GET else _ticked(request, survey)
    chosen = list(people.values_list("pk", "invitation__public_id", "name", "email", "group__public_id", "is_away"))
    verb = request.GET.get("do", "")
    if verb not in VERBS or not chosen:
        messages.warning(request, _("Tick the people first, then choose what to do with them."))
        return redirect(back)
    form = SeenForm(posted(request), facts=_facts(chosen), of=f"{public_id} {verb}")
    if form.is_valid() and (done := _act(form, verb, survey, [pk for pk, *_rest in chosen], request)) is not None:
        messages.success(request, VERBS[verb].done(done) % {"n": done})
        return redirect(back)
    context = {"verb": verb, "back": back, "number": len(chosen), "named": people[:NAMED]}
    context |= {"more": max(0, len(chosen) - NAMED), "away": sum(is_away for *_person, is_away in chosen)}
    return show_form(request, survey, "surveys/many_participants.html", form, **context)


def _act(form: SeenForm, verb: str, survey: Survey, chosen: list[int], request: SignedInRequest) -> int | None:
    """How many it was done to; None where it was refused."""
    done: list[int] = []
    settled(form, lambda: done.append(VERBS[verb].act(survey=survey, people=chosen, by=request.user)))
    return done[0] if done else None


def _ticked(request: SignedInRequest, survey: Survey) -> QuerySet[Participant]:
    return asked_in(survey).filter(invitation__public_id__in=request.GET.getlist("who"))


def _facts(chosen: list[tuple]) -> Facts:
    shown = ngettext("%(n)s person", "%(n)s people", len(chosen)) % {"n": len(chosen)}
    known = sorted(rest for _pk, *rest in chosen)
    return {"people": Fact(_("whom this is about"), known, shown)}
