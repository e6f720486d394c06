"""The files made of what the answers mean: rows, each with its hash."""

from typing import cast

from django.db import models
from django.db.models import Q

from core.ids import public_id
from diagnostics.self_assessments.models import SelfAssessment
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice


class Document(models.Model):
    """A file made by a worker at its first request, kept with its hash and streamed through access checks."""

    class Kind(models.TextChoices):
        FIGURE = "figure", "Plotly figure (JSON)"
        READERS_FIGURE = "readers_figure", "Plotly figure (JSON), in words for other readers"
        PDF = "pdf", "PDF"
        PDF_ANSWERS = "pdf_answers", "PDF, with the answers"
        PNG = "png", "PNG"
        SVG = "svg", "SVG"
        SLICE_FIGURE = "slice_figure", "Plotly figure (JSON) of a published slice"
        SLICE_PDF = "slice_pdf", "PDF of a group"
        SLICE_SLIDES = "slice_slides", "Slides of a group"
        SLICE_PDF_COMMENTS = "slice_pdf_comments", "PDF of a group, with comments"
        SLICE_DECK_COMMENTS = "slice_deck_comments", "Slides of a group, with comments"
        SLICE_WORKBOOK = "slice_workbook", "Workbook of a group"
        SLICE_CSV = "slice_csv", "CSV of a group"
        SLICE_AGREED = "slice_agreed", "PDF of what was agreed on a group"
        SLICE_PNG = "slice_png", "PNG of a group"
        SLICE_SVG = "slice_svg", "SVG of a group"
        SLICE_PACK = "slice_pack", "Everything for the room, of a group (ZIP)"
        COMPARISON_PDF = "comparison_pdf", "PDF of a comparison"
        COMPARISON_SLIDES = "comparison_slides", "Slides of a comparison"
        COMPARISON_WORKBOOK = "comparison_workbook", "Workbook of a comparison"
        COMPARISON_CSV = "comparison_csv", "CSV of a comparison"
        COMPARISON_AGREED = "comparison_agreed", "PDF of what was agreed on a comparison"
        COMPARISON_PACK = "comparison_pack", "Everything for the room (ZIP)"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    self_assessment = models.ForeignKey(SelfAssessment, null=True, on_delete=models.CASCADE, related_name="documents")
    slice = models.ForeignKey(PublishedSlice, null=True, on_delete=models.CASCADE, related_name="documents")
    comparison = models.ForeignKey(Comparison, null=True, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind)
    version = models.CharField(max_length=20)  # of the writer: a new one makes the file again
    file = models.FileField(max_length=200)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["self_assessment", "kind", "version"], name="one_document_per_kind_and_version"
            ),
            models.UniqueConstraint(
                fields=["slice", "kind", "version"], name="one_document_per_slice_kind_and_version"
            ),
            models.UniqueConstraint(
                fields=["comparison", "kind", "version"], name="one_document_per_comparison_kind_and_version"
            ),
            models.CheckConstraint(
                condition=Q(self_assessment__isnull=False, slice__isnull=True, comparison__isnull=True)
                | Q(self_assessment__isnull=True, slice__isnull=False, comparison__isnull=True)
                | Q(self_assessment__isnull=True, slice__isnull=True, comparison__isnull=False),
                name="document_is_of_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.of}"

    @property
    def of(self) -> SelfAssessment | PublishedSlice | Comparison:
        return cast(
            "SelfAssessment | PublishedSlice | Comparison", self.self_assessment or self.slice or self.comparison
        )  # one, by a constraint

    @property
    def path(self) -> str:
        """Where the storage keeps it."""
        return self.file.name or ""
