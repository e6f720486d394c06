"""Attackers against published rows. Who stands behind each figure is worked out again, person by person, and checked
against the figure; then the oracles try to take the figures of one question apart."""

import json
import random
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from statistics import fmean, stdev

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from reports.publish import Responses, publish_edition
from reports.publish.content import SliceContent, importance
from reports.publish.findings import Part, findings_in
from reports.scoring import METHOD
from tests.reports import oracles
from tests.reports.worlds import CELLS, CONDITIONS, World, as_responses, random_answers, random_picks, random_world

K = 5
seeds = st.integers(min_value=0, max_value=10**9)
skipping = st.sampled_from([0.05, 0.15, 0.3])
sizes = st.sampled_from([8, 12, 30])


ALONE = ("energy", "team")  # the cell of one statement


@dataclass
class Survey:
    """A survey as a reader with all answers and the rules would see it; k is what the survey says."""

    world: World
    answers: list
    picks: list
    k: int = K
    again: tuple = ()  # leaves that were asked shortly before
    is_open_link: bool = False

    @classmethod
    def random(cls, seed, dont_know=0.15, largest=12, k=K, again=0.0, **more):
        """`again`: the share of leaves that were asked shortly before."""
        rng = random.Random(seed)
        world = random_world(rng, largest)
        size = len(world.responses)
        answers, picks = random_answers(rng, size, dont_know), random_picks(rng, size)
        leaves = sorted({group for group, _ in world.responses})
        return cls(world, answers, picks, k, tuple(leaf for leaf in leaves if rng.random() < again), **more)

    def published(self, **more):
        responses = as_responses(self.world, self.answers, self.picks)
        return publish_edition(
            parents=self.world.parents,
            responses=responses,
            cells=CELLS,
            k=self.k,
            words_only=self.again,
            is_open_link=self.is_open_link,
            **more,
        )

    def score(self, person, keys):
        ratings = [self.answers[person][key] for key in keys if self.answers[person][key]]
        return fmean(ratings) if ratings and 2 * len(ratings) >= len(keys) else None

    def scored(self, place):
        return {person for person in range(len(self.answers)) if self.score(person, CELLS[place]) is not None}

    def rated(self, place, key):
        return {person for person in self.scored(place) if self.answers[person][key]}

    def chose(self):
        return {person for person, picks in enumerate(self.picks) if len(picks) == 2} & self.everybody()

    def everybody(self):
        return set().union(*(self.scored(place) for place in CELLS))

    def is_bound(self, place):
        return self.is_open_link or len(CELLS[place]) == 1

    def asked_again(self):
        return {person for person in self.everybody() if self.world.responses[person][0] in self.again}

    def partition(self):
        counts, fives, tens, thirties = self.parts()
        return oracles.Partition(fives, tens, thirties, counts, self.k)

    def parts(self):
        """Who counts; atoms, 10-atoms, 30-atoms."""
        people = {person: self.world.responses[person] for person in self.everybody()}
        counts = oracles.counted(people)
        fives = oracles.atoms(self.world.parents, people, self.k)
        tens = oracles.carried(self.world.parents, fives, counts, max(10, self.k))
        return counts, fives, tens, oracles.carried(self.world.parents, tens, counts, 30)

    def slices(self, published):
        """(published slice, its people)."""
        _, fives, _, _ = self.parts()
        for one in published.slices:
            inside = self.world.below(one.node) if one.kind == "group" else {one.node}
            yield one, set().union(*(part for node, part in fives if node in inside))


@dataclass
class Fixed(Survey):
    """Nobody changes an answer in it: who has a score is worked out once."""

    def __post_init__(self) -> None:
        for who in ("score", "scored", "rated", "everybody", "asked_again", "parts"):
            setattr(self, who, cache(getattr(self, who)))


NUMBER, WORD = "number", "word"


def standing(survey, published):
    """Question → {(minimum, people)} of every figure that is shown."""
    return {
        question: {(minimum, people) for minimum, people, _kind in figures}
        for question, figures in told(survey, published).items()
    }


def told(survey, published):
    """Question → {(minimum, people, whether a number or a word alone)} of everything that is said."""
    partition, again = survey.partition(), survey.asked_again()
    found = {}
    for one, within in survey.slices(published):
        assert one.n == len(within & partition.counts)
        for cell in one.content.stored()["cells"]:
            place = cell["condition"], cell["space"]
            said = check_place(survey, partition, cell, place, within)
            if said:
                found.setdefault(place, set()).update(said)
                for key, figure in check_statements(survey, partition, cell, place, within):
                    found.setdefault(key, set()).add(figure)
        picks = one.content.stored()["picks"]
        if picks:
            base = partition.numbered(survey.chose(), within, again, 10)
            assert picks["n"] == len(base & partition.counts)
            found.setdefault("picks", set()).add((10, frozenset(base), NUMBER))
    return found


