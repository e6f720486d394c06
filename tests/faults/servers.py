"""Servers that can be killed, stopped, filled up and started again: PostgreSQL, Redis, and nginx as it is shipped."""

import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import redis

from tests.stage import (
    ROOT,
    Unavailable,
    accepts,
    comes_true,
    dropped_user,
    free_port,
    initdb,
    last_line,
    pings,
    postgres_binaries,
    reachable,
    set_up_role,
    start_postgres,
    stop,
)
from trace_site import embedded

PATIENCE = 60  # seconds


def descendants(pid: int) -> Iterator[int]:
    """Of a process, each after its parent; itself not."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield int(child)
            yield from descendants(int(child))


def kill_all(pid: int) -> None:
    """With all its children, as a machine that loses its power: nobody says goodbye."""
    for one in [pid, *descendants(pid)]:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


@dataclass
class Postgres:
    """As it is shipped: what was committed is on the disk."""

    home: Path
    url: str
    start_again: Callable[[], subprocess.Popen]
    server: subprocess.Popen = field(init=False)

    def start(self, *, patience: float = PATIENCE) -> bool:
        """Whether it takes connections in time."""
        self.server = self.start_again()
        return comes_true(lambda: accepts(self.url), seconds=patience, of=self.server, every=0.02)

    def kill(self) -> None:
        kill_all(self.server.pid)
        self.server.wait()

    def stop(self) -> None:
        stop(self.server, signal.SIGQUIT)


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """Its data lie in the folder, which may be a small disk."""
    with tempfile.TemporaryDirectory(prefix="trace-pg-", dir=folder, ignore_cleanup_errors=True) as place:
        home, drop, password, port = Path(place), dropped_user(), secrets.token_hex(16), free_port()
        binaries = reachable(postgres_binaries(), home, drop)
        if drop:
            shutil.chown(home, drop["user"], drop["group"])
        initdb(binaries, home, drop, password)
        url = f"postgres://trace:{password}@127.0.0.1:{port}/postgres"
        found = Postgres(home, url, lambda: start_postgres(binaries, home, drop, port, "max_wal_size=64MB"))
        try:
            if not found.start():
                raise Unavailable(f"PostgreSQL did not start: {last_line(home / 'log')}")
            set_up_role(url)
            yield found
        finally:
            found.stop()


@dataclass
class Redis:
    home: Path
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    server: subprocess.Popen = field(init=False)

    @property
    def url(self) -> str:
        return f"redis+socket://:{self.password}@{self.home}/redis.sock?virtual_host=0"

    def start(self) -> None:
        command = [*embedded.redis_command(self.home), "--requirepass", self.password]
        self.server = subprocess.Popen(command, start_new_session=True)
        with closing(self.client()) as client:
            if not comes_true(lambda: pings(client), seconds=10, of=self.server, every=0.02):
                raise Unavailable(f"Redis did not start: {last_line(self.home / 'redis.log')}")

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=f"{self.home}/redis.sock", password=self.password)

    def signal(self, number: signal.Signals) -> None:
        self.server.send_signal(number)

    def kill(self) -> None:
        self.server.kill()
        self.server.wait()

    def flush(self) -> None:
        with closing(self.client()) as client:
            client.flushall()


@contextmanager
def broker() -> Iterator[Redis]:
    if embedded.redis_binary() is None:
        raise Unavailable("no Redis: install redis-server")
    with tempfile.TemporaryDirectory(prefix="trace-redis-") as folder:
        found = Redis(Path(folder))
        found.start()
        try:
            yield found
        finally:
            found.kill()


# --- PgBouncer ---------------------------------------------------------------------------------

POOL = """
[databases]
* = host=127.0.0.1 port={port} user={user} password={password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
logfile = {folder}/pgbouncer.log
"""


@dataclass
class Pool:
    """PgBouncer before a PostgreSQL: few connections, and each transaction takes one that is free."""

    url: str
    command: list[str]
    server: subprocess.Popen = field(init=False)

    def start(self) -> None:
        self.server = subprocess.Popen(self.command, **dropped_user())
        if not comes_true(lambda: accepts(self.url), seconds=PATIENCE, of=self.server, every=0.02):
            raise Unavailable("PgBouncer did not start")

    def kill(self) -> None:
        self.server.kill()
        self.server.wait()


@contextmanager
def pool(before: str, *, size: int) -> Iterator[Pool]:
    """`before`: the address of a database."""
    if not (binary := shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")):
        raise Unavailable("no PgBouncer: install pgbouncer")
    address, listen, drop = urlsplit(before), free_port(), dropped_user()
    with tempfile.TemporaryDirectory(prefix="trace-pool-") as folder:
        told = POOL.format(
            port=address.port, user=address.username, password=address.password, listen=listen, size=size, folder=folder
        )
        settings = Path(folder) / "pgbouncer.ini"
        settings.write_text(told)
        if drop:
            shutil.chown(folder, drop["user"], drop["group"])
        login = f"{address.username}:{address.password}@127.0.0.1:{listen}"
        found = Pool(address._replace(netloc=login).geturl(), [binary, "--quiet", str(settings)])
        found.start()
        try:
            yield found
        finally:
            found.kill()


# --- nginx ---------------------------------------------------------------------------------------

WRAPPED = """
daemon off; pid {folder}/nginx.pid; error_log /dev/null;
events {{ worker_connections 512; }}
http {{ client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; access_log off;
{shipped}
}}
"""


@contextmanager
def nginx(folder: Path, port: int, web: int) -> Iterator[None]:
    """The shipped file with another port, another certificate and another web server behind it."""
    if not (binary := shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")):
        raise Unavailable("no nginx: install nginx")
    folder.mkdir()
    _certify(folder)
    (folder / "nginx.conf").write_text(WRAPPED.format(folder=folder, shipped=_shipped(folder, port, web)))
    command = [binary, "-c", folder / "nginx.conf", "-p", folder, "-e", "/dev/null"]
    server = subprocess.Popen(command, start_new_session=True)
    try:
        yield
    finally:
        stop(server, signal.SIGTERM)


def _shipped(folder: Path, port: int, web: int) -> str:
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    changes = {
        r"listen \[::\].*": "",
        r"listen 80\b": f"listen 127.0.0.1:{free_port()}",
        r"listen 443\b": f"listen 127.0.0.1:{port}",
        r"/etc/trace-tls": str(folder),
        r"/var/log/nginx/trace\.log": "/dev/null",
        r"127\.0\.0\.1:8000": f"127.0.0.1:{web}",
        r"trace\.example\.org": "localhost",
    }
    for found, instead in changes.items():
        text = re.sub(found, instead, text)
    return text


def _certify(folder: Path) -> None:
    names = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem", "-subj", "/CN=localhost"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run(["openssl", "req", *kind, *names], check=True, capture_output=True)


# --- Disks ---------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own that is soon full."""
    if os.geteuid() != 0:
        raise Unavailable("only root may mount a small disk")
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", folder],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        raise Unavailable(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(disk: Path) -> Path:
    """To the last byte; the file that takes all the room."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(64 * 1024))
    with suppress(OSError), ballast.open("ab", buffering=0) as file:
        while True:
            file.write(b"0")
    return ballast


@contextmanager
def far_folder(near: Path, far: Path) -> Iterator[subprocess.Popen]:
    """`near` shows what lies in `far`, by a process: stopped, it hangs like a network drive whose server is away."""
    if os.geteuid() != 0 or not shutil.which("bindfs"):
        raise Unavailable("a folder that hangs needs root and bindfs (apt-get install bindfs)")
    with ExitStack() as stack:
        server = subprocess.Popen(["bindfs", "-f", far, near], start_new_session=True)
        stack.callback(lambda: subprocess.run(["umount", "-l", near], check=False))
        stack.callback(lambda: stop(server, signal.SIGTERM))
        stack.callback(lambda: server.send_signal(signal.SIGCONT))
        if not comes_true(lambda: os.path.ismount(near), seconds=5, of=server):
            raise Unavailable("bindfs cannot mount here")
        yield server
