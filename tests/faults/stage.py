"""A whole site as it is shipped, of which every part can be killed: its processes are started again as systemd does."""

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.people import Person
from tests.faults.load import Browser, Crowd
from tests.faults.mail import Mail, mail_server
from tests.faults.servers import Postgres, Redis, broker, kill_all, nginx
from tests.stage import (
    DATABASE,
    ROOT,
    SQLITE,
    Unavailable,
    clean_environment,
    comes_true,
    connect,
    free_port,
    prepared_database,
    stop,
)
from trace_site.lanes import WORKERS
from trace_site.worker import command as worker

PATIENCE = 90  # seconds until a site is ready
RESTART_AFTER = 0.1  # seconds, as systemd waits
SECRET = "for-one-run-of-the-faults-0123456789-abcdefghijklmnopqrst"
BEAT = ["-m", "celery", "--quiet", "-A", "trace_site", "beat", "--loglevel=WARNING", "--pidfile="]
UNITS = ROOT / "deploy" / "systemd"


@dataclass
class Unit:
    """A process that is started again when it ends, until it is told to rest."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    listener: socket.socket | None = None
    process: subprocess.Popen | None = None
    is_wanted: bool = False
    starts: int = 0

    def start(self) -> None:
        command, keep = self.command, ()
        if self.listener is not None:  # as systemd hands over a socket that it has opened
            command = ["sh", "-c", 'exec 3<&"$0" && export LISTEN_PID=$$ LISTEN_FDS=1 && exec "$@"']
            command = [*command, str(self.listener.fileno()), *self.command]
            keep = (self.listener.fileno(),)
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=keep,
            )
        self.is_wanted = True
        self.starts += 1

    @property
    def pid(self) -> int:
        if self.process is None:
            raise Unavailable(f"{self.name} was never started")
        return self.process.pid

    def kill(self) -> None:
        """With all its children; it is started again."""
        kill_all(self.pid)

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def restart(self) -> None:
        """Asked to stop, waited for, started."""
        self.rest()
        self.start()

    def rest(self) -> None:
        self.is_wanted = False
        if self.process is not None:
            stop(self.process, signal.SIGTERM)
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def keep(self) -> None:
        if self.is_wanted and self.process is not None and self.process.poll() is not None:
            time.sleep(RESTART_AFTER)
            self.start()


@dataclass
class Site:
    folder: Path
    environment: dict[str, str]
    postgres: Postgres | None  # None: SQLite
    redis: Redis
    mail: Mail
    port: int
    units: dict[str, Unit] = field(default_factory=dict)

    @property
    def is_on_sqlite(self) -> bool:
        return self.postgres is None

    def do(self, command: str, *words: object, told: object = None, **settings: str) -> dict:
        """One of the commands in `at_site`."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.at_site", command, *map(str, words)],
            cwd=ROOT,
            env=self.environment | settings,
            input=json.dumps(told),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return json.loads(done.stdout)

    def value(self, query: str):
        with closing(connect(self.environment["DATABASE_URL"])) as database, closing(database.cursor()) as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0]

    def comes(self, query: str, wanted: object, *, seconds: float = PATIENCE) -> bool:
        """Whether the database says so in time."""
        return comes_true(lambda: self.value(query) == wanted, seconds=seconds)

    def status(self, survey: str) -> str:
        return self.value(f"SELECT status FROM diagnostics_survey WHERE public_id = '{survey}'")

    def becomes(self, survey: str, status: str, *, seconds: float = PATIENCE) -> bool:
        return comes_true(lambda: self.status(survey) == status, seconds=seconds)

    def crowd(self, people: int, **how: float) -> tuple[str, Crowd]:
        """An open survey, and those who will answer it."""
        found = self.do("opened", people)
        asked = [Person(**one) for one in found["people"]]
        return found["survey"], Crowd("localhost", self.port, asked, is_secure=not self.is_on_sqlite, **how)

    def browser(self, *, timeout: float = 60) -> Browser:
        return Browser("localhost", self.port, is_secure=not self.is_on_sqlite, timeout=timeout)

    def signed_in(self) -> Browser:
        told, browser = self.do("owned"), self.browser()
        browser.ask("GET", "/accounts/login/")
        browser.ask("POST", "/accounts/login/", (("login", told["email"]), ("password", told["password"])))
        if browser.status != 302:
            raise RuntimeError(f"Signing in was answered by {browser.status}.")
        return browser

    def lost(self, crowd: Crowd) -> int:
        """Answers that were acknowledged and are not there."""
        return self.do("lost", told={token: vars(said) for token, said in crowd.said.items()})["lost"]

    def said(self, name: str) -> str:
        return self.units[name].log.read_text()

    @property
    def workers(self) -> list[Unit]:
        return [unit for name, unit in self.units.items() if name not in ("web", "beat")]

    def add(self, name: str, command: list[str], listener: socket.socket | None = None, **settings: str) -> Unit:
        log = self.folder / f"{name}.log"
        self.units[name] = unit = Unit(name, command, self.environment | settings, log, listener)
        unit.start()
        return unit


