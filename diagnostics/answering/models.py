"""What was answered in a survey: unreadable while it is open, gone when it is closed."""

from django.db import models

from diagnostics.surveys.models import Survey


class Draft(models.Model):
    """Saved answers, encrypted with a key derived from the respondent's token; the database alone reads nothing."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="drafts")
    tag = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "tag"], name="one_draft_per_token")]

    def __str__(self) -> str:
        return "draft"


class Ballot(models.Model):
    """One response, sealed to the survey's public key and padded to one size per survey."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="ballots")
    tag = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "tag"], name="one_ballot_per_token")]

    def __str__(self) -> str:
        return "ballot"
