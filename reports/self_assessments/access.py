"""Who may see a result and the files made from it: its leader, and whoever the leader shares it with, now."""

from django.http import Http404

from core.accounts.models import User
from diagnostics.self_assessments.access import load_own, load_readable, readable_by
from diagnostics.self_assessments.models import SelfAssessment


def load_submitted(user: User, public_id: str) -> SelfAssessment:
    """The submitted self-assessment that `user` may read; 404 for anyone else, and for a draft."""
    self_assessment = load_readable(user, public_id)
    if self_assessment.submitted_at is None:
        raise Http404
    return self_assessment


def load_own_result(user: User, public_id: str) -> SelfAssessment:
    """Their own submitted one; 404 for a draft and for everybody else, also for whom it is shared with."""
    found = load_own(user, public_id)
    if found.submitted_at is None:
        raise Http404
    return found


def load_earlier(user: User, self_assessment: SelfAssessment) -> list[SelfAssessment]:
    """Those that the same leader submitted before this one and `user` may read too, the earliest first."""
    readable = readable_by(user).filter(leader=self_assessment.leader)
    return list(readable.filter(submitted_at__lt=self_assessment.submitted_at).order_by("submitted_at"))
