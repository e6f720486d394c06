"""The Caddyfile that we ship: nothing of a request can be forged, and no secret of a link stands in what Caddy says."""

import os
import shutil
import signal
import subprocess
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tests.site.proxies import new_secret
from tests.stage import ROOT, comes_true, free_port, stop

pytestmark = pytest.mark.postgres

FORGED = {
    "X-Forwarded-For": "203.0.113.77",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "stranger.example",
    "Forwarded": "for=203.0.113.77;proto=https",
}


class Web(BaseHTTPRequestHandler):
    came: ClassVar[list[dict[str, str]]]

    def do_GET(self) -> None:
        self.came.append({name.title(): value for name, value in self.headers.items()})
        if self.path.startswith("/bad/"):
            self.wfile.write(b"no such protocol\r\n\r\n")
            return
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> tuple[list[dict[str, str]], str, list[str]]:
    return visited(tmp_path_factory.mktemp("caddy"), (ROOT / "deploy" / "Caddyfile").read_text())


def visited(home: Path, text: str) -> tuple[list[dict[str, str]], str, list[str]]:
    """(headers of each request as they came to the web server, all that Caddy said, the secrets that were sent)."""
    caddy = shutil.which("caddy") or pytest.skip("no caddy: install caddy")
    port, secrets, came = free_port(), [new_secret() for _ in range(4)], []
    web = ThreadingHTTPServer(("127.0.0.1", 0), type("Seen", (Web,), {"came": came}))
    threading.Thread(target=web.serve_forever, daemon=True).start()
    (home / "Caddyfile").write_text(text.replace("{\n", "{\n\tadmin off\n", 1))
    places = {"TRACE_SITE": f"http://127.0.0.1:{port}", "TRACE_WEB": f"127.0.0.1:{web.server_port}", "HOME": str(home)}
    command = [caddy, "run", "--config", home / "Caddyfile", "--adapter", "caddyfile"]
    with (home / "said").open("w") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, env=os.environ | places, start_new_session=True)
    try:
        assert comes_true(lambda: _asked(port, "/") == 200, seconds=30, of=server), (home / "said").read_text()
        assert _asked(port, f"/s/{secrets[0]}/") == 200
        assert _asked(port, f"/bad/{secrets[1]}/") == 502
        web.shutdown()
        web.server_close()
        assert _asked(port, f"/s/{secrets[2]}/?next={secrets[3]}") == 502
    finally:
        stop(server, signal.SIGTERM)
    return came, (home / "said").read_text(), secrets


def _asked(port: int, path: str) -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", path, headers=FORGED)
        return line.getresponse().status
    except OSError:
        return 0
    finally:
        line.close()


def test_nobody_says_who_they_are_by_a_header(told):
    headers = told[0][-1]
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "http"
    assert headers["X-Forwarded-Host"].startswith("127.0.0.1")
    assert "Forwarded" not in headers


def test_no_secret_is_in_what_caddy_says(told):
    _headers, said, secrets = told
    assert said
    assert [one for one in secrets if one in said] == []


def test_without_our_line_secrets_are_said(tmp_path):
    shipped = (ROOT / "deploy" / "Caddyfile").read_text()
    _headers, said, secrets = visited(tmp_path, shipped.replace("exclude http", "level INFO"))
    assert [one for one in secrets if one in said] == secrets[1:]
