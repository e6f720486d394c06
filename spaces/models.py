"""Who and where: the four spaces, workspaces with their members, the groups that are led, people in them."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.second_steps import second_step_of
from core.ids import public_id
from spaces.folding import folded
from spaces.keeping import LEAST_KEPT, LONGEST_KEPT, USUALLY_KEPT
from spaces.mailboxes import mailbox

INVITATION_LASTS = datetime.timedelta(days=14)
LIST_LASTS = datetime.timedelta(days=1)
IMPORT_LASTS = datetime.timedelta(days=14)  # that it can be taken back


class Space(models.Model):
    """Where a leader leads: Self, Team, Organisation, System, always in this order."""

    key = models.SlugField(max_length=20, primary_key=True)
    order = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=40)
    definition = models.TextField()
    frame = models.TextField()  # stands above the statements
    help = models.CharField(max_length=200, blank=True)  # explains a word of the statements
    pronoun = models.CharField(max_length=20)
    stem = models.CharField(max_length=100)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Workspace(models.Model):
    """One client's closed world. A personal one belongs to a single leader and has no other members."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    name = models.CharField(_("name"), max_length=120, validators=[MinLengthValidator(2)])
    is_personal = models.BooleanField(default=False)
    privacy_notice = models.TextField(_("privacy notice"), blank=True)  # nothing: the usual one, in notices.py
    kept_months = models.PositiveSmallIntegerField(
        default=USUALLY_KEPT, db_default=USUALLY_KEPT
    )  # what surveys leave, after their close
    ends_at = models.DateTimeField(null=True, blank=True)  # its owner deletes it: from then on a worker may
    end_reason = models.CharField(max_length=10, blank=True, db_default="")  # a spaces.keeping.EndReason
    is_ending = models.BooleanField(default=False)  # only inside the transaction that deletes it: see actions/ending.py
    needs_second_step = models.BooleanField(default=False, db_default=False)  # of its members, at sign-in
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_months__gte=LEAST_KEPT, kept_months__lte=LONGEST_KEPT),
                name="results_are_kept_for_a_while_and_not_for_ever",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("spaces:workspace", args=[self.public_id])


class WorkspaceLook(models.Model):
    """What stands above the letters of a workspace. No row: its name, in the colour of this site."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="look")
    colour = models.CharField(max_length=7, blank=True)  # '#0c5160'
    logo = models.BinaryField(default=bytes)  # PNG, drawn anew from what came
    width = models.PositiveSmallIntegerField(default=0)  # of the logo as it is shown, in pixels
    height = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"look of {self.workspace}"


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    CONSULTANT = "consultant", _("Consultant")
    FACILITATOR = "facilitator", _("Facilitator")
    LEADER = "leader", _("Leader")


MANAGERS = (Role.OWNER, Role.CONSULTANT)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def counting(self) -> "MembershipQuerySet":
        """None by which somebody comes in without the second step that the workspace asks of its members."""
        return self.filter(Q(workspace__needs_second_step=False) | second_step_of("user"))


class Membership(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="one_membership_per_person"),
            models.UniqueConstraint(fields=["workspace"], condition=Q(role="owner"), name="one_owner_per_workspace"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} in {self.workspace}"

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    @property
    def can_manage(self) -> bool:
        """People, groups and invitations: theirs to see and to change."""
        return self.role in MANAGERS


class ColleagueInvitationQuerySet(models.QuerySet["ColleagueInvitation"]):
    def open(self, now: datetime.datetime) -> "ColleagueInvitationQuerySet":
        return self.filter(status=ColleagueInvitation.Status.PENDING, created_at__gt=now - INVITATION_LASTS)


class ColleagueInvitation(models.Model):
    """An offer of membership by e-mail; its link is derived when the message is sent, never stored."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="colleague_invitations")
    email = models.EmailField(_("e-mail address"))  # lower case
    role = models.CharField(_("role"), max_length=12, choices=[c for c in Role.choices if c[0] != Role.OWNER])
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ColleagueInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "email"], condition=Q(status="pending"), name="one_pending_invitation_per_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.workspace}: {self.status}"

    @property
    def expires_at(self) -> datetime.datetime:
        return self.created_at + INVITATION_LASTS

    def is_open(self, now: datetime.datetime) -> bool:
        return self.status == self.Status.PENDING and now < self.expires_at


class Group(models.Model):
    """A team, organisation or system that is led. Groups form a tree of any depth; the kind is a label."""

    class Kind(models.TextChoices):
        SYSTEM = "system", _("System")
        ORGANISATION = "organisation", _("Organisation")
        TEAM = "team", _("Team")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="groups")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.TEAM)
    name = models.CharField(_("name"), max_length=120)
    leader = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="leads")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="group_name_once_per_parent"),
            models.UniqueConstraint(
                fields=["workspace", "name"], condition=Q(parent=None), name="group_name_once_at_the_top"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(models.Manager["Person"]):
    def make_many(self, people: Iterable["Person"], *, at_a_time: int) -> list["Person"]:
        """In few statements, with what `save` would fill in."""
        filled = list(people)
        for person in filled:
            person.fill_in()
        return self.bulk_create(filled, batch_size=at_a_time)


class Person(models.Model):
    """Somebody known to a workspace, in at most one group; need not have an account."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))  # lower case
    mailbox = models.EmailField(editable=False)  # the address without its +tag
    language = models.CharField(_("language"), max_length=10, default="en-gb")  # of messages to them
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    sought = models.TextField(default="", editable=False)  # name and address, as they are looked for and ordered

    objects = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "mailbox"], name="one_person_per_mailbox")]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_in()
        super().save(*args, **kwargs)

    def fill_in(self) -> None:
        """What follows from name and address."""
        self.mailbox = mailbox(self.email)
        self.sought = folded(f"{self.name} {self.email}")


class PeopleImport(models.Model):
    """A list that came in, with what it takes to take it back: for a fortnight."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    undo = models.JSONField(default=dict)  # see spaces.importing.actions.remembering; empty once it is taken back
    counts = models.JSONField(default=dict)  # of added, changed, removed, groups and leaders
    taken_back_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"import {self.public_id}"


class ListShape(models.Model):
    """What the columns under a heading were taken for in this workspace: for the next list from the same system."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="list_shapes")
    mark = models.CharField(max_length=64)  # of the heading
    fields = models.JSONField(default=dict)  # column → field, or nothing where it is not read

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "mark"], name="one_reading_per_heading")]

    def __str__(self) -> str:
        return f"heading {self.mark[:8]}"


class PeopleListQuerySet(models.QuerySet["PeopleList"]):
    def open(self, now: datetime.datetime) -> "PeopleListQuerySet":
        return self.filter(created_at__gt=now - LIST_LASTS)


class PeopleList(models.Model):
    """A list of people between its check and its import: for the eyes of whoever brought it, and for a day."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="people_lists")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=200, blank=True)  # the name of the file; nothing where it was pasted
    content = models.BinaryField(default=bytes)  # as it came, while it can be read in another way
    reading = models.JSONField(default=dict)  # how it was read, and how else it could be (spaces.importing.kept)
    rows = models.JSONField(default=list)  # each row's number and cells; none once all are imported
    created_at = models.DateTimeField(default=timezone.now)

    objects = PeopleListQuerySet.as_manager()

    def __str__(self) -> str:
        return f"list {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("spaces:import_list", args=[self.workspace.public_id, self.public_id])
