"""Results of self-assessments, as displayed and stored."""

from functools import cached_property

from django.db import models

from diagnostics.self_assessments.models import SelfAssessment
from reports.self_assessments.cells import ResultCell, cells_from_stored


class ResultQuerySet(models.QuerySet["SelfAssessmentResult"]):
    def for_reading(self) -> "ResultQuerySet":
        return self.select_related("self_assessment__leader", "self_assessment__version")


class SelfAssessmentResult(models.Model):
    """The scores of one self-assessment, computed at submit by a named method and stored as displayed."""

    self_assessment = models.OneToOneField(SelfAssessment, on_delete=models.CASCADE, related_name="result")
    method_version = models.CharField(max_length=20)
    parameters = models.JSONField()  # every parameter of the method, as it was
    cells = models.JSONField()  # in model order, as `ResultCell` stores them
    created_at = models.DateTimeField()

    objects = ResultQuerySet.as_manager()

    def __str__(self) -> str:
        return f"result of {self.self_assessment}"

    @cached_property
    def scores(self) -> tuple[ResultCell, ...]:
        """Its cells, in model order."""
        return cells_from_stored(self.cells)
