"""Floods: whoever sends a great deal, slowly or halfway, neither fills the disk nor holds the site for the others.

`python -m tests.faults.floods` prints a line with its figures for each: gunicorn with two processes of four threads
behind nginx as it is shipped, everything on this machine.
"""

import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.site.proxies import HOST, UNCHECKED, Proxy, proxy
from tests.stage import ROOT, SQLITE, clean_environment, comes_true, free_port, prepared_database, stop

PROBES = 60
PAGE = f"GET /model/ HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
HALF_HEAD = f"POST /accounts/login/ HTTP/1.1\r\nHost: {HOST}\r\nCookie: a=".encode()
BIG = "/static/vendor/plotly-heatmap.min.js"


@contextmanager
def served(folder: Path) -> Iterator[tuple[Proxy, Path]]:
    """The site behind its proxy, and the file of its database."""
    with prepared_database(folder, server="sqlite") as url, ExitStack() as stack:
        port = free_port()
        settings = {"VAR": str(folder), "DATABASE_URL": url, "TRUSTED_PROXIES": "1", "SITE_URL": "http://localhost"}
        bare = clean_environment(**{"DEBUG": "1", "ENV_FILE": os.devnull} | settings)
        subprocess.run([sys.executable, "manage.py", "createcachetable"], cwd=ROOT, env=bare, check=True)
        how = ["--worker-class=gthread", "--workers=2", "--threads=4", "--no-control-socket", "--log-level=error"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "trace_site.wsgi", f"--bind=127.0.0.1:{port}", *how],
            cwd=ROOT,
            env=bare,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        stack.callback(stop, server, 15)
        found = stack.enter_context(proxy(folder, web=port, changed=_for_localhost, patience=10))
        assert comes_true(lambda: all(_asked(found) for _ in range(20)), seconds=120, of=server)
        yield found, Path(url.removeprefix(SQLITE))


def _for_localhost(text: str) -> str:
    """A site that is tried out knows no other name."""
    return text.replace("Host $host", "Host localhost")


def _line(to: Proxy, *, by: str = "127.0.0.1") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", to.tls), timeout=30, source_address=(by, 0))
    return UNCHECKED.wrap_socket(line, server_hostname=HOST)


def _asked(to: Proxy) -> float | None:
    """Seconds until a page was there, by another address than the flood's; None where none came."""
    began = time.monotonic()
    with suppress(OSError), _line(to, by="127.0.0.2") as line:
        line.sendall(PAGE)
        answer = b""
        while part := line.recv(65_536):
            answer += part
        return time.monotonic() - began if answer.startswith(b"HTTP/1.1 200") else None
    return None


def probe(to: Proxy) -> str:
    """How others fare: median and p95 of a page, and how many got none."""
    with ThreadPoolExecutor(2) as people:
        took = list(people.map(lambda _: _asked(to), range(PROBES)))
    there = sorted(one for one in took if one is not None)
    if len(there) < 2:
        return f"none of {PROBES} got the page"
    p95 = there[int(len(there) * 0.95) - 1] * 1000
    return f"p50 {statistics.median(there) * 1000:.0f} ms, p95 {p95:.0f} ms, failed {PROBES - len(there)} of {PROBES}"


def half_sent(to: Proxy) -> str:
    """200 that stop in the middle: half of them in the head, half in the body."""
    body = f"POST /accounts/login/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000000\r\n\r\n".encode() + b"a" * 4_000
    lines = []
    for number in range(200):
        line = _line(to)
        line.sendall(body if number % 2 else HALF_HEAD)
        lines.append(line)
    during = probe(to)
    began = time.monotonic()
    hung_up = sum(_hung_up(line, until=began + 20) for line in lines)
    for line in lines:
        line.close()
    return f"200 requests sent by half: {during}; {hung_up} hung up on within 20 s"


