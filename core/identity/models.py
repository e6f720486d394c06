"""Where the database of this site lies, in its own words: what a copy of it brings along, and is told apart by."""

from django.db import models


class Identity(models.Model):
    """One row, made when the first process of a new site begins."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    place = models.CharField(max_length=100, blank=True)  # as `place_of` finds it; '' since it was restored
    host = models.CharField(max_length=255, blank=True)  # of the address under which people reach it
    since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="a_site_has_one_identity")]

    def __str__(self) -> str:
        return f"{self.host} since {self.since:%Y-%m-%d}"