@dataclass
class House:
    """Where sites are built: on one PostgreSQL with a database to copy, or on files of SQLite."""

    folder: Path
    postgres: Postgres | None
    like: str  # the address of a database with all tables
    built: int = 0

    @cached_property
    def static(self) -> Path:
        var = self.folder / "static-var"
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        environment = _settings(var, SQLITE + ":memory:", "redis://:nobody@127.0.0.1:9/0", "consolemail://", 1)
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        return var / "static"

    @contextmanager
    def site(self, *, var: Path | None = None, server: Postgres | None = None, **settings: str) -> Iterator[Site]:
        """Ready when the block begins. `var`, `server`: where it is to lie, beside the usual place."""
        self.built += 1
        folder = self.folder / f"site-{self.built}"
        var = var or folder / "var"
        var.mkdir(parents=True, exist_ok=True)
        folder.mkdir(exist_ok=True)
        postgres = server or self.postgres
        with ExitStack() as stack:
            redis, mail = stack.enter_context(broker()), stack.enter_context(mail_server())
            if postgres is None:
                database, port = f"{SQLITE}{var}/{DATABASE}", free_port()
                shutil.copy(self.like.removeprefix(SQLITE), var / DATABASE)
                more = {"PORT": str(port), "DEBUG": "1"}
                environment = clean_environment(
                    VAR=str(var), DATABASE_URL=database, REDIS_URL=redis.url, EMAIL_URL=mail.url, **more | settings
                )
            else:
                port = free_port()
                database = copied(self.like, postgres.url) if server is None else postgres.url
                (var / "static").symlink_to(self.static)
                environment = _settings(var, database, redis.url, mail.url, port) | settings
            site = Site(folder, environment, postgres, redis, mail, port)
            stack.enter_context(_running(site))
            yield site


def prepared(folder: Path, server: str) -> str:
    url = copied(server, server)
    for verb in ("migrate", "load_model"):
        command = [sys.executable, "manage.py", verb, "--verbosity", "0"]
        settings = clean_environment(VAR=str(folder), DATABASE_URL=url)
        subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, check=True)
    return url


def copied(like: str, server: str) -> str:
    """It goes with the whole server."""
    name = f"own_{secrets.token_hex(8)}"
    with closing(connect(server)) as connection, closing(connection.cursor()) as cursor:
        connection.autocommit = True
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {urlsplit(like).path[1:]}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _settings(var: Path, database: str, broker: str, mail: str, port: int) -> dict[str, str]:
    return clean_environment(
        SITE_URL=f"https://localhost:{port}",
        SECRET_KEY=SECRET,
        DATABASE_URL=database,
        REDIS_URL=broker,
        EMAIL_URL=mail,
        KEY_STORE=str(var / "keys"),
        TRUSTED_PROXIES="1",
        VAR=str(var),
        QUOTA_LETTERS_PER_PERSON="none",
        QUOTA_LETTERS_PER_WORKSPACE="none",
    )


@contextmanager
def house(folder: Path, postgres: Postgres | None) -> Iterator[House]:
    """On a server whatever is made goes with it: no connection is held that a kill would break."""
    if postgres is None:
        with prepared_database(folder, server=SQLITE) as like:
            yield House(folder, None, like)
    else:
        yield House(folder, postgres, prepared(folder, postgres.url))


@contextmanager
def _running(site: Site) -> Iterator[None]:
    done = threading.Event()
    try:
        with ExitStack() as stack:
            if site.is_on_sqlite:
                _start_embedded(site)
            else:
                _start_shipped(site, stack)
            keeper = threading.Thread(target=_keep, args=(site, done), daemon=True)
            keeper.start()
            stack.callback(keeper.join)
            stack.callback(done.set)
            _wait(site)
            yield
    finally:
        done.set()
        for unit in site.units.values():
            unit.is_wanted = False
        for unit in site.units.values():
            unit.kill()


def _keep(site: Site, done: threading.Event) -> None:
    while not done.wait(RESTART_AFTER):
        for unit in list(site.units.values()):
            unit.keep()


def _start_shipped(site: Site, stack: ExitStack) -> None:
    listener = stack.enter_context(listening())
    stack.enter_context(nginx(site.folder / "nginx", site.port, listener.getsockname()[1]))
    site.add("web", shipped_web(), listener)
    for name in WORKERS:
        site.add(name, [sys.executable, "-m", "trace_site.worker", name, "--loglevel=WARNING"])
    _start_beat(site)


def _start_embedded(site: Site) -> None:
    """As `make run` shapes it (trace_site.run)."""
    shape = ["--worker-class=gthread", "--workers=2", "--threads=4", "--graceful-timeout=5", "--no-control-socket"]
    bind = f"--bind=127.0.0.1:{site.port}"
    site.add("web", [sys.executable, "-m", "gunicorn", "trace_site.wsgi", bind, *shape, "--log-level=warning"])
    for name, lanes in WORKERS.items():
        site.add(
            name, [sys.executable, *worker(lanes, "--concurrency=1", f"--hostname={name}@%h", "--loglevel=WARNING")]
        )
    _start_beat(site)


def _start_beat(site: Site) -> None:
    site.add("beat", [sys.executable, *BEAT])


@contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen(512)
        yield listener


def shipped_web() -> list[str]:
    """What the unit of the web server starts, with this Python, on a socket that is handed to it."""
    unit = (UNITS / "trace-web.service").read_text().replace("\\\n", " ")
    words = re.search(r"^ExecStart=.*\bgunicorn (.*)$", unit, re.MULTILINE)
    if words is None:
        raise Unavailable("the unit of the web server starts no gunicorn")
    return [
        sys.executable,
        "-m",
        "gunicorn",
        *(word for word in words[1].split() if not word.startswith(("--bind", "--chdir"))),
    ]


def _wait(site: Site) -> None:
    browser = site.browser(timeout=5)

    def is_ready() -> bool:
        with suppress(OSError):
            seen = site.value("SELECT count(*) FROM jobs_sighting")
            return browser.ask("GET", "/health/") == 200 and seen > len(site.workers)
        return False

    if not comes_true(is_ready, seconds=PATIENCE):
        logs = "\n".join(f"{name}: {site.said(name)[-800:]}" for name in site.units)
        raise RuntimeError(f"the site did not start:\n{logs}")
