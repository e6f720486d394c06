"""What was said of a survey: sealed editions. Their figures never change; who may see them can."""

import datetime
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.ids import public_id
from diagnostics.surveys.models import Survey, SurveyGroup
from reports.publish.content import SliceContent
from reports.scoring import FIRST_METHOD, METHOD, Method
from spaces.models import Workspace


class Edition(models.Model):
    """A sealed report of a survey: cut-off, slices, threshold, method and figures, as they were at its close."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(default=1)
    method_version = models.CharField(max_length=20)
    parameters = models.JSONField()
    ledger = models.JSONField()  # as `publish_edition` gives it, with cut-off and checklist
    content_hash = models.CharField(max_length=64)  # SHA-256 of the canonical JSON of all slices and the ledger
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="edition_number_once_per_survey")]

    def __str__(self) -> str:
        return f"edition {self.number} of {self.survey}"

    @property
    def cut_off(self) -> datetime.datetime:
        """When the survey closed, in its own time zone."""
        return datetime.datetime.fromisoformat(self.ledger["cut_off"]).astimezone(self.survey.zone)

    @property
    def method(self) -> Method:
        return FIRST_METHOD if self.method_version == FIRST_METHOD.version else METHOD

    @property
    def is_of_first_method(self) -> bool:
        """Whether it keeps the words of method 1.0."""
        return self.method is FIRST_METHOD

    @property
    def judges_groups(self) -> bool:
        """Whether its close judged how groups differ; by method 1.0, whether they can be told apart."""
        return "compared" in self.ledger or "between" in self.ledger


class PublishedSliceQuerySet(models.QuerySet["PublishedSlice"]):
    def light(self) -> "PublishedSliceQuerySet":
        """Without the figures: for lists."""
        return self.select_related("group").defer("content")

    def for_reading(self) -> "PublishedSliceQuerySet":
        """With all that its page says; the version's words are kept in the process (`questionnaire_of`)."""
        whole = self.select_related("group", "edition__survey__workspace", "edition__survey__version")
        return whole.defer("edition__survey__version__content")


class PublishedSlice(models.Model):
    """Everything published about one slice, in displayed values only."""

    class Kind(models.TextChoices):
        TEAM = "team"
        OTHER_GROUPS = "other groups"
        GROUP = "group"

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="slices")
    order = models.PositiveIntegerField()  # tree order
    kind = models.CharField(max_length=12, choices=Kind)
    group = models.ForeignKey(SurveyGroup, on_delete=models.PROTECT, related_name="+")
    n = models.PositiveIntegerField()  # people in the slice's atoms
    content = models.JSONField()  # as `SliceContent` stores it

    objects = PublishedSliceQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "group"], name="slice_once_per_edition_kind_and_group")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.group}"

    @property
    def is_of_its_group(self) -> bool:
        """Everybody of the group who is in an atom, not only those who are counted together."""
        return self.kind != self.Kind.OTHER_GROUPS

    @cached_property
    def figures(self) -> SliceContent:
        """What is published of it. Its rows never change."""
        return SliceContent.from_stored(self.content)


class ChosenSteps(models.Model):
    """What is shown and handed out of one place's next steps, as those who lead the conversation chose it.

    A place without a row shows what is proposed.
    """

    slice = models.ForeignKey(PublishedSlice, on_delete=models.CASCADE, related_name="chosen_steps")
    condition = models.CharField(max_length=20)
    space = models.CharField(max_length=20)
    actions = models.JSONField()  # keys of the model's actions, in the order in which they are offered
    with_questions = models.BooleanField()  # the five that tell causes apart

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slice", "condition", "space"], name="next_steps_chosen_once_per_slice_and_place"
            )
        ]

    def __str__(self) -> str:
        return f"next steps of {self.condition} × {self.space} of {self.slice}"


class PublishedComment(models.Model):
    """A comment as written, at the node of its 10-atom; may be redacted before release."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="comments")
    group = models.ForeignKey(SurveyGroup, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)  # open question key
    order = models.PositiveIntegerField()  # random, by a keyed hash of the text
    text = models.TextField()
    is_redacted = models.BooleanField(default=False)

    class Meta:
        ordering = ["question", "order"]

    def __str__(self) -> str:
        return f"comment on {self.question}"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def standing(self) -> "ReleaseQuerySet":
        return self.filter(taken_back_at__isnull=True)


class Release(models.Model):
    """Makes slices of an edition visible to someone beyond owner and consultant; it can be taken back."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="releases")
    slice = models.ForeignKey(PublishedSlice, null=True, on_delete=models.CASCADE, related_name="+")  # null: all
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    to_leaders = models.BooleanField(default=False)  # each of them sees the groups they lead
    to_respondents = models.BooleanField(default=False)  # the whole survey, through their own link
    with_comments = models.BooleanField(default=False)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    released_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["released_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to__isnull=False, to_leaders=False, to_respondents=False)
                | Q(to__isnull=True, to_leaders=True, to_respondents=False)
                | Q(to__isnull=True, to_leaders=False, to_respondents=True, slice__isnull=True),
                name="release_is_to_somebody_or_to_leaders_or_to_respondents",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} to {self.to or ('leaders' if self.to_leaders else 'respondents')}"


class ReleaseLetters(models.Model):
    """That the readers of a release are written to: asked for once, and sent once."""

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="letters")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    leave_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"letters about {self.release}"


class ReportLink(models.Model):
    """Opens what a release gives to one address, or to all who were asked; of its token only the hash is here."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="links")
    address = models.EmailField(blank=True)  # in lower case; '' for all who were asked
    token_hash = models.CharField(max_length=64, unique=True)
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "address"], name="one_link_per_release_and_address")]

    def __str__(self) -> str:
        return f"link {self.public_id}"


class PurgePermit(models.Model):
    """While a row stands here, in the same transaction, the edition's sealed rows may be deleted."""

    edition_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"permit to purge edition {self.edition_id}"


class GoneReport(models.Model):
    """An address at which a report stood, so that members who come by it are told that it was deleted, and why."""

    public_id = models.CharField(max_length=16, unique=True)  # of the survey, a slice or a comparison
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10)  # a reports.files.purging.PurgeReason
    gone_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.public_id}, gone at {self.gone_at}"
