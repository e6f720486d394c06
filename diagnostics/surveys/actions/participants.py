"""Verbs on the people of an open survey. Nothing here asks, tells or changes whether somebody has answered."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.jobs.actions import ask
from core.post.actions import send_all
from diagnostics.surveys.history.remembering import remember_change, remember_change_of_list, remember_changes_of_lists
from diagnostics.surveys.job_names import CORRECT_ADDRESS
from diagnostics.surveys.letters.sending import MOVED, forget_letters_to, forget_letters_to_all, letters
from diagnostics.surveys.models import Invitation, Participant, Survey, SurveyGroup
from diagnostics.surveys.statuses import Status, lock_survey, sentence_of
from spaces.mailboxes import mailbox


@transaction.atomic
def add_participant(*, survey: Survey, group: SurveyGroup, name: str, email: str, by: User) -> Participant:
    """Somebody more, after launch: their answer is heard, but does not count towards k."""
    locked = lock_open(survey)
    _check_is_leaf(locked, group)
    _check_mailbox_is_new(locked, email)
    person = Participant.objects.create(
        survey=locked, group=group, name=name, email=email.lower(), mailbox=mailbox(email), is_late=True
    )
    invitation = Invitation.objects.create(survey=locked, participant=person)
    remember_change_of_list(group)
    record(by=by, verb="add_participant", obj=person, workspace=locked.workspace, survey=locked.public_id)
    ask(kind=CORRECT_ADDRESS, subject=invitation.public_id, version=str(invitation.version), by=by)
    return person


@transaction.atomic
def remove_participant(*, participant: Participant, by: User) -> None:
    """Name and address go and the link opens no questions any more; an answer already given stays, and nobody learns of
    one. By the link that handed it in it can still be taken back."""
    locked = lock_open(participant.survey)
    _refresh(participant)
    record(by=by, verb="remove_participant", obj=participant, workspace=locked.workspace, survey=locked.public_id)
    forget_letters_to(participant.invitation)
    participant.name = participant.email = ""
    participant.is_removed = True
    participant.save(update_fields=["name", "email", "is_removed"])
    remember_change_of_list(participant.group)
    Invitation.objects.filter(participant=participant).update(token_hash=None, has_bounced=False)


@transaction.atomic
def remove_participants(*, survey: Survey, participants: Sequence[Participant], by: User) -> None:
    """Several of one survey, each as above."""
    locked = lock_open(survey)
    keys = [participant.pk for participant in participants]
    invitations = Invitation.objects.filter(participant__in=keys)
    forget_letters_to_all(locked, invitations)
    locked.participants.filter(pk__in=keys).update(name="", email="", is_removed=True)
    remember_changes_of_lists(list(locked.groups.filter(participants__in=keys).distinct()))
    invitations.update(token_hash=None, has_bounced=False)
    if len(participants) == 1:
        only = participants[0]
        record(by=by, verb="remove_participant", obj=only, workspace=locked.workspace, survey=locked.public_id)
    else:
        record(
            by=by,
            verb="remove_participants",
            obj=locked,
            workspace=locked.workspace,
            survey=locked.public_id,
            count=len(participants),
        )


@transaction.atomic
def correct_address(*, participant: Participant, email: str, by: User) -> None:
    """The new link opens nothing of what was written under the old one, and the old address is told."""
    locked = lock_open(participant.survey)
    _refresh(participant)
    if participant.email == email.lower():
        raise ValidationError({"email": _("This is the present address. Enter another one.")})
    _check_mailbox_is_new(locked, email, besides=participant)
    former = participant.email
    participant.email, participant.mailbox = email.lower(), mailbox(email)
    participant.save(update_fields=["email", "mailbox"])
    remember_change_of_list(participant.group)
    entry = record(by=by, verb="correct_address", obj=participant, workspace=locked.workspace, survey=locked.public_id)
    remember_change(survey=locked, entry=entry, old=former, new=participant.email)
    invitation = ask_for_new_link(participant, by)
    send_all(letters(MOVED, [invitation], to=former))


@transaction.atomic
def send_again(*, participant: Participant, by: User) -> None:
    """A new link to the present address; the old one stops working."""
    locked = lock_open(participant.survey)
    _refresh(participant)
    record(by=by, verb="send_again", obj=participant, workspace=locked.workspace, survey=locked.public_id)
    ask_for_new_link(participant, by)


def ask_for_new_link(participant: Participant, by: User) -> Invitation:
    invitations = Invitation.objects.select_for_update(of=("self",)).select_related("survey", "participant")
    invitation = invitations.get(participant=participant)
    invitation.version += 1
    invitation.sent_anew_on = timezone.localdate(timezone=invitation.survey.zone)
    invitation.has_bounced = False
    invitation.save(update_fields=["version", "sent_anew_on", "has_bounced"])
    ask(kind=CORRECT_ADDRESS, subject=invitation.public_id, version=str(invitation.version), by=by)
    return invitation


def check_is_open_by_invitation(survey: Survey) -> None:
    if survey.status != Status.OPEN:
        raise ValidationError(sentence_of(survey))
    if not survey.is_personal:
        raise ValidationError(_("People come into this survey by a shared link, so nobody is added one by one."))


def lock_open(survey: Survey) -> Survey:
    locked = lock_survey(survey)
    check_is_open_by_invitation(locked)
    return locked


def _refresh(participant: Participant) -> None:
    participant.refresh_from_db()
    if participant.is_removed:
        raise ValidationError(_("This person has been removed from the survey in the meantime."))


def _check_is_leaf(survey: Survey, group: SurveyGroup) -> None:
    if group.survey_id != survey.pk or group.children.exists():
        raise ValidationError({"group": _("Choose a group that has no groups inside it.")})


def _check_mailbox_is_new(survey: Survey, email: str, besides: Participant | None = None) -> None:
    namesakes = survey.participants.filter(mailbox=mailbox(email))
    if besides:
        namesakes = namesakes.exclude(pk=besides.pk)
    namesake = namesakes.first()
    if namesake is None:
        return
    sentence = _("%(email)s is on the list of this survey already.")
    if namesake.is_removed:
        sentence = _("%(email)s was removed from this survey. Who was removed cannot be asked again.")
    raise ValidationError({"email": sentence % {"email": email}})


def failed_invitations(survey: Survey) -> list[Invitation]:
    failed = Invitation.objects.filter(survey=survey, has_bounced=True, participant__is_removed=False)
    return list(failed.select_related("participant").order_by("participant__name"))
