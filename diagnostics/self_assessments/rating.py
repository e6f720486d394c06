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
from diagnostics.self_assessments.access import begun_in, load_rated
from diagnostics.self_assessments.kept_posts import forget_too_long, sign_in_first, signed_out_answer, too_long
from diagnostics.self_assessments.models import Rated, Unkept
from diagnostics.self_assessments.until import until

# A session that has ended must not cost what is posted: these views meet the signed-out themselves (see kept_posts.py).


@cleans_its_posts
@login_not_required
@never_cache
@get_or_post
def page(request: HttpRequest, public_id: str, condition: str) -> HttpResponse:
    """The statements and open questions of one condition."""
    draft = load_rated(request, public_id)
    if draft is None:
        return _not_there(request, public_id, back_to=request.path)
    if condition not in questionnaire_of(draft.version).pages:
        raise Http404
    if request.method == "POST":
        again = partial(_show_page, request, draft, condition)
        return _save_posted(request, draft, again) or redirect(_where(request, draft, otherwise=request.path))
    return _closed(request, draft) if draft.submitted_at else _show_page(request, draft, condition)


def _show_page(request: HttpRequest, draft: Rated, condition: str, read: Read | None = None) -> HttpResponse:
    help_text = _("Only you can read this, and the people you choose to share your result with.")
    if isinstance(draft, Unkept):
        help_text = _("Nobody else can read this, unless you keep it with an account and share your result.")
    typed = None if read else too_long(request, draft)
    questionnaire = questionnaire_of(draft.version)
    context = page_context(questionnaire, condition, draft, comment_help=help_text, read=read, typed=typed)
    frame = _frame(draft, action=request.path)
    return render(request, "self_assessments/condition.html", frame | context, status=422 if read else 200)


def _frame(draft: Rated, *, action: str) -> dict:
    return {
        "about": _("Your self-assessment"),
        "home": reverse("guide:welcome") if isinstance(draft, Unkept) else reverse("self_assessments:list"),
        "action": action,
        "save": reverse("self_assessments:save", args=[draft.public_id]),
        "saved_at": draft.saved_at,
        "mark": "",  # the address says whose page it is
        "until": until(draft.ends_at) if isinstance(draft, Unkept) else "",
    }


def _save_posted(request: HttpRequest, draft: Rated, again: Callable[[Read], HttpResponse]) -> HttpResponse | None:
    """Save what is valid; a page to show where it was too late, or where something has to be corrected."""
    read = read_post(request.POST, questionnaire_of(draft.version))
    try:
        actions.save(self_assessment=draft, **read.valid, turn=read.turn, now=timezone.now())
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
    draft = load_rated(request, public_id)
    if draft is None and public_id in begun_in(request):
        return JsonResponse({"sentence": _("Not saved: its day is over, and it was not kept.")}, status=409)
    if draft is None:
        return JsonResponse(signed_out_answer(), status=401)
    read = read_post(request.POST, questionnaire_of(draft.version))
    try:
        actions.save(self_assessment=draft, **read.valid, turn=read.turn, now=timezone.now())
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
    draft = load_rated(request, public_id)
    if draft is None:
        return _not_there(request, public_id, back_to=request.path)
    return _closed(request, draft) if draft.submitted_at else _show_review(request, draft)


def _show_review(request: HttpRequest, draft: Rated, read: Read | None = None, sentence: str = "") -> HttpResponse:
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
    draft = load_rated(request, public_id)
    if draft is None:
        return _not_there(request, public_id, back_to=review_page)
    if request.method != "POST":
        return redirect(review_page)
    finish = request.POST.get("to") == "submit"
    page_again = _save_posted(request, draft, partial(_show_review, request, draft))
    if finish and draft.submitted_at:  # pressed twice
        return redirect(result_of(draft))
    if page_again or finish:
        return page_again or _submit(request, draft)
    return redirect(_where(request, draft, otherwise=review_page))


def _submit(request: HttpRequest, draft: Rated) -> HttpResponse:
    try:
        actions.submit(self_assessment=draft, now=timezone.now())
    except ValidationError as refused:
        return _show_review(request, draft, sentence=str(refused.message))
    return redirect(result_of(draft))


def _where(request: HttpRequest, draft: Rated, *, otherwise: str) -> str:
    there = destination(
        request.POST.get("to", ""),
        questionnaire_of(draft.version),
        page=lambda condition: reverse("self_assessments:page", args=[draft.public_id, condition]),
        review=reverse("self_assessments:review", args=[draft.public_id]),
        leave=reverse("self_assessments:keep", args=[draft.public_id])
        if isinstance(draft, Unkept)
        else reverse("self_assessments:list"),
        keep=reverse("self_assessments:keep", args=[draft.public_id]),
    )
    return there or otherwise


def _not_there(request: HttpRequest, public_id: str, *, back_to: str) -> HttpResponse:
    """Of this browser, and its day is over; or nobody is signed in."""
    if public_id in begun_in(request):
        return gone(request)
    return sign_in_first(request, public_id, back_to=back_to)


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "self_assessments/gone.html", status=410)


def result_of(draft: Rated) -> str:
    name = "reports:begun" if isinstance(draft, Unkept) else "reports:self_assessment"
    return reverse(name, args=[draft.public_id])


def _closed(request: HttpRequest, self_assessment: Rated, refused: bool = False) -> HttpResponse:
    if not self_assessment.submitted_at:  # deleted a moment ago
        raise Http404
    context = {"self_assessment": self_assessment, "refused": refused, "result": result_of(self_assessment)}
    return render(request, "self_assessments/closed.html", context, status=409 if refused else 200)
