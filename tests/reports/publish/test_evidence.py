"""Figures on the instrument: worked out again person by person, held against those who would take them apart."""

import json
import random
from collections import defaultdict
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reports.publish import Responses, publish_edition
from reports.publish.evidence import Evidence
from tests.reports import oracles
from tests.reports.publish.test_attacks import Survey, exchange
from tests.reports.worlds import CELLS

K = 5
LARGE = range(40)  # seeds of worlds of which many have more than a hundred people


@cache
def large() -> tuple[int, ...]:
    return tuple(seed for seed in LARGE if people(Survey.random(seed, largest=30)) >= 100)


def people(survey: Survey) -> int:
    counts, fives, _, _ = survey.parts()
    return sum(len(part & counts) for _, part in fives)


def evidence_of(survey: Survey) -> dict[tuple[str, str], dict]:
    return {(cell["condition"], cell["space"]): cell for cell in survey.published().ledger["evidence"]}


# --- Every figure worked out again ---


def judged(survey: Survey, place) -> set[int]:
    """Who has a score in the cell, in 10-atoms in which ten have."""
    counts, fives, tens, _ = survey.parts()
    everybody = set(range(len(survey.answers)))
    base = oracles.base(everybody, survey.scored(place), fives, counts, K)
    return oracles.in_whole(base, everybody, tens, counts)


def on_the_same_atoms(survey: Survey, place, key) -> bool:
    """Whether ten people rated the statement in every 10-atom in which ten have a score, and k in every atom of it."""
    counts, fives, tens, _ = survey.parts()
    everybody, base = set(range(len(survey.answers))), judged(survey, place)
    rated = oracles.base(everybody, survey.rated(place, key), fives, counts, K)
    rated = oracles.in_whole(rated, everybody, tens, counts)
    return all(part & rated for _, part in fives if part & base)


def printed(statement: dict, place: int) -> int | None:
    """The share of a class of a bar, to 5 %, where it stands by itself."""
    for classes, per_cent in statement.get("joined", ()):
        if classes == [place]:
            return per_cent
    share = dict(enumerate(statement.get("shares", ()))).get(place)
    return int(share / 5 + 0.5) * 5 if isinstance(share, int) else None


def ratings(survey: Survey, place) -> tuple[np.ndarray, int]:
    """What those rated who rated all, and how many of them count towards k."""
    given_ = {person: [survey.answers[person][key] for key in CELLS[place]] for person in judged(survey, place)}
    complete = {person: row for person, row in given_.items() if all(row)}
    return np.array(list(complete.values())), len(set(complete) & survey.parts()[0])


def check_consistency(cell: dict, rated: np.ndarray, people: int) -> None:
    """`people`: who of them count towards k."""
    k = len(rated.T)
    covariances = np.cov(rated.T)
    assert cell["n"] <= people < cell["n"] + 10
    assert cell["n"] % 10 == 0
    assert cell["alpha"] == pytest.approx(k / (k - 1) * (1 - np.trace(covariances) / covariances.sum()), abs=0.00501)
    df = cell["n"] - 1, (cell["n"] - 1) * (k - 1)
    assert cell["low"] == pytest.approx(1 - (1 - cell["alpha"]) * stats.f.ppf(0.975, *df), abs=0.00501)
    assert cell["high"] == pytest.approx(1 - (1 - cell["alpha"]) * stats.f.ppf(0.025, *df), abs=0.00501)
    for place, statement in enumerate(cell["statements"]):
        rest = np.delete(rated, place, axis=1).sum(axis=1)
        assert statement["rest"] == pytest.approx(np.corrcoef(rated[:, place], rest)[0, 1], abs=0.00501)


def check_statement(survey: Survey, place, told: dict, bar: dict) -> str:
    """The ends are the bar's where it has five classes; so is "don't know" where it rests on the same people."""
    classes = {"three_classes": 3, "five_classes": 5}.get(bar.get("state"))
    assert told["floor"] == (printed(bar, 0) if classes == 5 else None)
    assert told["ceiling"] == (printed(bar, 4) if classes == 5 else None)
    if on_the_same_atoms(survey, place, told["key"]):
        assert told["dont_know"] == (printed(bar, classes) if classes else None)
        return "as in the bar"
    said = [survey.answers[person][told["key"]] for person in judged(survey, place)]
    count, total = said.count(0), sum(one is not None for one in said)
    if count <= 2 or total < 30:
        assert told["dont_know"] is None
        return "few"
    assert told["dont_know"] % 5 == 0
    assert abs(told["dont_know"] - 100 * count / total) <= 2.5
    return "of more people"


def bars_of(survey: Survey) -> dict[str, dict]:
    whole = next(one for one in survey.published().slices if (one.kind, one.node) == ("group", "all"))
    cells = whole.content.stored()["cells"]
    return {statement["key"]: statement for cell in cells for statement in cell.get("statements", ())}


