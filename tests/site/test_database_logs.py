"""PostgreSQL writes nothing of what people answer into its log, and TRACE does not start where it would."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.site.test_settings import PRODUCTION, manage
from tests.stage import ROOT, Unavailable, bare_postgres, clean_environment, comes_true, set_up_role, stop

pytestmark = pytest.mark.postgres

THREE = "log_statement|log_min_duration_statement|log_min_error_statement"
WORKER = ["celery", "-A", "trace_site", "worker", "--concurrency=1", "--loglevel=WARNING"]
WEB = ["gunicorn", "trace_site.wsgi", "--bind=127.0.0.1:0", "--workers=1"]


@pytest.fixture
def server() -> Iterator[tuple[str, Path]]:
    try:
        with bare_postgres() as started:
            yield started
    except Unavailable as reason:
        pytest.skip(str(reason))


def superuser(url: str, *statements: str) -> None:
    with closing(psycopg2.connect(url)) as database, database.cursor() as cursor:
        database.autocommit = True
        for statement in statements:
            cursor.execute(statement)


def tried(url: str, statement: str, *values: str) -> None:
    """As Django does it: the values stand in the text of the statement."""
    with closing(psycopg2.connect(url)) as database:
        suffered(database, statement, *values)


TABLE = "CREATE TABLE answers (tag text PRIMARY KEY, rating int CHECK (rating < 6))"
TROUBLE = {
    "slow": "SELECT %s, pg_sleep(0.3)",
    "wrong": "SELECT %s FROM nowhere",
    "no number": "SELECT %s::int",
    "doubled": "INSERT INTO answers VALUES (%s, 1), (%s, 1)",
    "refused": "INSERT INTO answers VALUES (%s, 7)",
    "crashed": "SELECT %s, pg_sleep(20)",
}


def get_into_trouble(url: str, log: Path) -> dict[str, str]:
    """What went wrong → a value that stood in it. The server tells what it can of slow statements and crashes."""
    told = ["log_min_duration_statement = '100ms'", "log_lock_waits = on", "log_temp_files = 0"]
    superuser(url, TABLE, *(f"ALTER SYSTEM SET {one}" for one in told), "SELECT pg_reload_conf()")
    sent = {what: f"zz{secrets.token_hex(12)}" for what in TROUBLE}
    for what, statement in TROUBLE.items():
        if what == "crashed":
            crash(url, statement, sent[what], log)
        else:
            tried(url, statement, *[sent[what]] * statement.count("%s"))
    return sent


def crash(url: str, statement: str, value: str, log: Path) -> None:
    """Ends the server's process that works on it, as a fault in it would."""
    with closing(psycopg2.connect(url)) as database:
        client = threading.Thread(target=suffered, args=(database, statement, value))
        client.start()
        time.sleep(0.5)  # until it works on the statement
        os.kill(database.info.backend_pid, signal.SIGSEGV)
        client.join(20)
    assert comes_true(lambda: "all server processes terminated" in log.read_text(), seconds=20)


def suffered(database, statement: str, *values: str) -> None:
    with suppress(psycopg2.Error), database.cursor() as cursor:
        cursor.execute(statement, values)


def written(sent: dict[str, str], log: Path) -> set[str]:
    text = log.read_text()
    return {what for what, value in sent.items() if value in text}


@pytest.mark.proof
def test_nothing_that_people_sent_is_in_the_log_of_a_server_set_up_as_we_say(server, figure):
    url, log = server
    set_up_role(url)
    assert written(get_into_trouble(url, log), log) == set()
    figure("around it", "what people sent, in PostgreSQL's log", f"{len(TROUBLE)} sorts of trouble  0 written")


@pytest.mark.proof
def test_at_its_defaults_the_server_writes_all_of_it(server, figure):
    url, log = server
    assert written(get_into_trouble(url, log), log) == set(TROUBLE)
    figure("around it", "control: PostgreSQL's log at its defaults", f"{len(TROUBLE)} of {len(TROUBLE)} written")


def test_without_the_settings_that_are_usually_named_errors_and_crashes_still_quote(server):
    url, log = server
    set_up_role(url, only=THREE)
    assert written(get_into_trouble(url, log), log) == {"no number", "doubled", "refused", "crashed"}


def test_monitoring_sees_no_statement_of_ours(server):
    url, _log = server
    running = "SELECT 'zz' || 'only' || 'here'"
    seen = {}
    for name in ("at its defaults", "set up"):
        with closing(psycopg2.connect(url)) as ours, closing(psycopg2.connect(url)) as monitor:
            ours.cursor().execute(running)
            cursor = monitor.cursor()
            cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [ours.info.backend_pid])
            seen[name] = cursor.fetchone()[0]
        set_up_role(url)
    assert seen["at its defaults"] == running
    assert "SELECT" not in seen["set up"]


# --- The shipped set-up ------------------------------------------------------------------------


