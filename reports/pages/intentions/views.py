"""Keeping an intention, meeting it again, changing and deleting it; being reminded to look again."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import verified_email
from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, settled
from core.seen import Fact, SeenForm
from reports.intentions import actions
from reports.intentions.access import intentions_of, load_intention
from reports.pages.intentions.forms import IntentionForm, LookBackForm
from reports.pages.intentions.page import MONTHS_UNTIL_NEXT, intention_views, next_day, view_of
from reports.pages.next_steps.views import opened_place
from reports.readings import improvement
from reports.self_assessments.access import load_own_result

USUAL_DAYS = 30


@require_safe
@never_cache
def intentions(request: SignedInRequest) -> HttpResponse:
    """All of a leader's, the open ones first."""
    views = intention_views(intentions_of(request.user))
    context = {
        "open": [view for view in views if view.intention.is_open],
        "ended": [view for view in reversed(views) if not view.intention.is_open],
    }
    return render(request, "reports/intentions.html", context)


@get_or_post
@never_cache
def keep(request: SignedInRequest, public_id: str, condition: str, space: str) -> HttpResponse:
    """A new one for a place, beginning from an action of the guide where the address names one."""
    own = load_own_result(request.user, public_id)
    opened = opened_place(own, condition, space)
    action = improvement.actions().get(request.GET.get("action", ""))
    today = timezone.localdate()
    initial = {
        "words": action.first_step if action else "",
        "day": today + datetime.timedelta(days=action.review_after_days if action else USUAL_DAYS),
        "wants_reminder": True,
    }
    form = _form(request, initial, earliest=today + datetime.timedelta(days=1))
    if form.is_valid() and settled(
        form,
        actions.keep,
        self_assessment=own,
        place=opened.key,
        begun_from=action.key if action else "",
        now=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, _("Kept. You meet it again here, and at your next self-assessment."))
        return redirect("reports:intentions")
    takes = improvement.time_scale_of(action) if action else None
    context = {"own": own, "opened": opened, "begun_from": action, "takes": takes, "form": form}
    return render(request, "reports/keep_intention.html", context, status=422 if form.errors else 200)


def _form(request: SignedInRequest, initial: dict[str, Any], *, earliest: datetime.date) -> IntentionForm:
    can_be_reminded = verified_email(request.user)
    return IntentionForm(posted(request), initial=initial, can_be_reminded=can_be_reminded, earliest=earliest)


@get_or_post
@never_cache
def intention(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One, and how it went."""
    one = load_intention(request.user, public_id)
    initial = {"outcome": one.outcome, "looking_back": one.looking_back}
    form = LookBackForm(posted(request), initial=initial)
    if form.is_valid() and settled(form, actions.look_back, intention=one, now=timezone.now(), **form.cleaned_data):
        messages.success(request, _("Noted. It stays here for you to come back to."))
        return redirect("reports:intentions")
    context = {"view": view_of(one), "form": form, "if_no_change": improvement.if_no_change().values()}
    return render(request, "reports/intention.html", context, status=422 if form.errors else 200)


@get_or_post
@never_cache
def change_intention(request: SignedInRequest, public_id: str) -> HttpResponse:
    one = load_intention(request.user, public_id)
    initial = {"words": one.words, "day": one.day, "wants_reminder": one.wants_reminder}
    form = _form(request, initial, earliest=min(one.day, timezone.localdate() + datetime.timedelta(days=1)))
    if form.is_valid() and settled(form, actions.change, intention=one, **form.cleaned_data):
        messages.success(request, _("Changed."))
        return redirect("reports:intention", public_id)
    context = {"view": view_of(one), "form": form}
    return render(request, "reports/change_intention.html", context, status=422 if form.errors else 200)


@get_or_post
def delete_intention(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first."""
    one = load_intention(request.user, public_id)
    facts = {
        "words": Fact(_("what it says"), one.words),
        "outcome": Fact(_("how it went"), one.outcome),
    }
    form = SeenForm(posted(request), facts=facts, of=public_id)
    if not form.is_valid():
        context = {"view": view_of(one), "form": form}
        return render(request, "reports/delete_intention.html", context, status=422 if form.errors else 200)
    one.delete()
    messages.success(request, _("The intention is deleted."))
    return redirect("reports:intentions")


@require_POST
def next_time(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks for the reminder to take it again, or takes that back."""
    own = load_own_result(request.user, public_id)
    if request.POST.get("wanted") == "no":
        actions.forget_next_time(self_assessment=own)
        messages.success(request, _("You will not be reminded."))
    elif not verified_email(request.user):
        messages.warning(request, _("To be reminded, confirm your address on your account page first."))
    elif (day := next_day(own, MONTHS_UNTIL_NEXT)) > timezone.localdate():
        actions.ask_for_next_time(self_assessment=own, day=day)
        messages.success(request, _("You will be reminded once, by e-mail."))
    return redirect("reports:self_assessment", public_id)
