"""The pages of respondents against the bare project with the same requests; many on one survey; the first page."""

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.first_page import first_load
from benchmarks.pairs import Pairs, in_turn
from benchmarks.people import (
    IN_ONE_SAVE,
    Person,
    Way,
    page_post,
    saves,
    smoothly,
    submit,
    together,
    way_by_script,
    way_without_saves,
    whole_way,
)
from benchmarks.results import Goal, Result, at_least, at_most
from benchmarks.servers import Servers
from benchmarks.surveys import open_survey, people_of
from diagnostics.answering.models import Ballot
from diagnostics.sealing.boxes import open_ballots
from diagnostics.surveys.answered import with_ballots
from diagnostics.surveys.keys import link_key, private_key
from diagnostics.surveys.models import Survey

AT_ONCE = 8
CROWD = 32
SURVEYS = 20


def complete(servers: Servers) -> Iterator[Result]:
    """Ours as the script saves, against three ways of the bare project: one answer a save, the same batches, and one
    post a page."""
    yield from _completed(servers, 35, at_least(1), people=24, rounds=7)
    yield from _completed(servers, 140, at_least(1.5), people=8, rounds=7)


def _completed(servers: Servers, statements: int, least: Goal, *, people: int, rounds: int) -> Iterator[Result]:
    name, travel = f"complete-{statements}", f"; {IN_ONE_SAVE} answers a save"
    ways = {
        name: (whole_way, least, f"{travel} and 1"),
        f"{name}-same-batches": (way_by_script, at_least(0.8), f"{travel} on both"),
        f"{name}-one-post-a-page": (way_without_saves, at_least(0.3), f"{travel} and none"),
    }
    crowd = _shared(servers, statements, people * (rounds + 1) * len(ways))
    for part, (name, (bare_way, goal, aside)) in zip(_parts(crowd, people * (rounds + 1)), ways.items(), strict=True):
        pairs = _side_by_side(servers, part, way_by_script, people, rounds, bare_way=bare_way)
        yield Result(name, pairs.share_of_speed, goal, pairs.rates(people, "completions") + aside)


def write(servers: Servers) -> Iterator[Result]:
    """One request each: 35 saves of one answer by eight people in turn; submitting what was saved."""
    rounds, people = 9, 64
    crowd = _shared(servers, 35, people * (rounds + 1))
    pairs = _side_by_side(servers, crowd, _every_save, 16, rounds)
    count = 16 * sum(len(list(saves(crowd[0], condition))) for condition in crowd[0].pages)
    yield Result("save", pairs.share_of_speed, at_least(0.85), pairs.rates(count, "saves"))
    for port in (servers.ours, servers.bare):
        smoothly(port, crowd, _first_page)
    pairs = _side_by_side(servers, crowd, _only_submit, people, rounds)
    yield Result("submit", pairs.share_of_speed, at_least(0.7), pairs.rates(people, "submits"))


def _every_save(person: Person):
    for condition in person.pages:
        yield from saves(person, condition)


def _first_page(person: Person):
    yield page_post(person, next(iter(person.pages)))


def _only_submit(person: Person):
    yield submit(person)


def _shared(servers: Servers, statements: int, people: int) -> list[Person]:
    """Links that are good on both sites."""
    survey = open_survey(people, statements=statements)
    crowd = people_of(survey)
    servers.fill_bare(
        [
            {
                "public_id": survey.public_id,
                "content": survey.version.content,
                "tokens": [person.token for person in crowd],
            }
        ]
    )
    return crowd


def _side_by_side(
    servers: Servers, crowd: Sequence[Person], way: Way, people: int, rounds: int, *, bare_way: Way | None = None
) -> Pairs:
    """Every round takes the next people on each site."""
    ours, bare = _parts(crowd, people), _parts(crowd, people)
    return in_turn(
        lambda: smoothly(servers.ours, next(ours), way, at_once=AT_ONCE),
        lambda: smoothly(servers.bare, next(bare), bare_way or way, at_once=AT_ONCE),
        rounds=rounds,
    )


def _parts(crowd: Sequence[Person], size: int) -> Iterator[Sequence[Person]]:
    return (crowd[start : start + size] for start in range(0, len(crowd), size))


# --- Many on one survey ----------------------------------------------------------------------------------


def crowd(servers: Servers) -> Iterator[Result]:
    """32 at once on one survey in turn with 32 at once on 20 surveys; then every ballot is opened and counted."""
    rounds = 5
    one = open_survey(CROWD * (rounds + 1))
    several = [open_survey(-(-CROWD * (rounds + 1) // SURVEYS)) for _ in range(SURVEYS)]
    everybody = people_of(one), _dealt([people_of(survey) for survey in several])
    failures: list[Exception] = []

    def way_of(parts):
        def run() -> float:
            seconds, failed = together(servers.ours, next(parts), whole_way, at_once=CROWD)
            failures.extend(failed)
            return seconds

        return run

    pairs = in_turn(way_of(_parts(everybody[0], CROWD)), way_of(_parts(everybody[1], CROWD)), rounds=rounds)
    done = [person for people in everybody for person in people[: CROWD * (rounds + 1)]]
    yield Result("crowd-errors", len(failures), at_most(0), "; ".join(map(str, failures[:2])))
    yield Result("crowd-miscounted", miscounted([one, *several], done), at_most(0), f"{len(done)} ballots opened")
    rates = pairs.rates(CROWD, "completions")
    yield Result("crowd-one-survey", pairs.share_of_speed, at_least(0.8), rates)


def _dealt(hands: Sequence[Sequence[Person]]) -> list[Person]:
    """One from each in turn."""
    return [person for row in zip(*hands, strict=True) for person in row]


def miscounted(surveys: Sequence[Survey], people: Sequence[Person]) -> int:
    """Ballots that are missing, too many or say something else; drafts left behind; people counted wrongly."""
    wrong = 0
    for survey in surveys:
        theirs = [person for person in people if person.survey == survey.public_id]
        keys = survey.version.statement_keys
        expected = Counter(tuple(int(person.answers[key]) for key in keys) for person in theirs)
        sealed = Ballot.objects.filter(survey=survey).values_list("sealed", flat=True)
        ballots = open_ballots(sealed, private_key(survey))
        found = Counter(tuple(ballot["answers"].get(key) for key in keys) for ballot in ballots)
        wrong += (expected - found).total() + (found - expected).total() + survey.drafts.count()
        wrong += abs(len(with_ballots(survey, link_key(survey))) - len(theirs))
    return wrong


# --- The first page --------------------------------------------------------------------------------------


def page(servers: Servers) -> Iterator[Result]:
    """What a phone loads before anything can be read: the welcome page with all that it names."""
    person = people_of(open_survey(8))[0]
    load = first_load(servers.ours, person)
    yield Result("first-page-kB", load.kilobytes, at_most(80), load.told())
    yield Result("blocking-scripts", len(load.blocking), at_most(0), ", ".join(load.blocking))
