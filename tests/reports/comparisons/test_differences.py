"""Groups against everybody else: by hand, and worked out again from displayed values by code of its own."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.comparisons.differences import differences_from_others
from reports.comparisons.sides import counted_together, displayed_sd, side
from reports.publish.cells import PublishedCell
from tests.reports.recomputed import difference_said

TASK, ROUTE = ("task", "team"), ("route", "team")
PLACES = [("task", "team"), ("route", "team"), ("alignment", "team"), ("energy", "self")]
SINGLE = dict.fromkeys(PLACES, "few_groups")


def scored(score, n, *, low=1.0, high=5.0, place=TASK, asked=7, end=None, agreement="close", split=None, without=0):
    """A cell as stored; `split` None for a group of fewer than ten, whose range was made with a typical SD."""
    return {
        "condition": place[0],
        "space": place[1],
        "asked": asked,
        "state": "scored",
        "score": score,
        "end": end,
        "level": "partly",
        "low": low,
        "high": high,
        "pale": True,
        "agreement": agreement,
        "split": split,
        "views_differ": agreement == "wide" or bool(split),
        "could_not_judge": None,
        "n": n,
        "without": without,
    }


def hidden(place=TASK, asked=7):
    head = {"condition": place[0], "space": place[1], "asked": asked}
    return head | {"state": "too_few_people", "score": None, "level": None}


def only(cell):
    return {(cell["condition"], cell["space"]): PublishedCell.from_stored(cell)}


def together(*cells):
    return counted_together(map(PublishedCell.from_stored, cells))


def read(cell):
    """Its figures and how many statements it has."""
    return PublishedCell.from_stored(cell).figures, cell["asked"]


def told_of(group, *others, between=SINGLE):
    """The one cell of one group against others."""
    [found] = differences_from_others([only(group)], [[only(other) for other in others]], between)
    return found[group["condition"], group["space"]]


# --- several counted together ---


def test_several_groups_together_by_hand():
    """(3.0 · 10 + 4.0 · 30)/40 = 3.75, half up 3.8. t(.975; 43) = 2.0167: 2.0167 · 0.70/√40 = 0.223, so 3.6 to 4.0."""
    both = together(scored(3.0, 10), scored(4.0, 30)).figures

    assert (both.score, both.low, both.high, both.n, both.level) == (3.8, 3.6, 4.0, 40, "mostly")
    assert (both.agreement, both.is_split, both.could_not_judge, both.views_differ) == (
        None,
        None,
        None,
        False,
    )


def test_where_views_differ_in_a_part_the_range_is_wide_by_hand():
    """2.0167 · 1.00/√40 = 0.319 about 3.8: 3.5 to 4.1. The same for two camps."""
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


# --- one side, as printed ---


def test_the_sd_of_ten_is_what_the_printed_range_gives_back_by_hand():
    """t(.975; 13) = 2.1604, so a range of ±0.6 comes from 0.6 · √10/2.1604 = 0.878."""
    ten = scored(4.1, 10, low=3.5, high=4.7, split=False)

    assert PublishedCell.from_stored(ten).is_of_tens
    assert displayed_sd(*read(ten)) == pytest.approx(0.878, abs=0.0005)
    assert (side(*read(ten)).mean, side(*read(ten)).n, side(*read(ten)).df) == (4.1, 10, 13)


def test_a_range_cut_at_the_end_of_the_scale_tells_by_its_other_half():
    assert displayed_sd(*read(scored(4.8, 10, low=4.5, high=5.0, split=False))) == pytest.approx(
        0.3 * math.sqrt(10) / 2.1604, abs=1e-4
    )


@pytest.mark.parametrize(
    ("cell", "sd"),
    [
        (scored(3.4, 6), 0.70),
        (scored(3.4, 6, asked=2), 0.85),
        (scored(3.4, 6, agreement="wide"), 1.00),
        (scored(1.5, 6, end="low"), 0.70),
    ],
)
def test_below_ten_it_is_a_typical_sd(cell, sd):
    assert displayed_sd(*read(cell)) == sd


# --- against everybody else ---

TEN = scored(4.1, 10, low=3.5, high=4.7, split=False)
TWENTIES = scored(3.0, 20), scored(3.4, 20)


def test_a_group_against_everybody_else_by_hand():
    """Others: (3.0 · 20 + 3.4 · 20)/40 = 3.2, SD 0.70. Difference 0.9.

    v = 0.878²/10 = 0.0771, w = 0.70²/40 = 0.01225; √(v + w) = 0.2990; df = (v + w)²/(v²/13 + w²/43) = 17.3, t 2.107:
    0.9 ± 0.630, so +0.3 to +1.5. Large enough, and clear of zero.
    """
    found = told_of(TEN, *TWENTIES)

    assert (found.word, found.difference, found.low, found.high) == ("higher", 0.9, 0.3, 1.5)
    assert (found.others.score, found.others.n) == (3.2, 40)


def test_what_is_lower_has_its_signs_turned():
    """1.9 against 2.8: −0.9, −1.5 to −0.3, by the arithmetic above."""
    found = told_of(scored(1.9, 10, low=1.3, high=2.5, split=False), scored(2.6, 20), scored(3.0, 20))
    assert (found.word, found.difference, found.low, found.high) == ("lower", -0.9, -1.5, -0.3)


def test_a_small_difference_is_not_clear_however_many_answered():
    """0.2 of 400 against 400 is certain and does not matter."""
    found = told_of(scored(3.2, 400), scored(3.0, 400))
    assert (found.word, found.difference, found.low, found.high) == ("not_clear", 0.2, 0.1, 0.3)


def test_a_large_difference_of_few_is_not_clear_by_hand():
    """5 against 5, 0.9 apart: √(2 · 0.49/5) = 0.443, df 16, t 2.120: ±0.94 touches zero."""
    found = told_of(scored(3.9, 5), scored(3.0, 5))
    assert (found.word, found.low, found.high) == ("not_clear", 0.0, 1.8)


def test_views_that_differ_widen_the_interval_by_hand():
    """8 against 40 with SDs 1.00 and 0.70: v = 0.125, w = 0.01225, root 0.3705, df 13.2, t 2.157: 0.7 ± 0.80."""
    near = scored(3.9, 8), (scored(3.2, 40),)
    assert told_of(near[0], *near[1]).word == "higher"
    wide = told_of(scored(3.9, 8, agreement="wide"), *near[1])
    assert (wide.word, wide.low, wide.high) == ("not_clear", -0.1, 1.5)


def test_ends_enter_as_what_is_printed():
    """'≤ 1.5' against 3.0 is a difference of −1.5, however low the answers were."""
    assert told_of(scored(1.5, 6, end="low"), scored(3.0, 40)).difference == -1.5


def test_what_is_hidden_on_a_side_is_not_compared():
    assert told_of(hidden(), *TWENTIES).word == "too_few"
    assert told_of(TEN, hidden(), hidden()).word == "too_few"
    beside = told_of(TEN, hidden(), *TWENTIES)
    assert (beside.word, beside.others.n, beside.others.without) == ("higher", 40, 1)


def test_fewer_than_five_on_a_side_are_too_few():
    assert told_of(scored(4.5, 4), scored(3.0, 40)).word == "too_few"
    assert told_of(scored(4.5, 40), scored(3.0, 4)).word == "too_few"


def test_a_group_of_everybody_has_nobody_else():
    found = told_of(TEN)
    assert (found.word, found.others, found.difference) == ("nobody_else", None, None)


def test_places_that_were_not_asked_are_not_told():
    [found] = differences_from_others([only(TEN)], [[only(one) for one in TWENTIES]], SINGLE)
    assert list(found) == [TASK]


# --- many cells, and whether groups can be told apart ---


def many(cell, count):
    """The same cell in as many places."""
    return {(f"c{number}", "team"): PublishedCell.from_stored(cell) for number in range(count)}


def test_a_lone_clear_word_does_not_survive_twenty_cells_by_hand():
    """t = 0.9/0.2990 = 3.01 with 17.3 degrees of freedom: p = 0.0078. Twenty times that is 0.16, more than 0.10."""
    calm = many(scored(3.2, 10), 19)
    between = dict.fromkeys([*calm, TASK], "few_groups")
    others = [many(scored(3.2, 20), 19) | only(one) for one in TWENTIES]

    assert differences_from_others([only(TEN)], [[only(one) for one in TWENTIES]], between)[0][TASK].word == "higher"
    [found] = differences_from_others([calm | only(TEN)], [others], between)
    assert (found[TASK].word, found[TASK].difference, found[TASK].low) == ("not_clear", 0.9, 0.3)
    assert {one.word for one in found.values()} == {"not_clear"}


def test_cells_of_all_groups_stand_in_one_view():
    """Four groups of five such cells are twenty comparisons too."""
    calm = many(scored(3.2, 10), 5)
    others = [many(scored(3.2, 20), 5)]
    raised = calm | {("c0", "team"): PublishedCell.from_stored(TEN)}
    between = dict.fromkeys(calm, "few_groups")

    assert differences_from_others([raised], [others], between)[0]["c0", "team"].word == "higher"
    found = differences_from_others([raised, calm, calm, calm], [others] * 4, between)
    assert found[0]["c0", "team"].word == "not_clear"


def test_where_groups_are_alike_nothing_is_compared():
    found = told_of(TEN, *TWENTIES, between={TASK: "alike"})
    assert (found.word, found.difference, found.low, found.high) == ("alike", None, None, None)


def test_cells_that_are_not_compared_are_no_comparisons():
    """The lone clear word of above stands where the nineteen other cells are alike."""
    calm = many(scored(3.2, 10), 19)
    others = [many(scored(3.2, 20), 19) | only(one) for one in TWENTIES]
    [found] = differences_from_others([calm | only(TEN)], [others], dict.fromkeys(calm, "alike") | {TASK: "apart"})
    assert found[TASK].word == "higher"


def test_with_caution_stands_beside_clear_words_only():
    for gate, is_cautious in (("caution", True), ("apart", False), ("few_groups", False)):
        assert told_of(TEN, *TWENTIES, between={TASK: gate}).with_caution is is_cautious
    assert not told_of(scored(3.2, 10), *TWENTIES, between={TASK: "caution"}).with_caution


# --- worked out again ---

tenth = st.integers(min_value=10, max_value=50).map(lambda tenths: tenths / 10)


@st.composite
def published(draw, place):
    """Any cell that may be published."""
    asked = 7 if place[1] == "team" else 2
    if draw(st.integers(0, 6)) == 0:
        return hidden(place, asked)
    if draw(st.booleans()):
        score, n = draw(tenth), draw(st.integers(10, 90))
        half = draw(st.integers(1, 9)) / 10
        low, high = max(1.0, round(score - half, 1)), min(5.0, round(score + half, 1))
        return scored(score, n, low=low, high=high, place=place, asked=asked, split=draw(st.booleans()))
    score = min(4.5, max(1.5, draw(tenth)))
    end = {1.5: "low", 4.5: "high"}.get(score)
    agreement = draw(st.sampled_from(["close", "some_spread", "wide", None]))
    return scored(score, draw(st.integers(5, 30)), place=place, asked=asked, end=end, agreement=agreement)


@st.composite
def comparisons(draw):
    """Atoms, and groups of them that may overlap."""
    atoms = [{place: draw(published(place)) for place in PLACES} for _ in range(draw(st.integers(2, 7)))]
    chosen = st.sets(st.integers(0, len(atoms) - 1), min_size=1)
    groups = draw(st.lists(chosen, min_size=2, max_size=5))
    gates = st.sampled_from(["few_groups", "alike", "caution", "apart"])
    return atoms, groups, {place: draw(gates) for place in PLACES}


@given(comparisons())
def test_a_reader_with_a_pocket_calculator_comes_to_the_same(given_):
    atoms, groups, between = given_
    inside = [[atoms[number] for number in sorted(group)] for group in groups]
    outside = [[atom for number, atom in enumerate(atoms) if number not in group] for group in groups]
    cells = [
        whole(group[0]) if len(group) == 1 else {place: together(*(atom[place] for atom in group)) for place in PLACES}
        for group in inside
    ]

    found = differences_from_others(cells, [[whole(atom) for atom in others] for others in outside], between)

    assert [{place: figures(one) for place, one in group.items()} for group in found] == difference_said(
        inside, outside, between
    )


def whole(atom):
    return {place: PublishedCell.from_stored(cell) for place, cell in atom.items()}


def figures(found):
    return (found.word,) if found.difference is None else (found.word, found.difference, found.low, found.high)
