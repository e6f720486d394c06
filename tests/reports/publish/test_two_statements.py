"""Cells of two statements from ten people on: the smallest with a score, a range of their own and camps at once.

Two people of a team may be exchanged without any change (`test_attacks.py`), so an answer is told only where everybody
is bound to have given the same: to someone outside, where all have; to a colleague, who knows their own, where all
others have. For every group in which one statement was answered so, another is looked for in which it was not, and of
which the very same is published. What to look for is worked out by a key; what counts is what `publish_edition` says.
"""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import combinations_with_replacement, product
from math import ceil, factorial, prod
from multiprocessing import get_context

import numpy as np
import pytest
from scipy import stats

from tests.reports.publish.test_small_groups import RATINGS, USUAL, published

SIZES = (10, 11, 12)
PAIRINGS = 200  # ways tried to give the ratings of two statements to people
NEAREST = 60  # sets of ratings tried of the statement that is looked for
TRIED = 100  # pairs of sets of ratings at a time
Ratings = np.ndarray  # (groups, people)
Groups = np.ndarray  # (groups, people, 2)


@cache
def every(people: int) -> Ratings:
    return np.array(list(combinations_with_replacement(RATINGS, people)))


@cache
def pairings(people: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    some = [np.arange(people), np.arange(people)[::-1], *(rng.permutation(people) for _ in range(PAIRINGS))]
    return np.array(some)


@cache
def scores_with_words(n: int) -> frozenset[float]:
    """Scores of n people beside which the statements have their words, as published."""
    groups = [np.array(one).reshape(2, n).T for one in staircase(2 * n)]
    return frozenset(score_in(text) for text in published(groups) if "not_shown" not in text)


def score_in(text: str) -> float:
    return float(text.partition('"score": ')[2].partition(",")[0])


def staircase(ratings: int) -> Iterator[list[int]]:
    """Ratings with every total there is."""
    for total in range(ratings, 5 * ratings + 1):
        low, more = divmod(total, ratings)
        yield [low + 1] * more + [low] * (ratings - more)


@dataclass(frozen=True)
class Told:
    """What is told of n people beside what follows from the ratings of each statement by itself."""

    n: int

    def score(self, totals: np.ndarray) -> np.ndarray:
        """In tenths; cut at the lower end where so few ratings would all be told."""
        shown = np.floor(5 * totals / self.n + 0.5 + 1e-9)
        return np.maximum(shown, 15) if 2 * self.n <= 20 else shown

    def level(self, totals: np.ndarray) -> np.ndarray:
        return np.digitize(totals / self.n, (2.45 - 1e-9, 3.45 - 1e-9, 4.25 - 1e-9))

    def agreement(self, deviations: np.ndarray) -> np.ndarray:
        """`deviations`: AD* of the two statements together."""
        a = 0.5 / self.n**0.5
        return np.digitize(deviations / 2, (0.75 - a + 1e-9, 0.95 + a + 1e-9), right=True)

    def together(self, groups: Groups) -> np.ndarray:
        """(groups, figures): range, level words, camps."""
        people = groups.sum(axis=2)
        total, squares = people.sum(axis=1), (people**2).sum(axis=1)
        score = self.score(total) / 10
        own = np.sqrt((np.maximum(squares - total**2 / self.n, 0) / 4 + 4 * 0.85**2) / (self.n + 3))
        ends = {
            share: [np.clip(score + side * t * own / self.n**0.5, 1, 5) for side in (-1, 1)]
            for share, t in self._quantiles.items()
        }
        shown = {share: [np.floor(10 * end + 0.5 + 1e-9) for end in both] for share, both in ends.items()}
        levels = [np.digitize(end, (25, 35, 43)) for end in shown[0.80]]
        low, high = (people <= 4).sum(axis=1), (people >= 8).sum(axis=1)
        camp = max(3, ceil(self.n / 4))
        camps = (low >= camp) & (high >= camp) & (self.n - low - high < np.minimum(low, high))
        return np.stack([*shown[0.975], *levels, camps], axis=1)

    @cached_property
    def _quantiles(self) -> dict[float, float]:
        return {share: stats.t.ppf(share, self.n + 3) for share in (0.975, 0.80)}


class Search:
    """Looks for another group of which the same is told. `own`: what a colleague gave to both; () for outsiders."""

    def __init__(self, n: int, own: tuple[int, ...] = ()) -> None:
        self.n, self.own, self.told = n, own, Told(n)
        self.of = every(n - bool(own))  # ratings of the others
        self.given = [self._of_statement(place) for place in (0, 1)]  # (total, AD*, level) of each, own rating included

    def _of_statement(self, place: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        ratings = np.column_stack([self.of, np.full(len(self.of), self.own[place])]) if self.own else self.of
        distances = np.abs(ratings - ratings.mean(axis=1, keepdims=True)).mean(axis=1)
        total = ratings.sum(axis=1)
        return total, distances * (self.n / (self.n - 1)) ** 0.5, self.told.level(total)

    def group(self, first: int, second: int) -> np.ndarray:
        return self.groups(self.of[[first]], self.of[[second]])[0]

    def groups(self, first: Ratings, second: Ratings) -> Groups:
        groups = np.stack([first, second], axis=2)
        if not self.own:
            return groups
        own = np.broadcast_to(np.array(self.own), (len(groups), 1, 2))
        return np.concatenate([own, groups], axis=1)

    def another(self, first: int, second: int) -> np.ndarray | None:
        """A group in which the first statement was answered otherwise; numbers of the others' ratings in `of`."""
        (total, deviation, level), (beside, its_deviation, its_level) = self.given
        score = self.told.score(total[first] + beside[second])
        words = score / 10 in scores_with_words(self.n)
        ones = self._near(first, level == level[first] if words else np.ones(len(self.of), dtype=bool))
        ones = ones[ones != first][:NEAREST]
        others = self._near(second, its_level == its_level[second] if words else np.ones(len(self.of), dtype=bool))
        wanted = self.told.together(self.group(first, second)[np.newaxis])[0]
        agreement = self.told.agreement(deviation[first] + its_deviation[second])
        for at in range(0, len(others), 40):
            some = others[at : at + 40]
            alike = self.told.score(total[ones][:, np.newaxis] + beside[some]) == score
            alike &= self.told.agreement(deviation[ones][:, np.newaxis] + its_deviation[some]) == agreement
            pairs = np.argwhere(alike)[:TRIED]
            for few in np.array_split(pairs, max(1, len(pairs) // 20)):
                groups = self._paired(ones[few[:, 0]], some[few[:, 1]])
                [found] = np.nonzero((self.told.together(groups) == wanted).all(axis=1)) if len(groups) else [()]
                if len(found):
                    return groups[found[0]]
        return None

    def _near(self, to: int, among: np.ndarray) -> np.ndarray:
        numbers = np.flatnonzero(among)
        return numbers[np.argsort(np.abs(self.of[numbers] - self.of[to]).sum(axis=1), kind="stable")]

    def _paired(self, ones: np.ndarray, others: np.ndarray) -> Groups:
        ways = pairings(self.of.shape[1])
        return self.groups(
            np.repeat(self.of[ones], len(ways), axis=0), self.of[others][:, ways].reshape(-1, ways.shape[1])
        )

    def alike_in_one(self) -> list[tuple[int, int]]:
        """Every group in which the others gave the same to the first statement."""
        same = [number for number, ratings in enumerate(self.of) if ratings[0] == ratings[-1]]
        return list(product(same, range(len(self.of))))


@dataclass(frozen=True)
class Outcome:
    tried: int
    told: tuple[tuple[int, tuple[int, ...]], ...]  # what all others gave, and their ratings of the other statement
    chance: float  # that all others gave the same, and it is told


def outcome(n: int, own: tuple[int, ...], some: slice) -> Outcome:
    search = Search(n, own)
    groups = search.alike_in_one()[some]
    found = [(pair, search.another(*pair)) for pair in groups]
    pairs = [(search.group(*pair), other) for pair, other in found if other is not None]
    texts = published([one for pair in pairs for one in pair])
    assert texts[::2] == texts[1::2]  # what was found is really said alike
    assert not any(same_first(group, other) for group, other in pairs)
    told = [(search.of[first], search.of[second]) for (first, second), other in found if other is None]
    return Outcome(
        tried=len(groups),
        told=tuple((int(one[0]), tuple(beside.tolist())) for one, beside in told),
        chance=sum(chance(one) * chance(beside) for one, beside in told),
    )


def same_first(group: np.ndarray, other: np.ndarray) -> bool:
    return sorted(group[:, 0]) == sorted(other[:, 0])


def chance(ratings: np.ndarray) -> float:
    counts = Counter(ratings.tolist())
    ways = factorial(len(ratings)) // prod(factorial(count) for count in counts.values())
    return ways * prod(USUAL[rating - 1] ** count for rating, count in counts.items())


@pytest.mark.parametrize("n", SIZES)
def test_what_everybody_gave_to_one_of_two_statements_is_not_told_to_an_outsider(n):
    found = outcome(n, (), slice(None, None, 23))

    assert found.tried > 200
    assert found.told == ()


def test_nor_where_everybody_chose_the_lowest():
    """Ten people, two statements: a mean below 1.05 is that of twenty 1s. What is displayed as 5.0 may be 99 too."""
    ones, others, fives = published([np.full((10, 2), 1), np.repeat([[1, 2]], 10, axis=0), np.full((10, 2), 5)])
    assert '"score": 1.5, "end": "low"' in ones
    assert [text.count('"state": "level"') for text in (ones, others)] == [2, 2]
    assert '"score": 5.0, "end": null' in fives
    assert '"score": 1.0, "end": null' in published([np.full((11, 2), 1)])[0]


def test_control_classes_beside_the_score_would_tell_them():
    """Seven of ten gave 1 or 2 to the second statement, three 4 or 5, as tenths tell: the score 4.0 leaves nothing but
    5 for the first."""
    most = 7 * 2 + 3 * 5
    totals = [total for total in range(20, 101) if Told(10).score(np.array(total)) == 40]

    assert (totals, [total - most for total in totals if total - most <= 50]) == ([79, 80], [50])


def test_control_words_at_every_score_would_tell_them():
    """Eleven people: 38 is the most with 1.7 and the least with a word 'partly' beside one 'not yet'."""
    firsts, seconds = range(11, 27), range(27, 38)
    fits = {one for one in firsts for two in seconds if Told(11).score(np.array(one + two)) == 17}

    assert fits == {11}
    assert 1.7 not in scores_with_words(11)
    assert 1.8 in scores_with_words(11)


@pytest.mark.parametrize("n", SIZES)
def test_most_scores_have_words_beside_them(n):
    assert len(scores_with_words(n)) >= 30


def test_what_is_not_shown_follows_from_the_score_alone():
    """Whatever was answered: beside one score the words of all statements stand, or none."""
    rng = np.random.default_rng(4)
    texts = published(list(rng.choice(RATINGS, size=(600, 11, 2), p=USUAL)))
    with_words = {}
    for text in texts:
        score = score_in(text)
        states = {state for state in ("not_shown", "level") if f'"state": "{state}"' in text}
        with_words.setdefault(score, set()).add(frozenset(states))

    assert {frozenset({"not_shown"}), frozenset({"level"})} == {one for states in with_words.values() for one in states}
    assert all(len(states) == 1 for states in with_words.values())


def test_the_key_tells_apart_what_is_published_apart():
    """So that nothing found by it is missed or made up, among groups that are nearly alike."""
    rng, told = np.random.default_rng(5), Told(10)
    groups = rng.choice(RATINGS, size=(1500, 10, 2), p=USUAL)
    groups[::2, 1:, 0] = groups[::2, :1, 0]
    groups[::3, 2:, 1] = groups[::3, :1, 1]
    with_words = scores_with_words(10)
    keys = []
    for group, together in zip(groups, told.together(groups), strict=True):
        totals, score = group.sum(axis=0), float(told.score(group.sum()) / 10)
        deviations = np.abs(group - group.mean(axis=0)).mean(axis=0) * (10 / 9) ** 0.5
        words = tuple(told.level(totals)) if score in with_words else ()
        keys.append((score, tuple(together), int(told.agreement(deviations.sum())), words))
    texts = published(list(groups))

    assert len(set(texts)) == len(set(keys)) == len(set(zip(texts, keys, strict=True)))
    assert len(set(texts)) > 300


def whole(n: int, own: tuple[int, ...]) -> Outcome:
    return outcome(n, own, slice(None))


@pytest.mark.deep
@pytest.mark.filterwarnings("default::DeprecationWarning")
@pytest.mark.parametrize("n", SIZES)
def test_every_such_group_at_length(n, figure):
    found = whole(n, ())
    assert found.told == ()
    figure("disclosure", f"two statements, n = {n}: told to an outsider what all gave", f"0 of {found.tried:,} groups")


@pytest.mark.deep
@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_colleagues_at_length(figure):
    """Of everybody, one of the two statements; and with the answers that a colleague would give on purpose."""
    owns = list(product(RATINGS, RATINGS))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as searchers:
        found = dict(zip(owns, searchers.map(partial(whole, 10), owns), strict=True))
    of_all = 2 * sum(USUAL[a - 1] * USUAL[b - 1] * one.chance for (a, b), one in found.items())
    on_purpose = 2 * max(one.chance for one in found.values())
    assert of_all < 1e-5
    assert on_purpose < 1e-4
    what = "two statements, n = 10: told to a colleague what all others gave"
    figure("disclosure", what, f"{of_all:.1e} of all, {on_purpose:.1e} on purpose")
