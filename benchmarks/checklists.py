"""The pages of a checklist's draft, for the shortest preset and for the one with every statement."""

import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial

from django.urls import reverse
from django.utils import timezone

from benchmarks.pairs import in_turn, timed
from benchmarks.people import Browser, Request
from benchmarks.reports import signed_in
from benchmarks.results import Result, at_most
from benchmarks.servers import Servers
from benchmarks.surveys import owner
from diagnostics.checklists.actions.own import begin
from diagnostics.checklists.model_words import source_of_recipe
from diagnostics.checklists.presets import Recipe
from diagnostics.checklists.source import SPACES
from spaces.models import Membership, Role, Workspace

PAGES: tuple[tuple[str, ...], ...] = (
    *(("draft",), ("condition", "task"), ("indicator", "T1"), ("scale",), ("questions",), ("languages", "de")),
    *(("preview", "task"), ("publish",), ("draft_file", "yaml"), ("draft_file", "xlsx")),
)
ROUNDS = 15


def builder(servers: Servers) -> Iterator[Result]:
    """Files and translations hold all 210 texts in both, so that the ratio is of what is asked."""
    short, whole = (_addresses(preset) for preset in ("pulse", "in_depth"))
    with closing(Browser(servers.ours, signed_in(owner()))) as browser:
        pairs = in_turn(*(timed(partial(_visit, browser, pages)) for pages in (whole, short)), rounds=ROUNDS)
        slowest = max(_milliseconds(browser, page) for page in whole)
    aside = f"{pairs.times()} for {len(PAGES)} pages, the slowest {slowest:.0f} ms"
    yield Result("builder-pages", pairs.times_as_long, at_most(1.5), aside)


def _addresses(preset: str) -> list[str]:
    by, workspace = owner(), Workspace.objects.create(name=f"Checklists of {preset}")
    Membership.objects.create(workspace=workspace, user=by, role=Role.OWNER)
    source = source_of_recipe(Recipe(preset, "team", SPACES))
    draft = begin(workspace=workspace, by=by, source=source, now=timezone.now())
    return [reverse(f"checklists:{name}", args=[draft.public_id, *rest]) for name, *rest in PAGES]


def _visit(browser: Browser, pages: list[str]) -> None:
    for page in pages:
        browser.send(Request("GET", page))


def _milliseconds(browser: Browser, page: str) -> float:
    start = time.perf_counter()
    browser.send(Request("GET", page))
    return 1000 * (time.perf_counter() - start)
