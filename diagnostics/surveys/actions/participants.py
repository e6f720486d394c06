"""Verbs on the people of an open survey. Nothing here asks, tells or changes whether somebody has answered."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.batches import batched
from core.jobs.actions import ask, ask_all
from core.post.actions import send_all
from diagnostics.surveys.history.remembering import remember_change, remember_change_of_list, remember_changes_of_lists
from diagnostics.surveys.job_names import CORRECT_ADDRESS
from diagnostics.surveys.letters.allowed import spend_letters
from diagnostics.surveys.letters.sending import MOVED, forget_letters_to, letters
from diagnostics.surveys.models import Invitation, Participant, Survey, SurveyGroup
from diagnostics.surveys.statuses import Status, lock_survey, sentence_of, tell_that_a_link_ended
from spaces.actions.groups import change_person
from spaces.mailboxes import mailbox
from spaces.models import Person

AT_ONCE = 500  # rows per statement


@transaction.atomic
def add_participant(*, survey: Survey, group: SurveyGroup, name: str, email: str, by: User) -> Participant:
    """Somebody more, after launch: their answer is heard, but does not count towards k."""
    locked = lock_open(survey)
    check_is_leaf(locked, group)
    _check_mailbox_is_new(locked, email)
    spend_letters(locked, 1, by=by)
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
    refresh(participant)
    record(by=by, verb="remove_participant", obj=participant, workspace=locked.workspace, survey=locked.public_id)
    take_off_the_list(locked, [participant])


def take_off_the_list(survey: Survey, people: Collection[Participant]) -> None:
    """Of a survey that is locked; each comes with group and invitation."""
    forget_letters_to(survey, [one.invitation.public_id for one in people])
    for one in people:
        one.name, one.email, one.is_removed = "", "", True
    Participant.objects.bulk_update(people, ["name", "email", "is_removed"], batch_size=AT_ONCE)
    invitations = [one.invitation for one in people]
    for invitation in invitations:
        invitation.token_hash, invitation.has_bounced = None, False
    Invitation.objects.bulk_update(invitations, ["token_hash", "has_bounced"], batch_size=AT_ONCE)
    tell_that_a_link_ended(survey)
    remember_changes_of_lists(list({one.group for one in people}))


@transaction.atomic
def correct_address(*, participant: Participant, email: str, by: User, in_people: bool = False) -> None:
    """The new link opens nothing of what was written under the old one, and the old address is told.

    `in_people`: the address is corrected among the people of the workspace, too.
    """
    locked = lock_open(participant.survey)
    refresh(participant)
    if participant.email == email.lower():
        raise ValidationError({"email": _("This is the present address. Enter another one.")})
    _check_mailbox_is_new(locked, email, besides=participant)
    spend_letters(locked, 2, by=by)
    former = participant.email
    if in_people and (person := known_as(participant)):
        change_person(person=person, name=person.name, email=email, group=person.group, by=by)
    participant.email, participant.mailbox = email.lower(), mailbox(email)
    participant.save(update_fields=["email", "mailbox"])
    remember_change_of_list(participant.group)
    entry = record(by=by, verb="correct_address", obj=participant, workspace=locked.workspace, survey=locked.public_id)
    remember_change(survey=locked, entry=entry, old=former, new=participant.email)
    invitation = ask_for_new_link(participant, by)
    invitation.address_version = invitation.version
    invitation.save(update_fields=["address_version"])
    send_all(letters(MOVED, [invitation], to=former))


@transaction.atomic
def send_again(*, participant: Participant, by: User) -> None:
    """A new link to the present address; the old one stops working."""
    locked = lock_open(participant.survey)
    refresh(participant)
    spend_letters(locked, 1, by=by)
    record(by=by, verb="send_again", obj=participant, workspace=locked.workspace, survey=locked.public_id)
    ask_for_new_link(participant, by)


def ask_for_new_link(participant: Participant, by: User) -> Invitation:
    return ask_for_new_links(participant.survey, [participant.pk], by)[0]


def ask_for_new_links(survey: Survey, people: Collection[int], by: User) -> list[Invitation]:
    """For participants (ids) of a survey that is locked; workers make the links and write to each."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("survey", "participant")
    invitations = [one for some in batched(sorted(people), AT_ONCE) for one in rows.filter(participant__in=some)]
    for invitation in invitations:
        invitation.version += 1
        invitation.sent_anew_on = timezone.localdate(timezone=survey.zone)
        invitation.has_bounced = False
    Invitation.objects.bulk_update(invitations, ["version", "sent_anew_on", "has_bounced"], batch_size=AT_ONCE)
    names, versions = [one.public_id for one in invitations], [str(one.version) for one in invitations]
    ask_all(kind=CORRECT_ADDRESS, subjects=names, versions=versions, by=by)
    return invitations


def known_as(participant: Participant) -> Person | None:
    """Who this is among the people of the workspace."""
    people = participant.survey.workspace.people.select_related("group", "workspace")
    return people.filter(mailbox=participant.mailbox).first()


def check_is_open_by_invitation(survey: Survey) -> None:
    if survey.status != Status.OPEN:
        raise ValidationError(sentence_of(survey))
    if not survey.is_personal:
        raise ValidationError(_("People come into this survey by a shared link, so nobody is added one by one."))


def lock_open(survey: Survey) -> Survey:
    locked = lock_survey(survey)
    check_is_open_by_invitation(locked)
    return locked


def refresh(participant: Participant) -> None:
    participant.refresh_from_db()
    if participant.is_removed:
        raise ValidationError(_("This person has been removed from the survey in the meantime."))


def check_is_leaf(survey: Survey, group: SurveyGroup) -> None:
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


def failed_invitations(survey: Survey) -> QuerySet[Invitation]:
    failed = Invitation.objects.filter(survey=survey, has_bounced=True, participant__is_removed=False)
    return failed.select_related("participant").order_by("participant__name", "participant__email", "pk")
