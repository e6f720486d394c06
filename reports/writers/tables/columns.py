"""Published cells as rows and columns, the same for the workbook and for the CSV. Words and numbers as on the page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.utils.translation import gettext_lazy as _

from core.words import Words
from reports.comparisons.differences import EverybodyElse
from reports.comparisons.first_method import Between
from reports.editions.groups import names_told_apart
from reports.editions.models import PublishedSlice
from reports.publish.cells import CellFigures, CellWord, PublishedCell, Why, displayed_sd
from reports.publish.judgement import JudgedCell, three_digits
from reports.readings.comparison.comparison import ComparisonReading, together
from reports.readings.comparison.difference_words import ComparedGroup, DifferenceView
from reports.readings.heatmap import CellView, HeatmapView, heatmap_view
from reports.readings.survey.slice import SliceReading
from reports.readings.words import SHARE_WORDS
from reports.scoring import CellKey, Method, display, out_of_100

Value = str | int | float | None
Form = Literal["text", "name", "words", "count", "score", "spread", "signed", "chance"]
YES, NO, NOT_TOLD = _("yes"), _("no"), _("not told")
END_WORDS: Mapping[str | None, Words] = {"low": _("or less"), "high": _("or more")}
OWN_SPREAD, TYPICAL_SPREAD = _("its own"), _("typical")
TOLD_APART: Mapping[Between, Words] = {
    "few_groups": _("fewer than ten groups: not judged"),
    "alike": _("no"),
    "caution": _("with caution"),
    "apart": _("yes"),
}
WHYS: Mapping[Why, Words] = {
    "one_statement": _("rests on one statement"),
    "open_link": _("people came in by an open link"),
    "same_people": _("nearly the same people were asked shortly before"),
}
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class CellRow:
    """One cell of one group; `cell` as published or as counted together."""

    number: int  # of the group
    group: str
    people: int
    condition: str
    space: str
    view: CellView
    cell: PublishedCell
    method: Method  # of the edition
    difference: DifferenceView | None = None
    told_apart: Between | None = None


@dataclass(frozen=True)
class Column:
    key: str  # heads the column of a CSV: never changed
    heading: Words  # … of a sheet
    value: Callable[[CellRow], Value]
    form: Form = "text"


@dataclass(frozen=True)
class Part:
    """A slice that a reader’s grouping is counted from."""

    number: int
    slice: PublishedSlice
    view: HeatmapView
    cells: Mapping[CellKey, PublishedCell]
    name: str


class Parts:
    """What the groupings of a comparison are counted from, numbered in the order of the survey. No group that was not
    chosen is named: those that are only among everybody else are not."""

    def __init__(self, reading: ComparisonReading) -> None:
        self.reading = reading
        self.by_id = {one.public_id: one for one in reading.slices}
        self.names = names_told_apart(reading.grouping)

    @cached_property
    def every(self) -> tuple[Part, ...]:
        counted = {pk for group in self.reading.groups for pk in self._counted(group)}
        shown = (one for one in self.reading.slices if one.pk in counted)
        return tuple(self._part(number, one) for number, one in enumerate(shown, start=1))

    def counted_in(self, group: ComparedGroup) -> tuple[Part, ...]:
        """What a grouping is counted from; nothing for a group as published."""
        counted = self._counted(group)
        return tuple(part for part in self.every if part.slice.pk in counted)

    def rows(self) -> list[CellRow]:
        return [
            row
            for part in self.every
            for row in _rows(
                self.reading,
                number=part.number,
                group=part.name,
                people=part.slice.n,
                view=part.view,
                cells=part.cells,
            )
        ]

    def _counted(self, group: ComparedGroup) -> set[int]:
        return {self.by_id[public_id].pk for public_id in group.key.split("-")} if group.is_grouping else set()

    def _part(self, number: int, one: PublishedSlice) -> Part:
        cells = together([one])
        bands = self.reading.edition.parameters["bands"]
        view = heatmap_view(
            cells.values(), columns=self.reading.columns, rows=self.reading.rows, people=one.n, bands=bands
        )
        return Part(number, one, view, cells, self.names[one.pk])


def slice_rows(reading: SliceReading) -> list[CellRow]:
    one = reading.slice
    return _rows(reading, number=1, group=reading.name, people=one.n, view=reading.view, cells=reading.content.cells)


def comparison_rows(reading: ComparisonReading) -> list[CellRow]:
    return [
        row
        for number, group in enumerate(reading.groups, start=1)
        for row in _rows(
            reading,
            number=number,
            group=group.name,
            people=group.people,
            view=group.view,
            cells=group.cells,
            differences=group.differences,
            between=reading.between,
        )
    ]


def _rows(
    reading: SliceReading | ComparisonReading,
    *,
    number: int,
    group: str,
    people: int,
    view: HeatmapView,
    cells: Mapping[CellKey, PublishedCell],
    differences: Mapping[CellKey, DifferenceView] | None = None,
    between: Mapping[CellKey, Between] | None = None,
) -> list[CellRow]:
    """In model order; a place without a cell was not asked."""
    spaces = dict(reading.columns)
    return [
        CellRow(
            number=number,
            group=group,
            people=people,
            condition=row.name,
            space=spaces[cell.space],
            view=cell,
            cell=cells[place],
            method=reading.edition.method,
            difference=(differences or {}).get(place),
            told_apart=(between or {}).get(place),
        )
        for row in view.rows
        for cell in row.cells
        if (place := (cell.condition, cell.space)) in cells
    ]


def yes_or_no(answer: bool | None) -> str:
    return str(NOT_TOLD if answer is None else YES if answer else NO)


def _of_scored(value: Callable[[CellFigures], Value]) -> Callable[[CellRow], Value]:
    return lambda row: value(row.cell.figures) if row.cell.figures else None


def _of_said(value: Callable[[CellFigures | CellWord], Value]) -> Callable[[CellRow], Value]:
    """Of a cell with a score or with a word alone."""
    return lambda row: value(row.cell.said) if row.cell.said else None


def _of_compared(value: Callable[[DifferenceView], Value]) -> Callable[[CellRow], Value]:
    """None where nothing is compared."""
    return lambda row: value(row.difference) if row.difference and row.difference.others else None


def _of_others(value: Callable[[EverybodyElse], Value]) -> Callable[[CellRow], Value]:
    """Of everybody else, where something is compared with them."""
    return lambda row: value(row.difference.others) if row.difference and row.difference.others else None


def _of_judged(value: Callable[[JudgedCell], Value]) -> Callable[[CellRow], Value]:
    """Of what the close judged of the cell, where something is compared."""
    return lambda row: value(row.difference.found.judged) if row.difference and row.difference.found.judged else None


def _spread(row: CellRow) -> float | None:
    figures = row.cell.figures
    return _rounded(displayed_sd(figures, row.cell.asked, row.method)) if figures else None


def _rounded(spread: float) -> float:
    """To two decimals."""
    return round(10 * display(10 * spread)) / 100


def _why_no_score(row: CellRow) -> str | None:
    return str(WHYS[row.cell.word.why]) if row.cell.word else None


GROUP_COLUMNS = (
    Column("group_number", _("No."), lambda row: row.number, "count"),
    Column("group", _("Group"), lambda row: row.group, "name"),
    Column("people_in_group", _("People in the group"), lambda row: row.people, "count"),
    Column("condition", _("Condition"), lambda row: row.condition),
    Column("space", _("Space"), lambda row: row.space),
)
FIGURE_COLUMNS = (
    Column("word", _("Level, or why there is none"), lambda row: row.view.word),
    Column("level", _("Level (1–4)"), lambda row: row.view.band, "count"),
    Column("score", _("Score (1–5)"), lambda row: row.view.score, "score"),
    Column("end", _("Score is at an end"), _of_scored(lambda cell: str(END_WORDS.get(cell.end, "")) or None)),
    Column("score_0_100", _("Score on 0–100"), _of_scored(lambda cell: out_of_100(cell.score)), "count"),
    Column("range_low", _("Likely range from"), _of_scored(lambda cell: cell.low), "score"),
    Column("range_high", _("Likely range to"), _of_scored(lambda cell: cell.high), "score"),
    Column("agreement", _("Agreement"), lambda row: row.view.agreement),
    Column("two_camps", _("Two camps"), _of_scored(lambda cell: yes_or_no(cell.is_split))),
    Column("views_differ", _("Views differ"), _of_scored(lambda cell: yes_or_no(cell.views_differ))),
    Column(
        "could_not_judge",
        _("Could not judge"),
        _of_scored(lambda cell: str(SHARE_WORDS.get(cell.could_not_judge, "")) or None),
        "name",
    ),
    Column("people", _("People in the cell"), _of_said(lambda cell: cell.n), "count"),
    Column("groups_left_out", _("Groups left out"), _of_said(lambda cell: cell.without), "count"),
    Column("statements_asked", _("Statements asked"), lambda row: row.cell.asked, "count"),
    Column(
        "spread_used",
        _("Spread: own or typical"),
        _of_scored(lambda cell: str(OWN_SPREAD if cell.is_of_tens else TYPICAL_SPREAD)),
    ),
    Column("spread", _("Spread of the range"), _spread, "spread"),
    Column("people_left_out", _("People left out"), _of_said(lambda cell: cell.without_people), "count"),
    Column("no_score_because", _("Why there is no score"), _why_no_score, "name"),
)
CELL_COLUMNS = (*GROUP_COLUMNS, *FIGURE_COLUMNS)
OTHERS_SCORE = Column("others_score", _("Everybody else: score"), _of_others(lambda others: others.score), "score")
OTHERS_PEOPLE = Column("others_people", _("Everybody else: people"), _of_others(lambda others: others.n), "count")
DIFFERENCE_FIGURES = (
    Column("difference", _("Difference"), _of_compared(lambda found: found.difference), "signed"),
    Column("difference_low", _("Interval from"), _of_compared(lambda found: found.low), "signed"),
    Column("difference_high", _("Interval to"), _of_compared(lambda found: found.high), "signed"),
)
DIFFERENCE_WORD = Column(
    "difference_word", _("Difference in words"), lambda row: row.difference.text if row.difference else None, "name"
)
DIFFERENCE_COLUMNS = (
    OTHERS_SCORE,
    Column(
        "others_end",
        _("Everybody else: at an end"),
        _of_compared(lambda found: str(END_WORDS.get(found.others_end, "")) or None),
    ),
    OTHERS_PEOPLE,
    Column(
        "others_groups_left",
        _("Everybody else: groups left out that differ most"),
        _of_others(lambda others: others.without),
        "count",
    ),
    *DIFFERENCE_FIGURES[:1],
    Column(
        "difference_at_least",
        _("This much or more"),
        _of_compared(lambda found: yes_or_no(found.found.is_at_least)),
    ),
    *DIFFERENCE_FIGURES[1:],
    Column("spread_inside", _("Spread inside groups"), _of_judged(lambda judged: judged.sd), "spread"),
    Column("spread_df", _("Its degrees of freedom"), _of_judged(lambda judged: judged.df), "count"),
    Column("p", _("p"), _of_compared(lambda found: found.found.p), "chance"),
    Column("p_limit", _("Largest p with a word"), _of_judged(lambda judged: three_digits(judged.limit)), "chance"),
    DIFFERENCE_WORD,
)
FIRST_DIFFERENCE_COLUMNS = (  # of editions of method 1.0
    OTHERS_SCORE,
    OTHERS_PEOPLE,
    Column(
        "others_views_differ",
        _("Everybody else: views differ"),
        _of_others(lambda others: yes_or_no(others.views_differ)),
    ),
    Column(
        "others_spread",
        _("Everybody else: spread"),
        _of_others(lambda others: None if others.sd is None else _rounded(others.sd)),
        "spread",
    ),
    *DIFFERENCE_FIGURES,
    DIFFERENCE_WORD,
    Column(
        "groups_told_apart",
        _("Can groups be told apart here?"),
        lambda row: str(TOLD_APART[row.told_apart]) if row.told_apart else None,
        "name",
    ),
)
PLACE_COLUMNS = GROUP_COLUMNS[-2:]
BESIDE_DIFFERENCES = tuple(
    column for column in CELL_COLUMNS if column.key in {"score", "end", "people", "spread"} or column in GROUP_COLUMNS
)


def difference_columns(reading: ComparisonReading) -> tuple[Column, ...]:
    """Those of the method of its edition; none for readers of a part."""
    if not reading.has_differences:
        return ()
    return FIRST_DIFFERENCE_COLUMNS if reading.is_of_first_method else DIFFERENCE_COLUMNS


def values(columns: Sequence[Column], rows: Iterable[CellRow]) -> list[list[Value]]:
    return [[column.value(row) for column in columns] for row in rows]


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for something to be worked out."""
    return text.startswith(RISKY) or text.lstrip().startswith(RISKY)
