"""The first three steps from an idea to a survey. Each is kept as it is left, complete or not."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of
from core.post.letter import sender_of
from core.post.showing import show_letter
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.actions.kept_letters import keep_letters
from diagnostics.surveys.actions.readiness import CHECK, MESSAGES, PEOPLE, PURPOSE, STEPS
from diagnostics.surveys.audience.tree import audience_of
from diagnostics.surveys.letters.trial import check_can_show, send_trial
from diagnostics.surveys.letters.wording import LETTERS, letter
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.dashboard.form_page import refuse
from diagnostics.surveys.pages.drafting.check import check_page
from diagnostics.surveys.pages.drafting.figures import as_chosen, nodes_of, rows, sums
from diagnostics.surveys.pages.drafting.frame import GO, step_context
from diagnostics.surveys.pages.drafting.messages import MessagesForm
from diagnostics.surveys.pages.drafting.people import PeopleForm
from diagnostics.surveys.pages.drafting.purpose import PurposeForm
from diagnostics.surveys.pages.drafting.step_form import StepForm
from diagnostics.surveys.pages.drafting.taking import TAKE, kept_for, taking, with_taken
from diagnostics.surveys.pages.drafting.window import as_typed, is_looking_around, window_of, with_insides
from diagnostics.surveys.recipes import offers
from diagnostics.surveys.statuses import sentence_of
from diagnostics.surveys.words import fitting
from spaces.access import load_membership
from spaces.actions.groups import check_is_shared
from spaces.models import MANAGERS
from spaces.tree import branches

LEAVE, TRY, LOOK, KEEP = "leave", "try", "look", "keep"  # buttons beside 'Continue'; GO leads to another step


@get_or_post
def new(request: SignedInRequest, workspace_id: str) -> HttpResponse:
    """Step 1 of a survey that does not exist before it has a name."""
    workspace = load_membership(request.user, workspace_id, *MANAGERS).workspace
    form = PurposeForm(posted(request), initial=PurposeForm.blank(request.user))
    refusal = refusal_of(check_is_shared, workspace)
    if not refusal and _is_fit(request, form) and form.values().get("title"):
        try:
            draft = lifecycle.create_draft(workspace=workspace, by=request.user, proposes=True, **form.values())
            return _onward(request, draft, PURPOSE)
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {"form": form, "refusal": refusal, "workspace": workspace, "survey": None}
    return _page(request, "surveys/purpose.html", step_context(PURPOSE) | context)


@get_or_post
def step(request: SignedInRequest, public_id: str, step: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if step not in PAGES:
        raise Http404
    if not survey.is_draft:
        return refuse(request, survey, sentence_of(survey) if request.method == "POST" else "")
    return PAGES[step](request, survey)


def purpose(request: SignedInRequest, survey: Survey) -> HttpResponse:
    form = PurposeForm(_sent(request, survey, PURPOSE), initial=PurposeForm.of(survey), survey=survey)
    if _is_kept(request, survey, PURPOSE, form):
        return _onward(request, survey, PURPOSE)
    context = {"form": form, "refusal": "", "workspace": survey.workspace, "survey": survey}
    return _page(request, "surveys/purpose.html", step_context(PURPOSE, survey) | context)


def people(request: SignedInRequest, survey: Survey) -> HttpResponse:
    tree = branches(survey.workspace.groups.select_related("leader"))
    form = PeopleForm(_sent(request, survey, PEOPLE), initial=PeopleForm.of(survey), survey=survey, branches=tree)
    if is_looking_around(request):
        form = as_typed(form, request)
    elif _is_kept(request, survey, PEOPLE, form):
        return _onward(request, survey, PEOPLE)
    proposed, chosen = _choices(form, survey)
    window, audience = window_of(tree, request), audience_of(proposed)
    context = {
        "form": form,
        "survey": survey,
        "workspace": survey.workspace,
        "rows": with_insides(rows(form, tree, proposed, audience, window.shown), tree, window.shown),
        "window": window,
        "hidden": window.hidden(form),
        "elsewhere": window.chosen_elsewhere(form),
        "sums": sums(proposed, nodes_of(proposed, tree, chosen, audience)),
        "offers": offers(survey.workspace),
    }
    return _page(request, "surveys/people.html", step_context(PEOPLE, survey) | context)


def _choices(form: PeopleForm, survey: Survey) -> tuple[Survey, set[int]]:
    """The survey and the ids of its groups, as the form has them."""
    if form.is_bound:
        form.is_valid()
        return as_chosen(survey, form.values()), {group.pk for group in form.chosen}
    return survey, set(survey.audience.values_list("pk", flat=True))


def messages_(request: SignedInRequest, survey: Survey) -> HttpResponse:
    shared = {"survey": survey, "workspace": survey.workspace}
    if not survey.is_personal:
        return render(request, "surveys/no_messages.html", step_context(MESSAGES, survey) | shared | {"form_id": ""})
    kept = kept_for(survey, survey.spoken[0])
    sent = with_taken(_sent(request, survey, MESSAGES), request, kept)
    form = MessagesForm(sent, initial=MessagesForm.of(survey), survey=survey)
    if TAKE not in request.POST and _are_kept(request, survey, form):
        if {TRY, LOOK, KEEP} & request.POST.keys():
            return _look(request, survey)
        return _onward(request, survey, MESSAGES)
    languages = [(code, dict(settings.LANGUAGES)[code]) for code in survey.spoken[1:]]
    shared |= taking(request, kept) | {"form": form, "languages": languages}
    context = step_context(MESSAGES, survey) | shared | _letters(request, survey)
    return _page(request, "surveys/messages.html", context)


def _are_kept(request: SignedInRequest, survey: Survey, form: MessagesForm) -> bool:
    """In the draft and, on demand, for surveys to come."""
    if KEEP in request.POST and not (form.is_valid() and _keep(request, survey, form)):
        return False
    return _is_kept(request, survey, MESSAGES, form)


def _keep(request: SignedInRequest, survey: Survey, form: MessagesForm) -> bool:
    name, language = form.cleaned_data["keep_as"], survey.spoken[0]
    if not name:
        form.add_error("keep_as", _("Enter a name under which you will find them again"))
        return False
    try:
        keep_letters(workspace=survey.workspace, name=name, language=language, texts=form.texts, by=request.user)
    except ValidationError as refusal:
        form.add_error("keep_as", refusal.messages[0])
        return False
    messages.success(request, _("The messages are kept as “%(name)s”.") % {"name": name})
    return True


def _look(request: SignedInRequest, survey: Survey) -> HttpResponse:
    """Back to the step, where the letters stand as they will be read; on demand also by mail to oneself."""
    if TRY in request.POST:
        try:
            send_trial(survey=survey, by=request.user)
            messages.success(request, _("Both messages are on their way to %(email)s.") % {"email": request.user.email})
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
    return redirect("surveys:step", survey.public_id, MESSAGES)


def _letters(request: SignedInRequest, survey: Survey) -> dict:
    if refusal := refusal_of(check_can_show, survey):
        return {"letters": [], "no_letters": refusal}
    return {"letters": [_as_it_arrives(request, survey, kind) for kind in LETTERS], "no_letters": ""}


def _as_it_arrives(request: SignedInRequest, survey: Survey, kind: str) -> dict:
    link = _("(the personal link goes here)")
    written = letter(survey, kind, name=str(request.user), link=link, launcher=request.user)
    return {"kind": kind, "written": written, "sender": sender_of(written.writer, written.language)}


@require_safe
def letter_page(request: SignedInRequest, public_id: str, kind: str) -> HttpResponse:
    """An invitation or reminder as it looks, for a frame; in one of the survey's languages."""
    survey = load_survey(request.user, public_id)
    if kind not in LETTERS or not survey.is_personal or refusal_of(check_can_show, survey):
        raise Http404
    with override(fitting(survey, request.GET.get("language", ""))):
        link = settings.SITE_URL + reverse("answering:preview", args=[public_id])
        written = letter(survey, kind, name=str(request.user), link=link, launcher=request.user)
    return show_letter(request, written)


