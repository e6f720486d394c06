"""The instrument: conditions, indicators, statements, scales, open questions. Loaded from `fixtures/`, never edited."""

from django.db import models

from spaces.models import Space


class LeaderRole(models.Model):
    """Architect, Composer, Coach, Champion: the role a leader takes for a condition."""

    key = models.SlugField(max_length=20, primary_key=True)
    name = models.CharField(max_length=40)
    description = models.TextField()

    def __str__(self) -> str:
        return self.name


class Condition(models.Model):
    """What a leader creates for others: Task, Route, Alignment, Capability, Energy, always in this order."""

    key = models.SlugField(max_length=20, primary_key=True)
    order = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=40)
    role = models.ForeignKey(LeaderRole, on_delete=models.PROTECT, related_name="conditions")
    definition = models.TextField()
    description = models.TextField()
    why_it_matters = models.JSONField()  # three sentences
    reflection_question = models.TextField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    @property
    def letter(self) -> str:
        return self.name[0]


class Example(models.Model):
    """An organisation's story of a condition, retold and unchecked."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="examples")
    order = models.PositiveSmallIntegerField()
    organisation = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering = ["condition", "order"]
        constraints = [models.UniqueConstraint(fields=["condition", "order"], name="example_order_once_per_condition")]

    def __str__(self) -> str:
        return self.organisation


class Indicator(models.Model):
    """One of the seven signs of a condition: T1 … E7."""

    key = models.CharField(max_length=2, primary_key=True)
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="indicators")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    topic = models.CharField(max_length=80)  # completes "This rests on …", in the middle of a sentence
    meaning = models.TextField()
    help = models.CharField(max_length=200, blank=True)  # for whoever rates it, in every wording
    short_form_order = models.PositiveSmallIntegerField(null=True)  # 1 outcome, 2 driver; the pulse keeps the outcome

    class Meta:
        ordering = ["condition__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["condition", "order"], name="indicator_order_once_per_condition")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"


class Statement(models.Model):
    """An indicator worded so that it can be rated in one space, or about how a leader leads others, in one language.

    Each version of the model has its own; those of an earlier one stay, and nothing new is asked with them.
    """

    key = models.CharField(max_length=16)  # "T1.team", "T1.observer"
    model_version = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="statements")
    wording = models.CharField(max_length=20)  # the key of a space, "observer" or "leader"
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")  # where it is filed
    text = models.TextField()
    help = models.CharField(max_length=200, blank=True)  # for this wording alone

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "model_version", "language"], name="statement_once_per_version_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.model_version} ({self.language})"


class LeaderFrame(models.Model):
    """How leaders are asked to think of themselves in their own 360, in one language."""

    language = models.CharField(max_length=10, primary_key=True)
    stem = models.CharField(max_length=100)
    frame = models.TextField()

    def __str__(self) -> str:
        return self.language


class ObserverFrame(models.Model):
    """How an observer is asked to think about a named leader, in one language."""

    language = models.CharField(max_length=10, primary_key=True)
    placeholder = models.CharField(max_length=20)
    stem = models.CharField(max_length=100)
    frame = models.TextField()

    def __str__(self) -> str:
        return self.language


class Scale(models.Model):
    key = models.SlugField(max_length=20, primary_key=True)
    name = models.CharField(max_length=40)
    is_default = models.BooleanField(default=False)
    use_with = models.JSONField()  # space keys, "observer" and "leader"
    prompt = models.CharField(max_length=200)
    points = models.JSONField()  # [{"value": 1, "label": "Strongly disagree"}, …] in order
    not_scored_label = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class OpenQuestion(models.Model):
    key = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="open_questions")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)  # helps, would_help_most
    text = models.TextField()

    class Meta:
        ordering = ["condition__order", "order"]
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="open_question_once_per_language")]

    def __str__(self) -> str:
        return self.key


class Research(models.Model):
    """One line of what informed the model, as its owner lists it."""

    order = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    topic = models.CharField(max_length=200)

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "research"

    def __str__(self) -> str:
        return self.name
