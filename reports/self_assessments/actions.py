"""What is done with results: scoring at submit, asking for files."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from django.db import transaction

from diagnostics.self_assessments.models import SelfAssessment
from reports.scoring import METHOD, CellKey, Method, condition_scores, display, level
from reports.self_assessments.cells import ResultCell
from reports.self_assessments.models import SelfAssessmentResult


@transaction.atomic
def score_self_assessment(
    *, self_assessment: SelfAssessment, now: datetime.datetime, method: Method = METHOD
) -> SelfAssessmentResult:
    """Store the scores as displayed, once, beside the method that made them."""
    return SelfAssessmentResult.objects.create(
        self_assessment=self_assessment,
        method_version=method.version,
        parameters=method.parameters(),
        cells=[cell.stored() for cell in result_cells(self_assessment, method)],
        created_at=now,
    )


def result_cells(self_assessment: SelfAssessment, method: Method) -> tuple[ResultCell, ...]:
    """The cells that were asked, in model order."""
    version = self_assessment.version
    answers = answers_frame([self_assessment.answers], version.statement_keys)
    return tuple(
        _result_cell(key, self_assessment, answers, statements, method) for key, statements in version.cells.items()
    )


def _result_cell(
    key: CellKey, self_assessment: SelfAssessment, answers: pd.DataFrame, statements: Sequence[str], method: Method
) -> ResultCell:
    scored = condition_scores(answers, statements, method=method)
    score = scored.scores[0]
    return ResultCell(
        *key,
        score=None if score is None else display(score, method=method),
        level=None if score is None else level(score, method=method),
        answered=scored.answered[0],
        asked=scored.asked,
        dont_know=sum(self_assessment.answers.get(statement) == 0 for statement in statements),
        reason=scored.reasons[0],
    )


def answers_frame(answers: Iterable[Mapping[str, int]], statements: Sequence[str]) -> pd.DataFrame:
    """Return one row per respondent, columns = `statements` in their order, values 1–5.

    "Don't know" (stored as 0) and a statement without an answer are both NaN; answers to statements that are not
    in `statements` are left behind.

    >>> answers_frame([{"T1.self": 4, "T2.self": 0}], ["T1.self", "T2.self", "T3.self"]).iloc[0].tolist()
    [4.0, nan, nan]
    """
    rows = [[given.get(statement) or None for statement in statements] for given in answers]
    return pd.DataFrame(rows, columns=list(statements), dtype="float64")
