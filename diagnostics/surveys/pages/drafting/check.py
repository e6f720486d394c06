"""Step 4: everything once more, what is locked now, and the launch."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts.requests import SignedInRequest
from core.forms import posted
from core.seen import NAME, sealed
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.actions.facts import of_launch
from diagnostics.surveys.actions.joining import join_groups, part_groups
from diagnostics.surveys.actions.readiness import CHECK, STEPS, reasons_against
from diagnostics.surveys.audience.elsewhere import asked_elsewhere
from diagnostics.surveys.audience.tree import Node, leaves, people_asked, tree_of
from diagnostics.surveys.history.resemblance import resembling
from diagnostics.surveys.letters.wording import INVITATION, moment_words, writer_in
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.asked_elsewhere import sentences_of as elsewhere_in_words
from diagnostics.surveys.pages.drafting.frame import GO, TITLES, step_context
from diagnostics.surveys.pages.drafting.resemblances import sentences_of
from diagnostics.surveys.pages.drafting.rules import RulesForm
from diagnostics.surveys.pages.drafting.spoken import spoken_in
from diagnostics.surveys.promises import promises_of
from diagnostics.surveys.recipes import asked_of

LAUNCH = "launch"  # the button; the other one only keeps the rules


def check_page(request: SignedInRequest, survey: Survey) -> HttpResponse:
    form = RulesForm(posted(request), initial=RulesForm.of(survey), survey=survey)
    if form.is_valid() and _settled(request, survey, form):
        return _onward(request, survey)
    writer = writer_in(survey, INVITATION, launcher=request.user)
    context = step_context(CHECK, survey) | _facts(survey, tree_of(survey)) | {"form": form, "writer": writer}
    return render(request, "surveys/check.html", context, status=422 if form.errors else 200)


def _onward(request: SignedInRequest, survey: Survey) -> HttpResponse:
    if LAUNCH in request.POST:
        return redirect("surveys:dashboard", survey.public_id)
    step = request.POST.get(GO)
    return redirect("surveys:step", survey.public_id, step if step in STEPS else CHECK)


def _settled(request: SignedInRequest, survey: Survey, form: RulesForm) -> bool:
    """The rules are kept with the launch: what is locked is what stood on the page."""
    try:
        lifecycle.save_step(survey=survey, step=CHECK, by=request.user, **form.values())
        if LAUNCH in request.POST:
            seen = request.POST.get(NAME, "")
            lifecycle.launch_survey(survey=survey, by=request.user, now=timezone.now(), seen=seen)
            messages.success(request, _launched(survey))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors


def _launched(survey: Survey) -> str:
    if survey.opens_at is None:
        return _("“%(title)s” is launched.") % {"title": survey.title}
    said = {"title": survey.title, "start": moment_words(survey, survey.opens_at)}
    return _("“%(title)s” is launched, and starts on %(start)s.") % said


def _facts(survey: Survey, nodes: list[Node]) -> dict:
    now = timezone.now()
    reasons, near = reasons_against(survey, nodes, now=now), resembling(survey, nodes, now=now)
    return promises_of(survey) | {
        "survey": survey,
        "seen": sealed(of_launch(survey, nodes, near), of=survey.public_id),
        "workspace": survey.workspace,
        "asked": asked_of(survey),
        "spoken": spoken_in(survey),
        "people": people_asked(nodes),
        "groups": len(leaves(nodes)),
        "joined": [node for node in nodes if len(node.sources) > 1],
        "reminders": [datetime.date.fromisoformat(day) for day in survey.reminder_days],
        "reasons": [(reason, TITLES[reason.step]) for reason in reasons],
        "nearly_the_same": sentences_of(near),
        "asked_elsewhere": elsewhere_in_words(asked_elsewhere(survey, _mailboxes(nodes))),
    }


def _mailboxes(nodes: list[Node]) -> set[str]:
    return {person.mailbox for node in leaves(nodes) for person in node.people}


# --- Groups asked as one, from the forecast ----------------------------------------------------------------


@require_POST
def join(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    name = " ".join(request.POST.get("name", "").split())
    try:
        join_groups(survey=survey, groups=request.POST.getlist("join"), name=name, by=request.user)
        messages.success(request, _("The groups are asked as one: %(name)s.") % {"name": name})
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    return redirect("surveys:step", public_id, CHECK)


@require_POST
def part(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    try:
        part_groups(survey=survey, group=request.POST.get("group", ""), by=request.user)
        messages.success(request, _("The groups are asked separately again."))
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    return redirect("surveys:step", public_id, CHECK)
