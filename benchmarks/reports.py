"""A report's page for few respondents and for many, and what a browser loads for it."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial

from django.conf import settings
from django.test import Client
from django.urls import reverse

from benchmarks.closing import RESPONSES, TEAMS
from benchmarks.first_page import load_of
from benchmarks.pairs import in_turn, timed
from benchmarks.people import Browser, Request
from benchmarks.results import Result, at_most
from benchmarks.servers import Servers
from benchmarks.surveys import answered_survey, closed, owner
from core.accounts.models import User
from diagnostics.surveys.models import Survey
from reports.editions.access import latest_edition, whole_of

FEW = 100
ROUNDS, VISITS = 15, 10


def report(servers: Servers) -> Iterator[Result]:
    """The same tree of groups, so that only the number of respondents differs."""
    few, many = (_address(_closed(people)) for people in (FEW, RESPONSES))
    with closing(Browser(servers.ours, signed_in(owner()))) as browser:
        visits = (timed(partial(_visit, browser, address)) for address in (many, few))
        pairs = in_turn(*visits, rounds=ROUNDS)
        load = load_of(browser, _address(_closed(RESPONSES)))
    yield Result("report-page-kB", load.kilobytes, at_most(150), load.told())
    yield Result("report-page", pairs.times_as_long, at_most(1.2), f"{pairs.times()} for {VISITS} pages")


def _closed(people: int) -> Survey:
    """One that has been closed in this run, or a new one."""
    made = Survey.objects.filter(status=Survey.Status.CLOSED)
    fitting = (one for one in made if one.invitations.count() == people)
    return next(fitting, None) or closed(answered_survey(people, teams=TEAMS))


def _address(survey: Survey) -> str:
    return reverse("reports:slice", args=[whole_of(latest_edition(survey)).public_id])


def signed_in(user: User) -> dict[str, str]:
    """Their cookies."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _visit(browser: Browser, address: str) -> None:
    for _ in range(VISITS):
        browser.send(Request("GET", address))
