"""What was begun without an account becomes its leader's: at once where they are signed in, else when they do so next.

Only what they have said to keep: whoever signs in after them on the same device takes nothing of theirs along. Signing
in carries an anonymous session over, and signing up signs in at once, before the address is confirmed.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.jobs.runs import Run
from diagnostics.self_assessments.access import BEGUN, begun_in, unkept_in
from diagnostics.self_assessments.actions import forget_unkept, keep
from diagnostics.self_assessments.models import SelfAssessment

KEEPING = "keeping"  # in the session: the public id of what is kept at the next sign-in


def keep_for(request: HttpRequest, user: User, public_id: str) -> SelfAssessment | None:
    """None where it was not begun in this browser, or is gone."""
    unkept = unkept_in(request).filter(public_id=public_id).first()
    kept = keep(unkept=unkept, leader=user) if unkept else None
    if kept:
        request.session[BEGUN] = [one for one in begun_in(request) if one != public_id]
        messages.success(request, _("What you rated is kept with your account now."))
    return kept


def keep_at_sign_in(*, request: HttpRequest | None, user: User, **_signal: Any) -> None:
    public_id = request.session.pop(KEEPING, None) if request else None
    if request and public_id:
        keep_for(request, user, public_id)


def forget(run: Run) -> None:
    """The job."""
    with run.finishing():
        forget_unkept(now=timezone.now())
