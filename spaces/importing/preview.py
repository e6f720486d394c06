"""A plan as the page shows it before anything is written."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.words import Words
from spaces.importing.people.again import again
from spaces.importing.people.headings import Field
from spaces.importing.people.plan import Arrival, Fault, Lead, Plan
from spaces.importing.table.cells import harmless

SHOWN, CHANGES_SHOWN, FAULTS_SHOWN, GROUPS_SHOWN, NAMED = 10, 100, 50, 200, 20
QUESTIONS: dict[Field, Words] = {
    "email": gettext_lazy("In which column are the addresses at which people are to be asked?"),
    "name": gettext_lazy("In which column are the names? Without one, people are called by their address."),
    "path": gettext_lazy("In which column are the groups, if in any?"),
}


@dataclass(frozen=True)
class Preview:
    plan: Plan

    @property
    def questions(self) -> list[str]:
        """What has to be said of the columns before anything is imported."""
        return [str(QUESTIONS[asked]) for asked in self.plan.columns.asks]

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.plan.faults[:FAULTS_SHOWN]

    @property
    def more_faults(self) -> int:
        return len(self.plan.faults) - len(self.faults)

    @property
    def new_groups(self) -> list[str]:
        return [place.path for place in self.plan.new_groups[:GROUPS_SHOWN]]

    @property
    def more_new_groups(self) -> int:
        return max(0, len(self.plan.new_groups) - GROUPS_SHOWN)

    @property
    def leads(self) -> tuple[Lead, ...]:
        return self.plan.leads[:GROUPS_SHOWN]

    @property
    def more_leads(self) -> int:
        return max(0, len(self.plan.leads) - GROUPS_SHOWN)

    @property
    def gone(self) -> str:
        """Who is not in the list, by name."""
        names = [person.name for person in self.plan.gone[:NAMED]]
        if more := len(self.plan.gone) - len(names):
            names.append(_("%(count)d more") % {"count": more})
        return str(get_text_list(names, _("and")))

    @property
    def additions(self) -> tuple[Arrival, ...]:
        return self.plan.additions[:SHOWN]

    @property
    def more_additions(self) -> int:
        return len(self.plan.additions) - len(self.additions)

    @property
    def changes(self) -> list[tuple[Arrival, list[tuple[str, str, str]]]]:
        return [(arrival, list(_differences(arrival))) for arrival in self.plan.changes[:CHANGES_SHOWN]]

    @property
    def more_changes(self) -> int:
        return max(0, len(self.plan.changes) - CHANGES_SHOWN)

    @property
    def faults_csv(self) -> str:
        """The rows that must be corrected, with what to do; columns as they were."""
        to_do = {fault.entry.row.place: " ".join(fault.sentences) for fault in self.plan.faults}
        left = again(self.plan, to_do)
        width = max(len(row.cells) for row in (left.heading, *left.rows))
        text = io.StringIO()
        lines = csv.writer(text)
        lines.writerow([*_padded(left.heading.cells, width), _("What to do")])
        for row in left.rows:
            lines.writerow([*map(harmless, _padded(row.cells, width)), to_do[row.place]])
        return text.getvalue()


def _padded(cells: Iterable[str], width: int) -> list[str]:
    cells = list(cells)
    return cells + [""] * (width - len(cells))


def _differences(arrival: Arrival) -> Iterator[tuple[str, str, str]]:
    """What an import would change about a person: the field, what it is and what it becomes."""
    person, proposed, destination = arrival.person, arrival.proposed, arrival.destination
    if person is None:
        return
    if proposed.get("name", person.name) != person.name:
        yield _("Name"), person.name, proposed["name"]
    if destination and (destination.new or proposed.get("group", person.group) != person.group):
        yield _("Group"), arrival.origin.path if arrival.origin else _("no group"), destination.path
    if proposed.get("email", person.email) != person.email:
        yield _("E-mail address"), person.email, proposed["email"]
    if proposed.get("language", person.language) != person.language:
        yield _("Language"), person.language, proposed["language"]
