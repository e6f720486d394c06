"""When a survey closes, and when it reminds. Every change but the closing itself can be thought better of."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import SeenForm
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.facts import of_survey
from diagnostics.surveys.actions.lifecycle import (
    cancel_launch,
    check_can_extend,
    extend_survey,
    may_take_extension_back,
    stop_survey,
    take_extension_back,
)
from diagnostics.surveys.actions.reminders import check_can_remind, drop_reminder_day, plan_reminder
from diagnostics.surveys.letters.wording import closing_words
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.dashboard.form_page import refuse, show_form
from diagnostics.surveys.pages.dashboard.forms import ExtensionForm, ReminderForm
from diagnostics.surveys.statuses import Status, check_can_become


@get_or_post
def change_date(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey, now = load_survey(request.user, public_id), timezone.now()
    refusal = refusal_of(lambda: check_can_extend(survey, now=now))
    if refusal:
        return refuse(request, survey, refusal)
    if "take_back" in request.POST:
        return _take_back(request, survey)
    form = ExtensionForm(posted(request), survey=survey)
    if form.is_valid() and settled(form, _extend, survey=survey, closes_at=form.closes_at(), by=request.user, now=now):
        survey.refresh_from_db(fields=["closes_at"])
        messages.success(request, _("The survey is now open until %(closes)s.") % {"closes": closing_words(survey)})
        return redirect("surveys:dashboard", public_id)
    earlier = survey.extended_from if may_take_extension_back(survey, now=now) else None
    return show_form(request, survey, "surveys/change_date.html", form, earlier=earlier)


def _take_back(request: SignedInRequest, survey: Survey) -> HttpResponse:
    try:
        survey = take_extension_back(survey=survey, by=request.user, now=timezone.now())
        messages.success(request, _("The survey closes on %(closes)s again.") % {"closes": closing_words(survey)})
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    return redirect("surveys:dashboard", survey.public_id)


def _extend(**arguments: Any) -> None:
    """An error about the moment stands at the day."""
    try:
        extend_survey(**arguments)
    except ValidationError as refusal:
        raise ValidationError({"closes_on": refusal.messages}) from None


@get_or_post
def close_now(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first, and says what will happen."""
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_can_become, survey, Status.STOPPED):
        return refuse(request, survey, refusal)
    form = SeenForm(posted(request), facts=of_survey(survey), of=public_id)
    if form.is_valid() and settled(form, stop_survey, survey=survey, by=request.user, now=timezone.now()):
        messages.success(request, _("The survey takes no more answers. Its report is being made."))
        return redirect("surveys:dashboard", public_id)
    return show_form(request, survey, "surveys/close_now.html", form)


@get_or_post
def cancel(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first: nothing of what was answered stays."""
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_can_become, survey, Status.CANCELLED):
        return refuse(request, survey, refusal)
    form = SeenForm(posted(request), facts=of_survey(survey), of=public_id)
    if form.is_valid() and settled(form, cancel_launch, survey=survey, by=request.user, now=timezone.now()):
        messages.success(request, _("The survey is cancelled. Everything that was answered is deleted."))
        return redirect("surveys:dashboard", public_id)
    return show_form(request, survey, "surveys/cancel.html", form)


@get_or_post
def new_reminder(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_can_remind, survey):
        return refuse(request, survey, refusal)
    form = ReminderForm(posted(request))
    now = timezone.now()
    if form.is_valid() and settled(form, plan_reminder, survey=survey, by=request.user, now=now, **form.cleaned_data):
        messages.success(request, _("The reminder is planned."))
        return redirect("surveys:dashboard", public_id)
    return show_form(request, survey, "surveys/new_reminder.html", form)


@require_POST
def drop_reminder(request: SignedInRequest, public_id: str, day: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    try:
        drop_reminder_day(survey=survey, day=day, by=request.user, now=timezone.now())
        messages.success(request, _("The reminder is taken out."))
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    return redirect("surveys:dashboard", public_id)
