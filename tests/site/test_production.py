"""The processes of a production site, each by itself, on PostgreSQL and Redis."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.site.test_settings import PRODUCTION
from tests.stage import ROOT, Unavailable, clean_environment, comes_true, free_port, temp_postgres, temp_redis
from trace_site.processes import Family

pytestmark = pytest.mark.postgres

OWNER = "owner@example.org"
PREPARATIONS = (
    ["migrate", "--verbosity=0"],
    ["load_model", "--verbosity=0"],
    ["collectstatic", "--noinput", "--verbosity=0"],
    ["create_workspace", "Northmoor Health", OWNER],
)
PROCESSES = {
    "web": ["gunicorn", "trace_site.wsgi", "--workers=1"],
    "worker": ["celery", "-A", "trace_site", "worker", "--concurrency=1", "--loglevel=WARNING"],
    "beat": ["celery", "-A", "trace_site", "beat", "--loglevel=WARNING"],
}


@dataclass
class Visitor:
    """A browser without a window: keeps cookies, posts forms."""

    url: str

    def __post_init__(self) -> None:
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, data: bytes | None = None, **headers: str):
        request = Request(self.url + path, data, headers)  # noqa: S310
        try:
            return self.opener.open(request, timeout=30)
        except HTTPError as answer:
            return answer

    def post(self, path: str, **fields: str):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).read().decode())[1]
        return self.get(path, urlencode({"csrfmiddlewaretoken": token, **fields}).encode())


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("production")


@pytest.fixture(scope="module")
def visitor(var) -> Iterator[Visitor]:
    with ExitStack() as stack:
        try:
            database, broker = stack.enter_context(temp_postgres()), stack.enter_context(temp_redis())
        except Unavailable as reason:
            pytest.skip(str(reason))
        places = {"DATABASE_URL": database, "REDIS_URL": broker, "KEY_STORE": str(var / "keys"), "VAR": str(var)}
        url = f"http://127.0.0.1:{free_port()}"
        settings = (
            PRODUCTION | places | {"SITE_URL": url, "TRUSTED_PROXIES": "0", "EMAIL_URL": f"filemail:///{var}/mail"}
        )
        _start(stack.enter_context(Family()), url, clean_environment(**settings))
        yield Visitor(url)


def _start(family: Family, url: str, environment: dict[str, str]) -> None:
    for words in PREPARATIONS:
        subprocess.run([sys.executable, "manage.py", *words], check=True, cwd=ROOT, env=environment)
    for name, words in PROCESSES.items():
        bind = [f"--bind={url.removeprefix('http://')}"] if name == "web" else []
        family.start(name, [sys.executable, "-W", "ignore", "-m", *words, *bind], cwd=ROOT, env=environment)
    assert family.wait_until(lambda: _answers(url), seconds=60)


def _answers(url: str) -> bool:
    try:
        return Visitor(url).get("/health/").read() == b"ok"
    except OSError:
        return False


def test_static_files_have_lasting_names_and_travel_compressed(visitor):
    page = visitor.get("/accounts/login/").read().decode()
    path = re.search(r'"(/static/css/[\w/-]+\.[0-9a-f]{12}\.css)"', page)[1]
    sheet = visitor.get(path, **{"Accept-Encoding": "gzip"})
    assert "immutable" in sheet.headers["Cache-Control"]
    assert sheet.headers["Content-Encoding"] == "gzip"


def test_mail_asked_for_in_the_web_server_leaves_from_the_worker(visitor, var):
    assert visitor.post("/accounts/password/reset/", email=OWNER).status == 200
    mail = var / "mail"
    assert comes_true(lambda: mail.is_dir() and any(mail.iterdir()), seconds=60)
    assert f"To: {OWNER}" in next(mail.iterdir()).read_text()


@pytest.mark.parametrize("path", ["/outbox/", "/ui/"])
def test_pages_for_trying_things_out_are_not_there(path, visitor):
    assert visitor.get(path).status == 404


def test_another_host_name_is_not_answered(visitor):
    assert visitor.get("/accounts/login/", Host="evil.example.org").status == 400
