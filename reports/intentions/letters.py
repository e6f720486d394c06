"""Reminders that a leader asked for. They say that there is something, never what: a mailbox is read by others too."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.access import verified_email
from core.accounts.models import User
from core.jobs.runs import Run
from core.post.actions import send
from core.post.registry import Rendered, register
from reports.intentions.models import Intention, NextTime

REMIND_OF_INTENTION = "remind_of_intention"  # subject: intention, version: its day
REMIND_OF_NEXT_TIME = "remind_of_next_time"  # subject: self-assessment, version: the day
OF_INTENTION, OF_NEXT_TIME = "reports.intention", "reports.next_time"
HOUR = datetime.time(7, 0)  # before a day's work, by the site's clock


def leaves_at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, HOUR, tzinfo=timezone.get_default_timezone())


def remind_of_intention(run: Run) -> None:
    """Once; not where it was moved, looked back on or deleted meanwhile."""
    with run.finishing():
        waiting = Intention.objects.open().select_for_update().filter(wants_reminder=True, reminded_at=None)
        one = waiting.filter(public_id=run.job.subject).first()
        if one and one.day.isoformat() == run.job.version:
            one.reminded_at = timezone.now()
            one.save(update_fields=["reminded_at"])
            _send(OF_INTENTION, one.leader, one.language, intention=one.public_id)


def remind_of_next_time(run: Run) -> None:
    """Not where a later one was begun already."""
    with run.finishing():
        waiting = NextTime.objects.select_for_update(of=("self",)).select_related("self_assessment__leader")
        one = waiting.filter(self_assessment__public_id=run.job.subject, reminded_at=None).first()
        if one and one.day.isoformat() == run.job.version:
            one.reminded_at = timezone.now()
            one.save(update_fields=["reminded_at"])
            own = one.self_assessment
            if not own.leader.self_assessments.filter(started_at__gt=own.submission).exists():
                _send(OF_NEXT_TIME, own.leader, one.language, self_assessment=own.public_id)


def _send(kind: str, leader: User, language: str, **reference: str) -> None:
    """To the address of the account, where it is confirmed."""
    if verified_email(leader):
        send(kind=kind, to=leader.email, reference=reference, language=language)


def of_intention(reference: dict, language: str) -> Rendered | None:
    one = Intention.objects.open().filter(public_id=reference["intention"]).first()
    if one is None:
        return None
    link = settings.SITE_URL + reverse("reports:intention", args=[one.public_id])
    with override(language):
        text = _(
            "Hello,\n\n"
            "for today, %(day)s, you kept an intention and asked to be reminded of it. This letter does not say what "
            "it is: only you can see it, after signing in.\n\n"
            "%(link)s\n\n"
            "There you can say how it went, or choose another day. You get no second reminder of it.\n"
        )
        facts = {"day": date_format(one.day, _("j F Y")), "link": link}
        return Rendered(_("What you meant to do by today"), text % facts, link=link, button=_("Open your intention"))


def of_next_time(reference: dict, language: str) -> Rendered | None:
    asked = NextTime.objects.select_related("self_assessment")
    one = asked.filter(self_assessment__public_id=reference["self_assessment"]).first()
    if one is None:
        return None
    link = settings.SITE_URL + reverse("self_assessments:start")
    with override(language):
        text = _(
            "Hello,\n\n"
            "you took a self-assessment on %(day)s and asked to be reminded about now. Taken again, it shows what has "
            "clearly changed in your own eyes, and you meet the intentions that you kept.\n\n"
            "%(link)s\n\n"
            "You get this reminder once.\n"
        )
        taken = timezone.localdate(one.self_assessment.submission)
        facts = {"day": date_format(taken, _("j F Y")), "link": link}
        return Rendered(_("Time to look again"), text % facts, link=link, button=_("Start a self-assessment"))


def register_letters() -> None:
    register(OF_INTENTION, of_intention)
    register(OF_NEXT_TIME, of_next_time)
