"""What was last said of how many have answered, while a survey is open."""

from django.db import models

from diagnostics.surveys.models import Survey


class DailyCount(models.Model):
    """Steps only; the numbers behind them are stored nowhere."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="daily_count")
    counted_at = models.DateTimeField()
    groups = models.JSONField(default=dict)  # public id of a leaf → its step; null: fewer than k
    total = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"count of {self.survey}"
