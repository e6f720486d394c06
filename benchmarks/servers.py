"""The servers of one run: a database for each of the two sites, a broker, and the sites themselves under gunicorn."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg2

from tests.stage import ROOT, Unavailable, clean_environment, free_port, temp_postgres, temp_redis
from trace_site.processes import Family

SHAPE = ("--worker-class=gthread", "--workers=2", "--threads=4", "--no-control-socket", "--log-level=warning")
SECRET = "for-one-run-of-the-benchmarks-0123456789-abcdefghijklmnop"  # noqa: S105
PATIENCE = 60  # seconds until a site answers


@dataclass
class Servers:
    """Sites are started when something is first measured on them."""

    folder: Path
    database: str
    broker: str
    bare_database: str
    family: Family
    port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        """A production site, as `.env.example` describes it."""
        return clean_environment(
            SITE_URL=f"http://127.0.0.1:{self.port}",
            SECRET_KEY=SECRET,
            DATABASE_URL=self.database,
            REDIS_URL=self.broker,
            EMAIL_URL=f"filemail:///{self.folder}/mail",
            KEY_STORE=str(self.folder / "keys"),
            TRUSTED_PROXIES="0",
            QUOTA_LETTERS_PER_PERSON="none",  # more at once than anybody writes in a day
            QUOTA_LETTERS_PER_WORKSPACE="none",
            VAR=str(self.folder),
        )

    @property
    def bare_environment(self) -> dict[str, str]:
        settings = {"SECRET_KEY": SECRET, "DATABASE_URL": self.bare_database}
        return clean_environment(**settings) | {"DJANGO_SETTINGS_MODULE": "benchmarks.bare.settings"}

    @cached_property
    def ours(self) -> int:
        """The port of TRACE."""
        self._run("manage.py", "collectstatic", "--noinput", "--verbosity=0", environment=self.environment)
        return self._serve("TRACE", "trace_site.wsgi", self.port, self.environment)

    @cached_property
    def bare(self) -> int:
        """The port of the bare project."""
        words = ("-m", "django", "migrate", "--run-syncdb", "--verbosity=0")
        self._run(*words, environment=self.bare_environment)
        application = "django.core.wsgi:get_wsgi_application()"
        return self._serve("the bare project", application, free_port(), self.bare_environment)

    def prepare(self) -> None:
        """Tables and the model, in the environment of TRACE."""
        for words in (("migrate", "--verbosity=0"), ("createcachetable",), ("load_model", "--verbosity=0")):
            self._run("manage.py", *words, environment=self.environment)

    def fill_bare(self, surveys: list[dict]) -> None:
        """`surveys` as `bare.fill` takes them."""
        _ = self.bare
        self._run("-m", "benchmarks.bare.fill", environment=self.bare_environment, told=json.dumps(surveys))

    def _run(self, *words: str, environment: dict[str, str], told: str | None = None) -> None:
        subprocess.run([sys.executable, *words], check=True, cwd=ROOT, env=environment, input=told, text=True)

    def _serve(self, name: str, application: str, port: int, environment: dict[str, str]) -> int:
        command = [sys.executable, "-m", "gunicorn", application, *SHAPE, f"--bind=127.0.0.1:{port}"]
        self.family.start(name, command, cwd=ROOT, env=environment)
        if not self.family.wait_until(lambda: _answers(port), seconds=PATIENCE):
            raise Unavailable(f"{name} does not answer.")
        return port


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
        except OSError:
            return False


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """Everything that is started ends with the block."""
    with ExitStack() as stack:
        database, bare_database = _databases(folder, stack)
        broker = _broker(stack)
        yield Servers(folder, database, broker, bare_database, stack.enter_context(Family()))


def _databases(folder: Path, stack: ExitStack) -> tuple[str, str]:
    """On one PostgreSQL; on SQLite where there is none, and then that is said."""
    try:
        url = stack.enter_context(temp_postgres())
    except Unavailable as reason:
        print(f"SQLite instead of PostgreSQL ({reason}): ratios of saving will differ.", file=sys.stderr)
        return f"sqlite:///{folder}/trace.sqlite3", f"sqlite:///{folder}/bare.sqlite3"
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        connection.cursor().execute("CREATE DATABASE bare")
    return url, f"{url.rpartition('/')[0]}/bare"


def _broker(stack: ExitStack) -> str:
    try:
        return stack.enter_context(temp_redis())
    except Unavailable:
        return "redis://:nobody@127.0.0.1:9/0"  # rung, and heard by nobody: no worker runs here


def adopt(environment: dict[str, str]) -> None:
    """Make it this process's own, before Django reads its settings."""
    os.environ.clear()
    os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "trace_site.settings"})
