"""Thin: the beat asks for it, the mailbox says what is true."""

from celery import shared_task
from django.conf import settings

from core.identity.still import why_still
from core.post.bounces.mailbox import read_mailbox


@shared_task(time_limit=600)
def read_bounces() -> None:
    if settings.BOUNCE_IMAP and not why_still():
        read_mailbox()
