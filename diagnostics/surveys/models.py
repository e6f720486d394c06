"""One run of a published checklist: who is asked, about what, between which dates, under which rule.

What protects respondents (k, who sees what, who made the list) is locked by the database once the survey is launched.
The groups, the people and where they belong are copied into the survey then.
"""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ids import public_id
from core.post.models import Message
from core.zones import Zone
from diagnostics.checklists.models import ChecklistVersion
from spaces.models import Group, Space, Workspace

K_PERSONAL = 5
K_SHARED = 10
UNCOUNTED = Q(is_group_leader=True) | Q(is_late=True)  # of participants, as `Participant.counts` says


class Survey(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PLANNED = "planned", _("Planned")  # launched, to open at its moment; nobody has been written to
        LAUNCHING = "launching", _("Being launched")  # a worker makes keys and links
        OPEN = "open", _("Open")
        STOPPED = "stopped", _("Closing")  # no more answers; a worker makes the report
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    class Entry(models.TextChoices):
        PERSONAL = "personal", _("Personal invitations")
        SHARED = "shared", _("Shared links, one per group")

    class CommentsAt(models.TextChoices):
        GROUPS = "groups", _("With the group, from ten answers")
        WHOLE = "whole", _("Only for the whole survey, from ten answers")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="surveys")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)

    # Purpose and dates
    title = models.CharField(_("name of the survey"), max_length=120)
    purpose = models.TextField(_("why you are asking"), blank=True)
    asked_by = models.CharField(_("who asks"), max_length=150, blank=True)
    contact = models.CharField(_("whom respondents can ask"), max_length=150, blank=True)
    opens_at = models.DateTimeField(_("start"), null=True)  # None: as soon as it is launched
    closes_at = models.DateTimeField(_("closing date"), null=True)
    working_days_only = models.BooleanField(default=False)  # when letters may leave: see `hours`
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/London")

    # Questions and people
    preset = models.CharField(max_length=20, default="focused")  # OWN where `own_version` is asked
    own_version = models.ForeignKey(ChecklistVersion, null=True, on_delete=models.PROTECT, related_name="surveys")
    primary_space = models.ForeignKey(Space, null=True, on_delete=models.PROTECT, related_name="+")
    spaces_asked = models.JSONField(default=list)  # space keys in model order
    version = models.ForeignKey(ChecklistVersion, null=True, on_delete=models.PROTECT, related_name="+")
    languages = models.CharField(
        max_length=100, default="en-gb"
    )  # codes with spaces between, the first where none fits
    audience = models.ManyToManyField(Group, related_name="+", blank=True)  # chosen groups with all below them
    entry = models.CharField(max_length=10, choices=Entry, default=Entry.PERSONAL)
    sizes = models.JSONField(default=dict)  # of groups entered by shared link: public id of the group → people
    joined = models.JSONField(default=list)  # groups asked as one: [{"name": …, "groups": [public ids]}]
    list_made_by = models.CharField(_("who made the list"), max_length=150, blank=True)

    # Messages
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_from_nobody = models.BooleanField(default=False)  # then the workspace's name stands there, and no reply arrives
    invitation_subject = models.CharField(max_length=150, blank=True)
    invitation_text = models.TextField(blank=True)
    reminder_subject = models.CharField(max_length=150, blank=True)
    reminder_text = models.TextField(blank=True)
    words = models.JSONField(default=dict)  # language → field → what consultants wrote in it, of what (`words`)
    reminder_days = models.JSONField(default=list)  # ISO dates, in the survey's time zone
    proposed_reminders = models.JSONField(default=dict)  # kind → day: those that move with the dates (`proposals`)
    reminder_times = models.JSONField(default=dict)  # ISO date → '14:12', where somebody reminded at once
    reminder_words = models.JSONField(default=dict)  # as `words`, of reminders that were written anew while it is open
    typed = models.JSONField(default=dict)  # step of the draft → what was typed there and could not be kept otherwise

    # Protection, locked at launch
    k = models.PositiveSmallIntegerField(default=K_PERSONAL)
    comments_at = models.CharField(max_length=10, choices=CommentsAt, default=CommentsAt.GROUPS)
    releases_to_respondents = models.BooleanField(default=False)  # by itself, at close
    is_in_room = models.BooleanField(default=False)  # of people in one room, who see the result together: see room/
    kept_months = models.PositiveSmallIntegerField(null=True)  # after the close, as respondents were told (keeping.py)
    public_key = models.BinaryField(null=True)  # ballots are sealed to it
    ballot_size = models.PositiveIntegerField(null=True)  # bytes of every sealed payload
    links_ended = models.PositiveIntegerField(default=0, db_default=0)  # how many times a link stopped being good

    created_at = models.DateTimeField(auto_now_add=True)
    launched_at = models.DateTimeField(null=True)
    extended_from = models.DateTimeField(null=True)  # the closing date before the last extension
    stopped_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry="personal", k__gte=K_PERSONAL) | Q(entry="shared", k__gte=K_SHARED),
                name="survey_k_is_never_below_its_minimum",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "planned", "launching", "cancelled"])
                | Q(
                    public_key__isnull=False, version__isnull=False, launched_at__isnull=False, closes_at__isnull=False
                ),
                name="open_survey_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_personal(self) -> bool:
        return self.entry == self.Entry.PERSONAL

    @property
    def zone(self) -> Zone:
        return Zone(self.time_zone)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The codes of the languages that respondents may choose between."""
        return tuple(self.languages.split())

    @property
    def closing_moment(self) -> datetime.datetime:
        """The closing date where there must be one: of every survey that was launched."""
        if self.closes_at is None:
            raise ValueError("This survey has no closing date yet.")
        return self.closes_at

    @property
    def began_at(self) -> datetime.datetime | None:
        """When a survey that was launched opened, or will."""
        begins = self.opens_at or self.launched_at
        never_began = begins is not None and self.stopped_at is not None and self.stopped_at < begins
        return self.launched_at if never_began else begins

    @property
    def asked_version(self) -> ChecklistVersion:
        """What is asked where there must be something: of every survey that was launched."""
        if self.version is None:
            raise ValueError("This survey has no questions yet.")
        return self.version

    @property
    def least_k(self) -> int:
        return K_PERSONAL if self.is_personal else K_SHARED


class KeptLetters(models.Model):
    """An invitation and its reminder, kept for the surveys to come of a workspace."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="kept_letters")
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=10, default="en-gb")
    invitation_subject = models.CharField(max_length=150)
    invitation_text = models.TextField()
    reminder_subject = models.CharField(max_length=150)
    reminder_text = models.TextField()
    is_default = models.BooleanField(default=False)  # new surveys begin with it, in its language

    class Meta:
        ordering = ["name", "language"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name", "language"], name="kept_letters_once_per_language"),
            models.UniqueConstraint(
                fields=["workspace", "language"], condition=Q(is_default=True), name="one_default_per_language"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SurveyGroup(models.Model):
    """A group as it was at launch. Leaves hold the participants; people at an inner group get an implied leaf."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="groups")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    order = models.PositiveIntegerField()  # in tree order, parents first
    kind = models.CharField(max_length=12, choices=Group.Kind)
    name = models.CharField(max_length=160)
    is_implied = models.BooleanField(default=False)
    leader_email = models.EmailField(blank=True)  # whose report this group's is, once released
    is_words_only = models.BooleanField(default=False)  # below 30: nearly the same people were asked lately

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["survey", "order"], name="survey_group_order_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def counted(self) -> int | None:
        """How many people are asked in this leaf group who count towards k; None where nobody said so."""
        return self._people.exclude(UNCOUNTED).count() if self.survey.is_personal else self.shared_link.invited_count

    @property
    def uncounted(self) -> int:
        """How many are asked beside them: leaders, and people added after the launch."""
        return self._people.filter(UNCOUNTED).count()

    @property
    def _people(self) -> "models.QuerySet[Participant]":
        return self.participants.filter(is_removed=False)


class Participant(models.Model):
    """A person asked to take part in one survey: one mailbox, one leaf group, one invitation.

    Whoever was moved is still counted where the launch had placed them (`moved_from`), for what was handed in by the
    link of that time: no count falls, whoever is moved.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="participants")
    group = models.ForeignKey(SurveyGroup, on_delete=models.PROTECT, related_name="participants")
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    mailbox = models.CharField(max_length=254)  # the address folded: case and +tags away; kept, so that it answers once
    language = models.CharField(max_length=10, default="en-gb")
    is_group_leader = models.BooleanField(default=False)  # joins atoms, does not count towards k
    is_late = models.BooleanField(default=False)  # added after launch, or moved since: the same
    is_away = models.BooleanField(default=False)  # asked as before, but gets no reminder
    moved_from = models.ForeignKey(SurveyGroup, null=True, on_delete=models.PROTECT, related_name="+")
    moved_version = models.PositiveSmallIntegerField(null=True)  # of their link: from it on they answer elsewhere
    is_removed = models.BooleanField(default=False)  # name and address are gone; an answer already given stays

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "mailbox"], name="one_participant_per_mailbox")]

    def __str__(self) -> str:
        return self.name

    @property
    def counts(self) -> bool:
        return not (self.is_group_leader or self.is_late)


