"""What the clock rings for, beside the jobs."""

from celery import shared_task
from django.utils import timezone

from reports.files.ageing import forget_old


@shared_task
def forget_old_files() -> None:
    forget_old(now=timezone.now())
