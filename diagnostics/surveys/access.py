"""Who may come in: owner and consultants of the survey's workspace. Other members are refused, outsiders find none.

Whoever stands in a room with people is often the facilitator: one may start, show and close a survey there, and comes
to the page of the room alone, never to the pages of the survey.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from core.accounts.models import User
from diagnostics.surveys.models import Survey
from spaces.access import load_membership
from spaces.models import MANAGERS, Role

HOSTS = (*MANAGERS, Role.FACILITATOR)  # of a survey in the room; facilitators only of those they started


def load_survey(user: User, public_id: str, *roles: str) -> Survey:
    """The survey with its workspace: 404 for an outsider, 403 for a role other than `roles` (none: those who manage).

    The version comes without its content, which pages keep in the process (`questionnaire_of`).
    """
    survey = get_object_or_404(_light(), public_id=public_id)
    load_membership(user, survey.workspace.public_id, *(roles or MANAGERS))
    return survey


def load_room(user: User, public_id: str) -> Survey:
    """A survey in the room, for those who manage and the facilitator who started it; else as `load_survey`."""
    survey = get_object_or_404(_light().filter(is_in_room=True), public_id=public_id)
    membership = load_membership(user, survey.workspace.public_id, *HOSTS)
    if not membership.can_manage and survey.created_by_id != user.pk:
        raise PermissionDenied
    return survey


def _light() -> QuerySet[Survey]:
    return Survey.objects.select_related("workspace", "version", "primary_space").defer("version__content")
