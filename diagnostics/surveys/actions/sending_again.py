"""The verb for all letters of a survey that failed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.audit.actions import record
from core.seen import Fact, Facts
from diagnostics.surveys.actions.participants import ask_for_new_link, failed_invitations, lock_open
from diagnostics.surveys.models import Survey


@transaction.atomic
def send_all_again(*, survey: Survey, by: User) -> int:
    """A new link to every address that failed; how many they are."""
    locked = lock_open(survey)
    failed = failed_invitations(locked)
    if not failed:
        raise ValidationError(_("No address stands as failed any more."))
    for invitation in failed:
        ask_for_new_link(invitation.participant, by)
    people, about = len(failed), locked.public_id
    record(by=by, verb="send_all_again", obj=locked, workspace=locked.workspace, survey=about, people=people)
    return people


def facts_of_failed(survey: Survey) -> Facts:
    """What the button for it depends on."""
    failed = [(one.public_id, one.version) for one in failed_invitations(survey)]
    return {"failed": Fact(gettext_lazy("the addresses that failed"), sorted(failed), str(len(failed)))}
