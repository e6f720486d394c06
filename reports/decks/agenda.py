"""A conversation about a report, minute by minute: at most three cells, and nothing left over.

The rule, for 3 to 400 people and every length of at least half an hour in steps of five minutes:

- Welcome, one's own group, the agreement and the close have fixed shares of the time; the topics share the rest in
  steps of five, at least ten each, and from two hours on there is a break.
- Nobody waits for a round that does not fit. A sentence takes twenty seconds: all say theirs to all where that takes no
  longer than the minutes there are, else people say it to each other in threes and a few are heard.
- People talk in the threes, pairs or fours of the exercise, one more or one fewer where the number asks for it. What is
  left of a topic's minutes is for hearing groups, a minute each: all of them where there is time, else as many as fit.
- Up to eight people agree by talking. More write their proposals in threes, half of the minutes; as many are heard as
  there are minutes left but one, in which hands are raised.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import in_words, paragraph
from reports.decks.shared import Exercise, exercise_on
from reports.readings.topics import Topic

SHORTEST = 30  # minutes
STEP = 5  # minutes
LEAST_FOR_A_TOPIC = 2 * STEP  # what the exercises take
WITH_BREAK = 120  # minutes from which on people need one
SENTENCES_A_MINUTE = 3
ONE_TABLE = 8  # people who agree by talking
THREES = 3
CHOOSING = 8  # minutes in threes, where nothing stands out


@dataclass(frozen=True)
class Item:
    what: str
    minutes: int
    how: str
    topic: Topic | None = None  # a cell with its question, and room for notes
    is_agreement: bool = False  # something is agreed, with a name and a day
    start: int = 0  # minutes from the beginning

    @property
    def clock(self) -> str:
        """'0:35' after the beginning."""
        return f"{self.start // 60}:{self.start % 60:02d}"


@dataclass(frozen=True)
class Agenda:
    minutes: int
    people: int  # for whom its groups and rounds are
    items: tuple[Item, ...]  # their minutes add up to `minutes`

    @property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(item.topic for item in self.items if item.topic)


def agenda_for(topics: Sequence[Topic], minutes: int, people: int, *, of_one: bool = False) -> Agenda:
    """`minutes`: at least 30, in steps of five; `people`: in the room; `of_one`: about one group, so that nothing is
    compared.

    Topics that would get less than ten minutes each are left for another day, the last ones first. Without any, people
    choose for themselves what to talk about. Raises ValueError for any other length.
    """
    if minutes < SHORTEST or minutes % STEP:
        raise ValueError(f"An agenda takes at least {SHORTEST} minutes, in steps of {STEP}.")
    welcome, inside, agree, close = _frame(minutes)
    pause = 2 * STEP if minutes >= WITH_BREAK else 0
    left = minutes - welcome - inside - agree - close - pause
    talk = list(_talk(topics[: left // LEAST_FOR_A_TOPIC], left, people))
    half = (len(talk) + 1) // 2
    items = (
        Item(
            _("Welcome, and how to read the maps"),
            welcome,
            _(
                "Say why you are here. The word comes first, then the number; four levels, and a range that shows how "
                "sure a score is. Nobody is asked what they answered."
            ),
        ),
        _look_inside(inside, of_one=of_one),
        *talk[:half],
        *([Item(_("Break"), pause, "")] if pause else []),
        *talk[half:],
        Item(_("Agree one thing to try"), agree, _agreeing(people, agree), is_agreement=True),
        Item(_("Close"), close, _closing(people, close)),
    )
    return Agenda(minutes, people, tuple(_timed(items)))


def groups_of(people: int, size: int) -> tuple[int, int]:
    """How many groups of `size`, one more or one fewer in some, and how many people are in the smallest.

    >>> groups_of(40, 3), groups_of(3, 2), groups_of(7, 4), groups_of(5, 3)
    ((13, 3), (1, 3), (2, 3), (2, 2))
    """
    whole, over = divmod(people, size)
    groups = max(1, whole + (over > whole))
    return groups, people // groups


def _frame(minutes: int) -> tuple[int, int, int, int]:
    """Minutes for the welcome, one's own group, the agreement and the close; the rest is for talking."""
    return (
        STEP * (2 if minutes >= 90 else 1),
        STEP * max(1, minutes // (6 * STEP)),
        STEP * max(1, minutes // (8 * STEP)),
        STEP,
    )


def _look_inside(minutes: int, *, of_one: bool) -> Item:
    how = _("Alone, then with those beside you: what is strong here? Where is it thin?")
    if of_one:
        return Item(_("Look at the map"), minutes, how)
    return Item(_("Look inside your own group first"), minutes, paragraph(how, _("Compare only afterwards.")))


def _talk(topics: Sequence[Topic], minutes: int, people: int) -> Iterator[Item]:
    """The topics share `minutes` in steps of five; what is left over goes to the first ones."""
    if not topics:
        how = _("In threes, eight minutes: which cell would you like to understand better?")
        heard = _hearing(people, THREES, minutes - CHOOSING)
        last = _("Then talk about the one named most often.")
        yield Item(_("What strikes you"), minutes, paragraph(how, *heard, last))
    for turn, topic in enumerate(topics):
        steps, over = divmod(minutes // STEP, len(topics))
        mine = STEP * (steps + (turn < over))
        yield Item(topic.cell.place, mine, _how(exercise_on(topic.cell, turn), mine, people), topic)


def _how(exercise: Exercise, minutes: int, people: int) -> str:
    left = minutes - exercise.minutes
    words = [str(exercise.text), *_hearing(people, exercise.size, left)]
    if left > 0:
        words.append(_("Say together what it means."))
    return paragraph(*words)


def _hearing(people: int, size: int, minutes: int) -> Iterator[str]:
    """How many groups there are, and how many are heard in so many minutes; nothing where all talk together."""
    groups, smallest = groups_of(people, size)
    if groups == 1:
        return
    told = {"groups": groups, "size": in_words(smallest), "more": in_words(smallest + 1)}
    if people % groups:
        yield _("That makes %(groups)s groups of %(size)s or %(more)s.") % told
    else:
        yield _("That makes %(groups)s groups of %(size)s.") % told
    if minutes >= groups:
        yield _("Then hear one sentence from each group, a minute each.")
    elif minutes > 0:
        said = ngettext(
            "Then hear %(heard)s group, one minute; the others keep their sentence for the wall.",
            "Then hear %(heard)s groups, a minute each; the others keep their sentence for the wall.",
            minutes,
        )
        yield said % {"heard": minutes}
    else:
        yield _("Each group keeps one sentence for the wall.")


def _agreeing(people: int, minutes: int) -> str:
    what = _("Write it down in one sentence: something to do, not a number to reach.")
    if people <= ONE_TABLE:
        return what
    writing = minutes // 2
    heard = min(minutes - writing - 1, groups_of(people, THREES)[0])
    how = ngettext(
        "In threes, %(writing)s minutes: write one proposal on a sheet. Hear %(heard)s of them, and raise hands.",
        "In threes, %(writing)s minutes: write one proposal on a sheet. Hear %(heard)s of them, a minute each, and "
        "raise hands.",
        heard,
    )
    return paragraph(how % {"writing": writing, "heard": heard}, what)


def _closing(people: int, minutes: int) -> str:
    if people <= minutes * SENTENCES_A_MINUTE:
        return _("One sentence from each: what do you take with you?")
    return _("In threes, two minutes: what do you take with you? Then three sentences from the room.")


def _timed(items: Sequence[Item]) -> Iterator[Item]:
    start = 0
    for item in items:
        yield replace(item, start=start)
        start += item.minutes
