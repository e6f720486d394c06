"""Thin: the beat asks for it, the mailbox and the rows say what is true."""

from celery import shared_task
from django.conf import settings

from core.identity.still import why_still
from core.post import standings
from core.post.bounces.mailbox import read_mailbox


@shared_task(time_limit=600)
def read_bounces() -> None:
    if settings.BOUNCE_IMAP and not why_still():
        read_mailbox()


@shared_task
def pick_up_letters() -> None:
    standings.pick_up()
