"""Placing somebody in another group while the survey is open. Nothing here asks or tells whether they have answered.

It is done in the same way and with the same words whatever they did: the link is replaced as when it is sent anew, so
that a draft stays unread; a ballot keeps the group that it was sealed with. Where they are asked from now on they do
not count towards k, like whoever is added late; nobody makes a group reportable by moving people into it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from diagnostics.surveys.actions.participants import ask_for_new_link, check_is_leaf, lock_open, refresh
from diagnostics.surveys.history.remembering import remember_change_of_list
from diagnostics.surveys.letters.allowed import spend_letters
from diagnostics.surveys.models import Participant, SurveyGroup


@transaction.atomic
def move_participant(*, participant: Participant, group: SurveyGroup, by: User) -> None:
    locked = lock_open(participant.survey)
    refresh(participant)
    check_is_leaf(locked, group)
    former = participant.group
    if group == former:
        sentence = _("%(name)s is asked in this group already. Choose another one.")
        raise ValidationError({"group": sentence % {"name": participant}})
    spend_letters(locked, 1, by=by)
    invitation = ask_for_new_link(participant, by)
    if participant.counts:
        participant.moved_from, participant.moved_version = former, invitation.version
    participant.group, participant.is_late = group, True
    participant.save(update_fields=["group", "is_late", "moved_from", "moved_version"])
    for one in (former, group):
        remember_change_of_list(one)
    record(by=by, verb="move_participant", obj=participant, workspace=locked.workspace, survey=locked.public_id)
