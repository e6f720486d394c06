"""What was posted after a session had ended is kept in the visitor's anonymous session until they sign in.

Signing in carries an anonymous session over, so the answers never leave the browser's own session.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from diagnostics.questionnaire.form import SHOWN_AGAIN, read_post
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.self_assessments.actions import save
from diagnostics.self_assessments.models import Rated, SelfAssessment

KEY = "kept_answers"
TOO_LONG = "kept_too_long"
FIELDS = 300  # the longest page has 56 ratings


def sign_in_first(request: HttpRequest, public_id: str, *, back_to: str) -> HttpResponse:
    """To the sign-in page; a POST for an open draft is kept on the way."""
    drafts = SelfAssessment.objects.filter(public_id=public_id, submitted_at=None)
    if request.method == "POST" and drafts.exists():
        posted = list(request.POST.lists())[:FIELDS]
        request.session[KEY] = {
            "self_assessment": public_id,
            "posted": {name: [value[: SHOWN_AGAIN + 1] for value in values] for name, values in posted},
        }
    return redirect_to_login(back_to)


def save_kept_post(*, request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """At sign-in: save what was kept, if the draft is theirs and still open."""
    post = request.session.pop(KEY, None) if request else None
    draft = post and user.self_assessments.filter(public_id=post["self_assessment"], submitted_at=None).first()
    if request is None or post is None or not draft:
        return
    posted = QueryDict(mutable=True)
    for name, values in post["posted"].items():
        posted.setlist(name, values)
    read = read_post(posted, questionnaire_of(draft.version))
    save(self_assessment=draft, **read.valid, now=timezone.now())
    request.session[TOO_LONG] = {draft.public_id: read.typed}
    messages.success(request, _("You had been signed out. What you answered on this page has been kept."))
    for problem in read.problems:
        messages.warning(request, problem.sentence)


def too_long(request: HttpRequest, draft: Rated) -> dict[str, str]:
    """Kept comments that must be shortened first, to show again as they were typed."""
    return request.session.get(TOO_LONG, {}).get(draft.public_id, {})


def forget_too_long(request: HttpRequest) -> None:
    if TOO_LONG in request.session:
        del request.session[TOO_LONG]


def signed_out_answer() -> dict[str, str]:
    """What the page's script is told."""
    return {
        "sentence": _("Not saved: you have been signed out. Keep this page open."),
        "sign_in": f"{reverse('account_login')}?next={reverse('self_assessments:signed_in')}",
        "sign_in_words": _("Sign in in a new tab"),
    }
