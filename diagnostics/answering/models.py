"""What was answered in a survey: unreadable while it is open, by nobody in particular after it is closed."""

from django.db import models

from diagnostics.surveys.models import SharedLink, Survey


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


class KeptCell(models.Model):
    """The answers of one atom to one cell, shuffled by themselves: no key leads from one cell to another."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="kept_cells")
    atom = models.CharField(max_length=80)  # "team:<group public id>" or "other groups:<group public id>"
    condition = models.CharField(max_length=20)
    space = models.CharField(max_length=20)
    statements = models.JSONField()  # statement keys: the columns
    answers = models.BinaryField()  # one byte an answer (1…5, 0 don't know, 255 blank), row by row

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "atom", "condition", "space"], name="kept_cell_once_per_atom")
        ]

    def __str__(self) -> str:
        return f"{self.condition} in {self.space} of {self.atom}"


class KeptPicks(models.Model):
    """What matters most to the people of one atom: the chosen pairs, shuffled by themselves."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="kept_picks")
    atom = models.CharField(max_length=80)
    picks = models.JSONField()  # [[condition, condition], …]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "atom"], name="kept_picks_once_per_atom")]

    def __str__(self) -> str:
        return f"picks of {self.atom}"


class Place(models.Model):
    """That one visit by a shared link has started; which, only its token tells. No time, and keys in no order."""

    tag = models.CharField(max_length=64, primary_key=True)
    link = models.ForeignKey(SharedLink, on_delete=models.CASCADE, related_name="taken_places")

    def __str__(self) -> str:
        return "place"
