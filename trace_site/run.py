"""`make run`: a whole TRACE on one machine. Starts Redis, workers and the web server; Ctrl-C stops all of them."""

import ctypes.util
import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections

from trace_site import embedded, environment
from trace_site.lanes import WORKERS
from trace_site.processes import Family
from trace_site.worker import command

PATIENCE = 60  # seconds until the first page must have answered
WORKS = {"the worker": "work", "the worker for letters": "now", "the worker for files": "files"}  # trace_site.lanes
CLOCK = "the clock"
REVIVED = (*WORKS, CLOCK)


class CannotRun(Exception):
    """Its text is the sentence to print."""


def main() -> int:
    _on_stop_signals(_interrupt)
    try:
        _ask_for_development()
        with _one_run(settings.VAR), _listening(settings.PORT) as listener, Family() as family:
            try:
                _run(family, listener)
            finally:
                _on_stop_signals(signal.SIG_IGN)
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nTRACE has stopped.")
    return 0


def _run(family: Family, listener: socket.socket) -> None:
    _start_redis(family)
    _prepare()
    _start_workers(family)
    _start_web(family, listener)
    port = listener.getsockname()[1]
    if not family.wait_until(lambda: _answers(port), seconds=PATIENCE):
        raise CannotRun(f"TRACE stops: {_what_failed(family)}.")
    welcome()
    while (name := family.dead()) is None or _revived(family, name):
        time.sleep(0.5)
    raise CannotRun(f"TRACE stops: {_what_failed(family)}.")


def _revived(family: Family, name: str) -> bool:
    """Work is rows: whatever a worker that was killed had in hand, the next one does."""
    if name not in REVIVED or not family.revive(name):
        return False
    print(f"{name} has ended by itself and was started again; its work goes on.".capitalize(), file=sys.stderr)
    return True


def _on_stop_signals(handler: Callable[..., None] | signal.Handlers) -> None:
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, handler)


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _ask_for_development() -> None:
    """Before the settings are read; in the environment, where each process of this run finds it. Never beside SITE_URL,
    which belongs to a site for others."""
    environment.read_file()
    if "SITE_URL" not in os.environ:
        os.environ.setdefault("DEBUG", "1")
    if not environment.switch("DEBUG", default=False):
        raise CannotRun(
            f"{'SITE_URL is set' if 'SITE_URL' in os.environ else 'DEBUG is off'}, so this is a production site: see "
            "docs/operations.md for its processes. `make run` is for one machine, without them."
        )


# --- One run at a time, on a free port ---------------------------------------------------------


@contextmanager
def _one_run(var: Path) -> Iterator[None]:
    embedded.make_private(var)
    with (var / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotRun(f"TRACE already runs from this folder: {lock.read().strip()}") from None
        lock.truncate(0)
        lock.write(f"{settings.SITE_URL} (process {os.getpid()})\n")
        lock.flush()
        yield


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """An open listener, before anything starts: gunicorn inherits it, so nobody can take the port in between."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotRun(f"Port {port} is not ours to open. Choose one above 1023: make run PORT=8001") from None
        except OSError:
            raise CannotRun(f"Port {port} is taken. Choose another: make run PORT={port + 1}") from None
        listener.listen(128)
        yield listener


# --- The parts ---------------------------------------------------------------------------------


def _start_redis(family: Family) -> None:
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        print("No redis-server here: background work goes through files, which is slower.", file=sys.stderr)
        for folder in ("messages", "control"):
            (settings.VAR / "broker" / folder).mkdir(parents=True, exist_ok=True)
    elif "REDIS_URL" not in os.environ:
        home = embedded.socket_path(settings.VAR).parent
        embedded.make_private(home)
        family.start("Redis", embedded.redis_command(home), holds_others=True)
        if not family.wait_until(_redis_answers, seconds=10):
            raise CannotRun(f"Redis did not start; {home / 'redis.log'} says why.")


def _redis_answers() -> bool:
    try:
        return redis.Redis(unix_socket_path=str(embedded.socket_path(settings.VAR))).ping()
    except redis.RedisError:
        return False


def _prepare() -> None:
    """The database as the code expects it; the demo only where nobody has signed up yet."""
    django.setup()
    print("Preparing the database")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_model", verbosity=0)
    if not get_user_model().objects.exists():
        print("Making the demo workspace")
        call_command("load_demo", verbosity=0)
    connections.close_all()


def _start_workers(family: Family) -> None:
    """Letters and files have a worker of their own, so that no report waits behind them. The clock is a process of its
    own: a worker that is killed with all its children is still missed."""
    python = [sys.executable, "-W", "ignore:You're running the worker with superuser privileges"]
    quietly = ["--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    for title, name in WORKS.items():
        serving = command(WORKERS[name], "--concurrency=1", f"--hostname={name}@%h", *quietly)
        family.start(title, [*python, *serving])
    beat = ["-m", "celery", "--quiet", "-A", "trace_site", "beat"]
    family.start(CLOCK, [*python, *beat, "--loglevel=WARNING", "--pidfile="])


def _start_web(family: Family, listener: socket.socket) -> None:
    gunicorn = [sys.executable, "-m", "gunicorn", "trace_site.wsgi", f"--bind=fd://{listener.fileno()}"]
    shape = ["--worker-class=gthread", "--workers=2", "--threads=4", "--graceful-timeout=5", "--no-control-socket"]
    family.start("the web server", [*gunicorn, *shape, "--log-level=warning"], pass_fds=[listener.fileno()])


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


def _what_failed(family: Family) -> str:
    name = family.dead()
    return f"{name} has ended by itself" if name else "the first page does not answer; the lines above may say why"


# --- What the newcomer reads -------------------------------------------------------------------


def welcome() -> None:
    if not (ctypes.util.find_library("pango-1.0") and ctypes.util.find_library("pangoft2-1.0")):
        print("Pango is missing, so PDF documents cannot be made here; `make setup` says how to install it.")
    print(f"\nTRACE is ready:  {settings.SITE_URL}\n")
    call_command("load_demo", show=True)
    print(f"\nMail that TRACE sends lies at {settings.SITE_URL}/outbox/")
    print("Ctrl-C stops everything; the data stays for the next run.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
