"""Words for agreement, and two camps, in made groups: the real companies that the sheet looked at are not here."""

from functools import partial

import numpy as np
import numpy.typing as npt

from benchmarks.method.items import USUAL, Checklist, Ratings, Spread, rate, rounded
from benchmarks.method.rows import Row, Section
from reports.scoring import METHOD, Method, ad_star, two_camps

Runs = npt.NDArray[np.number]
CAMPS = (2.0, 4.2), (1.8, 4.4)  # where the halves of a split group stand, and further apart
INSIDE_A_CAMP = Spread(person=0.3, cell=0.25)
WORDS = ("close", "usual", "wide")


def _cell(asked: int) -> Checklist:
    return Checklist({"team": asked})


def _people(rng: np.random.Generator, n: int, asked: int, spread: Spread = USUAL) -> Ratings:
    """One cell's ratings of an ordinary group."""
    return rate(rng, _cell(asked), n, _cell(asked).flat(), spread=spread)[:, :asked]


def _split(rng: np.random.Generator, n: int, asked: int, camps: tuple[float, float]) -> Ratings:
    half = np.where(np.arange(n) < n // 2, *camps)[:, np.newaxis]
    return rate(rng, _cell(asked), n, half + np.zeros(5), spread=INSIDE_A_CAMP)[:, :asked]


def _word(ratings: Ratings, method: Method) -> str | None:
    return ad_star((ratings[:, :, np.newaxis] == np.arange(1, 6)).sum(axis=0), method=method).word


def words(rng: np.random.Generator, runs: int, *, n: int, asked: int, method: Method = METHOD) -> Runs:
    """(runs, 3): close, usual, wide, in ordinary groups."""
    found = (_word(_people(rng, n, asked), method) for _ in range(runs))
    return np.array([[one == word for word in WORDS] for one in found])


def same_word(rng: np.random.Generator, runs: int, *, n: int, asked: int = 7, method: Method = METHOD) -> Runs:
    """Whether two samples of one company get one word; companies spread by 0.6 to 1.4 times the usual."""

    def both() -> bool:
        times = rng.uniform(0.6, 1.4)
        spread = Spread(0.5 * times, 0.45 * times, 0.7 * times)
        first, second = (_word(_people(rng, n, asked, spread), method) for _ in range(2))
        return first == second

    return np.array([both() for _ in range(runs)])


def split_is_wide(
    rng: np.random.Generator, runs: int, *, n: int, asked: int, camps: tuple[float, float], method: Method = METHOD
) -> Runs:
    return np.array([_word(_split(rng, n, asked, camps), method) == "wide" for _ in range(runs)])


def camps_in(
    rng: np.random.Generator,
    runs: int,
    *,
    n: int,
    asked: int,
    camps: tuple[float, float] | None = None,
    method: Method = METHOD,
) -> Runs:
    """Whether two camps are told of ordinary groups, or of such as have them."""

    def told() -> bool:
        ratings = _split(rng, n, asked, camps) if camps else _people(rng, n, asked)
        return bool(two_camps(ratings.mean(axis=1).tolist(), asked=asked, method=method))

    return np.array([told() for _ in range(runs)])


def random_answers(rng: np.random.Generator, runs: int, *, n: int, asked: int, method: Method = METHOD) -> Runs:
    """Whether people who answer at random are told to answer differently."""
    return np.array([_word(rounded(rng.uniform(0.5, 5.5, (n, asked))), method) == "wide" for _ in range(runs)])


SECTION = Section(
    "Agreement and camps (made groups; the sheet’s rows on 49 and 99 real companies, 18 / 1 % “differ”, same word "
    "71 / 81 %, camps 2 / 1 %, cannot be run here)",
    (
        Row(
            "close, usual, wide in ordinary groups, 7 statements, n = 8 / 30",
            "most usual",
            tuple(partial(words, n=n, asked=7) for n in (8, 30)),
            4_000,
        ),
        Row(
            "… 2 statements, n = 8 / 30",
            "most usual",
            tuple(partial(words, n=n, asked=2) for n in (8, 30)),
            4_000,
        ),
        Row(
            "same word in a second sample of 8 / 30, companies of unlike spread",
            "71 / 81 % (real, n = 8)",
            tuple(partial(same_word, n=n) for n in (8, 30)),
            3_000,
        ),
        Row(
            "truly split groups of 8 called wide, camps at 2.0 and 4.2, 7 / 2 statements; at 1.8 and 4.4, 7 / 2",
            "94 / 85 %",
            tuple(partial(split_is_wide, n=8, asked=asked, camps=camps) for camps in CAMPS for asked in (7, 2)),
            4_000,
        ),
        Row(
            "random answers called wide, n = 8, 7 / 2 statements",
            "",
            tuple(partial(random_answers, n=8, asked=asked) for asked in (7, 2)),
            4_000,
        ),
        Row(
            "camps in ordinary groups of 12, 7 / 2 statements",
            "– / 2 % (real)",
            tuple(partial(camps_in, n=12, asked=asked) for asked in (7, 2)),
            6_000,
        ),
        Row(
            "true camps found, n = 10, at 2.0 and 4.2, 7 / 2 statements; at 1.8 and 4.4, 7 / 2",
            "95 / 56 %",
            tuple(partial(camps_in, n=10, asked=asked, camps=camps) for camps in CAMPS for asked in (7, 2)),
            4_000,
        ),
    ),
)
