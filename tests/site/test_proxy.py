"""No secret of any link stands in a log of the proxy that we ship, on either port, whatever goes wrong."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.site.proxies import HOST, Proxy, Web, new_secret, proxy

pytestmark = pytest.mark.postgres

# Whoever knows one of these comes in, or sees who answered.
SECRET_LINKS = (
    ("answering:enter", ("token",)),
    ("answering:start", ("survey",)),
    ("reports:results", ("survey",)),
    ("spaces:invitation", ("token",)),
    ("self_assessments:by_link", ("token",)),
    ("reports:by_link", ("token",)),
    ("reports:shared_by_link", ("token",)),
    ("reports:results_by_link", ("token",)),
    ("account_confirm_email", ("key",)),
    ("account_reset_password_from_key", ("uidb36", "key")),
)
MANNERS = ("well", "early", "silent", "wrong", "headless", "too long")
PORTS = (False, True)  # 80, and 443 with TLS


@dataclass
class Sent:
    secrets: list[str]

    def secret(self) -> str:
        self.secrets.append(new_secret())
        return self.secrets[-1]

    def found_in(self, logs: dict[str, str]) -> dict[str, list[str]]:
        found = {name: [one for one in self.secrets if one in text] for name, text in logs.items()}
        return {name: those for name, those in found.items() if those}


def addresses(sent: Sent) -> Iterator[str]:
    """Those that hold a secret, and ways of writing them that people and programs have."""
    for name, parts in SECRET_LINKS:
        path = reverse(name, kwargs={part: sent.secret() for part in parts})
        yield path
        yield path.rstrip("/")
        yield f"/accounts/login/?next={path}"
    yield f"//s//{sent.secret()}/"
    yield f"/%73/{sent.secret()}/"
    yield f"/S/{sent.secret()}/"
    yield f"/{sent.secret()}"
    yield f"/workspaces/../s/{sent.secret()}/"


def every_address(sent: Sent) -> Iterator[str]:
    """Every address of the site, with a secret in each of its parts."""
    for prefix, pattern in patterns():
        yield prefix + re.sub(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)", lambda _part: sent.secret(), str(pattern)).strip(
            "^$"
        )


def patterns(found=None, prefix: str = "/") -> Iterator[tuple[str, str]]:
    for entry in found or get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix, str(entry.pattern)
        else:
            yield from (
                ("", before + after) for before, after in patterns(entry.url_patterns, f"{prefix}{entry.pattern}")
            )


def request(path: str, sent: Sent, *, method: str = "GET", headers: str = "") -> bytes:
    """The browser tells where it came from, and has a cookie."""
    referer = f"Referer: https://{HOST}/s/{sent.secret()}/\r\nCookie: __Host-answer-x={sent.secret()}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{referer}{headers}\r\n".encode()


def spoiled(path: str, sent: Sent) -> Iterator[bytes]:
    """Requests that nginx has something to say about, before or after it knows the host."""
    yield request(path, sent, method="POST", headers="Content-Length: 99000000\r\n")
    yield request(path, sent, headers="Content-Length: many\r\n")
    yield request(path, sent, headers="no colon\r\n")
    yield request(path, sent, headers="Host: two\r\n")
    yield request(path, sent, headers=f"X: {'x' * 20_000}\r\n")
    yield request(path, sent).replace(HOST.encode(), b"other.example.org", 1)
    yield request(path, sent).replace(b"Host:", b"Hose:", 1)
    yield f"GET {path} HTTP/9.9\r\n\r\n".encode()
    yield f"get {path}\r\n\r\n".encode()
    yield f"GET {path}\0 HTTP/1.1\r\n\r\n".encode()
    yield f"GET {path}?{'x' * 20_000} HTTP/1.1\r\n\r\n".encode()


def halting(path: str, sent: Sent) -> Iterator[bytes]:
    """Those that it waits for, or cannot put by while they come."""
    yield request(path, sent, method="POST", headers="Content-Length: 400000\r\n") + b"x" * 400_000
    yield request(path, sent, method="POST", headers="Content-Length: 500\r\n") + b"never all of it"
    yield f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n".encode()  # and not a word more


def visit_all(server: Proxy, web: Web, sent: Sent) -> None:
    """The web answers, answers badly, halts, and is gone at last."""
    for tls, path in product(PORTS, every_address(sent)):
        server.send(request(path, sent), tls=tls)
    visit(server, web, sent)
    for tls in PORTS:
        for words in halting(reverse("answering:enter", args=[sent.secret()]), sent):
            server.send(words, tls=tls)
    web.manner = "slow"
    server.send(request(next(addresses(sent)), sent), tls=True)
    server.send(request(next(addresses(sent)), sent), tls=True, wait=False)
    web.close()
    visit(server, web, sent)


def visit(server: Proxy, web: Web, sent: Sent) -> None:
    """By both ports, all in a second."""
    for tls in PORTS:
        for web.manner, path in product(MANNERS, addresses(sent)):
            server.send(request(path, sent), tls=tls)
        web.manner = "well"
        for words in spoiled(reverse("answering:enter", args=[sent.secret()]), sent):
            server.send(words, tls=tls)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> tuple[Sent, dict[str, str]]:
    sent, web = Sent([]), Web()
    with proxy(tmp_path_factory.mktemp("nginx"), web=web.port) as server:
        visit_all(server, web, sent)
    return sent, server.logs()


@pytest.mark.proof
def test_no_secret_is_in_any_log(shipped, figure):
    sent, logs = shipped
    assert len(sent.secrets) > 1_000
    assert sent.found_in(logs) == {}
    figure("around it", "secrets in any log of nginx", f"{len(sent.secrets):,} sent  0 found")


def test_an_operator_sees_how_the_rooms_of_members_fare(shipped):
    lines = shipped[1]["trace.log"].splitlines()
    said = re.compile(r"\S+T\S+ 127\.0\.0\.1 [A-Z]+ (/[a-z-]+/) (\d{3}) \d+ [\d.]+")
    rooms = {said.fullmatch(line).groups() for line in lines}
    assert {("/workspaces/", "200"), ("/reports/", "200"), ("/accounts/", "502")} <= rooms


def test_what_respondents_do_leaves_no_line_at_all(tmp_path):
    sent, web = Sent([]), Web()
    with proxy(tmp_path, web=web.port) as server:
        for path in ("/s/x/", "/answer/x/", "/answer/x/save/", "/reports/results/x/", "/static/css/base.css", "/"):
            assert b"200 OK" in server.send(request(path, sent), tls=True)
    assert {name: text for name, text in server.logs().items() if "GET" in text or "127.0.0.1" in text} == {}


def test_the_redirect_to_tls_keeps_the_link_and_names_our_host(tmp_path):
    sent, web = Sent([]), Web()
    with proxy(tmp_path, web=web.port) as server:
        answer = server.send(request("/s/abc/", sent).replace(HOST.encode(), b"evil.example.org", 1), tls=False)
    assert b"Location: https://trace.example.org/s/abc/" in answer


def without(line: str, *, server: int):
    """A configuration that lacks one of our lines in one of its two servers."""

    def changed(text: str) -> str:
        parts = text.split("server {")
        parts[server], found = re.subn(rf"^ *{line}[^\n]*;\n", "", parts[server], flags=re.MULTILINE)
        assert found == 1
        return "server {".join(parts)

    return changed


@pytest.mark.parametrize(
    ("line", "server", "log"),
    [
        ("access_log", 1, "frame-access.log"),
        ("access_log", 2, "frame-access.log"),
        ("error_log", 1, "frame-error.log"),
        ("error_log", 2, "frame-error.log"),
    ],
)
@pytest.mark.proof
def test_without_one_of_our_lines_secrets_are_found(line, server, log, tmp_path, figure):
    sent, web = Sent([]), Web()
    with proxy(tmp_path, web=web.port, changed=without(line, server=server)) as spoilt:
        visit(spoilt, web, sent)
    assert set(sent.found_in(spoilt.logs())) == {log}
    figure("around it", f"control: server {server} without {line}", f"found in {log}")


def test_a_quieter_error_log_would_not_do(tmp_path):
    """A full disk is critical, and told with the address."""

    def changed(text: str) -> str:
        return text.replace("error_log /dev/null;", f"error_log {tmp_path}/quiet.log crit;")

    sent, web = Sent([]), Web()
    with proxy(tmp_path, web=web.port, changed=changed) as server:
        shutil.rmtree(tmp_path / "client_body")
        server.send(next(halting(f"/s/{sent.secret()}/", sent)), tls=True)
    assert "quiet.log" in sent.found_in(server.logs())


def test_the_links_that_hold_a_secret_are_all_listed():
    """A new address with a token or a key in it must be added above."""
    public = ("/model/", "/improving/", "/checklists/", "/accounts/^confirm-email/")  # ours stands before the last
    named = {text for _prefix, text in patterns() if re.search(r"<(\w+:)?(token|key)>", text)}
    named = {text for text in named if not text.startswith(public)}
    listed = {name for name, parts in SECRET_LINKS if {"token", "key"} & set(parts)}
    assert len(named) == len(listed) == 8
