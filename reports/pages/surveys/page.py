"""What the pages of a survey's report say beside the reading: which groups, whose views, what people wrote."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.words import in_words
from diagnostics.surveys.models import Survey, SurveyGroup
from reports.editions.access import Sight
from reports.editions.groups import Grouping, grouping_of, names_told_apart, others_name
from reports.editions.models import Edition, PublishedSlice, Release
from reports.files.models import Document
from reports.files.offers import file_of
from reports.readings.survey.comments import Comments, comments_of
from reports.readings.survey.slice import SliceReading, people_of, read_slice


@dataclass(frozen=True)
class GroupRow:
    """One line of the list of groups."""

    name: str
    kind: str
    level: int  # 1 for the whole
    slice: PublishedSlice | None
    joins: PublishedSlice | None = None  # counted there
    joins_name: str = ""
    is_empty: bool = False  # in no figure

    @property
    def people(self) -> str:
        return people_of(self.slice) if self.slice else ""

    @property
    def indent(self) -> int:
        return min(self.level - 1, 6)


@dataclass(frozen=True)
class SurveyPage:
    survey: Survey
    edition: Edition
    sight: Sight
    rows: tuple[GroupRow, ...]

    @property
    def k(self) -> str:
        return in_words(self.edition.ledger["k"])

    @property
    def people(self) -> str:
        """In all of it: '104 of 126 people'."""
        return self.rows[0].people

    @property
    def is_empty(self) -> bool:
        return not self.edition.ledger["n"]

    @property
    def can_compare(self) -> bool:
        """The reader sees two groups at least."""
        return sum(row.slice is not None for row in self.rows) > 1


@dataclass(frozen=True)
class SlicePage:
    reading: SliceReading
    sight: Sight
    title: str
    counted: tuple[SurveyGroup, ...]  # the groups whose people these are
    left_out: tuple[SurveyGroup, ...]
    comments: Comments
    has_figure: bool

    @property
    def is_together(self) -> bool:
        return self.reading.slice.kind == PublishedSlice.Kind.OTHER_GROUPS


def survey_page(survey: Survey, edition: Edition, sight: Sight) -> SurveyPage:
    grouping = grouping_of(edition)
    is_all = all(sight.sees(one) for one in grouping.slices)
    rows = _all_rows(grouping) if is_all else _readable_rows(grouping, sight)
    return SurveyPage(survey, edition, sight, tuple(rows))


def _all_rows(grouping: Grouping) -> Iterator[GroupRow]:
    """The tree, and after the groups below a node what is counted together there."""
    leaves = {leaf.pk for leaf in grouping.leaves}
    for group in grouping.groups:
        level = len(grouping.above(group))
        own = grouping.own.get(group.pk)
        joins = grouping.joined_at(group) if own is None and group.pk in leaves else None
        yield GroupRow(
            name=group.name,
            kind=group.get_kind_display(),
            level=level,
            slice=own,
            joins=joins,
            joins_name=others_name(joins.group) if joins else "",
            is_empty=own is None and joins is None,
        )
        together = grouping.together.get(group.pk)
        if together:
            yield GroupRow(others_name(group), _("counted together"), level + 1, together)


def _readable_rows(grouping: Grouping, sight: Sight) -> Iterator[GroupRow]:
    names = names_told_apart(grouping)
    for one in grouping.slices:
        if sight.sees(one):
            kind = one.group.get_kind_display() if one.is_of_its_group else _("counted together")
            yield GroupRow(names[one.pk], kind, 1, one)


def slice_page(one: PublishedSlice, sight: Sight) -> SlicePage:
    reading = read_slice(one)
    grouping = grouping_of(one.edition)
    counted, left_out = grouping.within(one)
    return SlicePage(
        reading=reading,
        sight=sight,
        title=names_told_apart(grouping)[one.pk],
        counted=tuple(counted),
        left_out=tuple(left_out),
        comments=comments_of(one, sight, grouping, reading.questionnaire),
        has_figure=file_of(one, Document.Kind.SLICE_FIGURE) is not None,
    )


def results_page(whole: PublishedSlice, release: Release) -> SlicePage:
    """For respondents."""
    shown = frozenset({whole.pk})
    return slice_page(whole, Sight(slices=shown, commented=shown if release.with_comments else frozenset()))
