"""Groups of a survey's edition side by side as a reader sees them. The page and every file take it from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import in_words
from diagnostics.surveys.models import Survey
from reports.comparisons.differences import ChosenGroup, Difference, differences_from_others
from reports.comparisons.first_method import Between, first_differences
from reports.comparisons.models import Comparison
from reports.comparisons.sides import counted_together
from reports.editions.access import whole_of
from reports.editions.groups import Grouping, grouping_of, names_told_apart
from reports.editions.models import Edition, PublishedSlice
from reports.publish.cells import PublishedCell
from reports.publish.content import cells_from_stored
from reports.publish.judgement import NAMED, JudgedCell
from reports.readings.comparison.difference_words import ComparedGroup, DifferenceView, axis_of, difference_view
from reports.readings.comparison.summary import ClearGroup, Summary, clear_groups, summary_of
from reports.readings.heatmap import ColumnView, heatmap_view, remarks
from reports.readings.survey.slice import SliceReading, model_heads, read_slice
from reports.scoring import METHOD, CellKey, Method

Cells = Mapping[CellKey, PublishedCell]


@dataclass(frozen=True)
class ComparisonReading:
    comparison: Comparison
    columns: tuple[tuple[str, str], ...]  # (space key, name), in model order
    rows: tuple[tuple[str, str, str], ...]  # (condition key, name, role), in model order
    groups: tuple[ComparedGroup, ...]  # in the order of the survey
    people: int  # in any of the groups
    between: Mapping[CellKey, Between]  # of an edition of method 1.0: what was asked; none for readers of a part
    judged: tuple[JudgedCell, ...]  # of a later one
    axis: float  # of every difference that is drawn: so many rating points to either side
    slices: tuple[PublishedSlice, ...]  # those in it; with differences, all of the edition
    grouping: Grouping

    @property
    def edition(self) -> Edition:
        return self.comparison.edition

    @property
    def survey(self) -> Survey:
        return self.edition.survey

    @property
    def title(self) -> str:
        return title_of(self.comparison)

    @property
    def k(self) -> str:
        return in_words(self.edition.ledger["k"])

    @property
    def has_differences(self) -> bool:
        return self.comparison.is_against_others

    @property
    def can_tell_apart(self) -> bool:
        """False where in no cell that was asked groups can be told apart."""
        return not self.between or any(said != "alike" for said in self.between.values())

    @property
    def asked(self) -> tuple[ColumnView, ...]:
        """The spaces that were asked about."""
        view = self.groups[0].view
        asked = {cell.space for row in view.rows for cell in row.cells if cell.state != "not_asked"}
        return tuple(column for column in view.columns if column.key in asked)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Why some cells have a word and no score; each said once."""
        return remarks(cell for group in self.groups for cell in group.cells.values())

    @property
    def is_of_first_method(self) -> bool:
        return self.edition.is_of_first_method

    @cached_property
    def clear_groups(self) -> tuple[ClearGroup, ...]:
        """Those that differ clearly, in survey order."""
        return clear_groups(self.groups)

    @property
    def clear(self) -> tuple[tuple[ComparedGroup, DifferenceView], ...]:
        """Every clear difference, said once: group by group in survey order, cells in model order."""
        return tuple((one.group, view) for one in self.clear_groups for view in one.found)

    @cached_property
    def summary(self) -> Summary:
        words = sum(one.word in NAMED for cell in self.judged for one in cell.groups if one)
        return summary_of(self.groups, self.clear_groups, words=None if self.is_of_first_method else words)

    @cached_property
    def whole(self) -> SliceReading | None:
        """Everybody in the report: for readers of the whole edition only."""
        whole = whole_of(self.edition) if self.has_differences else None
        return read_slice(whole) if whole else None


def read_comparison(comparison: Comparison) -> ComparisonReading:
    """`comparison` as `load_comparison` loads it."""
    return _Reader(comparison).reading()


