"""Files against the library that writes them, on the same content."""

from collections.abc import Callable, Iterator
from unittest import mock

from django.utils import timezone
from weasyprint import HTML

from benchmarks.pairs import in_turn, timed
from benchmarks.results import Result, at_most
from benchmarks.servers import Servers
from benchmarks.surveys import owner
from diagnostics.self_assessments import actions
from reports.documents import pdf
from reports.models import SelfAssessmentResult
from reports.results import read_result

ROUNDS = 5


def files(servers: Servers) -> Iterator[Result]:
    reading = read_result(_self_assessment())
    yield _pdf("pdf-self-assessment", lambda: pdf.self_assessment_pdf(reading))


def _pdf(name: str, write: Callable[[], bytes]) -> Result:
    """From the reading to the bytes, against WeasyPrint that is given the finished HTML and no demands."""
    given = html_of(write)
    pairs = in_turn(timed(write), timed(lambda: HTML(**given).write_pdf()), rounds=ROUNDS)
    return Result(name, pairs.times_as_long, at_most(2), pairs.times())


def html_of(write: Callable[[], bytes]) -> dict:
    """What our writer hands to WeasyPrint."""
    with mock.patch.object(pdf, "HTML", wraps=HTML) as handed:
        write()
    return handed.call_args.kwargs


def _self_assessment() -> SelfAssessmentResult:
    spaces = ("self", "team", "organisation", "system")
    draft = actions.start(leader=owner(), primary_space="team", preset="focused", spaces=spaces, now=timezone.now())
    answers = {key: 1 + place % 5 for place, key in enumerate(draft.version.statement_keys)}
    actions.save(self_assessment=draft, answers=answers, comments={}, now=timezone.now())
    actions.submit(self_assessment=draft, now=timezone.now())
    return SelfAssessmentResult.objects.for_reading().get(self_assessment=draft)
