"""What the deck of a group and that of a comparison have in common: facts, how to read a map, exercises, the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TypeVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.words import in_words
from diagnostics.surveys.models import Survey
from reports.decks.slides import ClosingSlide, Mark, TalkSlide
from reports.editions.groups import name_within
from reports.editions.models import Edition
from reports.readings.heatmap import CellView
from reports.readings.survey.statements import StatementView
from reports.readings.topics import Topic

Found = TypeVar("Found")


@dataclass(frozen=True)
class Exercise:
    """A conversation of people who do not all speak first."""

    size: int  # people who talk with each other
    minutes: int
    text: str | Promise


# Three shapes in turn, so that a session keeps moving.
EXERCISES = (
    Exercise(
        3,
        8,
        gettext_lazy(
            "In threes, eight minutes. Find one recent moment when this was there, and one when it was missing."
        ),
    ),
    Exercise(
        2,
        6,
        gettext_lazy(
            "In pairs, six minutes. If this were a little more in place, what would you see? Write one sentence."
        ),
    ),
    Exercise(
        4,
        10,
        gettext_lazy(
            "Two minutes alone, then eight in fours. What small thing within your reach could help this week?"
        ),
    ),
)
WHERE_VIEWS_DIFFER = Exercise(
    3,
    8,
    gettext_lazy(
        "In threes, eight minutes. Say in turn what you see from where you stand. Nobody needs to say what they "
        "answered."
    ),
)
WHERE_STRONG = Exercise(
    3, 8, gettext_lazy("In threes, eight minutes. What do people do here that could help elsewhere?")
)
STRONG = 4  # level
LONGEST_NAME = 60  # characters in the foot of a slide
# kind of finding → the message of its slide, a question for the conversation
FINDING_MESSAGES = {
    "stands_out": (gettext_lazy("Something here works well"), gettext_lazy("What do people do that makes it so?")),
    "views_differ": (
        gettext_lazy("People see some things quite differently"),
        gettext_lazy("Who might see this differently from us, and what do they see that we do not?"),
    ),
    "break": (
        gettext_lazy("What is in place in one space may be missing in another"),
        gettext_lazy("What might make it easier in one place than in the other?"),
    ),
    "could_not_judge": (
        gettext_lazy("Some things are hard to judge from where people stand"),
        gettext_lazy("What would people need to see in order to judge this?"),
    ),
}


def survey_facts(survey: Survey, people: str) -> tuple[tuple[str, str], ...]:
    """`people`: who is in it, in words."""
    return ((_("Whose views"), people), (_("Answered"), answered(survey)))


def answered(survey: Survey) -> str:
    """'7 November to 25 November 2026', in the survey's own time zone."""
    place = survey.zone
    first, last = (timezone.localtime(moment, place) for moment in (survey.began_at, survey.stopped_at))
    return _("%(start)s to %(end)s") % {"start": date_format(first, _("j F")), "end": date_format(last, _("j F Y"))}


def parts(found: Sequence[Found], most: int) -> list[Sequence[Found]]:
    """As few parts as will do, of nearly the same size and at most `most` each.

    >>> parts("abcde", 4), parts("abcdefghi", 4)
    (['abc', 'de'], ['abc', 'def', 'ghi'])
    >>> [len(part) for part in parts("a" * 21, 5)]
    [5, 4, 4, 4, 4]
    """
    number = ceil(len(found) / most)
    starts = [ceil(len(found) * part / number) for part in range(number)]
    return [found[start:end] for start, end in pairwise([*starts, len(found)])]


def numbered(message: str, number: int, of: int) -> str:
    """The message of one of several slides that say the same."""
    if of == 1:
        return message
    return _("%(message)s (%(number)s of %(of)s)") % {"message": message, "number": number, "of": of}


def number_of_people(people: int) -> str:
    return ngettext("%(people)s person", "%(people)s people", people) % {"people": people}


def only_views(people: int) -> str:
    return ngettext(
        "These are views of %(people)s person at one moment, to start a conversation.",
        "These are views of %(people)s people at one moment, to start a conversation.",
        people,
    ) % {"people": people}


