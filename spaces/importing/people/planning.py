"""From rows to a plan, against what the workspace holds now. Two queries, whatever the length of the list."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.words import thousands
from spaces.importing.people import remarks, updating
from spaces.importing.people.columns import NOTHING_CHOSEN, Chosen, columns_of
from spaces.importing.people.entries import Entry, entry_of, faults_in
from spaces.importing.people.languages import language_code
from spaces.importing.people.leading import Leading
from spaces.importing.people.paths import Atlas, Destination, Key
from spaces.importing.people.plan import Arrival, Fault, Plan
from spaces.importing.people.reporting import in_teams_of_managers
from spaces.importing.table.rows import Row
from spaces.models import Person, Workspace
from spaces.tree import branches

MOST_NEW_GROUPS = 1_000


def plan_for(rows: Sequence[Row], workspace: Workspace, chosen: Chosen = NOTHING_CHOSEN) -> Plan:
    """Raises a ValidationError where no column holds addresses. While nobody said which of them does, none arrives."""
    columns = columns_of(rows, chosen)
    planner = Planner(workspace)
    entries = [entry_of(row, columns) for row in columns.below(rows)]
    by_managers = chosen.by_managers and columns.may_go_by_managers
    if by_managers:
        entries = in_teams_of_managers(entries)
    if columns.email is not None:
        for entry in entries:
            planner.take(entry)
    arrivals = planner.arrivals
    new_groups = tuple(planner.new_groups.values())
    additions = tuple(arrival for arrival in arrivals if not arrival.person)
    gone = updating.gone(planner.people.values(), arrivals)
    leading = Leading(arrivals, planner.people)
    leads = tuple(leading.leads())
    return Plan(
        columns=columns,
        additions=additions,
        changes=tuple(arrival for arrival in arrivals if arrival.is_change),
        same=tuple(arrival for arrival in arrivals if arrival.person and not arrival.is_change),
        faults=tuple(planner.faults),
        entries=tuple(entries),
        new_groups=new_groups,
        readdressed=updating.readdressed(gone, additions),
        gone=tuple(person for person in gone if person.mailbox not in leading.named),
        leads=leads,
        remarks=(
            *remarks.on_reading(columns, entries),
            *remarks.on(arrivals, new_groups, planner.tree),
            *leading.remarks,
        ),
        by_managers=by_managers,
    )


class Planner:
    """Takes one entry after the other and remembers what later ones must be compared with."""

    def __init__(self, workspace: Workspace) -> None:
        self.tree = branches(workspace.groups.all())
        self.atlas = Atlas(self.tree)
        self.branches = {branch.group.pk: branch for branch in self.tree}
        people = workspace.people.select_related("group")
        self.people: dict[str, Person] = {person.mailbox: person for person in people}
        self.seen: dict[str, str] = {}  # mailbox → the place of its first row
        self.found: dict[tuple[str, ...], Destination] = {}
        self.new_groups: dict[Key, Destination] = {}
        self.arrivals: list[Arrival] = []
        self.faults: list[Fault] = []

    def take(self, entry: Entry) -> None:
        person = self.people.get(entry.mailbox)
        faults = faults_in(entry)
        repeats = self._repeats(entry)
        if repeats:
            faults.append(_repetition(repeats))
        destination = None
        try:
            destination = self._destination(entry.group)
        except ValidationError as refusal:
            faults += refusal.messages
        if faults:
            self.faults.append(Fault(entry, tuple(faults), repeats))
            return
        if destination:
            self.new_groups |= {above.key: above for above in destination.above() if above.key not in self.new_groups}
        origin = self.branches.get(person.group_id) if person and person.group_id else None
        self.arrivals.append(Arrival(entry, person, origin, destination, language_code(entry.language)))

    def _repeats(self, entry: Entry) -> str:
        """The place of an earlier row with the same mailbox."""
        if "@" not in entry.email:
            return ""
        first = self.seen.setdefault(entry.mailbox, entry.row.place)
        return first if first != entry.row.place else ""

    def _destination(self, cells: tuple[str, ...]) -> Destination | None:
        if cells and cells not in self.found:
            self.found[cells] = self.atlas.find(cells)
        destination = self.found.get(cells)
        if destination is None or not (destination.branch or destination.new):
            return None
        if destination.key not in self.new_groups and len(self.new_groups) + len(destination.new) > MOST_NEW_GROUPS:
            raise ValidationError(
                _(
                    "One list can make %(most)s groups, and this would be one more. Check which column is read as "
                    "the group."
                )
                % {"most": thousands(MOST_NEW_GROUPS)}
            )
        return destination


def _repetition(place: str) -> str:
    sentence = _("This is the same mailbox as in row %(number)s. Remove one of the two rows, or correct its address.")
    return sentence % {"number": place}