def check_place(survey, partition, cell, place, within):
    """That a cell of a slice says what may be said of it, and of whom: figures; none of one that is hidden."""
    counts, scored, again = partition.counts, survey.scored(place), survey.asked_again()
    every = set().union(*partition.told(scored)) & within
    if not every:
        assert cell["state"] == "too_few_people"
        return set()
    carry = partition.carriers(scored, within, again, is_bound=survey.is_bound(place))
    ours, all_ = len(carry & counts), len(every & counts)
    base = carry if ours and 2 * ours >= all_ else every - carry
    assert cell["state"] == ("scored" if ours and 4 * ours >= 3 * all_ else "word")
    assert (cell["n"], cell.get("without_people", 0)) == (len(base & counts), all_ - len(base & counts))
    if cell["state"] == "word":
        check_word(survey, cell, place, base)
        return {(survey.k, frozenset(base), WORD)}
    tens = in_tens(survey, partition, place, within)
    is_told = is_enough(tens, base, counts)
    left_out = [part for _, part in partition.fives if part & base and not part & tens]
    assert cell["tens"] == ([len(tens & counts), len(left_out)] if is_told else [0, 0])
    check_cell(survey, cell, place, base, tens if is_told else set())
    check_could_not_judge(survey, cell, place, set().union(*(part for _, part in partition.fives if part & tens)))
    of_score = 10 if tens == base else survey.k
    return {(of_score, frozenset(base), NUMBER)} | ({(10, frozenset(tens), NUMBER)} if is_told else set())


def in_tens(survey, partition, place, within):
    """Whom what needs ten people may rest on; of a score that is told in 30-atoms alone, all of them."""
    scored, again = survey.scored(place), survey.asked_again()
    if survey.is_bound(place):
        return partition.carriers(scored, within, again, is_bound=True)
    return partition.numbered(scored, within, again, 10)


def check_statements(survey, partition, cell, place, within):
    """(key, figure) of every statement of a cell of which something is said."""
    again = survey.asked_again()
    for statement in cell["statements"]:
        key, asked, counts = statement["key"], len(cell["statements"]), partition.counts
        answered = survey.rated(place, key)
        every = set().union(*partition.told(answered)) & within
        skipped = survey.scored(place) - answered if asked < 4 else set()
        tens = partition.numbered(answered, within, again, 10)
        thirties = partition.numbered(answered, within, again, 30, skipped)
        of_tens = is_enough(tens, every, counts) or (bool(tens) and 1 < asked < 4)
        of_thirties = of_tens and tens == thirties
        rated = tens if of_tens else every
        if asked == 1 and is_enough(thirties, every, counts):
            rated, of_tens, of_thirties = thirties, True, True
        least = 10 if of_tens else survey.k  # where shares would tell too much a ten has its level alone
        minimum = {"three_classes": 10, "five_classes": 30, "level": least}.get(statement["state"])
        assert minimum != 30 or of_thirties
        assert of_tens or "joined" not in statement
        if 1 < asked < 4 and cell["state"] == "scored" and of_tens and not of_thirties:
            of_cell = in_tens(survey, partition, place, within)
            score = fmean(survey.score(person, CELLS[place]) for person in of_cell)
            assert statement["state"] == ("level" if words_stand(tenths(score), len(of_cell & counts)) else "not_shown")
        else:
            assert not of_tens or minimum in (10, 30)
        if asked == 1:
            assert statement["level"] == cell["level"]
            assert statement.get("mean") in (None, cell["score"])
            assert minimum != 30 or cell["state"] == "scored"
        elif minimum:
            has_score = cell["state"] == "scored"
            check_statement(survey, statement, key, rated, asked, has_score=has_score, of_thirties=of_thirties)
        if "joined" in statement:
            beside = survey.scored(place) & set().union(*(part for _, part in partition.fives if part & rated))
            check_shares(survey, statement, key, rated, beside & within)
        if minimum:
            yield key, (minimum, frozenset(rated), NUMBER if minimum >= 10 else WORD)


def is_enough(part, whole, counts):
    return bool(part) and 4 * len(part & counts) >= 3 * len(whole & counts)


