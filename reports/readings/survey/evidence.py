"""How well the statements of a survey worked, in words: what the ledger of its edition says, and what stands out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.words import decimal
from diagnostics.questionnaire.questionnaire import Questionnaire, questionnaire_of
from reports.editions.models import Edition
from reports.publish.evidence import CellEvidence, Evidence, StatementEvidence
from reports.publish.instrument import LEAST_PEOPLE
from reports.readings.survey.slice import model_heads
from reports.readings.words import SURVEY_PLACES
from reports.scoring import alpha_of_length

LOOSE, WELL = 0.70, 0.80  # alpha
FULL_LENGTH, FEW_STATEMENTS = 7, 4  # a cell of fewer is judged as if it had seven
LITTLE = 0.30  # with the others
MANY_DONT_KNOW, MANY_AT_THE_TOP = 20, 50  # per cent
UNTOLD = "–"

HANG_TOGETHER = {
    "loose": gettext_lazy(
        "Its statements are too loose to read as one: alpha %(alpha)s (%(low)s to %(high)s), from %(n)s people or a "
        "few more."
    ),
    "holds": gettext_lazy(
        "Its statements hang together: alpha %(alpha)s (%(low)s to %(high)s), from %(n)s people or a few more."
    ),
    "well": gettext_lazy(
        "Its statements hang together well: alpha %(alpha)s (%(low)s to %(high)s), from %(n)s people or a few more."
    ),
}


@dataclass(frozen=True)
class StatementRow:
    text: str
    rest: str
    dont_know: str
    floor: str
    ceiling: str


@dataclass(frozen=True)
class CellRows:
    """A condition in one space: how its statements hang together, and a row for each of them."""

    condition: str
    alpha: str  # a sentence
    statements: tuple[StatementRow, ...]


@dataclass(frozen=True)
class SpaceRows:
    name: str
    cells: tuple[CellRows, ...]


@dataclass(frozen=True)
class StandingOut:
    """What did not work well in one way, and where."""

    sentence: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceReading:
    edition: Edition
    columns: dict[str, str]  # space key → name
    names: dict[str, str]  # condition key → name

    @property
    def is_empty(self) -> bool:
        """Too few answered for any result."""
        return not self.edition.ledger["n"]

    @property
    def least(self) -> int:
        return LEAST_PEOPLE

    @property
    def is_old(self) -> bool:
        """Made before these figures were worked out at the close."""
        return "evidence" not in self.edition.ledger

    @cached_property
    def _cells(self) -> tuple[CellEvidence, ...]:
        stored = self.edition.ledger.get("evidence")
        return Evidence.from_stored(stored).cells if stored else ()

    @cached_property
    def spaces(self) -> tuple[SpaceRows, ...]:
        by_space = {
            space: tuple(self._cell(cell) for cell in self._cells if cell.space == space) for space in self.columns
        }
        return tuple(SpaceRows(self.columns[space], cells) for space, cells in by_space.items() if cells)

    @cached_property
    def stands_out(self) -> tuple[StandingOut, ...]:
        found = (
            (_("These go little with the others of their condition, so read each by itself:"), self._apart),
            (_("These could not be judged by one in five people or more:"), self._not_judged),
            (
                _("These got the highest rating from half of the people or more, and can hardly show any rise:"),
                self._at_the_top,
            ),
        )
        told = ((sentence, tuple(one for cell in self._cells for one in items(cell))) for sentence, items in found)
        return tuple(StandingOut(sentence, items) for sentence, items in told if items)

    @cached_property
    def _questionnaire(self) -> Questionnaire:
        return questionnaire_of(self.edition.survey.asked_version)

    def _text(self, statement: StatementEvidence) -> str:
        return self._questionnaire.statements[statement.key].text

    def _cell(self, cell: CellEvidence) -> CellRows:
        return CellRows(
            condition=self.names[cell.condition],
            alpha=_alpha_text(cell),
            statements=tuple(
                StatementRow(
                    text=self._text(one),
                    rest=UNTOLD if one.rest is None else number(one.rest),
                    dont_know=_share(one.dont_know),
                    floor=_share(one.floor),
                    ceiling=_share(one.ceiling),
                )
                for one in cell.statements
            ),
        )

    def _apart(self, cell: CellEvidence) -> Iterator[str]:
        """Of two statements neither goes with the other: that is said once."""
        apart = [(one, one.rest) for one in cell.statements if one.rest is not None and one.rest < LITTLE]
        if apart and len(cell.statements) == 2:
            said = {"place": self._place(cell), "figure": number(apart[0][1])}
            yield _("%(place)s: its two statements (%(figure)s)") % said
            return
        yield from (self._item(cell, one, number(rest)) for one, rest in apart)

    def _not_judged(self, cell: CellEvidence) -> Iterator[str]:
        shares = ((one, one.dont_know) for one in cell.statements)
        return (self._item(cell, one, _share(share)) for one, share in shares if share and share >= MANY_DONT_KNOW)

    def _at_the_top(self, cell: CellEvidence) -> Iterator[str]:
        shares = ((one, one.ceiling) for one in cell.statements)
        return (self._item(cell, one, _share(share)) for one, share in shares if share and share >= MANY_AT_THE_TOP)

    def _item(self, cell: CellEvidence, one: StatementEvidence, figure: str) -> str:
        said = {"place": self._place(cell), "statement": self._text(one), "figure": figure}
        return _("%(place)s: “%(statement)s” (%(figure)s)") % said

    def _place(self, cell: CellEvidence) -> str:
        return str(SURVEY_PLACES[cell.space] % {"condition": self.names[cell.condition]})


def read_evidence(edition: Edition) -> EvidenceReading:
    columns, rows = model_heads()
    return EvidenceReading(edition, dict(columns), {key: name for key, name, _role in rows})


def number(value: float) -> str:
    """Two decimals, with a minus that is one."""
    return decimal(value, 2).replace("-", "−")


def _share(share: int | None) -> str:
    return UNTOLD if share is None else _("%(share)s%%") % {"share": share}


def _alpha_text(cell: CellEvidence) -> str:
    if len(cell.statements) == 1:
        return _("It asks one statement, so there is nothing to hang together.")
    if cell.n is None:
        return _("Too few people rated all of its statements.")
    if cell.alpha is None or cell.low is None or cell.high is None:
        return _("Everybody rated its statements alike.")
    said = {"alpha": number(cell.alpha), "low": number(cell.low), "high": number(cell.high), "n": cell.n}
    return str(HANG_TOGETHER[_kind(cell.alpha, len(cell.statements))] % said)


def _kind(alpha: float, asked: int) -> str:
    """Judged by the alpha of seven statements where there are fewer than four: two cannot reach as much."""
    judged = alpha if asked >= FEW_STATEMENTS else alpha_of_length(alpha, statements=asked, length=FULL_LENGTH)
    if round(judged, 2) < LOOSE:
        return "loose"
    return "well" if round(judged, 2) >= WELL else "holds"
