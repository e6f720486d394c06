"""What a workspace keeps of its surveys for 24 months: who was asked, as hashes, and which addresses were corrected."""

import datetime

from django.db import models

from core.audit.models import Entry
from diagnostics.surveys.models import Survey, SurveyGroup

KEPT = datetime.timedelta(days=730)


class AskedLeaf(models.Model):
    """Who was asked in one leaf group. It says nothing of who answered.

    There is one row as launched, and a second one where people were added, removed or corrected since.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="asked_leaves")
    group = models.ForeignKey(SurveyGroup, on_delete=models.CASCADE, related_name="+")
    is_changed = models.BooleanField(default=False)
    sources = models.JSONField(default=list)  # public ids of the workspace's groups that stand behind it
    size = models.PositiveIntegerField()  # people asked; by shared link, as many as it is said to reach
    mailboxes = models.BinaryField(default=b"")  # keyed hashes in their own order; by shared link, none

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "is_changed"], name="asked_leaf_once_in_each_state")]

    def __str__(self) -> str:
        return f"{self.size} asked in group {self.group_id}"


class AddressChange(models.Model):
    """The old and the new address of somebody whose link was sent elsewhere, for the eyes of owners only.

    The audit log holds no addresses and never changes. These stand beside it and go: with the survey, or in time.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="address_changes")
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="address_change")
    old = models.EmailField()
    new = models.EmailField()

    def __str__(self) -> str:
        return f"address change of entry {self.entry_id}"