def check_word(survey, cell, place, base):
    """A word, who it is of, and nothing else."""
    assert set(cell) <= {
        "condition", "space", "asked", "state", "score", "level", "n", "without", "without_people", "why", "statements",
    }  # fmt: skip
    assert cell["score"] is None
    assert cell["level"] == word_of(fmean(survey.score(person, CELLS[place]) for person in base))
    one_statement = "one_statement" if len(CELLS[place]) == 1 else None
    assert cell["why"] == (one_statement or ("open_link" if survey.is_open_link else "same_people"))
    assert all(one.get("mean") is None for one in cell["statements"])


def word_of(mean):
    return ["not_yet", "partly", "mostly", "firmly"][sum(mean >= border - 1e-9 for border in (2.45, 3.45, 4.25))]


def tenths(mean):
    return int(10 * mean + 0.5 + 1e-9)


@cache
def words_stand(score, n):
    """Whether words of two statements leave everybody more than one answer beside a score of so many tenths, whichever
    words they are: of every pair of sums. Ten people's score is cut at the lower end."""
    shown = [max(15, tenths(total / (2 * n))) if n == 10 else tenths(total / (2 * n)) for total in range(10 * n + 1)]
    possible = {}
    for first in range(n, 5 * n + 1):
        for second in range(n, 5 * n + 1):
            if shown[first + second] == score:
                possible.setdefault((word_of(first / n), word_of(second / n)), set()).add(first)
    return not any(firsts in ({n}, {5 * n}) for firsts in possible.values())


def check_cell(survey, cell, place, base, tens):
    """The figures are those of the base, and where ten stand behind three quarters of it, of those `tens`."""
    counts, n, asked = survey.parts()[0], cell["n"], len(CELLS[place])
    scores, of_tens = ([survey.score(person, CELLS[place]) for person in who] for who in (base, tens))
    is_cut = tens != base or (n * asked <= 20 and fmean(scores) < 1.55)
    assert (cell["end"] is not None) == (is_cut and not 1.55 - 1e-9 <= fmean(scores) < 4.45 - 1e-9)
    assert is_displayed(cell["score"], fmean(scores), cell["end"])
    assert cell["split"] == (are_camps(of_tens, len(tens & counts), asked) if tens and asked > 1 else None)
    assert cell["agreement"] == agreement(survey, place, base)
    check_range(cell, of_tens, len(tens & counts))


def are_camps(scores, n, asked):
    low = sum(score < 2.5 - 1e-9 if asked >= 4 else score <= 2.0 + 1e-9 for score in scores)
    high = sum(score >= (3.5 if asked >= 4 else 4.0) - 1e-9 for score in scores)
    return min(low, high) >= max(3, n / 4) and n - low - high < min(low, high)


def agreement(survey, place, base):
    """By the average deviation freed of the size of the group; of most of the statements, never of one below thirty."""
    asked = len(CELLS[place])
    columns = [[one for person in base if (one := survey.answers[person][key])] for key in CELLS[place]]
    found = [fmean(abs(one - fmean(c)) for one in c) * (len(c) / (len(c) - 1)) ** 0.5 for c in columns if len(c) > 1]
    most = max(map(len, columns))
    if 2 * len(found) < asked or (asked == 1 and most < 30):
        return None
    a = (0.35 if asked >= 4 else 0.50) / most**0.5
    return "close" if fmean(found) <= 0.75 - a + 1e-9 else "wide" if fmean(found) > 0.95 + a + 1e-9 else "usual"


TYPICAL = {1: 1.05, 2: 0.85, 4: 0.75, 5: 0.75}


def check_range(cell, of_tens, n_tens):
    """`of_tens`: scores; none where the spread is a typical one."""
    n, sd = cell["n"], TYPICAL[cell["asked"]]
    if of_tens:
        sd = (((n_tens - 1) * stdev(of_tens) ** 2 + 4 * sd**2) / (n_tens + 3)) ** 0.5
    elif cell["agreement"] == "wide":
        sd = 1.05 if cell["asked"] >= 4 else 1.20
    half, band = (stats.t.ppf(share, n + 3) * sd / n**0.5 for share in (0.975, 0.80))
    assert cell["low"] == pytest.approx(max(1, cell["score"] - half), abs=0.0501)
    assert cell["high"] == pytest.approx(min(5, cell["score"] + half), abs=0.0501)
    ends = [word_of(min(5, max(1, cell["score"] + side * band))) for side in (-1, 1)]
    assert cell["levels"] == (ends if len(set(ends)) == 2 else ends[:1])
    assert cell["level"] == word_of(cell["score"])


