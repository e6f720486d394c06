"""Many people at once, each at their own pace, as the page's script saves what they give; then what was kept is read.

Some begin where others are nearly through, as on any minute of a survey's first day: so all pages are met.
"""

import http.client
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from statistics import mean, quantiles
from threading import Thread

from benchmarks.machine import Use, used
from benchmarks.people import Browser, Person, Refused, Request, answered, page_post, save, way_in, way_out
from benchmarks.results import Result, at_most
from benchmarks.servers import Servers
from benchmarks.surveys import open_survey, people_of
from diagnostics.answering.drafts import saved_by
from diagnostics.answering.models import Ballot
from diagnostics.answering.respondents import respondent_of
from diagnostics.sealing.boxes import open_ballots
from diagnostics.surveys.keys import private_key
from diagnostics.surveys.models import Survey

PEOPLE = 500
EVERY = 4.0  # seconds between two ratings of one person, on average
WAIT = 2.0  # seconds that an answer waits for company in static/js/rating.js
ARRIVING = 20.0  # seconds in which they come
LASTING = 60.0  # seconds, then everybody is interrupted


@dataclass
class Sitting:
    """One person's: what the site acknowledged, and how long it took to."""

    person: Person
    given: dict[str, str] = field(default_factory=dict)
    is_thanked: bool = False
    saves: list[float] = field(default_factory=list)  # seconds
    pages: list[float] = field(default_factory=list)
    failure: str = ""

    def sit(self, port: int, begins: float, ends: float, by_chance: random.Random) -> None:
        _sleep_until(begins)
        with closing(Browser(port)) as browser:
            try:
                for request in self._way(by_chance):
                    if time.monotonic() >= ends:
                        return
                    self._send(browser, request)
                self.is_thanked = True
            except (OSError, http.client.HTTPException, Refused) as failure:
                self.failure = str(failure)

    def _way(self, by_chance: random.Random) -> Iterator[Request]:
        """Which waits as they do; from one page on, as though they had answered those before it earlier."""
        yield from way_in(self.person)
        conditions = list(self.person.pages)
        for condition in conditions[by_chance.randrange(len(conditions)) :]:
            yield Request("GET", self.person.address("rate", condition))
            waiting: list[tuple[str, str]] = []
            leaves = 0.0
            for given in answered(self.person, condition):
                moment = time.monotonic() + by_chance.uniform(0, 2 * EVERY)
                if waiting and moment >= leaves:
                    _sleep_until(leaves)
                    yield save(self.person, waiting)
                    waiting = []
                _sleep_until(moment)
                leaves = leaves if waiting else moment + WAIT
                waiting.append(given)
            yield save(self.person, waiting)
            yield page_post(self.person, condition, is_saved=True)
        yield from way_out(self.person)

    def _send(self, browser: Browser, request: Request) -> None:
        """Over a connection of its own, as a proxy asks."""
        start = time.monotonic()
        browser.send(request)
        browser.connection.close()
        (self.saves if request.is_by_script else self.pages).append(time.monotonic() - start)
        if request.is_by_script:
            self.given |= dict(request.fields[:-1])


def _sleep_until(moment: float) -> None:
    time.sleep(max(0, moment - time.monotonic()))


@dataclass(frozen=True)
class Sat:
    """All of them, and what the servers used meanwhile."""

    survey: Survey
    sittings: Sequence[Sitting]
    seconds: float
    use: Use

    @property
    def ratings(self) -> int:
        return sum(len(one.given) for one in self.sittings)

    @property
    def saves(self) -> list[float]:
        return [seconds for one in self.sittings for seconds in one.saves]

    @property
    def pages(self) -> list[float]:
        return [seconds for one in self.sittings for seconds in one.pages]

    @property
    def failures(self) -> list[str]:
        return [one.failure for one in self.sittings if one.failure]

    def lost(self) -> int:
        """Answers that were acknowledged and are not there: neither in somebody's draft nor in any ballot."""
        handed_in = Counter(_answers_of(one) for one in self.sittings if one.is_thanked)
        sealed = Ballot.objects.filter(survey=self.survey).values_list("sealed", flat=True)
        ballots = open_ballots(sealed, private_key(self.survey))
        found = Counter(_frozen(ballot["answers"] | ballot["comments"]) for ballot in ballots)
        missing = sum(len(answers) * times for answers, times in (handed_in - found).items())
        return missing + sum(_lost_by(one) for one in self.sittings if one.given and not one.is_thanked)


def _answers_of(sitting: Sitting) -> frozenset:
    return _frozen({name: int(said) if said.isdigit() else said.strip() for name, said in sitting.given.items()})


def _frozen(answers: dict) -> frozenset:
    return frozenset(answers.items())


def _lost_by(sitting: Sitting) -> int:
    """Who was interrupted between handing in and the thanks has a ballot, and no draft any more."""
    respondent = respondent_of(sitting.person.token)
    saved = saved_by(respondent) if respondent else None
    return len(_answers_of(sitting) - _frozen(saved.answers | saved.comments)) if saved else len(sitting.given)


def sat_through(servers: Servers, people: int = PEOPLE) -> Sat:
    """They come one after the other, and are there together for most of the time."""
    survey = open_survey(people)
    sittings = [Sitting(person) for person in people_of(survey)]
    port, before, start = servers.ours, used(), time.monotonic()
    threads = [
        Thread(
            target=sitting.sit,
            args=(port, start + ARRIVING * number / people, start + LASTING, random.Random(number)),  # noqa: S311
        )
        for number, sitting in enumerate(sittings)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Sat(survey, sittings, time.monotonic() - start, used() - before)


def pace(servers: Servers) -> Iterator[Result]:
    sat = sat_through(servers)
    yield Result("pace-save-ms", late(sat.saves), at_most(200), told(sat.saves, "saves", sat.ratings))
    yield Result("pace-page-ms", late(sat.pages), at_most(500), told(sat.pages, "pages"))
    yield Result("pace-errors", len(sat.failures), at_most(0), "; ".join(sat.failures[:2]))
    yield Result("pace-lost", sat.lost(), at_most(0), f"of {sat.ratings:,} answers of {len(sat.sittings)} people")


def late(seconds: Sequence[float]) -> float:
    """Milliseconds within which 95 of 100 are done."""
    return 1000 * quantiles(seconds, n=20)[-1]


def told(seconds: Sequence[float], what: str, ratings: int = 0) -> str:
    travel = f", {ratings / len(seconds):.1f} answers each" if ratings else ""
    return f"p95 of {len(seconds):,} {what}{travel}; {1000 * mean(seconds):.0f} ms on average"
