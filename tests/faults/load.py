"""Respondents who answer while things break: each notes what was acknowledged, and tries again until it is."""

import http.client
import random
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.people import CSRF, FORM, Person, Request, whole_way

AGAIN_AFTER = 0.25  # seconds; the page of a respondent waits longer
HOLDS_UP = 5.0  # seconds without an answer to anybody


@dataclass
class Said:
    """What one person was told: every answer that was acknowledged, and whether they were thanked."""

    answers: dict[str, str] = field(default_factory=dict)
    is_thanked: bool = False


@dataclass(frozen=True)
class Trouble:
    began: float  # by the monotonic clock, as all moments here
    ended: float
    what: str  # "POST save 502"


@dataclass
class Crowd:
    """`at_once` people answer at a time, each at a pace; whoever is through gives way to the next."""

    host: str
    port: int
    people: Sequence[Person]
    is_secure: bool = True
    at_once: int = 8
    pace: float = 0.05  # seconds between two requests of one person
    said: dict[str, Said] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    saves: int = 0
    longest: float = 0.0  # seconds from the first try to the answer
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def answering(self) -> Iterator["Crowd"]:
        """While the block lasts."""
        waiting = iter(self.people)
        threads = [threading.Thread(target=self._answer, args=(waiting,), daemon=True) for _ in range(self.at_once)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(90)

    @property
    def submits(self) -> int:
        return sum(said.is_thanked for said in self.said.values())

    def troubles_since(self, moment: float) -> list[Trouble]:
        """Of requests that began after it."""
        return [trouble for trouble in self.troubles if trouble.began > moment]

    def well_again_after(self, moment: float) -> float:
        """Seconds until the last request ended that went wrong."""
        return max([trouble.ended - moment for trouble in self.troubles], default=0.0)

    def _answer(self, waiting: Iterator[Person]) -> None:
        while not self._stop.is_set():
            with self._lock:
                person = next(waiting, None)
            if person is None:
                return
            said = self.said.setdefault(person.token, Said())
            browser = Browser(self.host, self.port, is_secure=self.is_secure)
            for request in whole_way(person):
                if not self._insist(browser, request):
                    return
                self._note(person, said, request)
                time.sleep(self.pace * random.uniform(0.5, 1.5))

    def _note(self, person: Person, said: Said, request: Request) -> None:
        if request.path.endswith("/submit/"):
            said.is_thanked = True
        elif request.method == "POST":
            said.answers.update((name, value) for name, value in request.fields if name in person.answers and value)
            self.saves += request.is_by_script

    def _insist(self, browser: "Browser", request: Request) -> bool:
        """Again and again, as the page does; False where everything ends meanwhile."""
        first = time.monotonic()
        while True:
            began = time.monotonic()
            what = browser.trouble_with(request)
            ended = time.monotonic()
            self.longest = max(self.longest, ended - first)
            if not what:
                return True
            if self._stop.is_set():
                return False
            self.troubles.append(Trouble(began, ended, what))
            time.sleep(AGAIN_AFTER)


class Browser:
    """A connection that is opened anew where it broke, and the cookies that the site has set."""

    def __init__(self, host: str, port: int, *, is_secure: bool, timeout: float = 30) -> None:
        self.host, self.port, self.is_secure, self.timeout = host, port, is_secure, timeout
        self.csrf = f"{'__Host-' * is_secure}csrftoken"
        self.cookies: dict[str, str] = {self.csrf: CSRF}
        self.status, self.location, self.body = 0, "", b""
        self._connect()

    def _connect(self) -> None:
        if self.is_secure:
            trusting = ssl._create_unverified_context()  # noqa: S323  # our own certificate
            self.connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                "127.0.0.1", self.port, timeout=self.timeout, context=trusting
            )
        else:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)

    def trouble_with(self, request: Request) -> str:
        """'' where it was answered as it should be."""
        page = request.path.strip("/").split("/")
        name = f"{request.method} {page[2] if len(page) > 2 else page[0]}"
        try:
            self.ask(request.method, request.path, request.fields, by_script=request.is_by_script)
        except (OSError, http.client.HTTPException) as failure:
            return f"{name} {type(failure).__name__}"
        return "" if self.status == request.expected else f"{name} {self.status}"

    def ask(self, method: str, path: str, fields: Sequence[tuple[str, str]] = (), *, by_script: bool = False) -> int:
        headers = {"Host": self.host, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers |= {"Referer": f"{'https' if self.is_secure else 'http'}://{self.host}/"}
        body = None
        if method == "POST":
            headers |= {"Content-Type": FORM, "X-CSRFToken": self.cookies[self.csrf]}
            own = () if by_script else (("csrfmiddlewaretoken", self.cookies[self.csrf]),)
            body = urlencode((*own, *fields))
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            self.body = response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self._connect()
            raise
        for cookie in response.headers.get_all("Set-Cookie", ()):
            kept, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[kept] = value
        self.status, self.location = response.status, response.headers.get("Location", "")
        return self.status
