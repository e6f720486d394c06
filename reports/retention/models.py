"""What is noted so that nothing goes unannounced."""

from django.db import models

from diagnostics.surveys.models import Survey


class Going(models.Model):
    """That the owner was told when a survey goes with its report. Nothing goes by its age without such a row."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="going")
    told_at = models.DateTimeField()
    goes_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.survey} goes at {self.goes_at}"
