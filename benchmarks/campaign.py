"""Every page of a campaign of hundreds of teams: how long each takes, how heavy it is, how many queries it asks."""

import html
import re
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from statistics import median

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve, reverse

from benchmarks.people import Browser, Request
from benchmarks.reports import signed_in
from benchmarks.results import Result, at_most
from benchmarks.servers import Servers
from benchmarks.surveys import answered_survey, closed, open_survey, owner
from diagnostics.surveys.actions.lifecycle import copy_survey
from spaces.models import Workspace

FEW = (20, 500)
GOALS = {(200, 5_000): 300, (1_000, 20_000): 600}  # (teams, people) → milliseconds of the slowest page
HEAVIEST = 150  # kB of HTML, before it is compressed
ROUNDS = 5
OF_EACH = 2  # addresses of one kind of page that are visited
LINK = re.compile(r'href="(/[^"#]*)"')
LEFT_OUT = {"", "accounts", "answering", "checklists", "self_assessments"}


@dataclass
class Page:
    kind: str
    address: str
    kilobytes: float
    queries: int
    times: list[float] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        return 1000 * median(self.times)


def campaign(servers: Servers) -> Iterator[Result]:
    port = servers.ours
    few = _most_queries(_pages(_campaign(*FEW)))
    for (teams, people), goal in GOALS.items():
        pages = _pages(_campaign(teams, people))
        with closing(Browser(port, signed_in(owner()))) as browser:
            for page in pages * ROUNDS:
                _visit(browser, page)
        slow = _worst({page.address: (page.kind, page.milliseconds) for page in pages})
        heavy = _worst({page.address: (page.kind, page.kilobytes) for page in pages})
        more = {
            kind: (few[kind], asked) for kind, asked in _most_queries(pages).items() if few.get(kind, asked) < asked
        }
        yield Result(f"campaign-{teams}-ms", slow[0][1], at_most(goal), f"{_listed(slow)}, of {len(pages)}")
        yield Result(f"campaign-{teams}-kB", heavy[0][1], at_most(HEAVIEST), _listed(heavy))
        yield Result(f"campaign-{teams}-more-queries", len(more), at_most(0), "; ".join(map(_told, more.items())))


def _worst(figures: dict[str, tuple[str, float]]) -> list[tuple[str, float]]:
    """The worst five kinds of page, each with its worst figure."""
    of_kind: dict[str, float] = {}
    for kind, figure in figures.values():
        of_kind[kind] = max(figure, of_kind.get(kind, 0))
    return sorted(of_kind.items(), key=lambda one: -one[1])[:5]


def _listed(worst: list[tuple[str, float]]) -> str:
    return ", ".join(f"{kind} {figure:.0f}" for kind, figure in worst)


def _told(kind: tuple[str, tuple[int, int]]) -> str:
    name, (few, many) = kind
    return f"{name}: {few} → {many}"


def _campaign(teams: int, people: int) -> Workspace:
    """A workspace with a closed survey, one that is open and a draft of the next."""
    before = closed(answered_survey(people, teams=teams))
    workspace = before.workspace
    open_survey(people, teams=teams, workspace=workspace)
    copy_survey(survey=before, by=owner())
    return workspace


def _pages(workspace: Workspace) -> list[Page]:
    """What a consultant reaches by links from the pages of a workspace, a few of each kind."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(owner(), backend=settings.AUTHENTICATION_BACKENDS[0])
    roots = [workspace.get_absolute_url(), reverse("surveys:list", args=[workspace.public_id]), reverse("surveys:home")]
    waiting = deque(roots)
    seen: set[str] = set()
    pages: list[Page] = []
    while waiting:
        address = waiting.popleft()
        kind = _kind(address)
        if address in seen or kind.partition(":")[0] in LEFT_OUT or _count(pages, kind) >= OF_EACH:
            continue
        seen.add(address)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            pages.append(Page(kind, address, len(response.content) / 1000, len(asked)))
            waiting += map(html.unescape, LINK.findall(response.content.decode()))
    return pages


def _kind(address: str) -> str:
    """The name of a page's view; '' where no page is."""
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def _count(pages: list[Page], kind: str) -> int:
    return sum(page.kind == kind for page in pages)


def _most_queries(pages: list[Page]) -> dict[str, int]:
    """By kind of page."""
    return {page.kind: max(one.queries for one in pages if one.kind == page.kind) for page in pages}


def _visit(browser: Browser, page: Page) -> None:
    start = time.perf_counter()
    browser.send(Request("GET", page.address))
    page.times.append(time.perf_counter() - start)
