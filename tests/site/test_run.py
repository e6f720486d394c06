"""`make run` as a newcomer meets it: real processes, in a folder of their own."""

import contextlib
import os
import signal
import socket
import sqlite3
import urllib.request
from pathlib import Path
from unittest import mock

import pytest

from tests.site.test_settings import PRODUCTION
from tests.stage import Site, comes_true, free_port, started, temp_site
from trace_site import embedded, run

pytestmark = pytest.mark.browser

WORKER, WORKERS = " --queues=sweeps,closes", 2  # processes: the one that was started, and its child


def processes(var: Path) -> dict[int, str]:
    """Every living process of this `var`: number and command. Redis overwrites its environment by its title."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            environment = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
            if command and (f"VAR={var}" in environment or str(embedded.socket_path(var)) in command):
                found[int(folder.name)] = command
    return found


def assert_nothing_left(var: Path) -> None:
    """Whoever was told to end may take a moment."""
    assert comes_true(lambda: not processes(var), seconds=20), processes(var)


def users(var: Path) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(var / "trace.sqlite3")) as database:
        return database.execute("SELECT id, email, password FROM accounts_user ORDER BY id").fetchall()


def fetched(url: str) -> int:
    with urllib.request.urlopen(url, timeout=60) as response:  # noqa: S310
        return response.status


def running(var: Path, word: str) -> set[int]:
    return {number for number, command in processes(var).items() if word in command}


def web_server(site: Site) -> int:
    """The one that the site started, not one of those that it started itself; numbers come round again."""
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()
    [number] = running(site.var, "gunicorn") & set(map(int, children))
    return number


def test_from_a_newcomer_s_first_run_to_one_that_is_killed(tmp_path, subtests):
    """Two runs for all of it: each keeps a processor busy for twenty seconds."""
    var = tmp_path / "var"
    with temp_site(var) as site:
        with subtests.test("every part runs"):
            assert fetched(site.url) == 200
            commands = " ".join(processes(var).values())
            assert [name for name in ("redis", "celery", "gunicorn") if name not in commands] == []
        with subtests.test("a worker that is killed with its children is started again"):
            check_that_a_killed_worker_is_started_again(site)
        with subtests.test("Ctrl-C stops everything"):
            site.process.send_signal(signal.SIGINT)
            assert site.process.wait(60) == 0
            assert_nothing_left(var)
    first = users(var)
    with temp_site(var) as site:
        with subtests.test("the next run keeps the data"):
            assert "demo workspace" not in site.said().partition("TRACE is ready")[0]
            assert users(var) == first != []
        with subtests.test("killed outright it leaves nothing running"):
            site.process.kill()
            site.process.wait(10)
            assert_nothing_left(var)


def check_that_a_killed_worker_is_started_again(site: Site) -> None:
    assert comes_true(lambda: len(running(site.var, WORKER)) == WORKERS, seconds=60)
    killed = running(site.var, WORKER)
    for number in killed:
        with contextlib.suppress(ProcessLookupError):  # a child may follow its parent by itself
            os.kill(number, signal.SIGKILL)
    assert comes_true(lambda: "The worker has ended by itself and was started again" in site.said(), seconds=60)
    assert comes_true(lambda: len(running(site.var, WORKER)) == WORKERS, seconds=60)
    assert not killed & running(site.var, WORKER)
    assert fetched(site.url) == 200


def test_without_redis_files_carry_the_messages_and_without_its_web_server_the_site_stops(tmp_path):
    var = tmp_path / "var"
    with temp_site(var, REDIS_URL="filesystem://") as site:
        assert "No redis-server here" in site.said()
        assert fetched(site.url) == 200
        os.kill(web_server(site), signal.SIGKILL)
        assert site.process.wait(60) == 1
        assert "the web server has ended by itself" in site.said()
    assert_nothing_left(var)


def test_taken_port_is_said_before_anything_starts(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with started(tmp_path / "var", PORT=str(port)) as site:
            assert site.process.wait(60) == 1
    assert site.said() == f"Port {port} is taken. Choose another: make run PORT={port + 1}\n"
    assert not (tmp_path / "var" / "trace.sqlite3").exists()


def test_second_run_beside_the_first_says_where_that_is(tmp_path, site):
    other = tmp_path / "other"
    with started(other, VAR=str(site.var), PORT=str(free_port())) as second:
        assert second.process.wait(60) == 1
    assert "TRACE already runs from this folder: http://localhost:" in second.said()
    assert fetched(site.url) == 200


def test_production_is_not_started_by_it(tmp_path):
    with started(tmp_path / "var", **PRODUCTION) as site:
        assert site.process.wait(60) == 1
    assert site.said().startswith("SITE_URL is set, so this is a production site")


def test_without_pango_it_says_what_cannot_be_made(capsys):
    with mock.patch("ctypes.util.find_library", return_value=None), mock.patch("trace_site.run.call_command"):
        run.welcome()
    assert "Pango is missing, so PDF documents cannot be made here" in capsys.readouterr().out
