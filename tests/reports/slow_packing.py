"""A worker whose reports of groups are short texts and can be made to stand still, and commands that prepare a pack.

Started by the faults tests: as a Celery application, or with the name of a command.
"""

import datetime
import json
import sys
import time
from dataclasses import replace

import django

from trace_site.celery import app

django.setup()

from django.conf import settings  # noqa: E402

from core.jobs import actions, heartbeat, models  # noqa: E402
from reports.comparisons.actions import Chosen  # noqa: E402
from reports.comparisons.models import Comparison  # noqa: E402
from reports.editions.groups import slice_name  # noqa: E402
from reports.files import pack  # noqa: E402
from reports.files.asking import ask_for_file  # noqa: E402
from reports.files.kinds import FILE_KINDS  # noqa: E402
from reports.files.models import Document  # noqa: E402
from tests.conftest import make_user  # noqa: E402
from tests.reports.published import compared, published_survey, slice_of  # noqa: E402

heartbeat.INTERVAL = 0.5
models.STALE_AFTER = datetime.timedelta(seconds=4)
app.conf.beat_schedule["sweep-jobs"]["schedule"] = 1.0

PACK = Document.Kind.COMPARISON_PACK
GROUPS = [f"Ward {number:02}" for number in range(1, 51)]
WRITTEN = settings.VAR / "written"  # a line for each report that was begun
STAND_AT = settings.VAR / "stand-at"  # the report at which to stand still


def text(_reading) -> bytes:
    return b"All groups side by side."


def report(reading) -> bytes:
    name = slice_name(reading.slice)
    with WRITTEN.open("a") as written:
        written.write(f"{name}\n")
    while STAND_AT.exists() and STAND_AT.read_text() == name:
        time.sleep(0.1)
    return f"Report for {name}".encode()


WRITERS = {
    Document.Kind.COMPARISON_PDF: "text",
    Document.Kind.COMPARISON_SLIDES: "text",
    Document.Kind.COMPARISON_WORKBOOK: "text",
    Document.Kind.SLICE_PDF: "report",
}


def fifty_groups() -> dict:
    survey = published_survey(make_user("Alice"), teams=dict.fromkeys(GROUPS, 6))
    models.Job.objects.all().delete()  # nobody is invited
    compared(survey, *(Chosen((slice_of(survey, name),)) for name in GROUPS))
    return asked()


def asked() -> dict:
    comparison = Comparison.objects.get()
    by = comparison.edition.survey.created_by
    return {"job": ask_for_file(of=comparison, kind=PACK, by=by, minutes=90).pk}


def cancelled() -> dict:
    return {"status": actions.cancel(job=models.Job.objects.get(kind=PACK)).status}


COMMANDS = {command.__name__: command for command in (fifty_groups, asked, cancelled)}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]]()))
else:
    for kind, writer in WRITERS.items():
        FILE_KINDS[kind] = replace(FILE_KINDS[kind], writer=f"{__name__}.{writer}")
    pack.comparison_agenda = lambda reading, minutes: text(reading)