def test_every_figure_is_that_of_whole_atoms_in_which_its_cell_is_shown():
    seen = defaultdict(int)
    for seed in large():
        survey = Survey.random(seed, largest=30)
        bars = bars_of(survey)
        for place, cell in evidence_of(survey).items():
            rated, people_ = ratings(survey, place)
            if people_ >= 30 and len(CELLS[place]) > 1:
                check_consistency(cell, rated, people_)
                seen["alpha"] += 1
            else:
                assert [cell[name] for name in ("n", "alpha", "low", "high")] == [None] * 4
                assert {one["rest"] for one in cell["statements"]} == {None}
                seen["no alpha"] += 1
            for told in cell["statements"]:
                seen[check_statement(survey, place, told, bars.get(told["key"], {}))] += 1

    assert len(large()) >= 8
    assert min(seen[kind] for kind in ("alpha", "no alpha", "as in the bar", "of more people")) > 3, seen


# --- From a hundred people ---


def one_team(size: int, seed: int = 1) -> dict:
    rng = np.random.default_rng(seed)
    leaning = rng.integers(2, 5, (size, 1))
    given_ = np.clip(leaning + rng.integers(-1, 2, (size, 4)), 1, 5)
    table = pd.DataFrame(given_, columns=list("abcd"), dtype=float)
    responses = Responses(("all",) * size, (True,) * size, table, ((),) * size, ({},) * size)
    cells = {("task", "team"): tuple("abcd")}
    return publish_edition(parents={"all": None}, responses=responses, cells=cells, k=K).ledger


def test_below_a_hundred_people_there_is_nothing_at_all():
    assert one_team(99)["evidence"] is None
    assert one_team(100)["evidence"][0]["n"] == 100


def test_whoever_is_in_no_atom_does_not_make_up_the_hundred():
    table = pd.DataFrame({"a": np.full(103, 4.0), "b": np.full(103, 3.0)})
    groups = ("north",) * 99 + ("south",) * 4
    responses = Responses(groups, (True,) * 103, table, ((),) * 103, ({},) * 103)
    parents = {"all": None, "north": "all", "south": "all"}

    ledger = publish_edition(parents=parents, responses=responses, cells={("task", "team"): ("a", "b")}, k=K).ledger

    assert (ledger["n"], ledger["evidence"]) == (99, None)


def test_leaders_who_do_not_count_do_not_make_up_the_hundred_either():
    table = pd.DataFrame({"a": [3.0, 4.0] * 50, "b": [2.0, 4.0] * 50})
    cells = {("task", "team"): ("a", "b")}
    for counts, is_told in (((True,) * 99 + (False,), False), ((True,) * 100, True)):
        responses = Responses(("all",) * 100, counts, table, ((),) * 100, ({},) * 100)
        ledger = publish_edition(parents={"all": None}, responses=responses, cells=cells, k=K).ledger
        assert (ledger["evidence"] is not None) == is_told


def test_where_everybody_says_the_same_there_is_no_alpha():
    size = 100
    table = pd.DataFrame({"a": np.full(size, 4.0), "b": np.full(size, 3.0)})
    responses = Responses(("all",) * size, (True,) * size, table, ((),) * size, ({},) * size)
    published = publish_edition(parents={"all": None}, responses=responses, cells={("task", "team"): ("a", "b")}, k=K)

    [cell] = published.ledger["evidence"]
    assert (cell["n"], cell["alpha"], cell["low"], cell["statements"][0]["rest"]) == (100, None, None, None)


def test_what_is_stored_comes_back():
    stored = one_team(120)["evidence"]

    assert Evidence.from_stored(stored).stored() == stored


# --- Nobody can be told from it ---


@settings(max_examples=25)
@given(st.sampled_from(range(8)), st.randoms(use_true_random=False))
def test_exchanging_two_people_of_an_atom_changes_no_figure(number, chance):
    survey = Survey.random(large()[number], largest=30)
    counts, fives, *_ = survey.parts()
    before, everybody = survey.published().ledger, survey.everybody()
    _, atom = chance.choice(fives)
    first, second = chance.sample(sorted(atom & counts), 2)

    exchange(survey.answers, first, second, CELLS[chance.choice(list(CELLS))])

    if survey.everybody() == everybody:
        assert survey.published().ledger == before


def test_control_exchanging_people_in_two_atoms_is_seen_now_and_then():
    """Of an atom that is in a figure and one that is not: hidden people are in none of them."""
    seen = 0
    for seed in large():
        survey = Survey.random(seed, largest=30)
        before = survey.published().ledger["evidence"]
        counts, fives, *_ = survey.parts()
        place = ("task", "team")
        inside = judged(survey, place)
        outside = [min(part & counts) for _, part in fives if not part & inside]
        if outside:
            exchange(survey.answers, min(inside & counts), outside[0], CELLS[place])
            seen += survey.published().ledger["evidence"] != before

    assert seen


