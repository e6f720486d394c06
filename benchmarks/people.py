"""People who answer, as the server sees them: the requests of one browser each, over one connection.

Only what a page needs to be answered is done with it, so that the server is what takes the time.
"""

import http.client
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode

from diagnostics.sealing.tokens import page_mark

CSRF = "c" * 32
FORM = "application/x-www-form-urlencoded"
IN_ONE_SAVE = 5  # answers of somebody who gives one every 0.4 s, as fast as keys go: the script waits two seconds
OK, FOUND = 200, 302


class Refused(Exception):
    """An answer other than the one that was to be expected."""


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    fields: tuple[tuple[str, str], ...] = ()
    expected: int = OK
    is_by_script: bool = False  # the page stays


@dataclass(frozen=True)
class Person:
    """Somebody with a link, and what they answer: statement → rating, open question → comment."""

    survey: str
    token: str
    pages: dict[str, list[str]]  # condition → names of its fields, in page order
    answers: dict[str, str]

    def address(self, *parts: str) -> str:
        return "/".join(("/answer", self.survey, *parts, ""))

    @property
    def mark(self) -> tuple[str, str]:
        """What every page of theirs carries."""
        return "mark", page_mark(self.token)

    def given(self, condition: str) -> list[tuple[str, str]]:
        """What a page's form holds; an open question without a comment is posted empty."""
        return [(name, self.answers.get(name, "")) for name in self.pages[condition]]


# --- What people do ---


def way_in(person: Person) -> Iterator[Request]:
    yield Request("GET", f"/s/{person.token}/", expected=FOUND)
    yield Request("GET", person.address())
    yield Request("POST", person.address("start"), expected=FOUND)


def whole_way(person: Person) -> Iterator[Request]:
    """From the link to the page of thanks: every answer is saved as it is given, every page is posted at its end."""
    yield from _way(person, lambda condition: saves(person, condition))


def way_by_script(person: Person) -> Iterator[Request]:
    """The same as static/js/rating.js goes it: answers that are near each other travel in one save, and the page is
    posted without what was saved."""
    yield from _way(person, lambda condition: saves_by_script(person, condition), is_saved=True)


def way_without_saves(person: Person) -> Iterator[Request]:
    """The same as in most survey programs: what is answered arrives with the page, and not before."""
    yield from _way(person, lambda condition: ())


def _way(person: Person, between: Callable[[str], Iterable[Request]], *, is_saved: bool = False) -> Iterator[Request]:
    yield from way_in(person)
    for condition in person.pages:
        yield Request("GET", person.address("rate", condition))
        yield from between(condition)
        yield page_post(person, condition, is_saved=is_saved)
    yield from way_out(person)


def way_out(person: Person) -> Iterator[Request]:
    yield Request("GET", person.address("review"))
    yield submit(person)
    yield Request("GET", person.address("thanks"))


def saves(person: Person, condition: str) -> Iterator[Request]:
    for given in answered(person, condition):
        yield save(person, [given])


def saves_by_script(person: Person, condition: str) -> Iterator[Request]:
    given = answered(person, condition)
    for start in range(0, len(given), IN_ONE_SAVE):
        yield save(person, given[start : start + IN_ONE_SAVE])


def save(person: Person, given: Iterable[tuple[str, str]]) -> Request:
    return Request("POST", person.address("save"), (*given, person.mark), is_by_script=True)


def answered(person: Person, condition: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in person.given(condition) if value]


def page_post(person: Person, condition: str, *, is_saved: bool = False) -> Request:
    conditions = list(person.pages)
    onward = [*conditions, "review"][conditions.index(condition) + 1]
    given = () if is_saved else person.given(condition)
    return Request("POST", person.address("rate", condition), (*given, person.mark, ("to", onward)), FOUND)


def submit(person: Person) -> Request:
    chosen = (("matters_most", one) for one in ("", *list(person.pages)[:2]))
    return Request("POST", person.address("submit"), (*chosen, person.mark, ("to", "submit")), FOUND)


# --- How they do it ---


@dataclass
class Browser:
    """One connection that stays open, and the cookies that the site has set."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(self, request: Request) -> bytes:
        """The body. Raises Refused for another status than the expected one."""
        headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = self._body(request, headers) if request.method == "POST" else None
        self.connection.request(request.method, request.path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie", ()):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if response.status != request.expected:
            raise Refused(f"{request.method} {request.path} was answered by {response.status}.")
        return content

    def _body(self, request: Request, headers: dict[str, str]) -> str:
        token = self.cookies["csrftoken"]
        headers["Content-Type"] = FORM
        if request.is_by_script:
            headers["X-CSRFToken"] = token
            return urlencode(request.fields)
        return urlencode((("csrfmiddlewaretoken", token), *request.fields))

    def close(self) -> None:
        self.connection.close()


Way = Callable[[Person], Iterable[Request]]
FROM_THE_LINK: tuple[Way, ...] = (whole_way, way_by_script, way_without_saves)


def go(port: int, person: Person, way: Way) -> None:
    """Without cookies where the way begins with the link."""
    cookies = {} if way in FROM_THE_LINK else {"csrftoken": CSRF, f"answer-{person.survey}": person.token}
    with closing(Browser(port, cookies)) as browser:
        for request in way(person):
            browser.send(request)


def together(port: int, people: Sequence[Person], way: Way, *, at_once: int) -> tuple[float, list[Exception]]:
    """(seconds until the last of them is through, what went wrong)."""
    failures: list[Exception] = []

    def one(person: Person) -> None:
        try:
            go(port, person, way)
        except (OSError, http.client.HTTPException, Refused) as failure:
            failures.append(failure)

    with ThreadPoolExecutor(at_once) as pool:
        start = time.perf_counter()
        list(pool.map(one, people))
        return time.perf_counter() - start, failures


def smoothly(port: int, people: Sequence[Person], way: Way, *, at_once: int = 8) -> float:
    """The seconds alone; raises the first thing that went wrong."""
    seconds, failures = together(port, people, way, at_once=at_once)
    if failures:
        raise failures[0]
    return seconds
