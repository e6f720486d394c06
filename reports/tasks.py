"""What the clock rings for, beside the jobs."""

from celery import shared_task

from core import clock
from core.accounts.copies import forget_old_copies
from core.accounts.ended_sessions import forget_ended_sessions
from core.audit.ageing import forget_old_lines
from core.identity.still import why_still
from reports.editions.models import GoneReport
from reports.files.ageing import forget_old
from reports.retention.sweeping import forget_results


@shared_task
def forget_old_files() -> None:
    forget_old(now=clock.now())


@shared_task
def forget_by_age() -> None:
    """What surveys leave, copies of accounts, sessions, and lines of the log. A copy of a site deletes nothing."""
    if why_still():
        return
    now = clock.now()
    forget_results(now=now)
    forget_old_copies(now=now)
    forget_ended_sessions(now=now)
    before = forget_old_lines(now=now)
    GoneReport.objects.filter(gone_at__lt=before).delete()
