"""Verbs on links to a result, and on what is replied by them. What is refused is a ValidationError with a sentence.

What readers do stands in no log: of a link only the day on which it was first opened is noted.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.jobs import actions as jobs
from core.quotas.actions import spend
from diagnostics.sealing.tokens import token_hash
from diagnostics.self_assessments import letters
from diagnostics.self_assessments.actions import check_can_share
from diagnostics.self_assessments.forgetting import FORGET, LISTED
from diagnostics.self_assessments.links import good_links, token_of
from diagnostics.self_assessments.models import ResultLink, ResultReply, SelfAssessment
from diagnostics.surveys.letters.allowed import spend_letters

LASTS, USUAL = (7, 30, 90), 30  # days
AT_ONCE = datetime.timedelta(minutes=1)  # within which the same link is asked for once


@transaction.atomic
def make_link(
    *,
    self_assessment: SelfAssessment,
    meant_for: str,
    days: int,
    with_answers: bool,
    with_comments: bool,
    send_to: str = "",
    by: User,
    now: datetime.datetime,
) -> ResultLink:
    """Works to the end of the last of so many days. Pressing twice makes one, and sends one letter."""
    SelfAssessment.objects.select_for_update().get(pk=self_assessment.pk)
    check_can_share(self_assessment)
    chosen = {
        "meant_for": meant_for,
        "with_answers": with_answers,
        "with_comments": with_comments,
        "ends_at": _end_of_day(now, days),
    }
    twice = self_assessment.links.standing().filter(**chosen, made_at__gt=now - AT_ONCE).first()
    if twice and letters.sent_to(twice) == send_to:
        return twice
    spend("links", person=by.pk, now=now)
    link = ResultLink(self_assessment=self_assessment, **chosen, made_at=now, language=get_language() or "")
    link.token_hash = token_hash(token_of(link))
    link.save()
    jobs.ask(kind=FORGET, subject=link.public_id, not_before=link.ends_at + LISTED)
    if send_to:
        spend_letters(None, 1, by=by)
        letters.send_link(link, to=send_to)
    record(by=by, verb="make_result_link", obj=self_assessment, link=link.pk, now=now)
    return link


def _end_of_day(now: datetime.datetime, days: int) -> datetime.datetime:
    day = timezone.localdate(now) + datetime.timedelta(days + 1)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


@transaction.atomic
def end_link(*, link: ResultLink, by: User, now: datetime.datetime) -> None:
    """Ending it twice changes nothing. What was replied stays."""
    locked = ResultLink.objects.select_for_update().get(pk=link.pk)
    if locked.is_standing:
        locked.ends_at, locked.token_hash = now, None
        locked.save(update_fields=["ends_at", "token_hash"])
        jobs.ask(kind=FORGET, subject=locked.public_id, version="ended", not_before=now + LISTED)
        record(by=by, verb="end_result_link", obj=locked.self_assessment, link=locked.pk, now=now)


def note_opened(link: ResultLink, *, now: datetime.datetime) -> None:
    ResultLink.objects.filter(pk=link.pk, opened_on=None).update(opened_on=timezone.localdate(now))


@transaction.atomic
def reply(*, link: ResultLink, name: str, text: str, now: datetime.datetime) -> None:
    """Or change what was replied. The leader is told that there is one, once a day at most for each link."""
    _check_still_stands(link)
    _reply, is_new = ResultReply.objects.update_or_create(
        link=link, defaults={"name": name, "text": text, "changed_at": now}
    )
    if is_new:
        letters.tell_of_reply(link, now=now)


@transaction.atomic
def take_reply_back(*, link: ResultLink) -> None:
    _check_still_stands(link)
    ResultReply.objects.filter(link=link).delete()


def _check_still_stands(link: ResultLink) -> None:
    """Held until the transaction ends: after the end of a link nothing comes by it."""
    if not good_links().select_for_update(of=("self",)).filter(pk=link.pk).exists():
        raise ValidationError(_("This link has ended."))


@transaction.atomic
def delete_reply(*, link: ResultLink, by: User) -> None:
    """By the leader, for both of them."""
    gone, _rows = ResultReply.objects.filter(link=link).delete()
    if gone:
        record(by=by, verb="delete_reply", obj=link.self_assessment, link=link.pk)
