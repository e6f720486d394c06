"""Who may see a result and the files made from it: its leader, and whoever the leader shares it with, now."""

from django.http import Http404

from core.accounts.models import User
from diagnostics.self_assessments.access import load_readable
from diagnostics.self_assessments.models import SelfAssessment
from reports.files.kinds import FILE_KINDS
from reports.models import Document, SelfAssessmentResult


def load_submitted(user: User, public_id: str) -> SelfAssessment:
    """The submitted self-assessment that `user` may read; 404 for anyone else, and for a draft."""
    self_assessment = load_readable(user, public_id)
    if self_assessment.submitted_at is None:
        raise Http404
    return self_assessment


def can_read(user: User, public_id: str) -> bool:
    """`load_readable` as a yes or no."""
    try:
        load_readable(user, public_id)
    except Http404:
        return False
    return True


def document_of(self_assessment: SelfAssessment, kind: str) -> Document | None:
    """The file as today's writer makes it."""
    return self_assessment.documents.filter(kind=kind, version=FILE_KINDS[kind].version).first()


def kinds_made(self_assessment: SelfAssessment) -> set[str]:
    """The kinds of files that are there to fetch."""
    made = self_assessment.documents.values_list("kind", "version")
    return {kind for kind, version in made if version == FILE_KINDS[kind].version}


def load_last_before(user: User, self_assessment: SelfAssessment) -> SelfAssessmentResult | None:
    """The result of the leader's last one before this, where `user` may read that too."""
    before = SelfAssessmentResult.objects.for_reading().last_before(self_assessment)
    if before is None or not can_read(user, before.self_assessment.public_id):
        return None
    return before
