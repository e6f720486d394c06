"""Writing down who was asked and which addresses were corrected, and forgetting it after 24 months."""

import datetime

from core.audit.models import Entry
from core.jobs.actions import ask
from diagnostics.surveys.audience.tree import Node, leaves
from diagnostics.surveys.history.comparing import hashed, packed
from diagnostics.surveys.history.models import KEPT, AddressChange, AskedLeaf
from diagnostics.surveys.history.resemblance import asked_in
from diagnostics.surveys.job_names import FORGET_LISTS
from diagnostics.surveys.models import Survey, SurveyGroup


def remember_lists(survey: Survey, nodes: list[Node], *, now: datetime.datetime) -> None:
    """Of a launch, once its groups are copied. They stand in the order of `nodes`."""
    groups = dict(survey.groups.values_list("order", "pk"))
    places = {node.key: place for place, node in enumerate(nodes)}
    rows = [_row(leaf, survey, groups[places[leaf.key]]) for leaf in leaves(nodes)]
    AskedLeaf.objects.bulk_create(rows)
    ask_to_forget(survey, now=now)


def _row(leaf: Node, survey: Survey, group: int) -> AskedLeaf:
    asked = asked_in(leaf, survey)
    return AskedLeaf(
        survey=survey,
        group_id=group,
        sources=sorted(asked.sources),
        size=asked.size,
        mailboxes=packed(asked.mailboxes),
    )


def remember_change_of_list(group: SurveyGroup) -> None:
    """Somebody was added, removed or given another address: the list as it is now, beside the one of the launch.

    Both are compared with later ones, so that a change of the list between two launches hides nobody.
    """
    launched = AskedLeaf.objects.filter(group=group, is_changed=False).first()
    if launched is None:  # launched more than 24 months ago
        return
    people = group.participants.filter(is_removed=False).values_list("mailbox", flat=True)
    hashes = hashed(people, group.survey.workspace.public_id)
    present = {"sources": launched.sources, "size": len(hashes), "mailboxes": packed(hashes)}
    AskedLeaf.objects.update_or_create(survey=group.survey, group=group, is_changed=True, defaults=present)


def remember_change(*, survey: Survey, entry: Entry, old: str, new: str) -> None:
    """The addresses of the audit line `entry`; for owners, and for 24 months."""
    AddressChange.objects.create(survey=survey, entry=entry, old=old, new=new)
    ask_to_forget(survey, now=entry.at)


def ask_to_forget(survey: Survey, *, now: datetime.datetime) -> None:
    """What is written down now goes when its time is over."""
    due = (now + KEPT).astimezone(datetime.UTC)
    ask(kind=FORGET_LISTS, subject=survey.public_id, version=due.isoformat(), not_before=due)


def forget(survey: Survey, *, now: datetime.datetime) -> None:
    """Whatever of this survey is 24 months old; a second time changes nothing."""
    AskedLeaf.objects.filter(survey=survey, survey__launched_at__lte=now - KEPT).delete()
    AddressChange.objects.filter(survey=survey, entry__at__lte=now - KEPT).delete()
