"""A real site and a headless Chromium for tests marked `browser`."""

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from reports.demo import PASSWORD, address
from reports.demo.surveys import ACROSS
from tests.stage import Site, Unavailable, temp_site

BOUNCE_SECRET = "a-relay-knows-this"
WORD = secrets.token_hex(8)  # of newcomers
PATIENCE = 60_000  # ms for whatever is waited for, on a busy machine too
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LONGER = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) found.push(texts.currentNode);
  for (const text of found) {
    const words = text.data.trim();
    if (!/\\p{L}{2}/u.test(words) || text.parentElement.closest("script, style, svg")) continue;
    text.data = text.data.trimEnd() + " " + words.slice(0, Math.ceil(words.length / 3)).normalize("NFD");
  }
  document.documentElement.dir = "rtl";
}"""
CUT_OFF = """() => [...document.querySelectorAll("a, button, label, h1, h2, h3, th, td, legend, summary, p, li")]
  .filter(one => one.checkVisibility() && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1)
  .filter(one => getComputedStyle(one).display !== "inline" && !one.closest("[class*=scroll], .visually-hidden"))
  .map(one => one.outerHTML.slice(0, 160))"""

# Words of a map that leave their cell, or names of its rows that leave the table's first column.
LEAVING_THEIR_CELL = """() => [...document.querySelectorAll(".heatmap td .cell-word, .heatmap tbody th")]
  .filter(one => {
    const room = one.closest("td, th").getBoundingClientRect(), text = document.createRange();
    text.selectNodeContents(one);
    const words = text.getBoundingClientRect();
    return words.width > room.width + 0.5 || words.top < room.top - 0.5 || words.bottom > room.bottom + 0.5;
  })
  .map(one => one.textContent)"""


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """What `make run` starts, with the demo workspace in a database of its own."""
    try:
        with temp_site(tmp_path_factory.mktemp("site") / "var", BOUNCE_SECRET=BOUNCE_SECRET) as running:
            yield running
    except Unavailable as reason:
        pytest.fail(str(reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        pytest.skip("no Chromium: install chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`page(width=…, height=…, tolerate=…, **context)` opens a fresh visitor's page on `site`.

    What the console reports as an error fails the test, unless `tolerate` (a pattern) finds it.
    """
    errors: list[str] = []
    contexts = []

    def opened(*, width: int = 1280, height: int = 900, tolerate: str = "$^", **context) -> Page:
        contexts.append(browser.new_context(base_url=site.url, viewport={"width": width, "height": height}, **context))
        contexts[-1].set_default_timeout(PATIENCE)
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: _keep(errors, line, tolerate))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors


def _keep(errors: list[str], line, tolerate: str) -> None:
    text = f"{line.text} ({line.location.get('url', '')})"
    if line.type == "error" and not re.search(tolerate, text):
        errors.append(text)


def open_demo_report(tab: Page, name: str) -> None:
    """As `name` of the demo, its closed survey: by title, since other tests close surveys beside it."""
    tab.goto("/accounts/login/")
    sign_in_here(tab, name)
    tab.goto("/reports/")
    follow(tab, tab.get_by_role("link", name=ACROSS["title"]))


def follow(tab: Page, control: Locator) -> None:
    """Press `control` and wait for the page that it leads to: a click alone may leave the old one standing."""
    with tab.expect_navigation():
        control.click()


def sign_in_here(tab: Page, name: str) -> None:
    """As `name` of the demo, on the page that asks for it."""
    tab.fill("input[name=login]", address(name))
    tab.fill("input[name=password]", PASSWORD)
    tab.click("main button[type=submit]")


def sign_up(tab: Page, *, name: str = "Ruth Adeyemi", email: str = "") -> str:
    """A newcomer, with `WORD`; their address, which is new where none is given."""
    email = email or f"{secrets.token_hex(4)}@example.org"
    tab.goto("/accounts/signup/")
    tab.fill("[name=name]", name)
    tab.fill("[name=email]", email)
    tab.fill("[name=password1]", WORD)
    tab.click("main button[type=submit]")
    tab.wait_for_url("**/self-assessments/**")
    return email


def draw_figure(tab: Page) -> None:
    """As somebody who would rather have the figure than the table."""
    tab.get_by_role("button", name="Show as figure").click()
    tab.locator(".chart[data-drawn]").wait_for()


def assert_accessible(page: Page) -> None:
    """No rule of axe is broken on the page, once it has its styles: a link that was clicked may still be loading it."""
    page.wait_for_load_state()
    found = Axe().run(page, options=WCAG).response["violations"]
    assert not [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found]


def assert_fits(page: Page) -> None:
    """Nothing makes the page wider than its window."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def assert_fits_every_language(page: Page) -> None:
    """Nor in one that takes a third more room and runs from right to left; the page is left so."""
    page.evaluate(LONGER)
    assert_fits(page)
    assert page.evaluate(CUT_OFF) == []
