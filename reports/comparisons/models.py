"""A chosen set of groups of one edition, to be read and carried away together."""

from django.conf import settings
from django.db import models

from core.ids import public_id
from reports.editions.models import Edition, PublishedSlice


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def for_reading(self) -> "ComparisonQuerySet":
        """With all that its page says; the version's words are kept in the process (`questionnaire_of`)."""
        whole = self.select_related("edition__survey__workspace", "edition__survey__version")
        return whole.defer("edition__survey__version__content")


class Comparison(models.Model):
    """Its groups never change: another choice, or another name of it, is another comparison."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="comparisons")
    groups = models.JSONField()  # in survey order: [{"name": "" or of a grouping, "slices": [public ids]}]
    is_against_others = models.BooleanField()  # each against everybody else: for readers of the whole edition
    choice = models.CharField(max_length=64)  # SHA-256 of the canonical JSON of `groups`
    name = models.CharField(max_length=80, blank=True)  # given by whoever made it
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "is_against_others", "choice", "name"], name="one_comparison_per_choice_and_name"
            )
        ]

    def __str__(self) -> str:
        return f"{len(self.groups)} groups of {self.edition}"

    @property
    def slice_ids(self) -> set[str]:
        return {one for group in self.groups for one in group["slices"]}

    def shows(self, one: PublishedSlice) -> bool:
        """Whether figures of this slice of the edition stand in it, alone or among everybody else."""
        return self.is_against_others or one.public_id in self.slice_ids
