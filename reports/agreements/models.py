"""What was agreed, line by line: on one group's report or on a comparison. It goes with its edition."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.ids import public_id
from reports.comparisons.models import Comparison
from reports.editions.models import Edition, PublishedSlice

MOST = 10  # lines of one conversation
LONGEST_WHAT, LONGEST_WHO = 300, 120  # characters


class Agreement(models.Model):
    """One line: something to do, who begins, and the day on which it is looked at again."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="agreements")
    slice = models.ForeignKey(PublishedSlice, null=True, on_delete=models.CASCADE, related_name="agreements")
    comparison = models.ForeignKey(Comparison, null=True, on_delete=models.CASCADE, related_name="agreements")
    what = models.CharField(max_length=LONGEST_WHAT)
    who = models.CharField(max_length=LONGEST_WHO, blank=True)
    by_day = models.DateField(null=True)
    order = models.PositiveSmallIntegerField()  # as they were written down
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()  # for the last time

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slice__isnull=False, comparison__isnull=True)
                | Q(slice__isnull=True, comparison__isnull=False),
                name="agreement_is_on_one_subject",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="agreement_says_what"),
        ]

    def __str__(self) -> str:
        return f"agreement {self.public_id} of {self.edition}"
