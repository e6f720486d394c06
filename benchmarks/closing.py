"""Closing a survey against the same work done plainly: no disclosure, no findings, nothing forgotten."""

import json
from collections.abc import Iterator

import numpy as np
from django.db import connection, models
from nacl.public import PrivateKey, SealedBox

from benchmarks.pairs import in_turn, timed
from benchmarks.results import Result, at_most
from benchmarks.servers import Servers
from benchmarks.surveys import answered_survey, closed
from diagnostics.answering.models import Ballot
from diagnostics.surveys.keys import private_key
from diagnostics.surveys.models import Survey

RESPONSES, TEAMS, ROUNDS = 10_000, 100, 2
DONT_KNOW = 0


class PlainResponse(models.Model):
    """One row per response, its answers as bytes in the order of the checklist."""

    group = models.CharField(max_length=16)
    answers = models.BinaryField()

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return self.group


def close(servers: Servers) -> Iterator[Result]:
    """The worker's whole job, on another survey in every round; plainly on the one that is closed last."""
    with connection.schema_editor() as editor:
        editor.create_model(PlainResponse)
    surveys = [answered_survey(RESPONSES, teams=TEAMS) for _ in range(ROUNDS)]
    waiting, last, key = iter(surveys), surveys[-1], private_key(surveys[-1])
    pairs = in_turn(
        timed(lambda: closed(next(waiting))), timed(lambda: close_plainly(last, key)), rounds=ROUNDS, warm=False
    )
    yield Result("close-10000", pairs.times_as_long, at_most(1.5), pairs.times())


def close_plainly(survey: Survey, key: bytes) -> dict[str, np.ndarray]:
    """Group → mean of every statement: open the boxes, insert one row each, read the bytes back, take means."""
    box, keys = SealedBox(PrivateKey(key)), survey.version.statement_keys
    sealed = Ballot.objects.filter(survey=survey).values_list("sealed", flat=True)
    ballots = [json.loads(box.decrypt(bytes(one))) for one in sealed]
    PlainResponse.objects.all().delete()
    PlainResponse.objects.bulk_create(
        PlainResponse(group=one["group"], answers=bytes(one["answers"].get(key, DONT_KNOW) for key in keys))
        for one in ballots
    )
    groups, answers = zip(*PlainResponse.objects.values_list("group", "answers"), strict=True)
    codes = np.frombuffer(b"".join(answers), dtype=np.uint8).reshape(len(groups), len(keys))
    rated = np.where(codes == DONT_KNOW, np.nan, codes)
    return {group: np.nanmean(rated[np.array(groups) == group], axis=0) for group in set(groups)}
