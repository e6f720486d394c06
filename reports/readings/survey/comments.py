"""What people wrote, as the page of a slice shows it; where it shows nothing, why, and where comments are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.words import in_words, paragraph
from diagnostics.questionnaire.questionnaire import Questionnaire
from diagnostics.surveys.models import Survey
from diagnostics.surveys.promises import comment_rule, comments_from
from reports.editions.access import Sight
from reports.editions.groups import Grouping
from reports.editions.models import PublishedComment, PublishedSlice
from reports.editions.releasing import are_comments_released
from reports.readings.survey.slice import SliceReading, read_slice

AT_FIRST = 3  # comments of a question in sight before one asks for all


@dataclass(frozen=True)
class Answered:
    """An open question with what people wrote."""

    condition: str
    question: str
    first: tuple[PublishedComment, ...]
    more: tuple[PublishedComment, ...]

    @property
    def count(self) -> int:
        return len(self.first) + len(self.more)

    @property
    def every(self) -> tuple[PublishedComment, ...]:
        return (*self.first, *self.more)


@dataclass(frozen=True)
class Commented:
    """A group's report with what people wrote: for readers whose release carries that."""

    reading: SliceReading
    answered: tuple[Answered, ...]


@dataclass(frozen=True)
class Comments:
    is_shown: bool  # to this reader
    answered: tuple[Answered, ...] = ()
    can_take_out: bool = False
    is_too_late: bool = False  # to take one out
    why_none: str = ""
    elsewhere: tuple[PublishedSlice, ...] = ()  # groups in this one, or around it, that have comments


def comments_of(one: PublishedSlice, sight: Sight, grouping: Grouping, questionnaire: Questionnaire) -> Comments:
    if not sight.sees_comments_of(one):
        return Comments(is_shown=False)
    answered = comments_on(one, questionnaire)
    is_released = sight.is_manager and are_comments_released(one.edition)
    return Comments(
        is_shown=True,
        answered=answered,
        can_take_out=sight.is_manager and not is_released,
        is_too_late=is_released,
        why_none="" if answered else why_none(one),
        elsewhere=tuple(_elsewhere(one, sight, grouping, has_some=bool(answered))),
    )


def comments_on(one: PublishedSlice, questionnaire: Questionnaire) -> tuple[Answered, ...]:
    """At one place only: with the group at which they may be shown."""
    if not one.is_of_its_group:
        return ()
    comments = list(PublishedComment.objects.filter(edition=one.edition_id, group=one.group_id))
    answered = []
    for question in questionnaire.questions.values():
        theirs = tuple(comment for comment in comments if comment.question == question.key)
        if theirs:
            condition = questionnaire.pages[question.condition]["name"]
            answered.append(Answered(condition, question.text, theirs[:AT_FIRST], theirs[AT_FIRST:]))
    return tuple(answered)


def read_commented(one: PublishedSlice) -> Commented:
    reading = read_slice(one)
    return Commented(reading, comments_on(one, reading.questionnaire))


def carries_comments(one: PublishedSlice, sight: Sight) -> bool:
    """Whether files with its comments are for this reader: a release carries them, and there are some.

    Before that nobody has such a file, so that whoever takes a comment out takes it out of all there is.
    """
    if not (one.is_of_its_group and sight.sees_comments_of(one) and are_comments_released(one.edition)):
        return False
    return PublishedComment.objects.filter(edition=one.edition_id, group=one.group_id).exists()


def why_none(one: PublishedSlice) -> str:
    """From what is published of the slice alone; where that leaves it open, the rule only."""
    survey = one.edition.survey
    is_whole_only = survey.comments_at == Survey.CommentsAt.WHOLE
    if is_whole_only and not (one.is_of_its_group and one.group.parent_id is None):
        return _("Comments are shown for the whole survey only.")
    if one.n < comments_from(survey):
        least = {"least": in_words(comments_from(survey))}
        too_few = _("Fewer than %(least)s people answered here, so no comments are shown.") % least
        return paragraph(too_few, comment_rule(survey))
    if one.kind == PublishedSlice.Kind.TEAM and _is_of_tens(one):
        return _("There are no comments from these people.")
    return paragraph(_("No comments are shown here."), comment_rule(survey))


def _is_of_tens(one: PublishedSlice) -> bool:
    """A figure that needs ten has been given of it: a team is a 10-atom then, and its comments would be its own."""
    return any(cell.is_of_tens for cell in one.figures.cells.values())


def _elsewhere(one: PublishedSlice, sight: Sight, grouping: Grouping, *, has_some: bool) -> Sequence[PublishedSlice]:
    """Below the group, else, where it has none itself, around it; of those whose comments the reader sees."""
    having = set(PublishedComment.objects.filter(edition=one.edition_id).values_list("group", flat=True).distinct())
    seen = [
        own
        for group, own in grouping.own.items()
        if group in having and own.pk != one.pk and sight.sees_comments_of(own)
    ]
    around = [own for own in seen if grouping.tree.is_within(one.group_id, own.group_id)]
    if not one.is_of_its_group:
        return around
    below = [own for own in seen if grouping.tree.is_within(own.group_id, one.group_id)]
    return below or ([] if has_some else around)
