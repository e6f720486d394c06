"""How what was noted about sharing goes: with its self-assessment, and some time after a link has ended."""

import datetime

from django.utils import timezone

from core.jobs.models import Job
from core.jobs.runs import Run
from core.post.actions import forget
from core.post.models import Message
from diagnostics.self_assessments import letters
from diagnostics.self_assessments.models import ResultLink, SelfAssessment

FORGET = "forget_result_link"  # subject: link, version: "ended" where its leader has ended it
LISTED = datetime.timedelta(days=30)  # after its end


def forget_link(run: Run) -> None:
    """Nothing is left of it but what was replied: that is the leader's, who deletes it."""
    link = ResultLink.objects.filter(public_id=run.job.subject, ends_at__lte=timezone.now()).first()
    if link is None:
        return
    with run.finishing():
        forget(Message.objects.filter(kind__in=letters.OF_LINKS, reference__link=link.public_id))
        ResultLink.objects.filter(pk=link.pk).update(token_hash=None)
        ResultLink.objects.filter(pk=link.pk, reply=None).delete()


def forget_sharing(self_assessment: SelfAssessment) -> None:
    """Letters about it and work on its links; the links themselves go with it."""
    forget(Message.objects.filter(kind__in=letters.KINDS, about=self_assessment.public_id))
    links = list(self_assessment.links.values_list("public_id", flat=True))
    Job.objects.filter(kind=FORGET, subject__in=links).delete()
