"""What was agreed, by letter to those who were there and want it. Their addresses go with the letter."""

import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.post.actions import send_all
from core.post.models import Message
from core.post.registry import Rendered, register
from core.words import unlinked
from diagnostics.surveys.letters.allowed import spend_letters
from diagnostics.surveys.words import said
from reports.agreements.access import Agreed
from reports.agreements.models import Agreement
from reports.agreements.reading import title_of
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice
from spaces.looks import look_of, writer_of

LETTER = "reports.agreed"


@transaction.atomic
def send_agreed(*, subject: Agreed, addresses: Sequence[str], by: User, now: datetime.datetime) -> None:
    """In the language of the moment. Raises ValidationError with a sentence for the user."""
    if not subject.agreements.exists():
        raise ValidationError(_("Nothing is written down yet, so there is nothing to send."))
    survey = subject.edition.survey
    spend_letters(survey, len(addresses), by=by)
    of = "comparison" if isinstance(subject, Comparison) else "slice"
    record(
        by=by,
        verb="send_agreed",
        obj=subject.edition,
        workspace=survey.workspace,
        now=now,
        survey=survey.public_id,
        people=len(addresses),
    )
    send_all(
        Message(
            kind=LETTER,
            to=address,
            language=get_language() or "en-gb",
            reference={of: subject.public_id, "by": by.pk},
            about=survey.public_id,
        )
        for address in addresses
    )


def letter(reference: dict, language: str) -> Rendered | None:
    """As the lines stand when it leaves; of what was taken away meanwhile nothing is sent."""
    subject: Agreed | None
    if "slice" in reference:
        subject = PublishedSlice.objects.for_reading().filter(public_id=reference["slice"]).first()
    else:
        subject = Comparison.objects.for_reading().filter(public_id=reference["comparison"]).first()
    if subject is None or not subject.agreements.exists():
        return None
    with override(language):
        return shown_letter(subject, by=User.objects.filter(pk=reference["by"]).first())


def shown_letter(subject: Agreed, *, by: User | None) -> Rendered:
    """`by`: who sends it; None where the account is gone."""
    survey = said(subject.edition.survey)
    writer = writer_of(survey.workspace, by)
    facts = {
        "who": unlinked(writer.name),
        "survey": unlinked(survey.title),
        "group": unlinked(title_of(subject)),
        "lines": "\n\n".join(_line(number, one) for number, one in enumerate(subject.agreements.all(), start=1)),
        "contact": survey.contact,
    }
    text = _(
        "Hello,\n\n"
        "this is what was agreed in the conversation about “%(survey)s” (%(group)s). %(who)s sends it to those who "
        "were there and want it.\n\n"
        "%(lines)s\n\n"
        "Your address was given for this letter. It is not kept after it, and nothing else follows.\n\n"
        "Questions: %(contact)s\n"
    )
    return Rendered(
        _("What was agreed: %(survey)s") % facts, text % facts, writer=writer, look=look_of(survey.workspace)
    )


def _line(number: int, one: Agreement) -> str:
    parts = [f"{number}. {unlinked(one.what)}"]
    if one.who:
        parts.append(_("Who begins: %(who)s") % {"who": unlinked(one.who)})
    if one.by_day:
        parts.append(_("By when: %(day)s") % {"day": date_format(one.by_day, _("j F Y"))})
    return "\n".join(parts)


def register_letters() -> None:
    register(LETTER, letter, is_forgotten=True)
