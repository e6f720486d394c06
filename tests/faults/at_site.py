"""What is done on the site of a fault from within: `python -m tests.faults.at_site COMMAND …`, with its settings.

Prints what came of it as JSON.
"""

import datetime
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from unittest.mock import Mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trace_site.settings")
django.setup()

from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks import surveys  # noqa: E402
from diagnostics.answering.drafts import saved_by  # noqa: E402
from diagnostics.answering.models import Ballot  # noqa: E402
from diagnostics.answering.respondents import respondent_of  # noqa: E402
from diagnostics.sealing.boxes import open_ballots  # noqa: E402
from diagnostics.sealing.tokens import ballot_tag  # noqa: E402
from diagnostics.surveys.actions import lifecycle  # noqa: E402
from diagnostics.surveys.actions.participants import failed_invitations  # noqa: E402
from diagnostics.surveys.actions.work_ahead import ask_for_work_ahead  # noqa: E402
from diagnostics.surveys.keys import private_key  # noqa: E402
from diagnostics.surveys.letters.sending import invitations_by_standing  # noqa: E402
from diagnostics.surveys.models import Survey  # noqa: E402
from reports.editions import closing  # noqa: E402
from reports.editions.models import Edition, PublishedSlice  # noqa: E402
from reports.files.asking import ask_for_file  # noqa: E402

PASSWORD = "a-long-password-for-faults"


def opened(people: str) -> dict:
    """An open survey, and everybody who is asked with what they will answer."""
    survey = surveys.open_survey(int(people))
    return {"survey": survey.public_id, "people": [asdict(person) for person in surveys.people_of(survey)]}


def answered(people: str) -> dict:
    """Everybody has answered, and the workers are asked to close."""
    survey = surveys.answered_survey(int(people), teams=3)
    return {"survey": survey.public_id}


def stopped(survey: str) -> dict:
    lifecycle.stop_survey(survey=Survey.objects.get(public_id=survey), by=None, now=timezone.now())
    return {}


def draft_launched(people: str) -> dict:
    """A survey of its own whose opening and invitations are the workers' to do."""
    survey = surveys.launched(int(people))
    return {"survey": survey.public_id}


def answered_open(people: str) -> dict:
    """Everybody has answered, and it is still open."""
    survey = surveys.open_survey(int(people), teams=3)
    surveys.answer_for_all(survey)
    return {"survey": survey.public_id}


def counted(survey: str) -> dict:
    return {"n": Edition.objects.get(survey__public_id=survey).ledger["n"]}


def worked_out(survey: str) -> dict:
    """The check sum of what a close would publish that nothing disturbs; nothing is written."""
    there, run = Survey.objects.select_related("version").get(public_id=survey), Mock()
    return {"hash": closing.publication_of(there, closing.opened_ballots(there, run), run).content_hash}


def told(survey: str) -> dict:
    """What the owners of a survey read of its letters while they leave."""
    there = Survey.objects.get(public_id=survey)
    standing = {one.value: number for one, number in invitations_by_standing(there).items()}
    return {"standing": standing, "failed": failed_invitations(there).count()}


def ends_in(survey: str, seconds: str) -> dict:
    """Its closing date is brought near, as somebody might; the date is kept to the minute."""
    there = Survey.objects.get(public_id=survey)
    there.closes_at = timezone.now() + datetime.timedelta(seconds=float(seconds))
    there.save(update_fields=["closes_at"])
    ask_for_work_ahead(there)
    return {"at": there.closing_moment.timestamp()}


def owned() -> dict:
    """The owner can sign in."""
    user = surveys.owner()
    user.set_password(PASSWORD)
    user.save()
    return {"email": user.email, "password": PASSWORD}


def file_asked(survey: str, kind: str) -> dict:
    """The file of the whole of a closed survey."""
    whole = PublishedSlice.objects.filter(edition__survey__public_id=survey).order_by("order")[0]
    job = ask_for_file(of=whole, kind=kind, by=surveys.owner())
    return {"job": job.public_id, "url": reverse("reports:slice_document", args=[whole.public_id, kind])}


def lost() -> dict:
    """What was acknowledged and is not there: read from stdin, token → answers and whether they were thanked."""
    said: dict[str, Any] = json.load(sys.stdin)
    missing = {token: _missing(token, one["answers"], is_thanked=one["is_thanked"]) for token, one in said.items()}
    return {"lost": sum(missing.values())}


def _missing(token: str, answers: dict[str, str], *, is_thanked: bool) -> int:
    respondent = respondent_of(token)
    survey = Survey.objects.get(pk=respondent.link.survey_id)
    sealed = Ballot.objects.filter(survey=survey, tag=ballot_tag(token)).values_list("sealed", flat=True)
    if ballots := list(open_ballots(sealed, private_key(survey))):
        there = ballots[0]["answers"] | ballots[0]["comments"]
    elif is_thanked:
        return len(answers) or 1
    else:
        saved = saved_by(respondent)
        there = saved.answers | saved.comments
    return sum(str(there.get(name)) != value.strip() for name, value in answers.items())


COMMANDS: dict[str, Callable[..., dict]] = {
    command.__name__: command
    for command in (
        opened,
        answered,
        answered_open,
        draft_launched,
        stopped,
        ends_in,
        owned,
        file_asked,
        counted,
        worked_out,
        told,
        lost,
    )
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
