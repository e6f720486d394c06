"""What was agreed as a sheet of lines: on the last slide, beside the notes, on the report and on a page of its own."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.ids import public_id
from reports.agreements.access import Agreed, can_write_down
from reports.agreements.actions import stamp
from reports.agreements.models import MOST, Agreement
from reports.comparisons.access import load_comparison
from reports.comparisons.models import Comparison
from reports.editions.access import load_slice
from reports.files.subjects import COMPARISON, SLICE, Subject

AT_FIRST = 3  # lines that are seen before anybody has asked for more


@dataclass(frozen=True)
class SheetLine:
    """A line that is written, or one to be written into."""

    id: str
    what: str = ""
    who: str = ""
    day: str = ""  # as a date control has it
    by_day: datetime.date | None = None
    seen: str = ""  # which state of it this is
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of what was sent and could not be saved
    is_shown: bool = True  # where a script shows more when they are wanted

    @property
    def sentences(self) -> list[str]:
        """What is wrong with the line, and in which part of it where that is not what is to be done."""
        parts = {"who": _("Who begins"), "day": _("By when")}
        return [
            _("%(place)s: %(sentence)s") % {"place": parts[name], "sentence": sentence} if name in parts else sentence
            for name, found in self.problems.items()
            for sentence in found
        ]


@dataclass(frozen=True)
class Sheet:
    address: str  # of its own page, to which lines are sent
    letter: str  # of the page that sends it to those present
    lines: tuple[SheetLine, ...]  # those that are written first
    can_write: bool

    @property
    def written(self) -> tuple[SheetLine, ...]:
        return tuple(line for line in self.lines if line.seen)

    @property
    def to_read(self) -> "Sheet":
        """The same for a picture of a slide."""
        return replace(self, can_write=False, lines=self.written)


def sheet_of(subject: Agreed, user: User) -> Sheet:
    can_write = can_write_down(user, subject)
    written = [_written(line) for line in subject.agreements.all()]
    more = MOST - len(written) if can_write else 0
    blank = (SheetLine(public_id(), is_shown=number < AT_FIRST) for number in range(len(written), len(written) + more))
    return Sheet(
        address=reverse(address_name(subject), args=[subject.public_id]),
        letter=reverse(f"{address_name(subject)}_letter", args=[subject.public_id]),
        lines=(*written, *blank),
        can_write=can_write,
    )


def load_agreed(user: User, public_id: str, of: Subject) -> Agreed:
    """404 for an outsider, 403 for a member to whom it is not released."""
    return load_comparison(user, public_id)[0] if of is COMPARISON else load_slice(user, public_id)[0]


def address_name(subject: Agreed) -> str:
    return f"reports:{subject_of(subject).name}_agreed"


def subject_of(subject: Agreed) -> Subject:
    return COMPARISON if isinstance(subject, Comparison) else SLICE


def _written(line: Agreement) -> SheetLine:
    day = line.by_day.isoformat() if line.by_day else ""
    return SheetLine(line.public_id, line.what, line.who, day, line.by_day, stamp(line))
