"""The letters of a survey, rendered in the worker at the moment they leave: only there is a link known."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.template.loader import render_to_string
from django.utils.translation import get_language

from core.batches import batched
from core.jobs.models import Job
from core.post.actions import forget, forget_numbered
from core.post.models import Message
from core.post.registry import Rendered, register
from core.post.standings import Standing, numbers_of, with_standing
from core.words import unlinked
from diagnostics.surveys.job_names import CORRECT_ADDRESS
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters import wording
from diagnostics.surveys.links import address_of, token_of
from diagnostics.surveys.models import Invitation, Survey
from spaces.looks import look_of

INVITATION = "surveys.invitation"
MOVED = "surveys.moved"
CANCELLED = "surveys.cancelled"
ROWS = 500  # per statement
AT_ONCE = ("participant__group", "survey__writer", "survey__workspace__look")  # what a letter names


# --- Asking for them -----------------------------------------------------------------------------


def letters(kind: str, invitations: Iterable[Invitation], *, to: str = "") -> Iterator[Message]:
    """One for each invitation, which comes with survey and participant, to its address or another; not saved yet."""
    for invitation in invitations:
        yield Message(
            kind=kind,
            to=to or invitation.participant.email,
            language=invitation.participant.language,
            reference={"invitation": invitation.public_id, "version": invitation.version},
            about=invitation.survey.public_id,
        )


def in_parts(invitations: QuerySet[Invitation], survey: Survey) -> Iterator[list[Invitation]]:
    """These of `survey`, as `letters` wants them, in the order of their rows, few in memory at once.

    Their numbers are read before: SQLite is not written to inside an open read.
    """
    for numbers in batched(list(invitations.order_by("pk").values_list("pk", flat=True)), ROWS):
        part = list(Invitation.objects.filter(pk__in=numbers).select_related("participant").order_by("pk"))
        for invitation in part:
            invitation.survey = survey
        yield part


def invitations_by_standing(survey: Survey) -> Mapping[Standing, int]:
    """Of reminders no number is known: only whoever has not answered gets one, and no row tells of it."""
    return numbers_of(Message.objects.filter(about=survey.public_id, kind=INVITATION))


def forget_letters(survey: Survey) -> None:
    """Who was written to, and when, goes with the invitations."""
    forget(letters_of(survey))


def letters_of(survey: Survey) -> QuerySet[Message]:
    return Message.objects.filter(about=survey.public_id, kind__in=(INVITATION, MOVED))


def forget_letters_to(survey: Survey, invitations: Collection[str]) -> None:
    """Of these invitations, by their public ids."""
    names = set(invitations)
    letters = Message.objects.filter(about=survey.public_id).values_list("pk", "reference__invitation")
    forget_numbered([number for number, name in letters.iterator() if name in names])


def has_not_left(survey: Survey, standing: Standing) -> Q:
    """Of invitations: a link is being made, or its letter waits to leave; or either was put off (`standing`)."""
    letters = with_standing(Message.objects.filter(about=survey.public_id, kind=INVITATION)).filter(standing=standing)
    made = Job.objects.open().filter(kind=CORRECT_ADDRESS)
    made = made.filter(failures=0) if standing == Standing.WAITING else made.filter(failures__gt=0)
    return Q(public_id__in=letters.values_list(KT("reference__invitation"))) | Q(public_id__in=made.values("subject"))


# --- What they say -------------------------------------------------------------------------------


def invitation(reference: dict, language: str) -> Rendered | None:
    """Sent whether or not its person has answered: a letter that failed to come would tell."""
    asked = _asked(reference)
    return letter_to(asked, wording.INVITATION, link_key(asked.survey)) if asked else None


def moved(reference: dict, language: str) -> Rendered | None:
    """To the address from which a link was taken away: whoever reads it there shall know."""
    asked = _asked(reference)
    return wording.moved(asked.survey, day=asked.sent_anew_on) if asked else None


def cancelled(reference: dict, language: str) -> Rendered | None:
    invitations = Invitation.objects.select_related(*AT_ONCE)
    asked = invitations.filter(public_id=reference["invitation"], participant__is_removed=False).first()
    if asked is None:
        return None
    title, name = unlinked(asked.survey.title), unlinked(asked.participant.name)
    context = {"title": title, "name": name, "contact": asked.survey.contact}
    subject, _, text = render_to_string("surveys/email/cancelled.txt", context).strip().partition("\n")
    writer = wording.writer_in(asked.survey, wording.INVITATION)
    return Rendered(subject, text.strip() + "\n", writer=writer, look=look_of(asked.survey.workspace))


def _asked(reference: dict) -> Invitation | None:
    """The invitation, while its survey is open and its link is the one that the letter was asked for."""
    invitations = Invitation.objects.select_related("survey__version", *AT_ONCE).defer("survey__version__content")
    return invitations.filter(
        public_id=reference["invitation"],
        version=reference["version"],
        token_hash__isnull=False,
        participant__is_removed=False,
        survey__status=Survey.Status.OPEN,
    ).first()


def again(asked: Invitation, key: bytes) -> Rendered:
    """The same link once more, for whoever asked for it."""
    return wording.again(asked.survey, name=asked.participant.name, link=link_of(asked, key))


def letter_to(asked: Invitation, kind: str, key: bytes) -> Rendered:
    """`key`: the survey's, from which its links derive."""
    person = asked.participant
    link = link_of(asked, key)
    return wording.letter(asked.survey, kind, name=person.name, link=link, group=person.group.name)


def link_of(asked: Invitation, key: bytes) -> str:
    return address_of(token_of(asked, key), language=get_language() if len(asked.survey.spoken) > 1 else None)


# --- What comes back -----------------------------------------------------------------------------


def note_bounce(reference: dict) -> None:
    """The letter to the present address could not be delivered."""
    Invitation.objects.filter(public_id=reference["invitation"], version=reference["version"]).update(has_bounced=True)


def register_all() -> None:
    register(INVITATION, invitation, on_failed=note_bounce)
    register(MOVED, moved)
    register(CANCELLED, cancelled)
