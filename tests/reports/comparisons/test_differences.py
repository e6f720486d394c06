"""Groups against everybody else: by hand, and worked out again from displayed values by code of its own."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.comparisons.differences import ChosenGroup, differences_from_others
from reports.comparisons.sides import counted_together
from reports.publish.cells import PublishedCell
from reports.publish.judgement import JudgedCell, judgement
from reports.scoring import METHOD
from tests.reports.recomputed import difference_said

TASK, ROUTE = ("task", "team"), ("route", "team")
PLACES = [("task", "team"), ("route", "team"), ("alignment", "team"), ("energy", "self")]
CLASS = (0.7, 104)  # an SD inside groups, with its degrees of freedom


def scored(score, n, *, place=TASK, asked=7, end=None, agreement="close", split=None, without=0):
    """A cell as stored; `split` None for a group of fewer than ten."""
    return {
        "condition": place[0],
        "space": place[1],
        "asked": asked,
        "state": "scored",
        "score": score,
        "end": end,
        "level": "partly",
        "levels": ["partly"],
        "low": 1.0,
        "high": 5.0,
        "agreement": agreement,
        "split": split,
        "could_not_judge": None,
        "n": n,
        "tens": [0 if split is None else n, 0],
        "without": without,
    }


def word(n, *, place=TASK, why="one_statement", asked=1):
    head = {"condition": place[0], "space": place[1], "asked": asked, "state": "word", "score": None}
    return head | {"level": "mostly", "n": n, "without": 0, "why": why}


def hidden(place=TASK, asked=7):
    head = {"condition": place[0], "space": place[1], "asked": asked}
    return head | {"state": "too_few_people", "score": None, "level": None}


def only(cell):
    return {(cell["condition"], cell["space"]): PublishedCell.from_stored(cell)}


def together(*cells):
    return counted_together(map(PublishedCell.from_stored, cells))


def told(atoms, *groups, spread=CLASS):
    """The one cell of each of `groups` (numbers of atoms), against everybody else."""
    [place] = only(atoms[0])
    cells = [only(atom) for atom in atoms]
    chosen = [
        ChosenGroup({place: together(*(atoms[at] for at in of)) if len(of) > 1 else cells[of[0]][place]}, set(of))
        for of in groups
    ]
    return [found[place] for found in differences_from_others(chosen, cells, judgement(cells, {place: spread}))]


# --- several counted together ---


def test_several_groups_together_by_hand():
    """(3.0 · 10 + 4.0 · 30)/40 = 3.75, half up 3.8. t(.975; 43) = 2.0167: 2.0167 · 0.70/√40 = 0.223, so 3.6 to 4.0."""
    both = together(scored(3.0, 10), scored(4.0, 30)).figures

    assert (both.score, both.low, both.high, both.n, both.level) == (3.8, 3.6, 4.0, 40, "mostly")
    assert (both.agreement, both.is_split, both.could_not_judge, both.views_differ) == (None, None, None, False)


def test_where_views_differ_in_a_part_the_range_is_wide_by_hand():
    """2.0167 · 1.05/√40 = 0.335 about 3.8: 3.5 to 4.1. The same for two camps."""
    for part in (scored(3.0, 10, agreement="wide"), scored(3.0, 10, split=True)):
        both = together(part, scored(4.0, 30)).figures
        assert (both.low, both.high, both.views_differ) == (3.5, 4.1, True)


def test_short_cells_have_their_own_typical_sd_by_hand():
    """Two statements: 2.0167 · 0.85/√40 = 0.271 about 3.8: 3.5 to 4.1."""
    both = together(scored(3.0, 10, asked=2), scored(4.0, 30, asked=2)).figures
    assert (both.low, both.high) == (3.5, 4.1)


def test_hidden_groups_are_left_out_and_counted():
    """One is hidden here, and one of the others was itself without two: three."""
    some = together(scored(3.0, 10), hidden(), scored(4.0, 30, without=2)).figures

    assert (some.score, some.n, some.without) == (3.8, 40, 3)
    assert together(hidden(), hidden()).figures is None


def test_ends_by_hand():
    """All at '≤ 1.5' stay there. With 3.0 of five: (1.5 · 6 + 3.0 · 5)/11 = 2.18, no end any more."""
    low, high = scored(1.5, 6, end="low"), scored(4.5, 6, end="high")

    assert [together(one, one).figures.end for one in (low, high)] == ["low", "high"]
    assert [together(one, one).figures.score for one in (low, high)] == [1.5, 4.5]
    mixed = together(low, scored(3.0, 5)).figures
    assert (mixed.score, mixed.end) == (2.2, None)
    assert together(scored(1.2, 40, split=False), scored(1.3, 40, split=False)).figures.end is None


# --- against everybody else ---

SIX = [scored(score, 15) for score in (2.6, 3.7, 3.6, 3.8, 3.6, 3.7)]


def test_a_group_is_what_the_close_judged_by_hand():
    """Others (3.7 + 3.6 + 3.8 + 3.6 + 3.7)/5 = 3.68, 3.7. z = 1.1/(0.7 · √(1/15 + 1/75)) = 5.56; t(.975; 104) = 1.983:
    1.1 ± 1.983 · 0.1980 = 0.393, so −1.5 to −0.7."""
    [low, next_one] = told(SIX, [0], [1])

    assert (low.word, low.difference, low.low, low.high) == ("lower", -1.1, -1.5, -0.7)
    assert (low.others.score, low.others.n, low.others.without) == (3.7, 75, 0)
    assert (next_one.word, next_one.difference, next_one.others.n, next_one.others.without) == ("not_clear", 0.0, 60, 1)


def test_without_a_class_the_quantiles_are_normal_by_hand():
    """Two groups of eight, 0.7 apart: 0.7 ± 1.960 · 0.7 · √(2/8) = 0.686."""
    [one, other] = told([scored(3.9, 8), scored(3.2, 8)], [0], [1], spread=(0.7, None))
    assert (one.word, one.difference, one.low, one.high) == ("higher", 0.7, 0.0, 1.4)
    assert (other.word, other.difference) == ("lower", -0.7)


def test_several_groups_are_held_against_those_outside_by_hand():
    """(3.7 + 3.6)/2 = 3.65, 3.7. Outside 2.6, 3.8, 3.6, 3.7: the first has left, (3.8 + 3.6 + 3.7)/3 = 3.7."""
    [found] = told(SIX, [1, 2])
    assert (found.word, found.difference, found.others.score) == ("not_clear", 0.0, 3.7)
    assert (found.others.n, found.others.without) == (45, 1)


def test_several_groups_together_have_a_word_by_the_limit_of_their_family_by_hand():
    """Each of three is 0.5 lower than the other three, with p = .02 and more: too many for a word of its own by chance
    among six. Together: 0.5/(0.7 · √(2/36)) = 3.03, p = .0031, less than .05/6 = .0083."""
    atoms = [scored(3.1, 12), scored(3.1, 12), scored(3.1, 12), *[scored(3.6, 12)] * 3]

    alone, both = told(atoms, [0], [0, 1, 2])

    assert alone.word == "not_clear"
    assert (both.word, both.difference, both.others.without) == ("lower", -0.5, 0)


def test_a_word_does_not_depend_on_what_else_is_chosen():
    atoms = [*SIX, scored(3.1, 15), scored(4.3, 15)]
    groups = [[0], [1, 2], [6], [7], [3, 6], [0, 7]]
    every = told(atoms, *groups)
    assert [told(atoms, group)[0] for group in groups] == every
    assert {one.word for one in every} == {"lower", "not_clear", "higher"}


def test_where_most_outside_have_left_all_of_them_are_everybody_else():
    """Outside are the one that left and one that stayed: half of them, which is not more than half."""
    [found] = told(SIX, [1, 2, 3, 4])
    assert (found.others.without, found.others.n, found.others.score) == (0, 30, 3.2)


def test_a_group_with_one_atom_that_is_shown_is_that_atom():
    atoms = [*SIX, hidden()]
    alone, with_hidden = told(atoms, [0], [0, 6])
    assert replace(with_hidden, atoms=frozenset({0})) == alone


def test_ends_are_bounds_by_hand():
    """4.5 or more, against 3.5: at least 1.0. Where one of the others is cut at the same end it may be less, too."""
    others = [scored(3.5, 15), scored(3.5, 15), scored(3.5, 15), scored(3.5, 15)]
    [high] = told([scored(4.5, 8, end="high"), *others], [0])
    assert (high.word, high.difference, high.is_at_least) == ("higher", 1.0, True)
    [tens] = told([scored(4.8, 15, split=False), *others], [0])
    assert (tens.difference, tens.is_at_least) == (1.0, True)
    [plain] = told([scored(4.5, 15, split=False), *others], [0])
    assert (plain.difference, plain.is_at_least) == (1.0, False)
    [mixed] = told([scored(4.5, 8, end="high"), *others, scored(4.5, 5, end="high")], [0])
    assert (mixed.word, mixed.is_at_least) == ("higher", False)
    [union] = told([scored(4.5, 8, end="high"), scored(4.5, 8, end="high"), *others], [0, 1])
    assert (union.word, union.is_at_least) == ("higher", True)


def test_at_the_ceiling_nothing_differs():
    """One ward of 40 at 4.9 and eight teams of 8 at 4.5 or more: both sides are cut."""
    atoms = [scored(4.9, 40, split=False), *[scored(4.5, 8, end="high")] * 8]
    found = told(atoms, *[[at] for at in range(9)])
    assert {(one.word, one.difference, one.others.score) for one in found} == {("not_clear", 0.0, 4.5)}


def test_why_a_cell_is_not_compared():
    assert told([hidden(), *SIX], [0])[0].word == "too_few"
    assert told([*SIX[:1], hidden()], [0])[0] == replace(
        told([*SIX[:1], hidden()], [0])[0], word="too_few", is_mine=False
    )
    alone = told([word(8), word(9)], [0])[0]
    assert (alone.word, alone.why, alone.is_mine) == ("no_score", "one_statement", True)
    others = told([SIX[0] | {"asked": 1}, word(9)], [0])[0]
    assert (others.word, others.why, others.is_mine) == ("no_score", "one_statement", False)
    everybody = told(SIX, [0, 1, 2, 3, 4, 5])[0]
    assert (everybody.word, everybody.others, everybody.difference) == ("nobody_else", None, None)


# --- the judgement, stored ---


def test_what_is_stored_is_read_again():
    cells = [only(atom) for atom in [*SIX, hidden(), scored(4.5, 6, end="high")]]
    [judged] = judgement(cells, {TASK: CLASS})
    stored = judged.stored()

    assert JudgedCell.from_stored(stored) == judged
    assert (stored["lower"], stored["at_least"], stored["difference"][6]) == ([0], [7], None)
    assert judged.left == {0, 7}
    assert stored["p"][1] is None  # too small a difference for a word


def test_deep_and_brief_cells_have_limits_of_their_own_by_hand():
    """A lone word in the deep cell; none in the brief one, with six comparisons: .05/6."""
    atoms = [only(one) | only(scored(3.5, 15, place=ROUTE, asked=2)) for one in SIX]
    deep, brief = judgement(atoms, {TASK: CLASS, ROUTE: (0.8, 104)})
    assert deep.limit == pytest.approx(0.05 / 6)
    assert brief.limit == pytest.approx(0.05 / 6)
    assert brief.groups[0].word == "no_clear_difference"


def test_nobody_published_is_nothing_judged():
    assert judgement([], {TASK: CLASS}) == []


# --- worked out again ---

tenth = st.integers(min_value=10, max_value=50).map(lambda tenths: tenths / 10)


@st.composite
def published(draw, place):
    """Any cell that may be published."""
    asked = 7 if place[1] == "team" else 2
    if draw(st.integers(0, 6)) == 0:
        return draw(st.sampled_from([hidden(place, asked), word(8, place=place, why="open_link", asked=asked)]))
    if draw(st.booleans()):
        return scored(draw(tenth), draw(st.integers(10, 90)), place=place, asked=asked, split=draw(st.booleans()))
    score = min(4.5, max(1.5, draw(tenth)))
    return scored(score, draw(st.integers(5, 30)), place=place, asked=asked, end={1.5: "low", 4.5: "high"}.get(score))


@st.composite
def comparisons(draw):
    """Atoms, and groups of them that may overlap; the SD inside groups of each cell."""
    atoms = [{place: draw(published(place)) for place in PLACES} for _ in range(draw(st.integers(2, 9)))]
    groups = draw(st.lists(st.sets(st.integers(0, len(atoms) - 1), min_size=1), min_size=2, max_size=5))
    classes = st.tuples(st.integers(4, 12).map(lambda sd: sd / 10), st.sampled_from([None, 30, 104]))
    return atoms, groups, {place: draw(classes) for place in PLACES}


@given(comparisons())
def test_a_reader_with_a_pocket_calculator_comes_to_the_same(given_):
    atoms, groups, spreads = given_
    cells = [whole(atom) for atom in atoms]
    own = [
        cells[next(iter(of))]
        if len(of) == 1
        else {place: together(*(atoms[at][place] for at in sorted(of))) for place in PLACES}
        for of in groups
    ]

    found = differences_from_others(
        [ChosenGroup(cells_, of) for cells_, of in zip(own, groups, strict=True)], cells, judgement(cells, spreads)
    )

    displayed = [{place: cell.stored() for place, cell in group.items()} for group in own]
    assert [{place: figures(one) for place, one in group.items()} for group in found] == difference_said(
        displayed, groups, atoms, spreads
    )


def whole(atom):
    return {place: PublishedCell.from_stored(cell) for place, cell in atom.items()}


def figures(found):
    if found.difference is None:
        return (found.word,)
    others = found.others
    return (found.word, found.difference, found.low, found.high, others.score, others.n, others.without)


@pytest.mark.parametrize("n", [5, 60])
def test_a_small_difference_is_not_clear_however_many_answered(n):
    assert told([scored(3.2, 10 * n), scored(3.0, 10 * n)], [0])[0].word == "not_clear"
    assert METHOD.delta == 0.3
