"""From where on a change is called clear, in words that hold for cells of every size."""

import doctest

import pytest

from reports.readings.self_assessment import since_last
from reports.readings.self_assessment.since_last import limits_in_words, moved_in_words
from reports.scoring import CellChange, own_change, smallest_clear_change


@pytest.mark.parametrize("noise", [None, 1.2, 1.9])
@pytest.mark.parametrize("size", [(1, True), (2, False), (3, False), (7, True)])
def test_the_smallest_change_is_the_smallest_that_has_a_word(size, noise):
    """The first tenth above the threshold of the method sheet."""
    statements, is_primary = size
    smallest = smallest_clear_change(statements, is_primary=is_primary, noise=noise)
    limit = threshold(statements, is_primary, noise)
    assert smallest > limit >= smallest - 0.1 - 1e-9


def threshold(statements: int, is_primary: bool, noise: float | None) -> float:
    variance = (noise or 0.58 * 2**0.5) ** 2
    return (2.7 if is_primary else 3.0) * (2 * 0.15**2 + variance / statements) ** 0.5


@pytest.mark.parametrize(
    ("sizes", "noise", "said"),
    [
        ([], None, ""),
        ([(7, True), (7, False)], None, "from 1.1 points in the space of your work, from 1.2 elsewhere."),
        ([(7, True), (2, False), (1, False)], None, "from 1.1 points on seven statements, from 2.6 on one."),
        ([(7, True), (2, False)], 2.0, "from 2.2 points on seven statements; on fewer the ratings moved too unevenly."),
        ([(1, True)], 2.0, "No change could be called clear: the ratings moved too unevenly for that."),
    ],
)
def test_limits_in_words(sizes, noise, said):
    assert limits_in_words(sizes, noise=noise).endswith(said)


def test_what_moved_is_counted_over_what_was_compared():
    keys = [f"T{at}" for at in range(7)]
    before, after = dict.fromkeys(keys, 3), dict(zip(keys, [4, 4, 2, 3, 3, 3, 3], strict=True))
    change = own_change([("task", "team", keys)], primary="team", before=before, after=after)
    assert moved_in_words(change.cells) == "Of their 7 statements, 2 went up and 1 down."


def test_nothing_that_moved_is_said_too():
    same = CellChange("task", "team", 1, 3.0, 3.0, 0.0, 0, 0, 2.3, None)
    assert moved_in_words([same]) == "Its one statement was rated just as then."


def test_examples_in_docstrings_run():
    assert doctest.testmod(since_last).failed == 0
