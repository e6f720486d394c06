"""Somebody who runs a survey reads every page after everything that anybody does, for three days. Between two counts
nothing changes, whoever hands in; at a count what changes is a step.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.running import perform
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.job_names import CLOSE_SURVEY, COUNT_ANSWERS
from diagnostics.surveys.models import Participant, Survey
from tests.surveys_loop.crawling import VARYING, links_in
from tests.surveys_loop.phones import Phone, links_in_letters
from tests.surveys_loop.taking_part import deliver, open_since, work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof]

DAYS = 3
TEAMS = {"District nursing": 12, "Pharmacy": 8, "Podiatry": 6, "Therapies": 3}
FEWER = {"District nursing": 7, "Podiatry": 5, "Therapies": 2}
TOKENS = [pattern for pattern, word in VARYING if word in {b"nonce", b"csrf"}]  # dates and times are read as they stand


@dataclass
class Reader:
    """Whoever runs the survey, with every page that links lead to, word for word."""

    browser: Client
    starts: tuple[str, ...]
    reads: int = 0
    changed: list[str] = field(default_factory=list)
    last: dict[str, bytes] = field(default_factory=dict)

    def read(self) -> None:
        """Notes which pages say something else than when they were read last."""
        now = dict(self._pages())
        self.changed += [page for page in self.last.keys() | now.keys() if self.last.get(page) != now.get(page)]
        self.reads, self.last = self.reads + len(now), now

    def read_anew(self) -> None:
        """What is different now may be."""
        self.last = dict(self._pages())

    def _pages(self) -> Iterator[tuple[str, bytes]]:
        waiting, known = list(self.starts), set(self.starts)
        while waiting:
            address = waiting.pop()
            answer = self.browser.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield address, b"%d %s" % (answer.status_code, _without_tokens(body))
            found = [one for one in links_in(body, answer.headers.get("Location", "")) if one not in known]
            known.update(found)
            waiting += found


def _without_tokens(page: bytes) -> bytes:
    for pattern in TOKENS:
        page = pattern.sub(b"", page)
    return page


@dataclass
class Filling:
    """A survey that fills, and what is true of it, from the script."""

    survey: Survey
    by: object
    answered: Counter = field(default_factory=Counter)  # by group

    def __post_init__(self) -> None:
        people = Participant.objects.filter(survey=self.survey).values_list("email", "group__name")
        self.group_of = dict(people)
        self.links = links_in_letters()

    def acts(self) -> Iterator[Callable[[], None]]:
        """Everything that people do, in an order of chance; most hand in, a few only begin or would rather not."""
        everybody = random.sample(sorted(self.group_of), len(self.group_of))
        for number, email in enumerate(everybody):
            yield lambda email=email, number=number: self._act(email, number)

    def _act(self, email: str, number: int) -> None:
        phone = Phone(self.links[email])
        if number % 7 == 3:
            phone.decline()
            return
        phone.save(dict.fromkeys(self.survey.version.statement_keys, str(1 + number % 5)))
        if number % 7 != 5:
            assert phone.hand_in(("task", "route"))
            self.answered[self.group_of[email]] += 1
        if number % 11 == 4:
            phone.withdraw()  # counts while open, and not in the report

    def count(self) -> None:
        """The next morning has come."""
        Job.objects.filter(kind=COUNT_ANSWERS, status=Job.Status.DONE).update(status=Job.Status.QUEUED)
        work(COUNT_ANSWERS, self.survey.public_id)

    def shown(self) -> tuple[dict[str, int | None], int | None]:
        """Steps by group, and the total, as they are stored for all pages."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT public_id, name FROM diagnostics_surveygroup")
            names = dict(cursor.fetchall())
        known = self.survey.daily_count
        known.refresh_from_db()
        return {names[group]: step for group, step in known.groups.items()}, known.total


def step(answered: int) -> int | None:
    """By hand, for groups under fifty."""
    return None if answered < 5 else answered - answered % 5


def steps(filling: Filling, teams: dict[str, int]) -> dict[str, int | None]:
    return {name: step(filling.answered[name]) for name, asked in teams.items() if asked >= 5}


def lived(filling: Filling, reader: Reader, teams: dict[str, int], *, every: int, live: bool = False) -> None:
    """`every`: how many acts between two reads. `live`: a count after each act, as it must not be."""
    acts = list(filling.acts())
    reader.read_anew()
    for number, act in enumerate(acts, start=1):
        act()
        if live:
            filling.count()
        if number % every == 0:
            reader.read()
        if number % -(-len(acts) // DAYS) == 0:
            filling.count()
            reader.read_anew()
            assert filling.shown()[0] == steps(filling, teams)


@pytest.fixture
def filling_of(transactional_db, instrument, alice):
    def opened(teams: dict[str, int]) -> Filling:
        survey = open_since(alice, teams)
        deliver()
        return Filling(survey, alice)

    return opened


@pytest.fixture
def reader_of(client_for, alice):
    def reader(filling: Filling) -> Reader:
        pages = ("surveys:dashboard", "reports:counts", "reports:survey", "surveys:participants")
        workspace = reverse("surveys:list", args=[filling.survey.workspace.public_id])
        own = tuple(reverse(page, args=[filling.survey.public_id]) for page in pages)
        return Reader(client_for(alice), (*own, workspace, reverse("reports:list")))

    return reader


def test_between_two_counts_no_page_tells_that_anybody_answered(filling_of, reader_of, figure):
    filling = filling_of(FEWER)
    reader = reader_of(filling)
    lived(filling, reader, FEWER, every=4)
    assert reader.reads > 50
    assert not reader.changed
    figure("separation", "pages that change when somebody answers", f"0 of {reader.reads} reads")


@pytest.mark.deep
def test_control_a_count_that_is_always_fresh_is_seen(filling_of, reader_of, figure):
    filling = filling_of(FEWER)
    reader = reader_of(filling)
    lived(filling, reader, FEWER, every=3, live=True)
    assert reader.changed
    figure("separation", "control: counted after every answer", f"{len(reader.changed)} of {reader.reads} reads")


@pytest.mark.deep
def test_every_page_after_every_answer_of_three_days_and_the_report_beside_them(filling_of, reader_of, figure):
    filling = filling_of(TEAMS)
    reader = reader_of(filling)
    lived(filling, reader, TEAMS, every=1)
    assert not reader.changed

    filling.count()
    groups, total = filling.shown()
    assert groups == steps(filling, TEAMS)
    assert total == sum(one or 0 for one in groups.values())
    stop_survey(survey=filling.survey, by=filling.by, now=timezone.now())
    perform(Job.objects.get(kind=CLOSE_SURVEY, subject=filling.survey.public_id).pk)
    report = dict(filling.survey.editions.get().slices.filter(kind="team").values_list("group__name", "n"))
    assert all(n <= filling.answered[name] for name, n in report.items())
    assert set(report) <= {name for name, one in groups.items() if one}
    figure("separation", "every page of three days, after every answer", f"0 changes in {reader.reads} reads")
