"""A survey as it is lived: some answer, some only begin, some would rather not. Who did what is chosen by lot here and
told to nobody; then whoever wants to know guesses, and each guess is held against it.
"""

import datetime
import hmac
import random
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import comb

from django.core import mail
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.running import perform
from core.post.sending import SEND
from diagnostics.surveys.actions.participants import correct_address, remove_participant
from diagnostics.surveys.job_names import CORRECT_ADDRESS, COUNT_ANSWERS, OPEN_SURVEY, SEND_REMINDERS
from diagnostics.surveys.models import Participant, Survey
from tests.diagnostics.launched import launched_survey
from tests.surveys_loop.linking import Person, telling
from tests.surveys_loop.phones import Phone, links_in_letters, token_in

FAR_FETCHED = 0.001  # what chance alone does less often than this is no chance
ANSWERED, BEGAN, DECLINED = "who answered", "who began", "who declined"


@dataclass
class Told:
    """What is true, from the script alone."""

    survey: Survey
    people: frozenset[Person]
    did: dict[str, frozenset[Person]]  # secret → of whom it is true
    order: list[Person]  # of those who answered, as they handed in
    tokens: dict[Person, str] = field(default_factory=dict)  # of the link that each used

    def tags(self) -> dict[Person, str]:
        """The name of each ballot, by hand: the first half of the token."""
        return {one: ballot_tag(self.tokens[one]) for one in self.order}

    def draft_tags(self) -> dict[Person, str]:
        return {one: derived(self.tokens[one], "draft") for one in self.did[BEGAN]}


def ballot_tag(token: str) -> str:
    return urlsafe_b64decode(token + "=" * (-len(token) % 4))[:16].hex()


def derived(token: str, purpose: str) -> str:
    return hmac.digest(token.encode(), purpose.encode(), "sha256").hex()


# --- The story ------------------------------------------------------------------------------------------


