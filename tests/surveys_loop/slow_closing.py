"""A worker that can be made to stand still after any step of closing a survey, and commands that prepare one.

Started by the faults tests: as a Celery application, or with the name of a command.
"""

import datetime
import json
import sys
import time

import django

from trace_site.celery import app

django.setup()

from django.conf import settings  # noqa: E402

from core.jobs import heartbeat, models  # noqa: E402
from diagnostics.answering import drafts  # noqa: E402
from diagnostics.answering.respondents import respondent_of  # noqa: E402
from diagnostics.answering.submitting import submit  # noqa: E402
from diagnostics.questionnaire.form import Read  # noqa: E402
from diagnostics.surveys.keys import link_key  # noqa: E402
from diagnostics.surveys.links import token_of  # noqa: E402
from diagnostics.surveys.models import Survey  # noqa: E402
from reports.editions import closing  # noqa: E402
from tests.conftest import make_user  # noqa: E402
from tests.diagnostics.launched import NOW  # noqa: E402
from tests.reports.editions.test_closing import expected_hash  # noqa: E402
from tests.reports.surveys import open_for_answers, stop  # noqa: E402

heartbeat.INTERVAL = 0.5
models.STALE_AFTER = datetime.timedelta(seconds=4)
app.conf.beat_schedule["sweep-jobs"]["schedule"] = 1.0

STEPS = ("opened_ballots", "publication_of", "store", "destroy_keys")
STAND_AT = settings.VAR / "stand-at"  # the step after which to stand still
STANDS = settings.VAR / "stands"  # the step after which one does


def slowed(step: str):
    do = getattr(closing, step)

    def stands_still(*args, **kwargs):
        done = do(*args, **kwargs)
        if STAND_AT.exists() and STAND_AT.read_text() == step:
            STANDS.write_text(step)
            time.sleep(600)
        return done

    return stands_still


def saved_by_fifty() -> dict:
    """An open survey in which fifty people have saved their answers and not submitted."""
    survey = open_for_answers(make_user("Alice"), teams={"District nursing": 30, "Pharmacy": 20})
    return {"survey": survey.public_id, "tokens": [_saved(token) for token in _tokens(survey)]}


def saved_by_two_hundred() -> dict:
    """All in one team, so that whoever is counted stands in the number of answers."""
    survey = open_for_answers(make_user("Alice"), teams={"District nursing": 200})
    return {"survey": survey.public_id, "tokens": [_saved(token) for token in _tokens(survey)]}


def stopped_for_good(moment: str) -> dict:
    """At a moment of the machine's own clock."""
    survey = Survey.objects.get(status=Survey.Status.OPEN)
    time.sleep(max(0.0, float(moment) - time.monotonic()))
    stop(survey)
    return {}


def answered_by_twenty() -> dict:
    survey = open_for_answers(make_user("Bob"), teams={"District nursing": 12, "Podiatry": 8})
    for token in _tokens(survey):
        submit(respondent=respondent_of(_saved(token)))
    return {"survey": survey.public_id}


def stopped() -> dict:
    """Now the worker may close it. What must come of it is worked out before."""
    survey = Survey.objects.get(status=Survey.Status.OPEN)
    expected = expected_hash(survey)
    stop(survey)
    return {"hash": expected}


def _tokens(survey: Survey) -> list[str]:
    return [token_of(one, link_key(survey)) for one in survey.invitations.order_by("pk")]


def _saved(token: str) -> str:
    respondent = respondent_of(token)
    answers = {key: 1 + (len(key) + ord(token[at])) % 5 for at, key in enumerate(respondent.questionnaire.statements)}
    given = {"answers": answers, "comments": {}, "matters_most": ["task", "energy"]}
    drafts.save(respondent=respondent, read=Read(given, (), {}, None), now=NOW)
    return token


COMMANDS = {
    command.__name__: command
    for command in (saved_by_fifty, saved_by_two_hundred, answered_by_twenty, stopped, stopped_for_good)
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
else:
    for name in STEPS:
        setattr(closing, name, slowed(name))
