"""What was answered in a survey: unreadable while it is open, gone when it is closed."""

from django.db import models

from diagnostics.surveys.models import SharedLink, Survey


class Draft(models.Model):
    """Saved answers, encrypted with a key derived from the respondent's token; the database alone reads nothing."""

    partitioned_by = "survey_id"

    pk = models.CompositePrimaryKey("survey_id", "tag")
    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="drafts", db_constraint=False, db_index=False
    )
    tag = models.CharField(max_length=64)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "draft"


class Ballot(models.Model):
    """One response, sealed to the survey's public key and padded to one size per survey.

    `tag` names the invitation's one ballot, `mark` the version of its link that handed it in; neither leads anywhere
    without that link.
    """

    partitioned_by = "survey_id"

    pk = models.CompositePrimaryKey("survey_id", "tag")
    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="ballots", db_constraint=False, db_index=False
    )
    tag = models.CharField(max_length=64)
    mark = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "survey"], name="one_ballot_per_version")]

    def __str__(self) -> str:
        return "ballot"


class Decline(models.Model):
    """'I would rather not take part': a tag that the reminding worker finds again, and nobody else."""

    partitioned_by = "survey_id"

    pk = models.CompositePrimaryKey("survey_id", "tag")
    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="declines", db_constraint=False, db_index=False
    )
    tag = models.CharField(max_length=64)

    def __str__(self) -> str:
        return "decline"


class Place(models.Model):
    """That one visit by a shared link has started; which, only its token tells. No time, and keys in no order."""

    tag = models.CharField(max_length=64, primary_key=True)
    link = models.ForeignKey(SharedLink, on_delete=models.CASCADE, related_name="taken_places")

    def __str__(self) -> str:
        return "place"
