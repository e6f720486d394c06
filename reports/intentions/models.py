"""What a leader means to do after a self-assessment, theirs alone, and when they asked to be reminded."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ids import public_id
from diagnostics.self_assessments.models import SelfAssessment


class IntentionQuerySet(models.QuerySet["Intention"]):
    def open(self) -> "IntentionQuerySet":
        return self.filter(outcome="")


class Intention(models.Model):
    """One small thing for one place of the map, in its leader's own words, until a day."""

    class Outcome(models.TextChoices):
        DONE = "done", _("I did it")
        PARTLY = "partly", _("I did some of it")
        NOT_DONE = "not_done", _("I did not do it")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="intentions")
    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="intentions")
    condition = models.CharField(max_length=20)
    space = models.CharField(max_length=20)
    action = models.CharField(max_length=50, blank=True)  # the one of the guide that it began from
    words = models.TextField()
    day = models.DateField()  # on which they want to have done it
    wants_reminder = models.BooleanField()
    language = models.CharField(max_length=10)  # in which they are reminded
    reminded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)  # '' while it is open
    looking_back = models.TextField(blank=True)  # what they saw
    ended_at = models.DateTimeField(null=True)

    objects = IntentionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="intention_ends_with_an_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"intention {self.public_id}"

    @property
    def is_open(self) -> bool:
        return not self.outcome


class NextTime(models.Model):
    """A leader asked to be reminded to take the self-assessment again."""

    self_assessment = models.OneToOneField(SelfAssessment, on_delete=models.CASCADE, related_name="next_time")
    day = models.DateField()
    language = models.CharField(max_length=10)
    reminded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"after {self.self_assessment}"