def check_could_not_judge(survey, cell, place, people):
    """Of everybody in the atoms that it rests on: who said anything, and who has no score because of "don't know"."""
    said = {person for person in people if any(survey.answers[person][key] is not None for key in CELLS[place])}
    silent = {person for person in said if any(survey.answers[person][key] == 0 for key in CELLS[place])}
    silent -= survey.scored(place)
    share, p = len(silent) / max(1, len(said)), stats.binom.sf(len(silent) - 1, len(said), 0.1)
    is_told = cell["tens"][0] and len(said) >= 10 and len(silent) >= 3 and p <= 0.02 + 1e-9
    words = ((0.60, "most"), (0.42, "half"), (0.27, "third"), (0.20, "fifth"))
    word = next((word for least, word in words if share >= least - 1e-9), None)
    assert cell["could_not_judge"] == (word if is_told else None)


def is_displayed(shown, mean, end):
    if end:
        return shown == {"low": 1.5, "high": 4.5}[end] and (mean < 1.55 if end == "low" else mean >= 4.45 - 1e-9)
    return abs(shown - mean) <= 0.05 + 1e-9


def check_statement(survey, statement, key, rated, asked, *, has_score, of_thirties):
    """A mean rests on thirties, in three classes too where bars beside it have three; of tens in a full cell alone."""
    mean = fmean(survey.answers[person][key] for person in rated)
    assert statement["level"] == word_of(mean)
    is_full = statement["state"] == "three_classes" and asked >= 4 and not survey.is_open_link
    if statement.get("mean") is not None:
        assert has_score
        assert of_thirties or is_full
        assert is_displayed(statement["mean"], mean, None)


def check_shares(survey, statement, key, rated, beside):
    """Classes of those who rated it, and those of the cell's base in the same atoms who could not judge."""
    ratings = [survey.answers[person][key] for person in rated]
    classes = [{1, 2}, {3}, {4, 5}] if statement["state"] == "three_classes" else [{i} for i in range(1, 6)]
    counts = [sum(rating in values for rating in ratings) for values in classes]
    counts.append(sum(survey.answers[person][key] == 0 for person in beside))
    half_a_step = 5 if sum(counts) < 30 else 2.5
    assert sorted(place for joined, _ in statement["joined"] for place in joined) == list(range(len(counts)))
    for joined, share in statement["joined"]:
        count = sum(counts[place] for place in joined)
        assert count > 2
        assert abs(share - 100 * count / sum(counts)) <= half_a_step


def withstands(figures, counts, k=K):
    """Signatures and subtraction, at each minimum and over all of them together."""
    for minimum in (k, 10, 30):
        seen = [frozenset(people & counts) for least, people in figures if least >= minimum]
        smallest = min(oracles.smallest_signature_class(seen) or 999, oracles.smallest_by_subtraction(seen) or 999)
        if smallest < minimum:
            return False
    return True


@settings(max_examples=30)
@given(seeds, skipping, sizes)
def test_every_figure_is_that_of_its_base_and_none_can_be_taken_apart(seed, dont_know, largest):
    survey = Fixed.random(seed, dont_know, largest)
    counts, *_ = survey.parts()

    for question, figures in standing(survey, survey.published()).items():
        assert withstands(figures, counts), question


@settings(max_examples=15)
@given(seeds, st.sampled_from([15, 40]))
def test_nor_in_a_survey_by_shared_link(seed, largest):
    survey = Fixed.random(seed, largest=largest, k=10, is_open_link=True)
    counts, *_ = survey.parts()

    for question, figures in standing(survey, survey.published()).items():
        assert withstands(figures, counts, k=10), question


@settings(max_examples=25)
@given(seeds, skipping, sizes, st.sampled_from([0.2, 0.5, 1.0]))
def test_nor_where_some_were_asked_shortly_before(seed, dont_know, largest, again):
    survey = Fixed.random(seed, dont_know, largest, again=again)
    counts, *_ = survey.parts()

    for question, figures in standing(survey, survey.published()).items():
        assert withstands(figures, counts), question


# What has a word alone: no number of it, nor of fewer than thirty such people, follows from the numbers of others


def held_of(survey, answered, *, is_bound):
    """Who may be in no number with fewer than thirty others like them: those asked before, apart, and the others."""
    before, others = survey.partition().apart(answered, survey.asked_again())
    return [set().union(*pieces) for pieces in ([before, others] if is_bound else [before])]


def numbers_hold(figures, held, counts):
    """To someone who knows the answers of everybody else, every sum of numbers is of thirty or more of the held."""
    for people_like_them in held:
        seen = [frozenset(people & people_like_them & counts) for _least, people, kind in figures if kind == NUMBER]
        seen = [people for people in seen if people]
        if seen and min(oracles.smallest_signature_class(seen), oracles.smallest_by_subtraction(seen)) < 30:
            return False
    return True