class _Reader:
    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.slices = list(comparison.edition.slices.select_related("group"))
        self.by_id = {one.public_id: one for one in self.slices}
        self.grouping: Grouping = grouping_of(comparison.edition)
        self.names = names_told_apart(self.grouping)
        self.columns, self.rows = model_heads()
        self.conditions = {key: name for key, name, _role in self.rows}
        self.bands = comparison.edition.parameters["bands"]
        self.is_first = comparison.edition.is_of_first_method
        self.method = comparison.edition.method
        ledger = comparison.edition.ledger if comparison.is_against_others else {}  # of the whole: for its readers
        self.between: dict[CellKey, Between] = {
            (condition, space): said for condition, space, said in ledger.get("between", [])
        }
        self.judged = tuple(map(JudgedCell.from_stored, ledger.get("compared", [])))

    def reading(self) -> ComparisonReading:
        parts = [[self.by_id[one] for one in group["slices"]] for group in self.comparison.groups]
        cells = [together(members, self.method) for members in parts]
        against = self._differences(parts, cells)
        axis = axis_of(one for found in against for one in found.values())
        return ComparisonReading(
            comparison=self.comparison,
            columns=self.columns,
            rows=self.rows,
            groups=tuple(
                self._group(group["name"], members, own, found, axis)
                for group, members, own, found in zip(self.comparison.groups, parts, cells, against, strict=True)
            ),
            people=self._people(parts),
            between=self.between,
            judged=self.judged,
            axis=axis,
            slices=tuple(one for one in self.slices if self.comparison.shows(one)),
            grouping=self.grouping,
        )

    def _people(self, parts: Sequence[Sequence[PublishedSlice]]) -> int:
        """Nobody twice, where one group is part of another."""
        counted = self.grouping.atoms_in(one for members in parts for one in members)
        return sum(one.n for one in self.slices if one.pk in counted)

    def _differences(
        self, parts: Sequence[Sequence[PublishedSlice]], cells: Sequence[Cells]
    ) -> Sequence[Mapping[CellKey, Difference]]:
        if not self.comparison.is_against_others:
            return [{} for _group in parts]
        slices = [one for one in self.slices if one.kind != PublishedSlice.Kind.GROUP]  # in tree order, as judged
        atoms, inside = [cells_of(one) for one in slices], [self.grouping.atoms_in(members) for members in parts]
        numbers = [frozenset(at for at, one in enumerate(slices) if one.pk in own) for own in inside]
        if self.is_first:
            others = [[atom for at, atom in enumerate(atoms) if at not in own] for own in numbers]
            return first_differences(cells, others, self.between)
        groups = [ChosenGroup(own, of) for own, of in zip(cells, numbers, strict=True)]
        return differences_from_others(groups, atoms, self.judged)

    def _group(
        self,
        name: str,
        members: Sequence[PublishedSlice],
        cells: Cells,
        found: Mapping[CellKey, Difference],
        axis: float,
    ) -> ComparedGroup:
        name = name or self.names[members[0].pk]
        people = sum(one.n for one in members)
        view = heatmap_view(cells.values(), columns=self.columns, rows=self.rows, people=people, bands=self.bands)
        return ComparedGroup(
            key="-".join(one.public_id for one in members),
            name=name,
            people=people,
            view=view,
            note=self._note(members),
            differences={
                place: difference_view(
                    one,
                    view.cell(*place),
                    cells[place],
                    group=name,
                    condition=self.conditions[place[0]],
                    axis=axis,
                )
                for place, one in found.items()
            },
            named=named_in(members[0]) if len(members) == 1 else (),
            is_grouping=len(members) > 1,
            cells=cells,
        )

    def _note(self, members: Sequence[PublishedSlice]) -> str:
        if len(members) > 1:
            return _("Your own grouping: %(groups)s.") % {
                "groups": get_text_list([self.names[one.pk] for one in members], _("and"))
            }
        counted, left_out = self.grouping.within(members[0])
        if members[0].kind == PublishedSlice.Kind.OTHER_GROUPS:
            said = ngettext(
                "%(groups)s group with fewer than %(k)s answers, counted with others.",
                "%(groups)s groups with fewer than %(k)s answers each, counted together.",
                len(counted),
            )
            return said % {"groups": len(counted), "k": in_words(self.comparison.edition.ledger["k"])}
        if not left_out:
            return ""
        said = ngettext(
            "Without %(groups)s group, in which fewer than %(k)s answered.",
            "Without %(groups)s groups, in each of which fewer than %(k)s answered.",
            len(left_out),
        )
        return said % {"groups": len(left_out), "k": in_words(self.comparison.edition.ledger["k"])}


def title_of(comparison: Comparison) -> str:
    return comparison.name or _("Comparison of %(groups)s groups") % {"groups": len(comparison.groups)}


def cells_of(one: PublishedSlice) -> Cells:
    return cells_from_stored(one.content)


def named_in(one: PublishedSlice) -> tuple[CellKey, ...]:
    """The cells that its findings would act on or talk about first."""
    found = [finding for finding in one.figures.findings if finding.kind in ("act_first", "talk_first")]
    return tuple(key for finding in found for key in finding.cells)


def together(members: Sequence[PublishedSlice], method: Method = METHOD) -> Cells:
    """The cells of one slice as published, or of several counted together."""
    first, *more = (cells_of(one) for one in members)
    if not more:
        return first
    return {key: counted_together([first[key], *(other[key] for other in more)], method) for key in first}
