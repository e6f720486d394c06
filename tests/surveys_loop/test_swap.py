"""Two people of one atom exchange their answers. Everything is made anew; then everybody looks at every page they can
reach, with charts and comments, and no byte tells that anything has happened."""

import datetime
import random
import time
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import ids
from core.accounts.models import User
from core.jobs.models import Job
from core.jobs.running import perform
from diagnostics.surveys import keys
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.job_names import CLOSE_SURVEY, OPEN_SURVEY
from diagnostics.surveys.models import Survey
from reports.comparisons.actions import Chosen, compare_groups
from reports.comparisons.models import Comparison
from reports.editions.access import sight_of
from reports.editions.models import PublishedSlice
from reports.editions.releasing import release
from reports.files.asking import ask_for_file
from tests.conftest import make_user
from tests.diagnostics.launched import launched_survey, workspace_of
from tests.surveys_loop.answering import answer, link_of, people_of
from tests.surveys_loop.crawling import Visit

pytestmark = pytest.mark.usefixtures("instrument")

TEAMS = {"District nursing": 11, "Pharmacy": 6, "Podiatry": 3, "Dietetics": 4}  # the last two are one atom
LED = "District nursing"

Pages = dict[str, tuple[int, bytes]]  # who looks, at which address → status and masked body


@dataclass
class Cast:
    owner: User
    others: dict[str, User]  # role → who has it

    def visitors(self) -> dict[str, User]:
        return {"owner": self.owner, **self.others}


@pytest.fixture
def cast(alice, bob, charlie) -> Cast:
    roles = {"consultant": bob, "facilitator": make_user("Fay"), "leader": make_user("Lea")}
    return Cast(alice, roles | {"outsider": charlie})


@pytest.fixture
def look(cast, settings, tmp_path, monkeypatch):
    """Everything that everybody sees of a survey in which the first people of two groups may have exchanged answers.

    Identifiers, keys and the moment are the same each time, so that even the check sum of a report must be.
    """
    now = timezone.now()
    monkeypatch.setattr(keys, "new_link_key", lambda: b"k" * 32)

    def seen(exchanged: tuple[str, str] | None = None, *, unlike: Pages | None = None) -> Pages:
        monkeypatch.setattr(ids, "secrets", random.Random(5))
        settings.KEY_STORE = tmp_path / f"keys {exchanged} {time.monotonic_ns()}"
        return what_everybody_sees(cast, exchanged, now, unlike)

    return seen


def what_everybody_sees(
    cast: Cast, exchanged: tuple[str, str] | None, now: datetime.datetime, unlike: Pages | None
) -> Pages:
    """Afterwards the survey never was. `unlike`: each stops at the first page that is another than in these."""
    with transaction.atomic():
        cache.clear()
        survey, cookies = _survey(cast, exchanged, now)
        compared, seen = _compared(survey, cast, now), {}
        for role, user in cast.visitors().items():
            client = Client()
            client.force_login(user)
            starts = ["/", reverse("reports:list"), reverse("reports:survey", args=[survey.public_id])]
            starts += [reverse("surveys:dashboard", args=[survey.public_id])]
            starts += [reverse("reports:comparison", args=[one.public_id]) for one in compared]
            seen |= _visited(role, client, unlike, *starts)
        for name, client in cookies.items():
            results = reverse("reports:results", args=[survey.public_id])
            seen |= _visited(name, client, unlike, results)
        transaction.set_rollback(True)
    return seen


def _visited(who: str, client: Client, unlike: Pages | None, *starts: str) -> Pages:
    visit = Visit(client)
    if unlike is not None:
        visit.until = lambda address, page: unlike.get(f"{who} {address}") != page
    return {f"{who} {address}": page for address, page in visit.follow(*starts).seen.items()}


def _survey(cast: Cast, exchanged: tuple[str, str] | None, now: datetime.datetime) -> tuple[Survey, dict[str, Client]]:
    """Closed and released, with figures; and the browsers of some who were asked."""
    members = {role: user for role, user in cast.others.items() if role != "outsider"}
    workspace = workspace_of(cast.owner, **members)
    dates = {"now": now, "closes_at": now + datetime.timedelta(days=9)}
    survey = launched_survey(cast.owner, workspace=workspace, teams=TEAMS, **dates)
    survey.groups.filter(name=LED).update(leader_email=cast.others["leader"].email)
    _work(OPEN_SURVEY, survey.public_id)
    _answer(Survey.objects.get(pk=survey.pk), exchanged)
    browsers = _browsers(Survey.objects.get(pk=survey.pk))
    stop_survey(survey=survey, by=cast.owner, now=now)
    _work(CLOSE_SURVEY, survey.public_id)
    _release(survey, cast, now)
    return survey, browsers