@pytest.mark.parametrize("how", [{"k": 5}, {"k": 10, "is_open_link": True}, {"again": 0.3}, {"again": 1.0}])
@settings(max_examples=12)
@given(seeds, st.sampled_from([12, 25, 40]))
def test_no_number_of_a_withheld_group_follows_from_those_of_others(how, seed, largest):
    survey = Fixed.random(seed, largest=largest, **how)
    counts, *_ = survey.parts()
    found = told(survey, survey.published())

    for place, keys in CELLS.items():
        held = held_of(survey, survey.scored(place), is_bound=survey.is_bound(place))
        assert numbers_hold(found.get(place, ()), held, counts), place
        for key in keys:
            assert numbers_hold(found.get(key, ()), held_of(survey, survey.rated(place, key), is_bound=False), counts)


@pytest.mark.deep
@pytest.mark.parametrize("how", [{"k": 5}, {"k": 10, "is_open_link": True}, {"again": 0.3}])
def test_control_scores_on_all_who_are_shown_fall(how):
    """Had every whole a score of everybody in it, beside the parts that may have one, the others would follow."""

    def falls(seed):
        survey = Fixed.random(seed, largest=40, **how)
        (counts, *_), published = survey.parts(), survey.published()
        slices, found = list(survey.slices(published)), told(survey, published)
        return not all(
            numbers_hold(
                {
                    (K, frozenset(within & set().union(*survey.partition().told(survey.scored(place)))), NUMBER)
                    for one, within in slices
                    if one.kind == "group"
                }
                | found.get(place, set()),
                held_of(survey, survey.scored(place), is_bound=survey.is_bound(place)),
                counts,
            )
            for place in CELLS
        )

    assert any(falls(seed) for seed in range(12))


def test_words_alone_and_scores_without_some_people_were_seen():
    for how in ({}, {"k": 10, "is_open_link": True}, {"again": 0.3}):
        cells = [
            cell
            for seed in range(12)
            for one in Fixed.random(seed, largest=40, **how).published().slices
            for cell in one.content.stored()["cells"]
        ]
        assert {"word", "scored"} <= {cell["state"] for cell in cells}
        assert any(cell["state"] == "scored" and cell.get("without_people") for cell in cells)
        assert any(cell["state"] == "word" and cell.get("without_people") for cell in cells)


def test_all_kinds_of_figures_were_seen():
    """The tests above looked at something of every kind."""
    states = [
        statement["state"]
        for seed in range(12)
        for one in Fixed.random(seed, largest=40).published().slices
        for cell in one.content.stored()["cells"]
        for statement in cell.get("statements", [])
    ]

    assert set(states) == {"level", "some_could_not_judge", "not_shown", "three_classes", "five_classes"}


def test_control_figures_on_all_who_answered_fall():
    """Totals that keep the people of hidden atoms: the same attackers, the same surveys."""

    def falls(seed):
        survey = Fixed.random(seed, dont_know=0.3)
        counts, *_ = survey.parts()
        slices = list(survey.slices(survey.published()))
        for place in CELLS:
            shown = [within & survey.scored(place) for _, within in slices]
            if not withstands([(K, people) for people in shown if len(people & counts) >= K], counts):
                return True
        return False

    assert sum(falls(seed) for seed in range(20)) >= 10


# Exchanging what two people of an atom said of one cell changes nothing


@settings(max_examples=40)
@given(seeds, st.randoms(use_true_random=False))
def test_exchanging_two_people_of_an_atom_changes_nothing(seed, chance):
    survey = Survey.random(seed)
    counts, fives, *_ = survey.parts()
    assume(fives)
    _, atom = chance.choice(fives)
    first, second = chance.sample(sorted(atom & counts), 2)
    before, everybody = survey.published(), survey.everybody()

    exchange(survey.answers, first, second, CELLS[chance.choice(list(CELLS))])
    survey.picks[first], survey.picks[second] = survey.picks[second], survey.picks[first]
    assume(survey.everybody() == everybody)

    assert survey.published().content_hash == before.content_hash


def exchange(answers, first, second, keys):
    for key in keys:
        answers[first][key], answers[second][key] = answers[second][key], answers[first][key]


