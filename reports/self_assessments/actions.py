"""What is done with results: scoring at submit, asking for files."""

import datetime
from collections.abc import Sequence

import pandas as pd
from django.db import transaction

from core.accounts.models import User
from core.jobs import actions as jobs
from core.jobs.models import Job
from diagnostics.self_assessments.models import SelfAssessment
from reports.files.kinds import FILE_KINDS, job_kind
from reports.frames import answers_frame
from reports.models import Comparison, PublishedSlice, SelfAssessmentResult
from reports.scoring import METHOD, Method, condition_scores, display, level


@transaction.atomic
def score_self_assessment(
    *, self_assessment: SelfAssessment, now: datetime.datetime, method: Method = METHOD
) -> SelfAssessmentResult:
    """Store the scores as displayed, once, beside the method that made them."""
    return SelfAssessmentResult.objects.create(
        self_assessment=self_assessment,
        method_version=method.version,
        parameters=method.parameters(),
        cells=cell_results(self_assessment, method),
        created_at=now,
    )


def cell_results(self_assessment: SelfAssessment, method: Method) -> list[dict]:
    """One dict per cell that was asked, in model order."""
    version = self_assessment.version
    answers = answers_frame([self_assessment.answers], version.statement_keys)
    return [
        {"condition": condition, "space": space, **_cell_result(self_assessment, answers, statements, method)}
        for (condition, space), statements in version.cells.items()
    ]


def _cell_result(
    self_assessment: SelfAssessment, answers: pd.DataFrame, statements: Sequence[str], method: Method
) -> dict:
    scored = condition_scores(answers, statements, method=method)
    score = scored.scores[0]
    return {
        "score": None if score is None else display(score, method=method),
        "level": None if score is None else level(score, method=method),
        "answered": scored.answered[0],
        "asked": scored.asked,
        "dont_know": sum(self_assessment.answers.get(statement) == 0 for statement in statements),
        "reason": scored.reasons[0],
    }


@transaction.atomic
def ask_for_document(*, self_assessment: SelfAssessment, kind: str, by: User | None) -> Job:
    """Have a worker make the file, unless it is made already or under way."""
    return jobs.ask(kind=job_kind(kind), subject=self_assessment.public_id, version=FILE_KINDS[kind].version, by=by)


@transaction.atomic
def ask_for_slice_document(*, one: PublishedSlice, kind: str, by: User) -> Job:
    """The same for a slice of a survey."""
    return jobs.ask(kind=job_kind(kind), subject=one.public_id, version=FILE_KINDS[kind].version, by=by)


@transaction.atomic
def ask_for_comparison_document(*, comparison: Comparison, kind: str, by: User, minutes: int | None = None) -> Job:
    """The same for a comparison; `minutes`: of a kind that has a file for each length."""
    version = FILE_KINDS[kind].versions[minutes]
    return jobs.ask(kind=job_kind(kind), subject=comparison.public_id, version=version, by=by)
