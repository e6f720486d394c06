"""How well the statements of a survey worked, in words: what the ledger of its edition says, and what stands out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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

HANGS_TOGETHER = {
    "loose": gettext_lazy("too loose to read as one"),
    "holds": gettext_lazy("hang together"),
    "well": gettext_lazy("hang together well"),
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
    alpha: str
    word: str
    statements: tuple[StatementRow, ...]


@dataclass(frozen=True)
class SpaceRows:
    name: str
    cells: tuple[CellRows, ...]


@dataclass(frozen=True)
class EvidenceReading:
    edition: Edition
    columns: dict[str, str]  # space key → name
    names: dict[str, str]  # condition key → name

    @property
    def n(self) -> int:
        people: int = self.edition.ledger["n"]
        return people

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
    def stands_out(self) -> tuple[str, ...]:
        """A sentence for every statement that did not work well, those that belong together one after the other."""
        return tuple(
            sentence
            for sentences in (self._apart, self._not_judged, self._at_the_top)
            for cell in self._cells
            for sentence in sentences(cell)
        )

    @property
    def _questionnaire(self) -> Questionnaire:
        return questionnaire_of(self.edition.survey.asked_version)

    def _text(self, statement: StatementEvidence) -> str:
        return self._questionnaire.statements[statement.key].text

    def _cell(self, cell: CellEvidence) -> CellRows:
        return CellRows(
            condition=self.names[cell.condition],
            alpha=_alpha_text(cell),
            word=_word(cell),
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
        apart = [one for one in cell.statements if one.rest is not None and one.rest < LITTLE]
        said = {"place": SURVEY_PLACES[cell.space] % {"condition": self.names[cell.condition]}}
        if apart and len(cell.statements) == 2:
            yield _("%(place)s: its two statements go little together (%(rest)s), so read each by itself.") % {
                **said,
                "rest": number(apart[0].rest or 0.0),
            }
            return
        for one in apart:
            yield _("%(place)s: “%(statement)s” goes little with the others (%(rest)s).") % {
                **said,
                "statement": self._text(one),
                "rest": number(one.rest or 0.0),
            }

    def _not_judged(self, cell: CellEvidence) -> Iterator[str]:
        sentence = _("%(place)s: “%(statement)s” could not be judged by %(share)s%%.")
        for one in cell.statements:
            if one.dont_know is not None and one.dont_know >= MANY_DONT_KNOW:
                yield self._shared(sentence, cell, one, one.dont_know)

    def _at_the_top(self, cell: CellEvidence) -> Iterator[str]:
        sentence = _("%(place)s: “%(statement)s” was given the highest rating by %(share)s%%.")
        for one in cell.statements:
            if one.ceiling is not None and one.ceiling >= MANY_AT_THE_TOP:
                yield self._shared(sentence, cell, one, one.ceiling)

    def _shared(self, sentence: str, cell: CellEvidence, one: StatementEvidence, share: int) -> str:
        place = SURVEY_PLACES[cell.space] % {"condition": self.names[cell.condition]}
        return sentence % {"place": place, "statement": self._text(one), "share": share}


def read_evidence(edition: Edition) -> EvidenceReading:
    columns, rows = model_heads()
    return EvidenceReading(edition, dict(columns), {key: name for key, name, _role in rows})


def number(value: float) -> str:
    """Two decimals, with a minus that is one."""
    return f"{value:.2f}".replace("-", "−")


def _share(share: int | None) -> str:
    return UNTOLD if share is None else _("%(share)s%%") % {"share": share}


def _alpha_text(cell: CellEvidence) -> str:
    if len(cell.statements) == 1:
        return _("One statement: nothing to hang together.")
    if cell.n is None:
        return _("Too few people rated all of its statements.")
    if cell.alpha is None or cell.low is None or cell.high is None:
        return _("Everybody rated its statements alike.")
    said = {"alpha": number(cell.alpha), "low": number(cell.low), "high": number(cell.high), "n": cell.n}
    return _("Alpha %(alpha)s (%(low)s to %(high)s), from %(n)s people or a few more") % said


def _word(cell: CellEvidence) -> str:
    """Judged by the alpha of seven statements where there are fewer than four: two cannot reach as much."""
    if cell.alpha is None:
        return ""
    asked = len(cell.statements)
    alpha = cell.alpha if asked >= FEW_STATEMENTS else alpha_of_length(cell.alpha, statements=asked, length=FULL_LENGTH)
    kind = "loose" if round(alpha, 2) < LOOSE else "well" if round(alpha, 2) >= WELL else "holds"
    return str(HANGS_TOGETHER[kind])