# --- What all steps share ------------------------------------------------------------------------------


def _sent(request: SignedInRequest, survey: Survey, step: str) -> QueryDict | None:
    """What is sent now, else what was typed before and could not be saved yet."""
    return request.POST if request.method == "POST" else StepForm.as_left(survey, step)


def _is_fit(request: SignedInRequest, form: StepForm) -> bool:
    """Whether what was sent can be saved: all of it is right, or somebody leaves and nothing is wrong but gaps."""
    if request.method != "POST":
        return False
    leaves = LEAVE in request.POST or GO in request.POST
    return form.is_valid() or (leaves and form.is_only_incomplete)


def _is_kept(request: SignedInRequest, survey: Survey, step: str, form: StepForm) -> bool:
    """Saved as far as it is right; whoever goes to another step finds the rest again as it was typed."""
    is_fit = _is_fit(request, form)
    if is_fit and not _is_saved(request, survey, step, form):
        return False
    if form.has_unseen:
        return False
    is_left = not form.is_valid() and (GO in request.POST or (is_fit and form.holds_more))
    if is_left and not form.is_too_long_to_keep:
        lifecycle.keep_typed(survey=survey, step=step, typed=form.typed(), by=request.user)
        return True
    return is_fit


def _is_saved(request: SignedInRequest, survey: Survey, step: str, form: StepForm) -> bool:
    try:
        lifecycle.save_step(survey=survey, step=step, by=request.user, **form.values())
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.non_field_errors()


def _onward(request: SignedInRequest, survey: Survey, step: str) -> HttpResponse:
    if request.POST.get(GO) in STEPS:
        return redirect("surveys:step", survey.public_id, request.POST[GO])
    if LEAVE in request.POST:
        messages.success(request, _("“%(title)s” is saved as a draft.") % {"title": survey.title})
        return redirect("surveys:list", survey.workspace.public_id)
    return redirect("surveys:step", survey.public_id, STEPS[STEPS.index(step) + 1])


def _page(request: SignedInRequest, template: str, context: dict) -> HttpResponse:
    is_refused = request.method == "POST" and context["form"].errors
    more = {"is_as_left": context["form"].is_bound and request.method != "POST"}
    return render(request, template, context | more, status=422 if is_refused else 200)


PAGES = {PURPOSE: purpose, PEOPLE: people, MESSAGES: messages_, CHECK: check_page}
