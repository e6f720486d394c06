"""Who may open a self-assessment: its leader, and whoever they share a finished one with."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from core.accounts.models import User
from diagnostics.self_assessments.models import SelfAssessment, Share


def load_own(user: User, public_id: str) -> SelfAssessment:
    """The user's own one, draft or finished; 404 for everybody else.

    The version comes without its content, which rating pages keep in the process (`questionnaire_of`).
    """
    light = SelfAssessment.objects.select_related("version").defer("version__content")
    return get_object_or_404(light, leader=user, public_id=public_id)


def load_readable(user: User, public_id: str) -> SelfAssessment:
    """The user's own one, or a finished one shared with them; 404 otherwise."""
    return get_object_or_404(readable_by(user).select_related("leader"), public_id=public_id)


def readable_by(user: User) -> QuerySet[SelfAssessment]:
    """With what was asked."""
    shared = Exists(Share.objects.filter(self_assessment=OuterRef("pk"), reader=user))
    readable = SelfAssessment.objects.filter(Q(leader=user) | Q(shared, submitted_at__isnull=False))
    return readable.select_related("version")
