"""Whether somebody may have letters sent: they carry what was typed, to people who may not know them."""

from core.accounts.access import check_is_confirmed
from core.accounts.models import User
from core.quotas.actions import spend
from diagnostics.surveys.models import Survey


def spend_letters(survey: Survey | None, number: int, *, by: User) -> None:
    """Raises a ValidationError with a sentence. Reminders are paid for with the invitation. `survey` None: of no
    workspace."""
    check_is_confirmed(by)
    spend("letters", amount=number, person=by.pk, workspace=survey.workspace_id if survey else None)
