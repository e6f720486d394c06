"""An invitation from the form to the mailbox and back, with the message made by the worker's own code."""

import re

from django.core import mail
from django.urls import reverse

from core.jobs.models import Job
from core.jobs.tasks import run_job
from spaces.models import Role
from tests.spaces.conftest import membership


def test_an_invitation_arrives_and_its_link_lets_its_reader_in(client_for, workspace, alice, charlie, settings):
    form = {"email": "charlie@example.org", "role": "facilitator"}
    client_for(alice).post(reverse("spaces:invite", args=[workspace.public_id]), form)
    for job in Job.objects.all():
        run_job(job.pk)
    [letter] = mail.outbox
    assert letter.to == ["charlie@example.org"]
    link = re.search(re.escape(settings.SITE_URL) + r"(\S+)", letter.body)[1]
    client_for(charlie).post(link)
    assert membership(workspace, charlie).role == Role.FACILITATOR