def test_control_exchanging_people_of_two_atoms_is_seen():
    def is_seen(seed):
        survey = Survey.random(seed)
        counts, fives, *_ = survey.parts()
        if len(fives) < 2:
            return None
        before = survey.published().content_hash
        first, second = (min(part & counts) for _, part in fives[:2])
        exchange(survey.answers, first, second, CELLS["task", "team"])
        return survey.published().content_hash != before

    seen = [is_seen(seed) for seed in range(30)]
    assert seen.count(True) > seen.count(False)


# What is shown depends on who answered, never on what


@settings(max_examples=25)
@given(seeds, st.randoms(use_true_random=False))
def test_what_exists_depends_on_counts_only(seed, chance):
    survey = Survey.random(seed)
    before = outline(survey.published())

    for key in {key for keys in CELLS.values() for key in keys}:
        people = [person for person, given_ in enumerate(survey.answers) if given_[key]]
        values = [survey.answers[person][key] for person in people]
        chance.shuffle(values)
        for person, value in zip(people, values, strict=True):
            survey.answers[person][key] = value

    assert outline(survey.published()) == before


def outline(published):
    """Everything but values: slices, cells, statements, people, and in which cells groups are judged.

    Whether two statements have words beside the score of their cell follows from that score, which is a value.
    """
    judged = [
        (cell["condition"], cell["space"], cell["df"], [one is None for one in cell["people"]])
        for cell in published.ledger["compared"]
    ]
    evidence = published.ledger["evidence"] and [
        (cell["condition"], cell["space"], cell["n"], [(one["key"], one["dont_know"]) for one in cell["statements"]])
        for cell in published.ledger["evidence"]
    ]
    return [published.ledger | {"compared": judged, "evidence": evidence}] + [
        (one.kind, one.node, one.n, bool(content["picks"]), *map(outline_of_cell, content["cells"]))
        for one in published.slices
        for content in [one.content.stored()]
    ]


def outline_of_cell(cell):
    by_score = cell["state"] == "scored" and 1 < cell["asked"] < 4
    shown = [(one["key"], "level" in one, one.get("without")) for one in cell.get("statements", [])]
    statements = [one["key"] for one in cell["statements"]] if by_score else shown
    figures = (cell.get(name) for name in ("n", "without", "tens", "without_people", "could_not_judge"))
    return cell["state"], *figures, statements


# One person who skipped one statement of two


def short_cell(ratings):
    size = len(ratings)
    table = pd.DataFrame(ratings, columns=["a", "b"], dtype=float)
    responses = Responses(("all",) * size, (True,) * size, table, ((),) * size, ({},) * size)
    publication = publish_edition(parents={"all": None}, responses=responses, cells={("task", "team"): ("a", "b")}, k=K)
    return publication.slices[0].content.stored()["cells"][0]


def possible_answers(cell, n):
    """What the one who skipped 'b' may have answered to 'a', for someone who knows that all others rated both.

    n people; the scores add up to the sums of both statements halved, and once more half the answer looked for.
    """
    first, second = cell["statements"]
    return {
        answer
        for total in possible_sums(first, rated=n, all_=n)
        for other in possible_sums(second, rated=n - 1, all_=n)
        for answer in range(1, 6)
        if -n / 20 - 1e-9 <= (total + other + answer) / 2 - n * cell["score"] < n / 20 + 1e-9
    }


def possible_sums(statement, rated, all_):
    """Sums of ratings that fit level, mean and shares, where it is known how many rated it."""
    if statement["state"] == "not_shown":
        return set(range(rated, 5 * rated + 1))
    borders = {"not_yet": (1, 2.45), "partly": (2.45, 3.45), "mostly": (3.45, 4.25), "firmly": (4.25, 5.01)}
    first, last = borders[statement["level"]]
    if statement.get("mean") is not None:
        first, last = statement["mean"] - 0.05, statement["mean"] + 0.05
    of_words = {total for total in range(rated, 5 * rated + 1) if first - 1e-9 <= total / rated < last - 1e-9}
    return of_words & sums_of_shares(statement, rated, all_) if "joined" in statement else of_words