@settings(max_examples=20)
@given(st.sampled_from(range(8)), st.integers(0, 10**6))
def test_people_of_hidden_atoms_are_in_no_figure(number, seed):
    """Whatever they say of the cell, as long as they judge it as much as before."""
    survey, chance = Survey.random(large()[number], largest=30), random.Random(seed)
    place = chance.choice(list(CELLS))
    hidden = survey.everybody() - judged(survey, place)
    before = evidence_of(survey)[place]

    for person in hidden:
        for key in CELLS[place]:
            if survey.answers[person][key]:
                survey.answers[person][key] = chance.randint(1, 5)

    after = evidence_of(survey)[place]
    assert after["alpha"] == before["alpha"]
    assert [one["rest"] for one in after["statements"]] == [one["rest"] for one in before["statements"]]


def one_statement(counts: tuple[int, ...]) -> tuple[dict, dict]:
    """(its bar, its evidence) where so many of one team said "don't know", 1, … 5."""
    answers = [answer for answer, count in enumerate(counts) for _person in range(count)]
    size = len(answers)
    table = pd.DataFrame({"a": answers, "b": np.full(size, 3.0), "c": np.full(size, 3.0)}, dtype=float)
    responses = Responses(("all",) * size, (True,) * size, table, ((),) * size, ({},) * size)
    cells = {("task", "team"): ("a", "b", "c")}
    published = publish_edition(parents={"all": None}, responses=responses, cells=cells, k=K)
    bar = published.slices[0].content.stored()["cells"][0]["statements"][0]
    return bar, published.ledger["evidence"][0]["statements"][0]


SMALL = [(dk, one, two, 20, 30, 50 - dk - one - two) for dk, one, two in product((0, 1, 2, 3, 9), range(6), range(6))]


def told_beside_the_same_bar(told) -> int:
    """How many bars there are beside which not always the same is told."""
    beside = defaultdict(set)
    for counts in SMALL:
        bar, evidence = one_statement(counts)
        beside[json.dumps(bar)].add(told(counts, evidence))
    return sum(len(kinds) > 1 for kinds in beside.values())


def test_shares_tell_no_more_than_the_bar_of_the_report():
    told = [one_statement(counts)[1] for counts in SMALL]
    for share in ("floor", "ceiling", "dont_know"):
        assert {one[share] is None for one in told} == {True, False}
    assert told_beside_the_same_bar(lambda _, one: (one["floor"], one["ceiling"], one["dont_know"])) == 0


def test_control_whether_anybody_chose_an_end_would_tell_more():
    assert told_beside_the_same_bar(lambda counts, _: counts[1] > 0) > 0


# --- The spread inside groups, for comparisons ---


def test_the_class_of_the_spread_rests_on_the_atoms_shown_in_the_cell():
    typical = {1: 1.05, 2: 0.85, 4: 0.75, 5: 0.75}
    told = set()
    for seed in range(12):
        survey = Survey.random(seed, largest=20)
        counts, fives, *_ = survey.parts()
        for cell in survey.published().ledger["compared"]:
            place = cell["condition"], cell["space"]
            keys, scored = CELLS[place], survey.scored(place)
            least = 30 if len(keys) == 1 else K  # of one statement a word alone is told below thirty
            atoms = [part & scored for _, part in fives if len(part & scored & counts) >= least]
            scores = [[survey.score(person, keys) for person in atom] for atom in atoms]
            counted = sum(len(atom & counts) for atom in atoms)
            told_here = cell["df"] is not None
            assert told_here == (len(atoms) >= 5 and counted >= 30)
            told.add(told_here)
            assert cell["df"] == (counted - len(atoms) + 20 if told_here else None)
            if not told_here:
                assert cell["sd"] == typical[len(keys)]
            else:
                squares = sum(np.var(one) * len(one) for one in scores)
                pooled = np.sqrt((20 * typical[len(keys)] ** 2 + squares) / (20 + counted - len(atoms)))
                assert cell["sd"] == pytest.approx(pooled, abs=0.0501)

    assert told == {True, False}


@pytest.mark.parametrize("answer", [3.0, None])
def test_the_degrees_of_freedom_of_the_spread_tell_of_no_leader(answer):
    """Five teams of six; beside them the leader of each, who gave what everybody did, or nothing."""
    groups = [f"team {number}" for number in range(5) for _person in range(7)]
    counts = (True,) * 6 + (False,)
    given_ = pd.DataFrame([[3.0 if counted else answer] * 2 for counted in counts * 5], columns=["a", "b"], dtype=float)
    responses = Responses(tuple(groups), counts * 5, given_, ((),) * 35, ({},) * 35)
    parents = {"all": None} | dict.fromkeys(groups, "all")
    published = publish_edition(parents=parents, responses=responses, cells={("task", "team"): ("a", "b")}, k=K)

    [cell] = published.ledger["compared"]
    assert (cell["sd"], cell["df"]) == (0.6, 20 + 30 - 5)