class Invitation(models.Model):
    """The personal link of one participant. Only the hash of its token is stored, and no time of anything.

    Nothing here says whether somebody has answered: that is worked out by workers, from keys that the database lacks.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="invitation")
    version = models.PositiveSmallIntegerField(default=1)  # raised whenever the link is sent anew
    address_version = models.PositiveSmallIntegerField(default=1, null=True)  # the first that went to this address
    short_version = models.PositiveSmallIntegerField(null=True)  # the last one made before versions were told apart
    sent_anew_on = models.DateField(null=True)  # the present version; None for the first
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # SHA-256, written by the launching worker
    has_bounced = models.BooleanField(default=False)  # the invitation; of reminders nothing is noted

    came_back: Message | None = None  # the letter of the present link, where a page has looked (letters.returned)

    def __str__(self) -> str:
        return f"invitation {self.public_id}"


class Reminding(models.Model):
    """How far the reminders of one day are, while a worker sends them: up to whose turn, in an order of its own."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    day = models.CharField(max_length=10)
    turn = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "day"], name="reminders_of_a_day_once")]

    def __str__(self) -> str:
        return f"reminders of {self.day}"


class LinkRequest(models.Model):
    """That somebody asks for their link again, until a worker has seen to it. Who, no copy of the database tells."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    survey = models.ForeignKey(Survey, null=True, on_delete=models.CASCADE, related_name="+")  # None: all open ones
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "request for a link"


class SharedLink(models.Model):
    """One link for everybody of one leaf group; it admits, it identifies nobody."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="shared_links")
    group = models.OneToOneField(SurveyGroup, on_delete=models.CASCADE, related_name="shared_link")
    token = models.CharField(max_length=43, unique=True)
    code = models.CharField(max_length=8, null=True, unique=True)  # in a room: what is typed instead (surveys/codes.py)
    invited_count = models.PositiveIntegerField(null=True)  # how many people the consultant says it reaches

    def __str__(self) -> str:
        return f"shared link of {self.group}"

    @property
    def place_count(self) -> int | None:
        """How many may start by it: in a room as many as are there, else a tenth more. None: nobody said how many."""
        if self.invited_count is None or self.survey.is_in_room:
            return self.invited_count
        return self.invited_count + -(-self.invited_count // 10)
