"""How much was done within the time of a limit. Nothing is counted of what respondents do, but a wrong code."""

from django.db import models


class Spent(models.Model):
    """By one holder: a person or a workspace by number, somebody without an account by a hash of their address."""

    quota = models.CharField(max_length=20)
    holder = models.CharField(max_length=50)
    amount = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField()  # when it begins anew

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quota", "holder"], name="one_count_per_quota_and_holder")]
        indexes = [models.Index(fields=["ends_at"], name="quotas_ended")]

    def __str__(self) -> str:
        return f"{self.quota} of {self.holder}: {self.amount}"