def sums_of_shares(statement, rated, all_):
    three = statement["state"] == "three_classes"
    lowest, highest = ((1, 3, 4), (2, 3, 5)) if three else ((1, 2, 3, 4, 5),) * 2
    step, found = 10 if all_ < 30 else 5, {(0, 0)}  # (people, sum of their ratings)
    for joined, share in statement["joined"]:
        places = [place for place in joined if place < len(lowest)]
        silent = all_ - rated if len(places) < len(joined) else 0
        counts = [c for c in range(all_ + 1) if (100 * c / all_ + step / 2 + 1e-9) // step * step == share]
        found = {
            (people + count - silent, total + more)
            for people, total in found
            for count in counts
            if count >= silent
            for more in (
                range((count - silent) * lowest[places[0]], (count - silent) * highest[places[-1]] + 1)
                if places
                else [0]
            )
        }
    return {total for people, total in found if people == rated}


def random_short_cell(rng, n):
    """Ratings that lean like a group's; the first person could not judge 'b'."""
    weights = [rng.random() + 0.05 for _ in range(5)]
    people = [rng.choices(range(1, 6), weights)[0] for _ in range(n)]
    ratings = [[min(5, max(1, one + rng.randint(-1, 1))) for _ in "ab"] for one in people]
    ratings[0][1] = 0
    return ratings


@pytest.mark.parametrize("n", [11, 12, 15, 20, 29, 30, 31, 33, 36, 40, 60])
def test_whoever_skipped_one_statement_of_two_hardly_ever_gives_the_other_away(n):
    """To somebody who knows who skipped it, and that all others rated both: two groups of 200 at most."""
    told = 0
    for seed in range(200):
        ratings = random_short_cell(random.Random(seed), n)
        possible = possible_answers(short_cell(ratings), n)
        assert ratings[0][0] in possible
        told += len(possible) == 1
    assert told <= 2


def test_below_ten_there_is_nothing_to_subtract():
    cell = short_cell(random_short_cell(random.Random(1), 10))

    assert cell["statements"][0]["state"] in ("level", "not_shown")
    assert cell["statements"][1] == {"key": "b", "state": "not_shown"}


def test_control_full_distributions_of_both_statements_give_it_away():
    """What the rule for those who skip is for: with five classes on both sides the answer is there now and then."""

    def is_told(seed):
        ratings = random_short_cell(random.Random(seed), 40)
        cell = short_cell(ratings)
        sums = [sum(row[place] for row in ratings) for place in (0, 1)]
        answers = {a for a in range(1, 6) if -2 - 1e-9 <= (sum(sums) + a) / 2 - 40 * cell["score"] < 2 + 1e-9}
        return answers == {ratings[0][0]}

    assert sum(is_told(seed) for seed in range(300)) >= 5


# Everything ever published, together


def everything(survey, *editions):
    found = {}
    for edition in editions:
        for question, figures in standing(survey, edition).items():
            found.setdefault(question, set()).update(figures)
    return found


@settings(max_examples=15)
@given(seeds)
def test_a_corrected_edition_adds_nothing_to_subtract(seed):
    """Another method, the same answers, the same atoms; and a facilitator who puts slices together."""
    survey = Fixed.random(seed)
    counts, *_ = survey.parts()
    first, second = survey.published(), survey.published(method=replace(METHOD, version="1.1", delta=0.2))

    assert first.content_hash != second.content_hash
    for figures in everything(survey, first, second).values():
        smallest = sorted(figures, key=lambda figure: len(figure[1]))[:6]
        together = {(K, one | other) for (_, one), (_, other) in combinations(smallest, 2) if not one & other}
        assert withstands(figures | together, counts)


@pytest.mark.deep
def test_control_recomputing_after_one_erasure_or_a_move_falls():
    """Why an edition is sealed: the same answers less one, or in another tree, are taken apart."""

    def falls(seed, changed):
        survey = Fixed.random(seed)
        counts, *_ = survey.parts()
        found = standing(survey, survey.published())
        for question, figures in standing(changed(survey), changed(survey).published()).items():
            found.setdefault(question, set()).update(figures)
        return not all(withstands(figures, counts) for figures in found.values())

    def erased(survey):
        emptied = [dict.fromkeys(given_) if person == 0 else given_ for person, given_ in enumerate(survey.answers)]
        return replace(survey, answers=emptied)

    def moved(survey):
        node = max(survey.world.parents)  # a leaf, put directly under the whole
        return replace(survey, world=World(survey.world.parents | {node: "all"}, survey.world.responses))

    assert sum(falls(seed, erased) for seed in range(15)) >= 10
    assert sum(falls(seed, moved) for seed in range(15)) >= 4


def test_shares_of_what_matters_most_are_those_of_whole_tens():
    for seed in range(10):
        survey = Fixed.random(seed, largest=25)
        counts, fives, tens, _ = survey.parts()
        for one, within in survey.slices(survey.published()):
            chose = oracles.base(within, survey.chose(), fives, counts, K)
            base = oracles.in_whole(chose, within, tens, counts)
            picks = one.content.stored()["picks"]
            assert bool(picks) == bool(base)
            for share, condition in zip((picks or {}).get("shares", []), CONDITIONS, strict=False):
                count = sum(condition in survey.picks[person] for person in base)
                assert share is None or 2 < count < len(base) - 2
                assert share is None or abs(share - 100 * count / len(base)) <= (5 if len(base) < 30 else 2.5)


# What is told beside figures follows from them, and so tells nothing of anybody


@settings(max_examples=25)
@given(seeds, skipping, sizes, st.sampled_from([0.0, 0.5]))
def test_findings_follow_from_what_is_published(seed, dont_know, largest, again):
    """From the stored cells, statements and shares of a slice and of its atoms, and from numbers of people."""
    survey = Fixed.random(seed, dont_know, largest, again=again)
    published = survey.published(primary="team")
    stored = {(one.kind, one.node): json.loads(json.dumps(one.content.stored())) for one in published.slices}
    read = {label: SliceContent.from_stored(content | {"findings": []}) for label, content in stored.items()}
    owners = [(kind, node) for kind, node, _n in published.ledger["atoms"]]

    for one in published.slices:
        content = read[one.kind, one.node]
        inside = survey.world.below(one.node)
        parts = [read[kind, node] for kind, node in owners if one.kind == "group" and node in inside]
        shares = importance(content.picks) if content.picks and 2 * content.picks.n >= one.n else None
        found = findings_in(
            Part(content.cells, content.statements),
            [Part(part.cells, part.statements) for part in parts],
            primary="team",
            importance=shares,
        )
        assert [finding.stored() for finding in found] == stored[one.kind, one.node]["findings"]


@settings(max_examples=25)
@given(seeds, skipping, sizes)
def test_on_how_many_in_tens_figures_rest_follows_from_the_numbers_of_the_groups(seed, dont_know, largest):
    """From the people of every atom, in the ledger and in its own report, and from the tree: from no answer."""
    survey = Fixed.random(seed, dont_know, largest)
    published = survey.published()
    n_of = {
        (one.kind, one.node, cell["condition"], cell["space"]): cell.get("n", 0)
        for one in published.slices
        for cell in one.content.stored()["cells"]
    }
    atoms = [(kind, node, n) for kind, node, n in published.ledger["atoms"]]
    ids = {(kind, node): {(node, number) for number in range(n)} for kind, node, n in atoms}
    everybody = set().union(*ids.values())
    pieces = [(node, ids[kind, node]) for kind, node, _n in atoms]
    tens = oracles.carried(survey.world.parents, pieces, everybody, 10)

    for one in published.slices:
        inside = survey.world.below(one.node) if one.kind == "group" else {one.node}
        within = set().union(*(people for (_kind, node), people in ids.items() if node in inside))
        for cell in one.content.stored()["cells"]:
            if cell["state"] == "scored" and cell["asked"] > 1:
                place = (cell["condition"], cell["space"])
                shown = {label: n for label in ids if (n := n_of[*label, *place]) and ids[label] <= within}
                good = [[label for label in shown if ids[label] <= ten] for _, ten in tens if ten <= within]
                good = [labels for labels in good if sum(shown[label] for label in labels) >= 10]
                n_tens = sum(shown[label] for labels in good for label in labels)
                left = len(shown) - sum(map(len, good))
                is_told = n_tens and 4 * n_tens >= 3 * cell["n"]
                assert cell["n"] == sum(shown.values())
                assert cell["tens"] == ([n_tens, left] if is_told else [0, 0])


def test_wholes_with_groups_left_over_were_seen():
    """Figures of tens beside a score of more people, with one group or several left out; and scores without any."""
    seen = [
        tuple(cell["tens"])
        for seed in range(12)
        for one in Fixed.random(seed, largest=12).published().slices
        for cell in one.content.stored()["cells"]
        if cell["state"] == "scored"
    ]
    assert sum(n > 0 and left > 0 for n, left in seen) >= 10
    assert sum(n > 0 and left == 0 for n, left in seen) >= 10
    assert sum(n == 0 for n, left in seen) >= 10


def test_control_tens_that_reach_beyond_their_slice_fall():
    """Had figures of a slice rested on every group that is in some ten, whole or not, ten of them would fall apart."""

    def falls(seed):
        survey = Fixed.random(seed, largest=12)
        counts, fives, tens, _ = survey.parts()
        slices = list(survey.slices(survey.published()))
        for place in CELLS:
            base = oracles.base(survey.everybody(), survey.scored(place), fives, counts, K)
            in_some = base & set().union(*(part for _, part in tens))
            shown = [within & in_some for _, within in slices]
            if not withstands([(10, people) for people in shown if len(people & counts) >= 10], counts):
                return True
        return False

    assert sum(falls(seed) for seed in range(20)) >= 8
