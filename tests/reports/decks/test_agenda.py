"""An agenda adds up, whatever is talked about and however long it may take."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.decks.agenda import LEAST_FOR_A_TOPIC, STEP, agenda_for, groups_of
from reports.decks.shared import exercise_on
from reports.files.kinds import AGENDA_LENGTHS
from reports.pages.gallery import samples
from reports.readings.topics import AT_MOST, Topic

CELLS = [cell for row in samples.of_people().rows for cell in row.cells]
TOPICS = st.lists(st.sampled_from(CELLS), max_size=AT_MOST).map(
    lambda cells: tuple(Topic(cell, (f"What about {cell.place}?", "What else?")) for cell in cells)
)
ANY_NUMBER = st.integers(3, 400)  # people
EVERY_LENGTH = st.integers(2, 16).map(lambda quarters: quarters * 15)  # 30 minutes to four hours


def topics(number: int) -> tuple[Topic, ...]:
    return tuple(Topic(cell, (f"What about {cell.place}?",)) for cell in CELLS[:number])


@given(TOPICS, EVERY_LENGTH, ANY_NUMBER)
def test_minutes_add_up_to_the_length(chosen, minutes, people):
    made = agenda_for(chosen, minutes, people)
    assert sum(item.minutes for item in made.items) == made.minutes == minutes
    assert all(item.minutes >= STEP and item.minutes % STEP == 0 for item in made.items)
    assert [item.start for item in made.items] == [
        sum(before.minutes for before in made.items[:at]) for at in range(len(made.items))
    ]


@given(TOPICS, EVERY_LENGTH, ANY_NUMBER)
def test_topics_keep_their_order_and_have_time(chosen, minutes, people):
    made = agenda_for(chosen, minutes, people)
    assert made.topics == chosen[: len(made.topics)]
    assert all(item.minutes >= LEAST_FOR_A_TOPIC for item in made.items if item.topic)
    assert bool(made.topics) == bool(chosen)


@pytest.mark.parametrize("minutes", AGENDA_LENGTHS)
def test_the_lengths_on_offer_have_room_for_three_topics(minutes):
    assert agenda_for(topics(3), minutes, 12).topics == topics(3)


def test_half_an_hour_leaves_two_topics_for_another_day():
    assert agenda_for(topics(3), 30, 12).topics == topics(1)


def test_an_agenda_of_ninety_minutes_begins_with_one_s_own_group_and_ends_with_one_thing():
    told = [(item.clock, item.minutes, item.what) for item in agenda_for(topics(3), 90, 12).items]
    assert told == [
        ("0:00", 10, "Welcome, and how to read the maps"),
        ("0:10", 15, "Look inside your own group first"),
        ("0:25", 20, "Task in people’s own leadership"),
        ("0:45", 15, "Task in the team"),
        ("1:00", 15, "Task in the organisation"),
        ("1:15", 10, "Agree one thing to try"),
        ("1:25", 5, "Close"),
    ]


def test_two_hours_have_a_break_between_the_topics():
    what = [item.what for item in agenda_for(topics(2), 120, 12).items]
    assert what[2:5] == [topics(2)[0].cell.place, "Break", topics(2)[1].cell.place]


def test_where_nothing_stands_out_people_choose_for_themselves():
    made = agenda_for((), 60, 12)
    assert [item.what for item in made.items][2] == "What strikes you"
    assert not made.topics


@pytest.mark.parametrize("minutes", [25, 0, 61])
def test_other_lengths_are_refused(minutes):
    with pytest.raises(ValueError, match="in steps of 5"):
        agenda_for(topics(1), minutes, 12)


# --- the number of people ---


@given(TOPICS, EVERY_LENGTH, ANY_NUMBER)
def test_all_that_is_to_be_done_in_a_part_fits_into_its_minutes(chosen, minutes, people):
    made = agenda_for(chosen, minutes, people)
    for turn, item in enumerate(item for item in made.items if item.topic):
        exercise = exercise_on(item.topic.cell, turn)
        groups, _smallest = groups_of(people, exercise.size)
        assert exercise.minutes + heard_in(item.how, groups) <= item.minutes
    agree, close = made.items[-2:]
    writing, heard = re.search(r"(\d+) minutes: write one.*?Hear (\d+)", agree.how).groups() if people > 8 else (0, 0)
    assert int(writing) + int(heard) < agree.minutes
    assert ("from each" in close.how) == (people <= 15), "a sentence takes twenty seconds"


def heard_in(how: str, groups: int) -> int:
    """Minutes in which groups are heard."""
    if "from each group" in how:
        return groups
    some = re.search(r"Then hear (\d+)", how)
    return int(some[1]) if some else 0


@given(ANY_NUMBER, st.sampled_from([2, 3, 4]))
def test_nobody_is_alone_and_no_group_is_much_larger_than_asked(people, size):
    groups, smallest = groups_of(people, size)
    assert smallest * groups <= people <= (smallest + 1) * groups
    assert max(2, size - 1) <= smallest
    assert people / groups <= max(size + 1, 5)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (4, "when it was missing. Say together"),
        (12, "That makes 4 groups of three. Then hear one sentence from each group"),
        (40, "That makes 13 groups of three or four. Then hear 12 groups, a minute each"),
        (400, "That makes 133 groups of three or four. Then hear 12 groups, a minute each"),
    ],
)
def test_an_agenda_says_sizes_and_who_is_heard_by_the_number_of_people(people, said):
    first = next(item for item in agenda_for(topics(3), 90, people).items if item.topic)
    assert said in first.how


def test_an_agenda_for_one_group_compares_nothing():
    assert "Compare" not in " ".join(item.how for item in agenda_for(topics(2), 60, 12, of_one=True).items)
