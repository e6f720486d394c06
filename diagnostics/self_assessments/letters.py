"""Letters about a result that is shared. Their words are fixed: of what a leader types only the name reaches anybody,
and nothing that a reader writes stands in a letter."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core.accounts.access import verified_email
from core.accounts.models import User
from core.post.actions import send_all
from core.post.models import Message
from core.post.registry import Rendered, Writer, register
from core.post.standings import with_standing
from core.words import unlinked
from diagnostics.self_assessments.links import address_of, good_links
from diagnostics.self_assessments.models import ResultLink, ResultReply, SelfAssessment, Share

LINK, REPLY = OF_LINKS = ("self_assessments.link", "self_assessments.reply")
SHARED = "self_assessments.shared"
KINDS = (*OF_LINKS, SHARED)
NOT_AGAIN = datetime.timedelta(days=1)


def register_all() -> None:
    register(LINK, _link)
    register(REPLY, _reply)
    register(SHARED, _shared)


# --- Asking for them -----------------------------------------------------------------------------


def send_link(link: ResultLink, *, to: str) -> None:
    _ask(LINK, to, link.self_assessment, {"link": link.public_id}, link.language)


def sent_to(link: ResultLink) -> str:
    """The address its letter goes to; '' where there is none."""
    letters = Message.objects.filter(kind=LINK, reference__link=link.public_id)
    return letters.values_list("to", flat=True).first() or ""


def letters_with(self_assessment: SelfAssessment) -> dict[str, Message]:
    """Public id of a link → the letter that takes it to somebody, with its standing."""
    letters = Message.objects.filter(kind=LINK, about=self_assessment.public_id)
    return {letter.reference["link"]: letter for letter in with_standing(letters)}


def tell_reader(share: Share) -> None:
    _ask(
        SHARED,
        share.reader.email,
        share.self_assessment,
        {"share": share.pk, "reader": share.reader_id},
        get_language(),
    )


def has_been_told(share: Share) -> bool:
    letters = Message.objects.filter(kind=SHARED, about=share.self_assessment.public_id)
    return letters.filter(reference__reader=share.reader_id).exists()


def tell_of_reply(link: ResultLink, *, now: datetime.datetime) -> None:
    """Whoever replies, takes it back and replies again fills no mailbox."""
    leader = link.self_assessment.leader
    told = Message.objects.filter(kind=REPLY, reference__link=link.public_id, created_at__gt=now - NOT_AGAIN)
    if verified_email(leader) and not told.exists():
        _ask(REPLY, leader.email, link.self_assessment, {"link": link.public_id}, link.language)


def _ask(kind: str, to: str, about: SelfAssessment, reference: dict, language: str | None) -> None:
    spoken = language or settings.LANGUAGE_CODE
    send_all([Message(kind=kind, to=to, reference=reference, about=about.public_id, language=spoken)])


# --- What they say -------------------------------------------------------------------------------


def _link(reference: dict, language: str) -> Rendered | None:
    link = good_links().filter(public_id=reference["link"]).first()
    if link is None:
        return None
    with override(language):
        text = _(
            "Hello,\n\n"
            "%(leader)s has looked at their own leadership with TRACE and would like you to see the result. You need "
            "no account.\n\n"
            "Until the end of %(until)s this link opens it:\n\n"
            "%(link)s\n\n"
            "There is a box to reply in. %(leader)s is told the day on which the link was first opened and, if you "
            "reply, what you wrote; nothing else is noted.\n\n"
            "The result is what %(leader)s thinks of their own work. Please keep it, and this link, to yourself: "
            "whoever has the link can read the result.\n\n"
            "If you do not know %(leader)s, leave this message aside. You get no other one.\n"
        )
        facts = _facts(link.self_assessment) | {
            "until": date_format(link.last_day, _("j F Y")),
            "link": address_of(link),
        }
        subject = _("%(leader)s would like you to see a result") % facts
        return _rendered(subject, text, facts, _("Open the result"), link.self_assessment.leader)


def _shared(reference: dict, language: str) -> Rendered | None:
    found = Share.objects.select_related("self_assessment__leader").filter(pk=reference["share"]).first()
    if found is None:
        return None
    with override(language):
        text = _(
            "Hello,\n\n"
            "%(leader)s has looked at their own leadership with TRACE and shows you the result of %(day)s. Sign in to "
            "read it:\n\n"
            "%(link)s\n\n"
            "It stands in your list of self-assessments until %(leader)s takes it back. Nothing is noted of whether "
            "you read it. Please keep it to yourself.\n"
        )
        facts = _facts(found.self_assessment) | {"link": _page(found.self_assessment)}
        subject = _("%(leader)s shows you a result") % facts
        return _rendered(subject, text, facts, _("Sign in and read"), found.self_assessment.leader)


def _reply(reference: dict, language: str) -> Rendered | None:
    replies = ResultReply.objects.select_related("link__self_assessment__leader")
    found = replies.filter(link__public_id=reference["link"]).first()
    if found is None:
        return None
    with override(language):
        text = _(
            "Hello,\n\n"
            "Somebody who reads your self-assessment of %(day)s by a link has replied to you. You find what they wrote "
            "with the result:\n\n"
            "%(link)s\n"
        )
        facts = _facts(found.link.self_assessment) | {"link": f"{_page(found.link.self_assessment)}#replies"}
        return _rendered(_("There is a reply to your self-assessment"), text, facts, _("Read the reply"))


def _facts(own: SelfAssessment) -> dict[str, str]:
    day = timezone.localdate(own.submission)
    return {"leader": unlinked(str(own.leader)), "day": date_format(day, _("j F Y"))}


def _page(own: SelfAssessment) -> str:
    return settings.SITE_URL + reverse("reports:self_assessment", args=[own.public_id])


def _rendered(subject: str, text: str, facts: dict[str, str], button: str, writer: User | None = None) -> Rendered:
    is_reachable = writer is not None and verified_email(writer)
    return Rendered(
        subject,
        text % facts,
        link=facts["link"],
        button=button,
        writer=Writer(writer.name, reply_to=writer.email if is_reachable else "") if writer else Writer(),
    )