def _answer(survey: Survey, exchanged: tuple[str, str] | None) -> None:
    people = people_of(survey)
    said = {one.pk: (_words(survey, number), _picks(number)) for number, one in enumerate(people)}
    if exchanged:
        one, other = (people_of(survey, group)[0].pk for group in exchanged)
        said[one], said[other] = said[other], said[one]
    for invitation in people:
        answer(invitation, *said[invitation.pk])


def _words(survey: Survey, number: int) -> dict[str, str]:
    """Everybody answers differently; some cannot judge, some write."""
    statements = enumerate(survey.version.statement_keys)
    ratings = {key: str(((number + 1) * (place + 3) + place // 4 + number // 5) % 6) for place, key in statements}
    return ratings | ({"OQ_task_helps": f"Words number {number}"} if number % 2 else {})


def _picks(number: int) -> tuple[str, ...]:
    conditions = ("task", "route", "alignment", "capability", "energy")
    return conditions[number % 5], conditions[(number + 1 + number // 5 % 3) % 5]


def _browsers(survey: Survey) -> dict[str, Client]:
    """Of the first of every group; they come by their links while these are still known."""
    found = {}
    for group in TEAMS:
        found[f"respondent of {group}"] = Client()
        found[f"respondent of {group}"].get(link_of(people_of(survey, group)[0]))
    return found


def _release(survey: Survey, cast: Cast, now) -> None:
    edition = survey.editions.get()
    given = {"edition": edition, "by": cast.owner, "now": now, "with_comments": True}
    release(**given, to=cast.others["facilitator"])
    release(**given, to_leaders=True)
    release(**given, to_respondents=True)
    for one in PublishedSlice.objects.filter(edition=edition):
        perform(ask_for_file(of=one, kind="slice_figure", by=cast.owner).pk)


def _compared(survey: Survey, cast: Cast, now) -> list[Comparison]:
    """All groups side by side, each against everybody else; and some of them counted together."""
    edition = survey.editions.get()
    whole, led, *small = edition.slices.all()
    given = {"edition": edition, "by": cast.owner, "sight": sight_of(cast.owner, edition), "now": now}
    every = [Chosen((one,)) for one in (whole, led, *small)]
    return [
        compare_groups(chosen=chosen, **given) for chosen in (every, [Chosen((led,)), Chosen(tuple(small), "Small")])
    ]


def _work(kind: str, subject: str) -> None:
    perform(Job.objects.get(kind=kind, subject=subject).pk)


def test_exchanging_answers_within_an_atom_changes_no_byte_of_any_page(look):
    before, after = look(), look(("Podiatry", "Dietetics"))

    assert list(after) == list(before)
    assert [address for address in before if before[address] != after[address]] == []
    check_that_everybody_saw_what_is_theirs(before)
    check_that_everybody_sees_an_exchange_across_atoms(before, look(("Podiatry", "Pharmacy"), unlike=before))


def check_that_everybody_saw_what_is_theirs(before: Pages) -> None:
    """Reports, what lies behind cells, charts, comments, results."""
    pages = [sum(page.startswith(who) for page in before) for who in ("owner", "facilitator", "leader", "outsider")]
    assert pages == sorted(pages, reverse=True)
    assert sum("/comparisons/" in page and status == 200 for page, (status, _) in before.items()) >= 6
    assert sum("/figure/" in page and status == 200 for page, (status, _) in before.items()) > 5
    readers = {page.partition(" ")[0] for page, (_, body) in before.items() if b"Words number" in body}
    assert readers >= {"owner", "consultant", "facilitator", "leader"}
    assert "outsider" not in readers
    results = [status for page, (status, _) in before.items() if page.startswith("respondent") and "results" in page]
    assert results == [200] * len(TEAMS)


def check_that_everybody_sees_an_exchange_across_atoms(before: Pages, after: Pages) -> None:
    changed = {address.partition(" ")[0] for address in after if before.get(address) != after[address]}
    assert changed >= {"owner", "consultant", "facilitator", "respondent"}
    assert "outsider" not in changed
