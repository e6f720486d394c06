"""A site of its own, in a process of its own: made, backed up, put back elsewhere, told that it is the one.

`python -m tests.site.drill make DIR KEYS`, `restore DIR KEYS`: what it found is printed as JSON, in the last line.
"""

import datetime
import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trace_site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from core.identity import still  # noqa: E402
from core.jobs import doorbell, registry, sightings  # noqa: E402
from core.jobs.models import Job  # noqa: E402
from core.jobs.running import perform  # noqa: E402
from core.jobs.sweeping import sweep  # noqa: E402
from core.keys.store import key_store  # noqa: E402
from core.post.models import Message  # noqa: E402
from diagnostics.answering.models import Ballot, Draft  # noqa: E402
from diagnostics.self_assessments.models import SelfAssessment  # noqa: E402
from diagnostics.surveys import hours  # noqa: E402
from diagnostics.surveys.actions.lifecycle import launch_survey  # noqa: E402
from diagnostics.surveys.job_names import CLOSE_ON_DATE, OPEN_SURVEY  # noqa: E402
from diagnostics.surveys.keys import link_key  # noqa: E402
from diagnostics.surveys.links import token_of  # noqa: E402
from diagnostics.surveys.models import Survey  # noqa: E402
from reports.editions.checking import checked_editions  # noqa: E402
from reports.editions.models import PublishedSlice  # noqa: E402
from reports.files.asking import ask_for_file  # noqa: E402
from spaces.models import Workspace  # noqa: E402
from tests.conftest import make_user  # noqa: E402
from tests.diagnostics.assessing import finished_by  # noqa: E402
from tests.diagnostics.launched import CLOSES, NOW, draft_in  # noqa: E402
from tests.reports.surveys import (  # noqa: E402
    answer,
    close,
    everything,
    invitations_of,
    open_for_answers,
    run_job,
    save_draft,
)
from trace_site.files import files  # noqa: E402

hours.FIRST, hours.LAST = datetime.time.min, datetime.time.max  # letters may leave whatever time it is
rung: list[int] = []
doorbell.ring = lambda job_id, _kind: rung.append(job_id) or True
still.last_look = still.Look(-1e9, None)  # this process asks


def make(into: str, keys: str) -> dict:
    """A closed survey with its report and a file, an open one with answers and letters, a self-assessment."""
    still.begin()
    owner = make_user("Alice")
    closed = open_for_answers(owner)
    answer(invitations_of(closed), everything(4, OQ_task_helps="We write it on the wall."))
    close(closed)
    perform(ask_for_file(of=PublishedSlice.objects.first(), kind="slice_csv", by=None).pk)
    finished_by(owner)
    answered = _second(owner)
    link = token_of(invitations_of(answered)[0], link_key(answered))
    gone_by = timezone.now() - datetime.timedelta(hours=1)
    Survey.objects.filter(pk=answered.pk).update(closes_at=gone_by)
    Job.objects.filter(kind=CLOSE_ON_DATE, subject=answered.public_id).update(not_before=gone_by)
    call_command("backup", into, keys=Path(keys))
    return {**_facts(), "link": link, "is noted": sightings.ages([sightings.BACKUP])[sightings.BACKUP] is not None}


def _second(owner) -> Survey:
    workspace = Workspace.objects.get()
    draft = draft_in(workspace, workspace.groups.get(kind="organisation"), by=owner, closes_at=CLOSES)
    survey = run_job(OPEN_SURVEY, launch_survey(survey=draft, by=owner, now=NOW))
    answer(invitations_of(survey)[:6], everything(3))
    save_draft(invitations_of(survey)[7], everything(2))
    return survey


def restore(source: str, keys: str) -> dict:
    call_command("restore", source, keys=Path(keys))
    link = os.environ["LINK"]
    found = {"restored": _facts(), "why": _why(), "page": _page(link), "banner": _banner(), "key": _key()}
    _work()
    found |= {"after work": _facts(), "rung": len(rung)}
    call_command("this_is_the_site", yes=True)
    still.last_look = still.Look(-1e9, None)
    found |= {"told": _why(), "open page": _page(link)}
    _work()
    found |= {"acted": _facts(), "rung then": len(rung)}
    with override_settings(SITE_URL="https://copy.example.org"):
        return found | {"renamed": _why()}


def _work() -> None:
    """What a beat and a worker do, three times over: work asks for more work."""
    for _each in range(3):
        sweep(now=timezone.now())
        for job in registry.known_jobs().due(timezone.now()).order_by("pk"):
            perform(job.pk)


def _facts() -> dict:
    outbox = Path(settings.OUTBOX)
    return {
        "surveys": sorted(Survey.objects.values_list("status", flat=True)),
        "editions": sorted((one.stored, one.found) for one in checked_editions()),
        "ballots": Ballot.objects.count(),
        "drafts": Draft.objects.count(),
        "waiting": Message.objects.filter(status="queued").count(),
        "letters": len(list(outbox.glob("*"))) if outbox.exists() else 0,
        "self-assessments": SelfAssessment.objects.count(),
        "files": {name: _read(name) for name in sorted(files().names())},
        "keys": sorted(path.name for path in Path(settings.KEY_STORE).glob("*")),
    }


def _read(name: str) -> str:
    with files().opened(name) as file:
        return file.read().hex()[:200]


def _why() -> str | None:
    return still.why_still()


def _page(link: str) -> list:
    response = Client().get(reverse("answering:enter", args=[link]))
    return [response.status_code, "takes no answers at the moment" in response.content.decode()]


def _banner() -> bool:
    return "This site stands still." in Client().get(reverse("account_login")).content.decode()


def _key() -> str:
    try:
        key_store()
    except still.StandsStill as refused:
        return str(refused)
    return "given"


if __name__ == "__main__":
    print(json.dumps({"make": make, "restore": restore}[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