def _hung_up(line: socket.socket, *, until: float) -> bool:
    line.settimeout(max(0.05, until - time.monotonic()))
    try:
        while line.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def slow_readers(to: Proxy) -> str:
    """50 that ask for the largest file and then read nothing."""
    lines = []
    for _number in range(50):
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.settimeout(30)
        raw.connect(("127.0.0.1", to.tls))
        line = UNCHECKED.wrap_socket(raw, server_hostname=HOST)
        line.sendall(f"GET {BIG} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        lines.append(line)
    time.sleep(1)
    during = probe(to)
    for line in lines:
        line.close()
    return f"50 readers who do not read: {during}"


def uploads(to: Proxy) -> str:
    """100 of the size that is let in, and 20 of four times that."""
    sent: list[tuple[float, int]] = []
    most = [0]
    watching = threading.Event()

    def watch() -> None:
        while not watching.wait(0.1):
            most[0] = max(most[0], _in_files(to))

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(8) as people:
        work = [people.submit(_upload, to, 5_900_000) for _ in range(100)]
        during = probe(to)
        sent = [one.result() for one in work]
        large = [one.result() for one in [people.submit(_upload, to, 24_000_000) for _ in range(20)]]
    watching.set()
    watcher.join()
    left = _in_files(to)
    statuses = sorted({status for _took, status in sent}), sorted({status for _took, status in large})
    return (
        f"100 uploads of 5.9 MB, 8 at a time: {during}; answered {statuses[0]}, most in files {most[0] / 1e6:.0f} MB, "
        f"left {left / 1e6:.1f} MB; 20 of 24 MB: {statuses[1]}, {max(took for took, _ in large) * 1000:.0f} ms at most"
    )


def _upload(to: Proxy, size: int) -> tuple[float, int]:
    head = b'--x\r\nContent-Disposition: form-data; name="upload"; filename="a.csv"\r\n\r\n'
    began = time.monotonic()
    with _line(to) as line:
        length = len(head) + size + len(b"\r\n--x--\r\n")
        kind = "multipart/form-data; boundary=x"
        said = f"POST /accounts/login/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
        with suppress(OSError):
            line.sendall(f"{said}Connection: close\r\n\r\n".encode() + head)
            for _part in range(size // 100_000):
                line.sendall(b"a" * 100_000)
            line.sendall(b"a" * (size % 100_000) + b"\r\n--x--\r\n")
        answer = b""
        with suppress(OSError):
            answer = line.recv(4096)
        return time.monotonic() - began, int(answer[9:12] or 0)


def _in_files(to: Proxy) -> int:
    """Bytes of bodies that nginx keeps in files just now; they have no name any more."""
    server = (to.home / "pid").read_text().strip()
    workers = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    held = 0
    for file in (one for worker in workers for one in Path(f"/proc/{worker}/fd").iterdir()):
        with suppress(OSError):
            held += file.stat().st_size if "client_body" in os.readlink(file) else 0
    return held


STARTS = """
import datetime, os
from django.utils import timezone
from core.quotas.actions import OverQuota
from diagnostics.self_assessments.actions import begin, forget_unkept
from diagnostics.self_assessments.models import KEPT_FOR, Unkept
now, kept, refused = timezone.now(), 0, 0
for number in range(10_000):
    try:
        begin(client=f"10.{number // 65025}.{number // 255 % 255}.{number % 255}", begun=(), primary_space="team",
              preset="focused", spaces=["self", "team", "organisation", "system"], now=now)
        kept += 1
    except OverQuota:
        refused += 1
print(f"10,000 starts without an account: {kept} kept, {refused} refused", end="; ")
{then}
"""
CLEARED = """forget_unkept(now=now + KEPT_FOR); print(f"after a day {Unkept.objects.count()} rows", end="; ")"""


def starts(folder: Path, database: Path) -> str:
    """From 10,000 addresses; how far the database grows by them, and that they go."""
    before = _used(database)
    bare = clean_environment(DEBUG="1", ENV_FILE=os.devnull, VAR=str(folder), DATABASE_URL=f"{SQLITE}{database}")

    def shell(script: str) -> str:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", script]
        return subprocess.run(command, cwd=ROOT, env=bare, check=True, capture_output=True, text=True).stdout

    began = time.monotonic()
    said = shell(STARTS.replace("{then}", ""))
    took, grown = time.monotonic() - began, _used(database) - before
    head = STARTS.split("now, kept", maxsplit=1)[0] + "now = timezone.now()\n"
    cleared = shell(head + CLEARED)
    return f"{said}{grown / 1e6:.1f} MB in {took:.0f} s; {cleared}{(_used(database) - before) / 1e6:.1f} MB left"


def _used(database: Path) -> int:
    """Bytes of pages that hold something."""
    with closing(sqlite3.connect(database)) as rows:
        pages, free, size = (
            rows.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
    return (pages - free) * size


def run(say: Callable[[str], object] = print) -> None:
    with TemporaryDirectory(prefix="trace-floods-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx, started by root, works as somebody else
        with served(folder) as (found, database):
            say(f"flood * nobody else: {probe(found)}")
            say(f"flood * {half_sent(found)}")
            say(f"flood * {slow_readers(found)}")
            say(f"flood * {uploads(found)}")
            say(f"flood * {starts(folder, database)}")


if __name__ == "__main__":
    run()
