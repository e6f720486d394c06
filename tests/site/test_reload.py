"""A reload of the web server, as at every new version: nobody waits for it, and nobody is turned away."""

import signal
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException

import pytest

from tests.stage import ROOT, clean_environment, comes_true, free_port, stop

SLOW = 2  # seconds that the application takes to be read
APPLICATION = """
import pathlib, time
version = pathlib.Path(__file__).with_name("version").read_text()
time.sleep(int(version) and {slow})

def application(environ, start_response):
    start_response("200 OK", [])
    return [version.encode()]
"""


def asked(port: int) -> str:
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", "/")
        return line.getresponse().read().decode()
    except (OSError, HTTPException) as failure:
        return type(failure).__name__
    finally:
        line.close()


@pytest.fixture
def web(tmp_path):
    port = free_port()
    (tmp_path / "slow_app.py").write_text(APPLICATION.format(slow=SLOW))
    (tmp_path / "version").write_text("0")
    shape = [f"--bind=127.0.0.1:{port}", f"--pythonpath={tmp_path}", f"--config={ROOT / 'gunicorn.conf.py'}"]
    command = [sys.executable, "-m", "gunicorn", "slow_app", *shape]
    environment = clean_environment(WEB_CONCURRENCY="2", PYTHONDONTWRITEBYTECODE="1")
    server = subprocess.Popen(command, cwd=tmp_path, env=environment, start_new_session=True)
    try:
        assert comes_true(lambda: asked(port) == "0", seconds=30, of=server)
        yield server, port
    finally:
        stop(server, signal.SIGTERM)


def test_the_old_processes_answer_until_the_new_ones_do(web, tmp_path):
    server, port = web
    for version in ("1", "2"):
        (tmp_path / "version").write_text(version)
        reloading = subprocess.Popen(["sh", ROOT / "deploy/reload.sh", str(server.pid)])
        began, answers = time.monotonic(), []
        while time.monotonic() - began < 30 and reloading.poll() is None:
            answers.append(asked(port))
        assert reloading.poll() == 0
        assert set(answers) == {str(int(version) - 1), version}
        assert {asked(port) for _each in range(20)} == {version}
        assert answers.count(str(int(version) - 1)) > 20, "nobody answered while the application was read"
        assert comes_true(lambda: len(children(server)) == 2, seconds=20)


def children(server: subprocess.Popen) -> list[str]:
    with open(f"/proc/{server.pid}/task/{server.pid}/children") as file:
        return file.read().split()
