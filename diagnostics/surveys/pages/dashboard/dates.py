"""When a survey closes, and when it reminds. Every change but the closing itself can be thought better of."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import NAME, SeenForm
from core.words import some_of
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.facts import of_reminding, of_start, of_survey, people_reached
from diagnostics.surveys.actions.lifecycle import (
    cancel_launch,
    check_can_extend,
    extend_survey,
    may_take_extension_back,
    stop_survey,
    take_extension_back,
)
from diagnostics.surveys.actions.proposals import is_proposed
from diagnostics.surveys.actions.reminders import (
    check_can_remind,
    check_can_remind_now,
    drop_reminder_day,
    plan_reminder,
    remind_now,
    reword_reminders,
)
from diagnostics.surveys.actions.starting import check_is_planned, move_start, start_now, take_launch_back
from diagnostics.surveys.letters.wording import REMINDER, closing_words, letter, moment_words
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.dashboard.form_page import refuse, show_form
from diagnostics.surveys.pages.dashboard.forms import ExtensionForm, ReminderForm, ReminderWordsForm, StartForm
from diagnostics.surveys.statuses import Status, check_can_become

LOOK = "look"  # the button that shows what would be saved


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


# --- A planned start ---------------------------------------------------------------------------------------


@get_or_post
def move_start_(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey, now = load_survey(request.user, public_id), timezone.now()
    if refusal := refusal_of(check_is_planned, survey):
        return refuse(request, survey, refusal)
    form = StartForm(posted(request), survey=survey)
    if form.is_valid() and settled(form, move_start, survey=survey, opens_at=form.opens_at(), by=request.user, now=now):
        said = {"start": moment_words(survey, form.opens_at())}
        messages.success(request, _("The survey now starts on %(start)s.") % said)
        _say_what_is_taken_out(request, survey)
        return redirect("surveys:dashboard", public_id)
    return show_form(request, survey, "surveys/move_start.html", form)


def _say_what_is_taken_out(request: SignedInRequest, survey: Survey) -> None:
    chosen = [day for day in survey.reminder_days if not is_proposed(survey, day)]
    survey.refresh_from_db(fields=["reminder_days"])
    if gone := [day for day in chosen if day not in survey.reminder_days]:
        days = some_of([date_format(datetime.date.fromisoformat(day), _("l j F")) for day in gone])
        messages.warning(
            request, _("No reminder leaves on the day of the start or earlier. Taken out: %(days)s") % {"days": days}
        )


@get_or_post
def start_now_(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first: letters leave."""
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_planned, survey):
        return refuse(request, survey, refusal)
    form = SeenForm(posted(request), facts=of_start(survey), of=public_id)
    arguments = {"survey": survey, "by": request.user, "now": timezone.now(), "seen": request.POST.get(NAME, "")}
    if form.is_valid() and settled(form, start_now, **arguments):
        messages.success(request, _("The survey starts."))
        return redirect("surveys:dashboard", public_id)
    people = survey.participants.count()
    return show_form(request, survey, "surveys/start_now.html", form, people=people)


@get_or_post
def take_launch_back_(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first: the people and the groups of the launch go."""
    survey = load_survey(request.user, public_id)
    if refusal := refusal_of(check_is_planned, survey):
        return refuse(request, survey, refusal)
    form = SeenForm(posted(request), facts=of_start(survey), of=public_id)
    if form.is_valid():
        try:
            draft = take_launch_back(survey=survey, by=request.user, now=timezone.now())
        except ValidationError as late:
            return refuse(request, survey, late.messages[0])
        messages.success(request, _("The launch is taken back, and nobody was written to. This is the draft."))
        return redirect("surveys:step", draft.public_id, "purpose")
    return show_form(request, survey, "surveys/take_launch_back.html", form)


# --- Reminders -----------------------------------------------------------------------------------------------


@get_or_post
def remind_now_(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first. How many of those who are asked have not answered is not said."""
    survey, now = load_survey(request.user, public_id), timezone.now()
    if refusal := refusal_of(lambda: check_can_remind_now(survey, now=now)):
        return refuse(request, survey, refusal)
    form = SeenForm(posted(request), facts=of_reminding(survey), of=public_id)
    arguments = {"survey": survey, "by": request.user, "now": now, "seen": request.POST.get(NAME, "")}
    if form.is_valid() and settled(form, remind_now, **arguments):
        messages.success(request, _("The reminder leaves now, to whoever has not answered."))
        return redirect("surveys:dashboard", public_id)
    people = people_reached(survey)
    shown = letter(survey, REMINDER, name=str(request.user), link=_("(the personal link goes here)"))
    return show_form(request, survey, "surveys/remind_now.html", form, people=people, letter=shown)


@get_or_post
def reword_reminders_(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Shown as it will be read before it is saved, where somebody asks for that."""
    survey, now = load_survey(request.user, public_id), timezone.now()
    if refusal := refusal_of(check_can_remind, survey):
        return refuse(request, survey, refusal)
    form = ReminderWordsForm(posted(request), survey=survey)
    is_fit = form.is_valid() and LOOK not in request.POST
    if is_fit and settled(form, reword_reminders, survey=survey, by=request.user, now=now, **form.values()):
        messages.success(request, _("Reminders that have not left say this now."))
        return redirect("surveys:dashboard", public_id)
    shown = form.letters(name=str(request.user)) if not form.errors else []
    return show_form(request, survey, "surveys/reword_reminders.html", form, letters=shown)


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
