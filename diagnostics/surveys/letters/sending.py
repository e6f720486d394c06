"""The letters of a survey, rendered in the worker at the moment they leave: only there is a link known."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.template.loader import render_to_string

from core.post.actions import forget
from core.post.models import Message
from core.post.registry import Rendered, register
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters import wording
from diagnostics.surveys.links import address_of, token_of
from diagnostics.surveys.models import Invitation, Survey

INVITATION = "surveys.invitation"
REMINDER = "surveys.reminder"
CANCELLED = "surveys.cancelled"


# --- Asking for them -----------------------------------------------------------------------------


def letters(kind: str, invitations: Iterable[Invitation]) -> Iterator[Message]:
    """One for each invitation, which comes with its survey and participant; not saved yet."""
    for invitation in invitations:
        yield Message(
            kind=kind,
            to=invitation.participant.email,
            language=invitation.participant.language,
            reference={"invitation": invitation.public_id, "version": invitation.version},
            about=invitation.survey.public_id,
        )


def invitations_on_their_way(survey: Survey) -> int:
    """Of reminders no number is known: only whoever has not answered gets one."""
    return Message.objects.filter(about=survey.public_id, kind=INVITATION, status=Message.Status.QUEUED).count()


def forget_letters(survey: Survey) -> None:
    """Who was written to, and when, goes with the invitations."""
    forget(Message.objects.filter(about=survey.public_id, kind__in=(INVITATION, REMINDER)))


def forget_letters_to(invitation: Invitation) -> None:
    letters = Message.objects.filter(about=invitation.survey.public_id)
    forget(letters.filter(reference__invitation=invitation.public_id))


# --- What they say -------------------------------------------------------------------------------


def invitation(reference: dict, language: str) -> Rendered | None:
    """Sent whether or not its person has answered: a letter that failed to come would tell."""
    asked = _asked(reference)
    return _letter(asked, wording.INVITATION) if asked else None


def reminder(reference: dict, language: str) -> Rendered | None:
    asked = _asked(reference, status=Invitation.Status.PENDING, is_reminded=True)
    return _letter(asked, wording.REMINDER) if asked else None


def cancelled(reference: dict, language: str) -> Rendered | None:
    invitations = Invitation.objects.select_related("survey", "participant")
    asked = invitations.filter(public_id=reference["invitation"], participant__is_removed=False).first()
    if asked is None:
        return None
    context = {"survey": asked.survey, "name": asked.participant.name}
    subject, _, text = render_to_string("surveys/email/cancelled.txt", context).strip().partition("\n")
    return Rendered(subject, text.strip() + "\n")


def _asked(reference: dict, **wanted: Any) -> Invitation | None:
    """The invitation, while its survey is open and its link is the one that the letter was asked for."""
    invitations = Invitation.objects.select_related("survey__version", "participant").defer("survey__version__content")
    return invitations.filter(
        public_id=reference["invitation"],
        version=reference["version"],
        token_hash__isnull=False,
        participant__is_removed=False,
        survey__status=Survey.Status.OPEN,
        **wanted,
    ).first()


def _letter(asked: Invitation, kind: str) -> Rendered:
    link = address_of(token_of(asked, link_key(asked.survey)))
    return wording.letter(asked.survey, kind, name=asked.participant.name, link=link)


# --- What comes back -----------------------------------------------------------------------------


def note_bounce(reference: dict) -> None:
    """The letter of the present address could not be delivered. Of reminders nothing is noted: only some get them."""
    Invitation.objects.filter(public_id=reference["invitation"], version=reference["version"]).update(has_bounced=True)


def register_all() -> None:
    register(INVITATION, invitation, on_failed=note_bounce)
    register(REMINDER, reminder)
    register(CANCELLED, cancelled)
