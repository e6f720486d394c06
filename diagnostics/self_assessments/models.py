"""A leader's own ratings of themselves: named, theirs alone until shared, repeatable, deletable."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils import timezone

from core.accounts.models import User
from core.ids import public_id
from diagnostics.checklists.models import ChecklistVersion
from spaces.models import Space

KEPT_FOR = datetime.timedelta(days=1)  # what was begun without an account


class Rated(models.Model):
    """What somebody is asked about themselves, and what they have given so far."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="+")
    primary_space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)  # statement key → 1…5, or 0 for "don't know"
    comments = models.JSONField(default=dict)  # open question key → text
    matters_most = models.JSONField(default=list)  # at most two condition keys
    turns = models.JSONField(default=dict, db_default={})  # of the pages that saved (diagnostics.questionnaire.turns)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class SelfAssessmentQuerySet(models.QuerySet["SelfAssessment"]):
    def listed(self) -> "SelfAssessmentQuerySet":
        """For lists: with `preset`, `checklist` and `spaces`, without the words of the version."""
        rows = self.select_related("leader", "primary_space").prefetch_related("shares")
        links = ResultLink.objects.standing().filter(self_assessment=OuterRef("pk"))
        return rows.annotate(
            preset=KeyTextTransform("preset", "version__content"),
            checklist=KeyTextTransform("name", "version__content"),
            spaces=KeyTransform("spaces", "version__content"),
            has_links=Exists(links),
            has_replies=Exists(ResultReply.objects.filter(link__self_assessment=OuterRef("pk"))),
        )

    def shared_with(self, user: User) -> "SelfAssessmentQuerySet":
        shares = Share.objects.filter(reader=user).values("self_assessment")
        return self.filter(pk__in=shares, submitted_at__isnull=False)


class SelfAssessment(Rated):
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="self_assessments")

    preset: str  # where `listed` was asked; these three from the content of the version
    checklist: str | None  # the name of a workspace's own
    spaces: list[dict[str, Any]]
    has_links: bool  # whether one opens it now
    has_replies: bool

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(submitted_at__gte=models.F("started_at")),
                name="submitted_after_started",
            )
        ]

    def __str__(self) -> str:
        return f"self-assessment {self.public_id}"

    @property
    def submission(self) -> datetime.datetime:
        """When it was submitted, where it was."""
        if self.submitted_at is None:
            raise ValueError("This self-assessment has not been submitted yet.")
        return self.submitted_at


class Share(models.Model):
    """A self-assessment shown to one named person, until its leader takes it back."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="shares")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    shared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["self_assessment", "reader"], name="shared_once_per_person")]

    def __str__(self) -> str:
        return f"{self.self_assessment} with {self.reader}"


class ResultLinkQuerySet(models.QuerySet["ResultLink"]):
    def standing(self) -> "ResultLinkQuerySet":
        """Those that open something now."""
        return self.filter(ends_at__gt=timezone.now(), token_hash__isnull=False)


class ResultLink(models.Model):
    """Shows a finished self-assessment to whoever holds its address, until it ends.

    Only a hash of the secret in it is stored, and none once its leader has ended it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="links")
    meant_for = models.CharField(max_length=80, blank=True)  # in the leader's words, for the leader alone
    with_answers = models.BooleanField()
    with_comments = models.BooleanField()
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    language = models.CharField(max_length=10)  # in which the leader made it, and is written to
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opened_on = models.DateField(null=True)  # first; later days are noted nowhere

    objects = ResultLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"link {self.public_id}"

    @property
    def is_standing(self) -> bool:
        return self.token_hash is not None and self.ends_at > timezone.now()

    @property
    def last_day(self) -> datetime.date:
        """On which it still works, where nobody ends it before."""
        return timezone.localdate(self.ends_at - datetime.timedelta(seconds=1))


class ResultReply(models.Model):
    """What whoever reads by a link has written to the leader: one for each link."""

    link = models.OneToOneField(ResultLink, on_delete=models.CASCADE, related_name="reply")
    name = models.CharField(max_length=80)
    text = models.TextField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reply by {self.link}"


class UnkeptQuerySet(models.QuerySet["Unkept"]):
    def there(self, now: datetime.datetime) -> "UnkeptQuerySet":
        """Whatever a worker has yet to clear away is gone for everybody."""
        return self.filter(started_at__gt=now - KEPT_FOR)


class Unkept(Rated):
    """A self-assessment begun without an account. Nothing in it says whose it is: it opens in the browser whose session
    names it (`begun`), until it is kept with an account or its day is over."""

    objects = UnkeptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="unkept_by_start")]

    def __str__(self) -> str:
        return f"unkept self-assessment {self.public_id}"

    @property
    def ends_at(self) -> datetime.datetime:
        return self.started_at + KEPT_FOR
