"""Files that nobody has made anew for a season go: each can be made again, and says the same."""

import datetime

from django.db import transaction

from core.jobs.models import Job
from reports.files.kinds import job_kind
from reports.files.models import Document

KEPT = datetime.timedelta(days=90)  # from when it was made
AT_ONCE = 100


def forget_old(*, now: datetime.datetime) -> int:
    """How many went. Whoever is reading one reads on; whoever asks for one again has it made."""
    old = Document.objects.filter(created_at__lt=now - KEPT).select_related("self_assessment", "slice", "comparison")
    gone = 0
    for document in old.iterator(AT_ONCE):
        made = {"kind": job_kind(document.kind), "subject": document.of.public_id, "version": document.version}
        with transaction.atomic():
            Job.objects.filter(**made, status=Job.Status.DONE).delete()
            document.delete()
        gone += 1
    return gone
