"""Results of which nothing is stored: of what was begun without an account, and of the sample."""

from diagnostics.self_assessments.models import Rated, SelfAssessment
from reports.readings.self_assessment.result import Reading, read_result
from reports.scoring import METHOD
from reports.self_assessments.actions import result_cells
from reports.self_assessments.models import SelfAssessmentResult

GIVEN = (
    "public_id",
    "version",
    "primary_space_id",
    "answers",
    "comments",
    "matters_most",
    "started_at",
    "submitted_at",
)


def read_unkept(rated: Rated) -> Reading:
    """As its leader will read it once it is kept: by the same method, in the same words."""
    own = SelfAssessment(**{name: getattr(rated, name) for name in GIVEN})
    cells = [cell.stored() for cell in result_cells(own, METHOD)]
    made = {"method_version": METHOD.version, "parameters": METHOD.parameters(), "created_at": own.submitted_at}
    return read_result(SelfAssessmentResult(self_assessment=own, cells=cells, **made))
