"""Writing down who was asked and which addresses were corrected, and forgetting it after 24 months."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from core.audit.models import Entry
from core.jobs.actions import ask
from diagnostics.surveys.audience.tree import Node, leaves
from diagnostics.surveys.history.comparing import hashed, packed
from diagnostics.surveys.history.models import KEPT, AddressChange, AskedLeaf
from diagnostics.surveys.history.resemblance import asked_in
from diagnostics.surveys.job_names import FORGET_LISTS
from diagnostics.surveys.models import Participant, Survey, SurveyGroup

AT_ONCE = 500  # rows in one statement


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
    remember_changes_of_lists([group])


def remember_changes_of_lists(groups: Sequence[SurveyGroup]) -> None:
    """The same for several groups of one survey, in as many questions as for one."""
    launched = AskedLeaf.objects.filter(group__in=groups, is_changed=False)  # none, where that was 24 months ago
    before = {row.group_id: row for row in AskedLeaf.objects.filter(group__in=groups, is_changed=True)}
    people = Participant.objects.filter(group__in=groups, is_removed=False).values_list("group", "mailbox")
    boxes: dict[int, list[str]] = defaultdict(list)
    for group, mailbox in people:
        boxes[group].append(mailbox)
    rows = []
    for then in launched.select_related("survey__workspace"):
        hashes = hashed(boxes[then.group_id], then.survey.workspace.public_id)
        row = before.get(then.group_id) or AskedLeaf(survey=then.survey, group_id=then.group_id, is_changed=True)
        row.sources, row.size, row.mailboxes = then.sources, len(hashes), packed(hashes)
        rows.append(row)
    AskedLeaf.objects.bulk_create([row for row in rows if row.pk is None], batch_size=AT_ONCE)
    known = [row for row in rows if row.pk is not None]
    AskedLeaf.objects.bulk_update(known, ["sources", "size", "mailboxes"], batch_size=AT_ONCE)


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
