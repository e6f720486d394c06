"""What the pages of a comparison say beside the reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.models import User
from diagnostics.surveys.models import Survey
from reports.comparisons.access import sees_comparison
from reports.comparisons.actions import LEAST, MOST
from reports.comparisons.models import Comparison
from reports.editions.access import Sight
from reports.editions.groups import Grouping, grouping_of
from reports.editions.models import Edition, PublishedSlice
from reports.pages.comparisons.forms import Choosable, as_chosen, ticked
from reports.pages.surveys.page import SurveyPage, survey_page
from reports.readings.comparison.comparison import ComparisonReading, title_of
from reports.readings.comparison.difference_words import ComparedGroup, DifferenceView
from reports.readings.heatmap import ColumnView

ACROSS = 6  # groups that fit beside each other; more stand below each other
REMEMBERED = 5  # comparisons
NAMED = 4  # groups of each
AT_ONCE = 12  # clear differences that are seen without unfolding


@dataclass(frozen=True)
class ChoicePage:
    """Which groups the reader may choose from."""

    page: SurveyPage
    choosable: tuple[Choosable, ...]

    @property
    def survey(self) -> Survey:
        return self.page.survey

    @property
    def can_compare(self) -> bool:
        return self.page.can_compare

    @property
    def smallest(self) -> tuple[PublishedSlice, ...]:
        """Every group that has none below it, so that nobody is counted twice."""
        return tuple(one.slice for one in self.choosable if one.slice.kind != PublishedSlice.Kind.GROUP)

    @property
    def can_compare_all(self) -> bool:
        return LEAST <= len(self.smallest) <= MOST


def choice_page(survey: Survey, edition: Edition, sight: Sight) -> ChoicePage:
    page, grouping = survey_page(survey, edition, sight), grouping_of(edition)
    choosable = [
        Choosable(row.slice, row.name, row.kind, row.indent, _counted(row.slice, grouping))
        for row in page.rows
        if row.slice
    ]
    return ChoicePage(page, tuple(sorted(choosable, key=lambda one: one.slice.order)))


@dataclass(frozen=True)
class Earlier:
    """A comparison that the reader has made and may still see."""

    comparison: Comparison
    names: str

    @property
    def title(self) -> str:
        return title_of(self.comparison)


def earlier(choice: ChoicePage, user: User) -> tuple[Earlier, ...]:
    """The last few, the newest first."""
    made = Comparison.objects.filter(edition=choice.page.edition, made_by=user).select_related("edition")
    seen = (one for one in made.order_by("-created_at")[:REMEMBERED] if sees_comparison(one, choice.page.sight))
    names = {one.slice.public_id: one.name for one in choice.choosable}
    return tuple(Earlier(one, _in_short([_name(group, names) for group in one.groups])) for one in seen)


def _name(group: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return group["name"] or names[group["slices"][0]]


def _in_short(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    first, more = ", ".join(names[:NAMED]), len(names) - NAMED
    return ngettext("%(first)s and %(more)s more", "%(first)s and %(more)s more", more) % {"first": first, "more": more}


def _counted(one: PublishedSlice, grouping: Grouping) -> tuple[str, ...]:
    if one.is_of_its_group:
        return ()
    return tuple(group.name for group in grouping.within(one)[0])


def begun_with(page: ChoicePage, *, comparison: str, tick: str) -> dict[str, object]:
    """What is chosen at first: as in a `comparison` that the reader may see, or all of the smallest groups."""
    earlier = Comparison.objects.filter(public_id=comparison, edition=page.page.edition).first()
    if earlier and sees_comparison(earlier, page.page.sight):
        return as_chosen(earlier)
    return ticked(page.smallest) if tick == "teams" else {}


@dataclass(frozen=True)
class DifferenceTable:
    """The differences of one space: conditions by groups, or groups by conditions where there are many."""

    corner: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[DifferenceView | None, ...]], ...]
    is_long: bool  # groups by conditions


@dataclass(frozen=True)
class SpaceChoice:
    key: str
    name: str
    clear: int  # differences
    is_chosen: bool


@dataclass(frozen=True)
class ComparisonPage:
    reading: ComparisonReading
    space: ColumnView

    @property
    def spaces(self) -> list[SpaceChoice]:
        clear = [one.cell.space for _group, one in self.reading.clear]
        return [
            SpaceChoice(column.key, column.name, clear.count(column.key), column == self.space)
            for column in self.reading.asked
        ]

    @property
    def table(self) -> DifferenceTable:
        return difference_table(self.reading.groups, self.reading.rows, self.space.key)

    @property
    def words(self) -> set[str]:
        """What the cells of the table say: only that is explained."""
        shown = [one for _head, cells in self.table.rows for one in cells if one]
        marks = {
            "with_caution": any(one.with_caution for one in shown),
            "at_least": any(one.found.is_at_least for one in shown),
            "without": any(one.without for one in shown),
        }
        return {one.word for one in shown} | {name for name, is_there in marks.items() if is_there}

    @property
    def has_figures(self) -> bool:
        return bool(self.words & {"higher", "lower", "not_clear"})

    @property
    def axis(self) -> str:
        """How far the line of every difference goes to either side."""
        return f"{self.reading.axis:.1f}"

    @property
    def listed(self) -> tuple[tuple[ComparedGroup, tuple[DifferenceView, ...]], ...]:
        """The clear differences that are seen at once, by group; the others unfold."""
        return self._clear(0, AT_ONCE)

    @property
    def more(self) -> tuple[tuple[ComparedGroup, tuple[DifferenceView, ...]], ...]:
        return self._clear(AT_ONCE, len(self.reading.clear))

    @property
    def more_listed(self) -> int:
        return max(0, len(self.reading.clear) - AT_ONCE)

    def _clear(self, first: int, last: int) -> tuple[tuple[ComparedGroup, tuple[DifferenceView, ...]], ...]:
        found = self.reading.clear[first:last]
        groups = {group.key: group for group, _one in found}
        return tuple((group, tuple(one for of, one in found if of is group)) for group in groups.values())

    @property
    def has_hidden(self) -> bool:
        views = [group.view for group in self.reading.groups]
        return any(cell.state == "too_few_people" for view in views for row in view.rows for cell in row.cells)


def comparison_page(reading: ComparisonReading, *, space: str) -> ComparisonPage:
    """`space`: whose differences are shown; for what was not asked those of the survey's primary space."""
    asked = {column.key: column for column in reading.asked}
    primary = asked.get(reading.survey.primary_space_id or "", reading.asked[0])
    return ComparisonPage(reading, asked.get(space, primary))


def difference_table(
    groups: Sequence[ComparedGroup], conditions: Sequence[tuple[str, str, str]], space: str
) -> DifferenceTable:
    """`conditions`: (key, name, role), in model order."""
    rows = [tuple(group.differences.get((key, space)) for group in groups) for key, _name, _role in conditions]
    names, heads = tuple(name for _key, name, _role in conditions), tuple(group.name for group in groups)
    if len(groups) <= ACROSS:
        return DifferenceTable(_("Condition"), heads, tuple(zip(names, rows, strict=True)), is_long=False)
    return DifferenceTable(_("Group"), names, tuple(zip(heads, zip(*rows, strict=True), strict=True)), is_long=True)
