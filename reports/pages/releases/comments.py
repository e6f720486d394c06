"""Everything that people wrote in a survey, for whoever decides what of it may be read.

It is what the pages of the groups show, at the same groups and in the same random order, and nothing more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _

from core.seen import Fact, Facts, sealed
from diagnostics.questionnaire.questionnaire import Questionnaire, questionnaire_of
from diagnostics.surveys.audience.paths import path_of
from diagnostics.surveys.models import SurveyGroup
from reports.editions.models import Edition, PublishedComment, PublishedSlice
from reports.editions.releasing import are_comments_released
from spaces.choosing import MOST_TO_CHOOSE_FROM
from spaces.folding import folded

AT_ONCE = 40  # comments on a page
LONGEST = 100  # characters that are looked for


@dataclass(frozen=True)
class Shown:
    """A comment, and that it was seen."""

    comment: PublishedComment

    @property
    def seen(self) -> str:
        return sealed(facts_of_comment(self.comment), of=self.comment.public_id)


@dataclass(frozen=True)
class Asked:
    """A question with what people of one group wrote to it, as far as it stands on this page."""

    condition: str
    text: str
    comments: list[Shown]


@dataclass(frozen=True)
class GroupPart:
    path: str
    public_id: str
    page_of: str  # public id of the slice whose page shows the same
    questions: list[Asked]


@dataclass(frozen=True)
class GroupChoice:
    public_id: str
    path: str
    count: int


@dataclass(frozen=True)
class CommentsPage:
    edition: Edition
    page: Page
    parts: list[GroupPart]
    choices: list[GroupChoice]  # groups with comments
    chosen: str
    wanted: str
    can_take_out: bool

    @property
    def is_filtered(self) -> bool:
        return bool(self.chosen or self.wanted)

    @property
    def has_none(self) -> bool:
        return not self.choices

    @property
    def is_group_typed(self) -> bool:
        return len(self.choices) > MOST_TO_CHOOSE_FROM


def facts_of_comment(comment: PublishedComment) -> Facts:
    return {"comment": Fact(_("the comment"), comment.text)}


def comments_page(edition: Edition, *, chosen: str = "", wanted: str = "", number: str | None = None) -> CommentsPage:
    """`chosen`: public id of a group, or words of its path; `wanted`: words that a comment holds."""
    questionnaire = questionnaire_of(edition.survey.asked_version)
    groups = {group.pk: group for group in edition.survey.groups.all()}
    chosen, wanted = chosen.strip()[:LONGEST], wanted.strip()[:LONGEST]
    found = _found(edition, questionnaire, wanted)
    if chosen:
        found = found.filter(group__in=_meant(chosen, groups))
    page = Paginator(found, AT_ONCE).get_page(number)
    return CommentsPage(
        edition=edition,
        page=page,
        parts=list(_parts(page, groups, questionnaire, edition)),
        choices=list(_choices(edition, groups)),
        chosen=chosen,
        wanted=wanted,
        can_take_out=not are_comments_released(edition),
    )


def _meant(chosen: str, groups: dict[int, SurveyGroup]) -> list[int]:
    by_id = [key for key, group in groups.items() if group.public_id == chosen]
    words = folded(chosen).split()
    return by_id or [key for key in groups if all(word in folded(path_of(groups[key], groups)) for word in words)]


def _found(edition: Edition, questionnaire: Questionnaire, wanted: str) -> QuerySet[PublishedComment, PublishedComment]:
    """By group in tree order, by question as asked, and then in the random order that was given to them."""
    places = [When(question=key, then=Value(place)) for place, key in enumerate(questionnaire.questions)]
    found = PublishedComment.objects.filter(edition=edition, question__in=questionnaire.questions)
    if wanted:
        found = found.filter(text__icontains=wanted)
    place = Case(*places, default=Value(0), output_field=IntegerField())
    return found.order_by("group__order", place, "order")


def _parts(
    comments: Iterable[PublishedComment], groups: dict[int, SurveyGroup], asked: Questionnaire, edition: Edition
) -> Iterator[GroupPart]:
    by_group = [(key, list(those)) for key, those in groupby(comments, attrgetter("group_id"))]
    pages = _pages(edition, [key for key, _those in by_group])
    for key, those in by_group:
        questions = [
            Asked(_condition(asked, question), asked.questions[question].text, [Shown(one) for one in given])
            for question, given in groupby(those, attrgetter("question"))
        ]
        yield GroupPart(path_of(groups[key], groups), groups[key].public_id, pages.get(key, ""), questions)


def _condition(asked: Questionnaire, question: str) -> str:
    name: str = asked.pages[asked.questions[question].condition]["name"]
    return name


def _pages(edition: Edition, groups: list[int]) -> dict[int, str]:
    own = edition.slices.filter(group__in=groups).exclude(kind=PublishedSlice.Kind.OTHER_GROUPS)
    return dict(own.values_list("group", "public_id"))


def _choices(edition: Edition, groups: dict[int, SurveyGroup]) -> Iterator[GroupChoice]:
    counts = edition.comments.order_by("group__order").values_list("group").annotate(Count("pk"))
    for key, count in counts:
        yield GroupChoice(groups[key].public_id, path_of(groups[key], groups), count)
