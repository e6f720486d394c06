"""A conversation about groups side by side, minute by minute: at most three cells, and nothing left over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reports.decks.shared import exercise, in_short
from reports.readings.topics import Topic

SHORTEST = 30  # minutes
STEP = 5  # minutes
LEAST_FOR_A_TOPIC = 2 * STEP  # what the exercises take
WITH_BREAK = 120  # minutes from which on people need one


@dataclass(frozen=True)
class Item:
    what: str
    minutes: int
    how: str
    topic: Topic | None = None  # a cell with its question, and room for notes
    is_agreement: bool = False  # something is agreed, with a name and a day
    start: int = 0  # minutes from the beginning

    @property
    def groups(self) -> str:
        """For whom its topic stands out, where that is said."""
        return in_short(self.topic.groups) if self.topic else ""

    @property
    def clock(self) -> str:
        """'0:35' after the beginning."""
        return f"{self.start // 60}:{self.start % 60:02d}"


@dataclass(frozen=True)
class Agenda:
    minutes: int
    items: tuple[Item, ...]  # their minutes add up to `minutes`

    @property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(item.topic for item in self.items if item.topic)


def agenda_for(topics: Sequence[Topic], minutes: int) -> Agenda:
    """`minutes`: at least 30, in steps of five.

    Topics that would get less than ten minutes each are left for another day, the last ones first. Without any, people
    choose for themselves what to talk about. Raises ValueError for any other length.
    """
    if minutes < SHORTEST or minutes % STEP:
        raise ValueError(f"An agenda takes at least {SHORTEST} minutes, in steps of {STEP}.")
    welcome, inside, agree, close = _frame(minutes)
    pause = 2 * STEP if minutes >= WITH_BREAK else 0
    left = minutes - welcome - inside - agree - close - pause
    talk = list(_talk(topics[: left // LEAST_FOR_A_TOPIC], left))
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
        Item(
            _("Look inside your own group first"),
            inside,
            _("Alone, then with those beside you: what is strong here? Where is it thin? Compare only afterwards."),
        ),
        *talk[:half],
        *([Item(_("Break"), pause, "")] if pause else []),
        *talk[half:],
        Item(
            _("Agree one thing to try"),
            agree,
            _("In one sentence. What is agreed is something to do, not a number to reach."),
            is_agreement=True,
        ),
        Item(_("Close"), close, _("One sentence from each: what do you take with you?")),
    )
    return Agenda(minutes, tuple(_timed(items)))


def _frame(minutes: int) -> tuple[int, int, int, int]:
    """Minutes for the welcome, one's own group, the agreement and the close; the rest is for talking."""
    return (
        STEP * (2 if minutes >= 90 else 1),
        STEP * max(1, minutes // (6 * STEP)),
        STEP * max(1, minutes // (8 * STEP)),
        STEP,
    )


def _talk(topics: Sequence[Topic], minutes: int) -> Iterator[Item]:
    """The topics share `minutes` in steps of five; what is left over goes to the first ones."""
    if not topics:
        how = _("In threes: which cell would you like to understand better? Then talk about the one named most often.")
        yield Item(_("What strikes you"), minutes, how)
    for turn, topic in enumerate(topics):
        steps, over = divmod(minutes // STEP, len(topics))
        mine = STEP * (steps + (turn < over))
        yield Item(topic.cell.place, mine, _how(topic, turn, mine), topic)


def _how(topic: Topic, turn: int, minutes: int) -> str:
    how = exercise(topic.cell, turn)
    if minutes <= LEAST_FOR_A_TOPIC:
        return how
    return _("%(exercise)s Then hear one sentence from each, and say together what it means.") % {"exercise": how}


def _timed(items: Sequence[Item]) -> Iterator[Item]:
    start = 0
    for item in items:
        yield replace(item, start=start)
        start += item.minutes