def set_up(url: str) -> str:
    """By psql, as the documentation has it, with a password as containers name it; the address of the new role."""
    psql = shutil.which("psql") or pytest.skip("no psql: install postgresql-client")
    words = [psql, url, "--quiet", "--set=ON_ERROR_STOP=1", "-f", ROOT / "deploy" / "postgresql.sql"]
    subprocess.run(words, check=True, env=os.environ | {"TRACE_PASSWORD": "it's secret"})
    place = urlsplit(url)
    return f"postgres://trace:it%27s%20secret@{place.hostname}:{place.port}/trace"


def test_the_shipped_set_up_makes_a_quiet_role_without_rights_over_others(server, tmp_path):
    url, log = server
    superuser(url, "CREATE ROLE boss SUPERUSER LOGIN PASSWORD 'boss'")
    boss = url.replace(urlsplit(url).netloc.rpartition("@")[0], "boss:boss")
    superuser(boss, "ALTER ROLE trace RENAME TO first")
    for _again in range(2):
        ours = set_up(boss)
    with closing(psycopg2.connect(ours)) as database, database.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        assert cursor.fetchone() == ("UTF8",)
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
    superuser(ours, "ALTER ROLE trace RESET ALL")  # which takes back only what the role could set itself
    done = check(ours, tmp_path)
    assert (done.returncode, "no issues" in done.stdout) == (0, True)
    value = f"zz{secrets.token_hex(12)}"
    tried(ours, "SELECT %s::int", value)
    tried(boss, "SELECT %s::int", value.upper())
    assert value not in log.read_text()
    assert value.upper() in log.read_text()


def test_whoever_uses_the_role_cannot_make_it_talk(server):
    """Nor can whoever takes the web server over."""
    url, _log = server
    superuser(url, "CREATE ROLE plain LOGIN PASSWORD 'plain'")
    plain = url.replace(urlsplit(url).netloc.rpartition("@")[0], "plain:plain")
    for statement in ("SET log_statement = 'all'", "ALTER ROLE plain SET log_min_messages = 'debug1'"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            superuser(plain, statement)


# --- What TRACE says of it ---------------------------------------------------------------------


def production(url: str, tmp_path: Path, **settings: str) -> dict[str, str]:
    return PRODUCTION | {"DATABASE_URL": url, "REDIS_URL": f"redis+socket://x:secret@{tmp_path}/nobody.sock"} | settings


def check(url: str, tmp_path: Path, **settings: str) -> subprocess.CompletedProcess:
    words = ("check", "--deploy", "--database", "default", "--fail-level", "WARNING")
    return manage(*words, var=tmp_path, **production(url, tmp_path, **settings))


def test_check_names_what_is_not_set_and_how_to_set_it(server, tmp_path):
    url, _log = server
    refused = check(url, tmp_path)
    assert refused.returncode == 1
    assert "log_min_error_statement is error, log_min_messages is warning, track_activities is on." in refused.stderr
    assert "deploy/postgresql.sql" in refused.stderr
    accepted = check(url, tmp_path, ACCEPT_DATABASE_LOGS="1")
    assert (accepted.returncode, "track_activities is on" in accepted.stdout + accepted.stderr) == (0, True)
    set_up_role(url)
    done = check(url, tmp_path)
    assert (done.returncode, "track_activities" in done.stdout + done.stderr) == (0, False)


@pytest.mark.parametrize("setting", ["log_statement = 'mod'", "log_min_duration_statement = 500"])
def test_check_sees_one_setting_that_was_changed_back(setting, server, tmp_path):
    url, _log = server
    set_up_role(url)
    superuser(url, f"ALTER ROLE trace SET {setting}")
    refused = check(url, tmp_path)
    assert (refused.returncode, setting.split()[0] in refused.stderr) == (1, True)
    assert "track_activities" not in refused.stderr


@contextmanager
def process(words: list[str], url: str, tmp_path: Path, **settings: str) -> Iterator[subprocess.Popen]:
    environment = clean_environment(**production(url, tmp_path, VAR=str(tmp_path), **settings))
    with (tmp_path / "said").open("w") as said:
        command = [sys.executable, "-W", "ignore", "-m", *words]
        started = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True)
    try:
        yield started
    finally:
        stop(started, signal.SIGTERM)


@pytest.mark.parametrize("words", [WEB, WORKER], ids=["web", "worker"])
def test_in_production_neither_web_nor_worker_starts_unless_it_is_accepted(words, server, tmp_path):
    url, _log = server
    said = tmp_path / "said"
    with process(words, url, tmp_path) as refused:
        assert refused.wait(60) == 3
    assert "TRACE cannot start. The database would write parts of what people answer" in said.read_text()
    assert "Traceback" not in said.read_text()
    with process(words, url, tmp_path, ACCEPT_DATABASE_LOGS="1") as accepted:
        warned = comes_true(lambda: '"logger": "trace_site.starting"' in said.read_text(), seconds=60, of=accepted)
        assert warned, said.read_text()


def test_a_site_that_is_tried_out_is_only_warned(server, tmp_path):
    url, _log = server
    done = manage("check", "--database", "default", var=tmp_path, DATABASE_URL=url)
    assert (done.returncode, "track_activities is on" in done.stderr) == (0, True)
