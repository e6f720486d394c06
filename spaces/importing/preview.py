"""A plan as the page shows it before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from spaces.importing.people.plan import Arrival, Plan
from spaces.importing.table.cells import harmless, shortened
from spaces.importing.table.rows import line

SHOWN = 10  # additions and changes; every fault is shown


@dataclass(frozen=True)
class Preview:
    plan: Plan

    @property
    def columns(self) -> list[tuple[str, str]]:
        """What is read from which column, in words."""
        columns = self.plan.columns
        read = [
            (_("Name"), columns.name),
            (_("E-mail address"), (columns.email,)),
            (_("Group"), columns.group),
            (_("Language"), () if columns.language is None else (columns.language,)),
        ]
        return [(label, ", ".join(map(self._column, places))) for label, places in read if places]

    @property
    def unused(self) -> str:
        heading = self.plan.columns.heading
        cells = enumerate(heading.cells if heading else ())
        return ", ".join(shortened(cell, 30) for column, cell in cells if cell and column not in self.plan.columns)

    def _column(self, column: int) -> str:
        heading = self.plan.columns.heading
        if heading and heading.cell(column):
            return _("“%(heading)s”") % {"heading": shortened(heading.cell(column), 30)}
        return _("column %(number)d") % {"number": column + 1}

    @property
    def additions(self) -> tuple[Arrival, ...]:
        return self.plan.additions[:SHOWN]

    @property
    def more_additions(self) -> int:
        return len(self.plan.additions) - len(self.additions)

    @property
    def changes(self) -> list[tuple[Arrival, list[tuple[str, str, str]]]]:
        return [(arrival, list(_differences(arrival))) for arrival in self.plan.changes]

    @property
    def faults_text(self) -> str:
        """The rows that must be corrected, with what to do, to copy into a spreadsheet."""
        heading = self.plan.columns.heading_cells()
        width = max(len(heading), *(len(fault.entry.row.cells) for fault in self.plan.faults))
        lines = [line([*_padded(heading, width), _("What to do")])]
        for fault in self.plan.faults:
            cells = _padded(map(harmless, fault.entry.row.cells), width)
            lines.append(line([*cells, " ".join(fault.sentences)]))
        return "".join(lines)


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
    if proposed.get("language", person.language) != person.language:
        yield _("Language"), person.language, proposed["language"]
