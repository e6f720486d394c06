"""The pages on which a leader rates: one per condition, then the review. Every button posts the page it is on."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.forms import cleans_its_posts, get_or_post
from diagnostics.questionnaire.context import page_context, review_context
from diagnostics.questionnaire.form import Read, destination, read_post
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.self_assessments import actions
from diagnostics.self_assessments.access import load_own
from diagnostics.self_assessments.kept_posts import forget_too_long, sign_in_first, signed_out_answer, too_long
from diagnostics.self_assessments.models import SelfAssessment

# A session that has ended must not cost what is posted: these views meet the signed-out themselves (see kept_posts.py).


@cleans_its_posts
@login_not_required
@never_cache
@get_or_post
def page(request: HttpRequest, public_id: str, condition: str) -> HttpResponse:
    """The statements and open questions of one condition."""
    if not request.user.is_authenticated:
        return sign_in_first(request, public_id, back_to=request.path)
    draft = load_own(request.user, public_id)
    if condition not in questionnaire_of(draft.version).pages:
        raise Http404
    if request.method == "POST":
        again = partial(_show_page, request, draft, condition)
        return _save_posted(request, draft, again) or redirect(_where(request, draft, otherwise=request.path))
    return _closed(request, draft) if draft.submitted_at else _show_page(request, draft, condition)


def _show_page(request: HttpRequest, draft: SelfAssessment, condition: str, read: Read | None = None) -> HttpResponse:
    help_text = _("Only you can read this, and the people you choose to share your result with.")
    typed = None if read else too_long(request, draft)
    questionnaire = questionnaire_of(draft.version)
    context = page_context(questionnaire, condition, draft, comment_help=help_text, read=read, typed=typed)
    frame = _frame(draft, action=request.path)
    return render(request, "answering/condition.html", frame | context, status=422 if read else 200)


def _frame(draft: SelfAssessment, *, action: str) -> dict:
    return {
        "about": _("Your self-assessment"),
        "home": reverse("self_assessments:list"),
        "action": action,
        "save": reverse("self_assessments:save", args=[draft.public_id]),
        "saved_at": draft.saved_at,
        "mark": "",  # the address says whose page it is
    }


def _save_posted(
    request: HttpRequest, draft: SelfAssessment, again: Callable[[Read], HttpResponse]
) -> HttpResponse | None:
    """Save what is valid; a page to show where it was too late, or where something has to be corrected."""
    read = read_post(request.POST, questionnaire_of(draft.version))
    try:
        actions.save(self_assessment=draft, **read.valid, now=timezone.now())
    except ValidationError:
        return _closed(request, draft, refused=True)
    forget_too_long(request)
    return again(read) if read.problems else None


@cleans_its_posts
@login_not_required
@never_cache
@require_POST
def save(request: HttpRequest, public_id: str) -> JsonResponse:
    """One answer or a few, as they are given; the page's script reads what comes back."""
    if not request.user.is_authenticated:
        return JsonResponse(signed_out_answer(), status=401)
    draft = load_own(request.user, public_id)
    read = read_post(request.POST, questionnaire_of(draft.version))
    try:
        actions.save(self_assessment=draft, **read.valid, now=timezone.now())
    except ValidationError as refused:
        return JsonResponse({"sentence": refused.message}, status=409)
    if read.valid["comments"]:
        forget_too_long(request)
    problems = {problem.key or "": problem.sentence for problem in read.problems}
    return JsonResponse({"problems": problems, "unsaved": read.unsaved})


@login_not_required
@never_cache
@require_safe
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is missing, what was written, what matters most, and the button that submits."""
    if not request.user.is_authenticated:
        return sign_in_first(request, public_id, back_to=request.path)
    draft = load_own(request.user, public_id)
    return _closed(request, draft) if draft.submitted_at else _show_review(request, draft)


def _show_review(
    request: HttpRequest, draft: SelfAssessment, read: Read | None = None, sentence: str = ""
) -> HttpResponse:
    context = review_context(questionnaire_of(draft.version), draft, read=read, sentence=sentence)
    frame = _frame(draft, action=reverse("self_assessments:submit", args=[draft.public_id]))
    return render(request, "self_assessments/review.html", frame | context, status=422 if read or sentence else 200)


@cleans_its_posts
@login_not_required
@never_cache
@get_or_post
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Post the review: its choice is saved whichever button was pressed, and one of them submits."""
    review_page = reverse("self_assessments:review", args=[public_id])
    if not request.user.is_authenticated:
        return sign_in_first(request, public_id, back_to=review_page)
    draft = load_own(request.user, public_id)
    if request.method != "POST":
        return redirect(review_page)
    finish = request.POST.get("to") == "submit"
    page_again = _save_posted(request, draft, partial(_show_review, request, draft))
    if finish and draft.submitted_at:  # pressed twice
        return redirect("reports:self_assessment", public_id)
    if page_again or finish:
        return page_again or _submit(request, draft)
    return redirect(_where(request, draft, otherwise=review_page))


def _submit(request: HttpRequest, draft: SelfAssessment) -> HttpResponse:
    try:
        actions.submit(self_assessment=draft, now=timezone.now())
    except ValidationError as refused:
        return _show_review(request, draft, sentence=str(refused.message))
    return redirect("reports:self_assessment", draft.public_id)


def _where(request: HttpRequest, draft: SelfAssessment, *, otherwise: str) -> str:
    there = destination(
        request.POST.get("to", ""),
        questionnaire_of(draft.version),
        page=lambda condition: reverse("self_assessments:page", args=[draft.public_id, condition]),
        review=reverse("self_assessments:review", args=[draft.public_id]),
        leave=reverse("self_assessments:list"),
    )
    return there or otherwise


def _closed(request: HttpRequest, self_assessment: SelfAssessment, refused: bool = False) -> HttpResponse:
    if not self_assessment.submitted_at:  # deleted a moment ago
        raise Http404
    context = {"self_assessment": self_assessment, "refused": refused}
    return render(request, "self_assessments/closed.html", context, status=409 if refused else 200)
