"""Who may come in: owner and consultants of the survey's workspace. Other members are refused, outsiders find none."""

from django.shortcuts import get_object_or_404

from core.accounts.models import User
from diagnostics.surveys.models import Survey
from spaces.access import load_membership
from spaces.models import MANAGERS


def load_survey(user: User, public_id: str, *roles: str) -> Survey:
    """The survey with its workspace: 404 for an outsider, 403 for a role other than `roles` (none: those who manage).

    The version comes without its content, which pages keep in the process (`questionnaire_of`).
    """
    light = Survey.objects.select_related("workspace", "version", "primary_space").defer("version__content")
    survey = get_object_or_404(light, public_id=public_id)
    load_membership(user, survey.workspace.public_id, *(roles or MANAGERS))
    return survey
