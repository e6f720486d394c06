"""Whose an intention is: its leader's alone, also where the self-assessment is shared."""

from django.shortcuts import get_object_or_404

from core.accounts.models import User
from reports.intentions.models import Intention, IntentionQuerySet


def load_intention(user: User, public_id: str) -> Intention:
    """404 for everybody but its leader."""
    return get_object_or_404(intentions_of(user), public_id=public_id)


def intentions_of(leader: User) -> IntentionQuerySet:
    return Intention.objects.filter(leader=leader).select_related("self_assessment__leader")