def smallest_group(edition: Edition) -> str:
    return _("A group has its own result only when %(k)s or more people have answered.") % {
        "k": in_words(edition.ledger["k"])
    }


def foot(name: str, about: str, edition: Edition) -> str:
    """Beneath every slide: 'Reablement · 8 people · no result for fewer than five'."""
    words = {"name": name_within(name, edition, LONGEST_NAME), "about": about, "k": in_words(edition.ledger["k"])}
    return _("%(name)s · %(about)s · no result for fewer than %(k)s") % words


def marks(edition: Edition) -> tuple[Mark, ...]:
    k = in_words(edition.ledger["k"])
    return (
        Mark(
            "range", _("Likely range"), _("A score is an estimate. The bar shows where it probably lies from 1 to 5.")
        ),
        Mark("brief", _("Corner cut off"), _("It rests on one or two statements. Read the word with care.")),
        Mark("views_differ", _("Views differ"), _("People see this quite differently. Ask why before you act.")),
        Mark("two_camps", _("Two camps"), _("Some rate it low, some high. The average is probably nobody’s view.")),
        Mark("too_few", _("Too few"), _("Fewer than %(k)s people gave it a score, so it is not shown.") % {"k": k}),
    )


def how_to_read() -> tuple[str, ...]:
    return (
        _("How to read: the word first, then the number. Fills are the same four levels everywhere, never a ranking."),
        _("Better left unsaid: who may have answered what, and which cell is “worst”."),
    )


def cell_message(cell: CellView) -> str:
    """'Task in the team looks partly to mostly in place'."""
    if cell.camps:
        return _("There are two camps on %(place)s") % {"place": cell.place}
    if cell.frame:
        return _("Views differ on %(place)s") % {"place": cell.place}
    return _("%(place)s looks %(levels)s") % {"place": cell.place, "levels": cell.level_said}


def how_to_read_cell(cell: CellView, statement: StatementView | None) -> Iterator[str]:
    if cell.range:
        yield _("How to read: the likely range of this score is %(range)s.") % {"range": cell.range.text}
    if statement and statement.classes:
        yield _(
            "The bars are shares of those who gave this a score, each rounded by itself, so they need not add up to "
            "100. Two people or fewer are joined with their neighbours."
        )
    elif statement:
        yield _(
            "A statement shows its level and nothing more where fewer than ten answered, or where bars would tell how "
            "a few people did."
        )
    yield _("Better left unsaid: guesses about who belongs to which answer.")


def exercise(cell: CellView, turn: int) -> str:
    """`turn`: which topic of the deck this is, from 0."""
    return str(exercise_on(cell, turn).text)


def exercise_on(cell: CellView, turn: int) -> Exercise:
    if cell.frame or cell.camps:
        return WHERE_VIEWS_DIFFER
    return WHERE_STRONG if cell.band == STRONG else EXERCISES[turn % len(EXERCISES)]


def talk_slide(message: str, topics: tuple[Topic, ...]) -> TalkSlide:
    questions = [question for topic in topics for question in topic.questions]
    return TalkSlide(
        message=message,
        notes=(
            *questions,
            _("How to use this: let each table choose one question. They are in the order of the model, not ranked."),
            _("Better left unsaid: your own answer to the question, before they have found theirs."),
        ),
        topics=topics,
    )


def closing_slide(note: str) -> ClosingSlide:
    question = _("What one thing would you notice first if it worked?")
    return ClosingSlide(
        message=_("Agree one thing to try before you leave"),
        notes=(
            question,
            _("Who else needs to know about it, and who tells them?"),
            _("How to use this: write into the table while people speak, in their words. One thing is enough."),
            _("Better left unsaid: a target for a score. What is agreed is something to do, not a number to reach."),
        ),
        fields=(
            (_("One thing to try"), _("small enough to begin within a week")),
            (_("Who begins"), _("one name, even where many help")),
            (_("By when"), _("the day on which you look at it again")),
        ),
        question=question,
        note=note,
    )
