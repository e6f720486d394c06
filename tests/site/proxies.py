"""nginx with the configuration that we ship, in front of a web server that does whatever goes wrong."""

import os
import re
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.stage import ROOT, comes_true, free_port, stop

SHIPPED = ROOT / "deploy" / "nginx.conf"
HOST = "trace.example.org"
FRAME = """
daemon off;
pid {home}/pid;
error_log {home}/frame-error.log info;
events {{}}
http {{
    access_log {home}/frame-access.log combined;
    client_header_timeout 1s;
    client_body_timeout 1s;
    lingering_timeout 1s;
    proxy_read_timeout 1s;
    large_client_header_buffers 2 8k;
    {temporary}
    include {home}/site.conf;
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
ANSWERS = {
    "well": b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "early": b"HTTP/1.0 200 OK\r\nContent-Length: 500\r\n\r\nok",  # and is gone
    "silent": b"",
    "wrong": b"no such protocol\r\n\r\n",
    "headless": b"HTTP/1.0 200 OK\r\nno header\r\n\r\n",
    "too long": b"HTTP/1.0 200 OK\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
}


UNCHECKED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
UNCHECKED.check_hostname, UNCHECKED.verify_mode = False, ssl.CERT_NONE


@dataclass
class Proxy:
    home: Path
    plain: int
    tls: int

    def logs(self) -> dict[str, str]:
        return {path.name: path.read_text(errors="replace") for path in self.home.glob("*.log")}

    def send(self, request: bytes, *, tls: bool, wait: bool = True) -> bytes:
        """What comes back, headers and all; sends as it is told, however wrong that be."""
        line = socket.create_connection(("127.0.0.1", self.tls if tls else self.plain), timeout=10)
        with UNCHECKED.wrap_socket(line, server_hostname=HOST) if tls else line as stream:
            with suppress(OSError):  # nginx may hang up while we are sending
                stream.sendall(request)
            return _read(stream) if wait else b""


class Web:
    """The web server behind: answers the way `manner` says."""

    def __init__(self) -> None:
        self.manner = "well"
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.is_up = True
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self.is_up = False
        self.listener.close()

    def _serve(self) -> None:
        while self.is_up:
            with suppress(OSError):
                line, _peer = self.listener.accept()
                threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            line.recv(65_536)
            if self.manner == "slow":
                time.sleep(2)
            line.sendall(ANSWERS.get(self.manner, b""))


@contextmanager
def proxy(home: Path, *, web: int, changed: Callable[[str], str] = str, patience: int = 1) -> Iterator[Proxy]:
    """The shipped configuration with other ports, paths and certificates; `changed` may spoil it. `patience`: seconds
    for what is sent slowly."""
    plain, tls = free_port(), free_port()
    _certificate(home)
    temporary = "\n".join(f"{name}_temp_path {home}/{name};" for name in TEMPORARY)
    (home / "nginx.conf").write_text(FRAME.format(home=home, temporary=temporary))
    (home / "site.conf").write_text(
        changed(_placed(SHIPPED.read_text(), home, plain=plain, tls=tls, web=web, patience=patience))
    )
    command = [_binary(), "-e", home / "start.log", "-p", home, "-c", home / "nginx.conf"]
    with (home / "said").open("w") as said:
        server = subprocess.Popen(command, stderr=said, start_new_session=True)
    try:
        assert comes_true(lambda: _listens(tls), seconds=10, of=server), (home / "said").read_text()
        yield Proxy(home, plain, tls)
    finally:
        stop(server, signal.SIGQUIT)  # lets every request come to its end, and its line into the log


def _binary() -> str:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    return found or pytest.skip("no nginx: install nginx")


def _placed(text: str, home: Path, *, plain: int, tls: int, web: int, patience: int) -> str:
    """Each substitution must find its place, else this would be another configuration."""
    for old, new in (
        (r"listen 80 ", f"listen 127.0.0.1:{plain} "),
        (r"listen 443 ", f"listen 127.0.0.1:{tls} "),
        (r"listen \[::\]:80 .*;", ""),
        (r"listen \[::\]:443 .*;", ""),
        (r"/etc/trace-tls/", f"{home}/"),
        (r"/var/log/nginx/", f"{home}/"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{web}"),
        (r"client_header_timeout 10s", f"client_header_timeout {patience}s"),
        (r"client_body_timeout 15s", f"client_body_timeout {patience}s"),
    ):
        text, found = re.subn(old, new, text)
        assert found, old
    return text


def _certificate(home: Path) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    files = ["-subj", f"/CN={HOST}", "-keyout", home / "privkey.pem", "-out", home / "fullchain.pem"]
    subprocess.run([*command, *files], check=True, capture_output=True)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _read(stream: socket.socket) -> bytes:
    came = b""
    with suppress(OSError):
        while piece := stream.recv(65_536):
            came += piece
    return came


def new_secret() -> str:
    """A text that stands nowhere else, in letters that every address takes."""
    return f"Zz{secrets.token_hex(12)}"