def invited(owner, *, people: int, teams: int = 4) -> Survey:
    """Open, with its letters sent; today is the day of reminders."""
    survey = open_since(owner, {f"Team {number}": people // teams for number in range(teams)})
    deliver()
    return survey


def open_since(owner, teams: dict[str, int]) -> Survey:
    """Two days ago."""
    now = timezone.now()
    launched = launched_survey(
        owner,
        teams=teams,
        now=now - datetime.timedelta(days=2),
        closes_at=now + datetime.timedelta(days=9),
        reminder_days=[now.date().isoformat()],
    )
    work(OPEN_SURVEY, launched.public_id)
    return Survey.objects.get(pk=launched.pk)


def live(survey: Survey, *, answer: int, by, lot: random.Random | None = None, words=None) -> Told:
    """`answer` people hand in, half of the others only begin; a third say that they would rather not, whatever they do.

    On the way reminders go out, answers are counted, one address is corrected and one person removed, all by lot.
    `words`: of a person, what they say, by field.
    """
    lot = lot or random.Random()
    told = _by_lot(survey, answer, lot)
    moves, goes = lot.sample(sorted(told.people), 2)
    acts = lot.sample(sorted(told.people), len(told.people))
    for number, person in enumerate(acts):
        if number == len(acts) // 3:
            _correct(moves, by)
        if number == len(acts) // 2:
            work(SEND_REMINDERS, survey.public_id)
            work(COUNT_ANSWERS, survey.public_id)
        _act(told, person, words(person) if words else _some_words(survey, lot))
    remove_participant(participant=Participant.objects.get(pk=goes), by=by)
    return told


def _by_lot(survey: Survey, answer: int, lot: random.Random) -> Told:
    people = list(Participant.objects.filter(survey=survey).values_list("pk", flat=True))
    shuffled = lot.sample(people, len(people))
    begun = answer + (len(people) - answer) // 2
    did = {
        ANSWERED: frozenset(shuffled[:answer]),
        BEGAN: frozenset(shuffled[:begun]),
        DECLINED: frozenset(lot.sample(people, len(people) // 3)),
    }
    return Told(survey, frozenset(people), did, order=[])


def _act(told: Told, person: Person, words: Mapping[str, str]) -> None:
    """Its own letter's link: the last that came."""
    link = links_in_letters()[Participant.objects.get(pk=person).email]
    told.tokens[person] = token_in(link)
    phone = Phone(link)
    if person in told.did[DECLINED]:
        phone.decline()
    if person in told.did[BEGAN]:
        phone.save(words)
    if person in told.did[ANSWERED]:
        assert phone.hand_in(("task", "route"))
        told.order.append(person)


def _some_words(survey: Survey, lot: random.Random) -> dict[str, str]:
    return {key: str(lot.randint(1, 5)) for key in survey.version.statement_keys} | {"OQ_task_helps": f"{lot.random()}"}


def _correct(person: Person, by) -> None:
    correct_address(participant=Participant.objects.get(pk=person), email=f"moved{person}@example.org", by=by)
    invitation = Participant.objects.get(pk=person).invitation
    work(CORRECT_ADDRESS, invitation.public_id)
    deliver()


def work(kind: str, subject: str) -> None:
    jobs = Job.objects.filter(kind=kind, subject=subject, status=Job.Status.QUEUED)
    jobs.update(not_before=None)
    job = jobs.earliest("pk")
    perform(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE, job.error


def deliver() -> None:
    for letter in Job.objects.filter(kind=SEND, status=Job.Status.QUEUED):
        perform(letter.pk)
    assert mail.outbox


# --- Guesses --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guess:
    source: str
    names: frozenset[Person]


def guesses_of(orders: Iterable[tuple[str, list[Person]]], told: Told) -> list[Guess]:
    """From an order of people: the first so many, or the last, as did it and as did not."""
    sizes = {size for did in told.did.values() for size in (len(did), len(told.people) - len(did))}
    return [
        Guess(f"{source} {end}", frozenset(people[:size] if end == "first" else people[-size:]))
        for source, people in orders
        for size in sizes
        for end in ("first", "last")
    ]


def guesses_of_rows(rows: Mapping[str, list[tuple[Person, dict]]]) -> list[Guess]:
    """People who have a row in a table, and those who share a value in one of its columns."""
    found = []
    for table, about in rows.items():
        found.append(Guess(f"{table} has", frozenset(person for person, _row in about)))
        for column in telling([row for _person, row in about]):
            shared: dict[str, set[Person]] = {}
            for person, row in about:
                shared.setdefault(str(row[column]), set()).add(person)
            found += [Guess(f"{table}.{column} is {value}", frozenset(who)) for value, who in shared.items()]
    return found


@dataclass(frozen=True)
class Verdict:
    """The best of all guesses at one secret."""

    secret: str
    tried: int
    guess: Guess | None
    right: int  # of those whom it names
    expected: float  # right by chance
    luck: float  # how often chance alone would do as well in one of so many guesses

    @property
    def is_chance(self) -> bool:
        return self.luck > FAR_FETCHED

    def __str__(self) -> str:
        if self.guess is None:
            return "names nobody"
        best = f"best of {self.tried}: {self.right} of {len(self.guess.names)} right (chance {self.expected:.1f})"
        return f"{best}, luck {self.luck:.2g}"


def verdicts(guesses: Iterable[Guess], told: Told) -> list[Verdict]:
    """The same people named twice are one guess; naming nobody or everybody is none."""
    different = {guess.names & told.people: guess for guess in guesses}
    real = [Guess(one.source, names) for names, one in different.items() if 0 < len(names) < len(told.people)]
    return [_best(secret, did, real, told.people) for secret, did in told.did.items()]


def _best(secret: str, did: frozenset[Person], guesses: list[Guess], people: frozenset[Person]) -> Verdict:
    """The luckiest; its luck, times the number of guesses (Bonferroni)."""
    if not guesses:
        return Verdict(secret, 0, None, 0, 0.0, 1.0)

    def luck(guess: Guess) -> float:
        return luck_of(len(guess.names & did), named=len(guess.names), true=len(did), of=len(people))

    best = min(guesses, key=luck)
    expected = len(best.names) * len(did) / len(people)
    return Verdict(secret, len(guesses), best, len(best.names & did), expected, min(1.0, luck(best) * len(guesses)))


@cache
def luck_of(right: int, *, named: int, true: int, of: int) -> float:
    """How often so many `named` by lot are right so often, or so seldom, or more extremely: hypergeometric, both ways.

    >>> luck_of(6, named=6, true=6, of=40) == 2 / comb(40, 6)
    True
    """

    def ways(hits: int) -> int:
        return comb(true, hits) * comb(of - true, named - hits)

    fewest, most = max(0, named + true - of), min(named, true)
    below, above = sum(map(ways, range(fewest, right + 1))), sum(map(ways, range(right, most + 1)))
    return 2 * min(below, above) / comb(of, named)
