"""Who may see a result and the files made from it: its leader, and whoever the leader shares it with, now."""

from django.http import Http404

from core.accounts.models import User
from diagnostics.self_assessments.access import load_readable
from diagnostics.self_assessments.models import SelfAssessment
from reports.self_assessments.models import SelfAssessmentResult


def load_submitted(user: User, public_id: str) -> SelfAssessment:
    """The submitted self-assessment that `user` may read; 404 for anyone else, and for a draft."""
    self_assessment = load_readable(user, public_id)
    if self_assessment.submitted_at is None:
        raise Http404
    return self_assessment


def load_last_before(user: User, self_assessment: SelfAssessment) -> SelfAssessmentResult | None:
    """The result of the leader's last one before this, where `user` may read that too."""
    before = SelfAssessmentResult.objects.for_reading().last_before(self_assessment)
    if before is None:
        return None
    try:
        load_readable(user, before.self_assessment.public_id)
    except Http404:
        return None
    return before
