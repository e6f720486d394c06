"""A database of an earlier version is taken over: `python -m tests.releases.taking_over SURVEY TOKEN` does it.

Migrated as a release does it, then used: what was found is printed as JSON, in the last line.
"""

import datetime
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trace_site.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import IntegrityError, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.people import whole_way  # noqa: E402
from benchmarks.surveys import people_of  # noqa: E402
from core.jobs import doorbell  # noqa: E402
from diagnostics.answering.drafts import saved_by  # noqa: E402
from diagnostics.answering.respondents import respondent_of  # noqa: E402
from diagnostics.surveys import statuses  # noqa: E402
from diagnostics.surveys.actions.lifecycle import stop_survey  # noqa: E402
from diagnostics.surveys.job_names import CLOSE_SURVEY  # noqa: E402
from diagnostics.surveys.models import Survey  # noqa: E402
from reports.editions.checking import checked_editions  # noqa: E402
from reports.editions.models import Edition  # noqa: E402
from tests.reports.surveys import run_job  # noqa: E402

doorbell.ring = lambda _job_id, _kind: True
statuses.clock = lambda: datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # its closing date has passed since


def taken_over(survey: str, token: str) -> dict:
    for command in ("migrate", "load_model"):
        call_command(command, verbosity=0)
    call_command("this_is_the_site", yes=True, stdout=sys.stderr)
    found = {
        "hashes": {one.edition: [one.stored, one.found] for one in checked_editions()},
        "guards": sorted(_missing_guards()),
        "refuses": _refuses(),
        "drafts": {name: str(value) for name, value in saved_by(respondent_of(token)).answers.items()},
    }
    return found | {"thanks": _handed_in(survey, token), "closed": _closed(survey)}


def _missing_guards() -> set[str]:
    guards = [one for config in apps.get_app_configs() for one in getattr(config, "guards", ())]
    wanted = {trigger.name for guard in guards for trigger in guard.triggers(connection.vendor)}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        return wanted - {name for (name,) in cursor.fetchall()}


def _refuses() -> str:
    try:
        with transaction.atomic():
            Edition.objects.update(content_hash="")
    except IntegrityError as refusal:
        return str(refusal)
    return ""


def _handed_in(survey: str, token: str) -> int:
    """By the pages, on the link that was sent then."""
    person = next(one for one in people_of(Survey.objects.get(public_id=survey)) if one.token == token)
    client, status = Client(), 0
    for request in whole_way(person):
        status = getattr(client, request.method.lower())(request.path, dict(request.fields)).status_code
        if status != request.expected:
            raise SystemExit(f"{request.method} {request.path} was answered by {status}.")
    return status


def _closed(survey: str) -> dict:
    """What was sealed then is opened, and counted, once; the ballot of now with it."""
    open_one = Survey.objects.get(public_id=survey)
    there = open_one.ballots.count()
    stop_survey(survey=open_one, by=None, now=timezone.now())
    run_job(CLOSE_SURVEY, open_one)
    return {"ballots": there, "n": Edition.objects.get(survey=open_one).ledger["n"]}


if __name__ == "__main__":
    print(json.dumps(taken_over(*sys.argv[1:])))  # noqa: T201
