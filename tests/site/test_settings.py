"""What stops the start, and with which sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stage import ROOT, clean_environment

PRODUCTION = {
    "SITE_URL": "https://trace.example.org",
    "SECRET_KEY": "a-long-text-for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgres://trace:secret@localhost/trace",
    "REDIS_URL": "redis+socket://:secret@/run/redis-trace/redis.sock",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587",
    "KEY_STORE": "/nowhere/keys",
    "TRUSTED_PROXIES": "1",
}


def manage(*words: str, var: Path, **settings: str) -> subprocess.CompletedProcess:
    environment = clean_environment(VAR=str(var), **settings)
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("name", PRODUCTION)
def test_production_names_what_is_missing(name, tmp_path):
    settings = {key: value for key, value in PRODUCTION.items() if key != name}
    done = manage("check", var=tmp_path, **{"ENV_FILE": os.devnull} | settings)
    assert done.returncode == 1
    assert re.findall(r"^  ([A-Z_]+):", done.stderr, re.MULTILINE) == [name]
    assert "Traceback" not in done.stderr


def test_nothing_set_opens_nothing_and_says_how_to_try_it_out(tmp_path):
    done = manage("check", var=tmp_path, ENV_FILE=os.devnull)
    assert done.returncode == 1
    assert re.findall(r"^  ([A-Z_]+):", done.stderr, re.MULTILINE) == sorted(PRODUCTION, key=done.stderr.index)
    assert "type `make run`" in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path):
    done = manage("check", var=tmp_path, DEBUG="1", ENV_FILE=f"{tmp_path}/trace.env")
    assert (done.returncode, f"ENV_FILE names {tmp_path}/trace.env" in done.stderr) == (1, True)


def test_production_counts_an_empty_variable_as_missing(tmp_path):
    done = manage("check", var=tmp_path, **PRODUCTION | {"SECRET_KEY": ""})
    assert (done.returncode, "  SECRET_KEY: " in done.stderr) == (1, True)


def test_production_reads_a_file_and_passes_the_deployment_checks(tmp_path):
    file = tmp_path / "trace.env"
    file.write_text("".join(f"{name}={value}\n" for name, value in PRODUCTION.items()))
    done = manage("check", "--deploy", "--fail-level", "WARNING", var=tmp_path, ENV_FILE=str(file))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"PORT": "eight"}, "PORT must be a number between 1 and 65535, not 'eight'."),
        ({"PORT": "70000"}, "PORT must be a number between 1 and 65535, not '70000'."),
        ({"SITE_URL": "trace.example.org", "DEBUG": "1"}, "SITE_URL must be an address"),
        (PRODUCTION | {"DEBUG": "1"}, "TRACE cannot start: DEBUG shows its insides to everybody"),
        (PRODUCTION | {"DEBUG": "fasle"}, "DEBUG must be 1 or 0, not 'fasle'."),
        (PRODUCTION | {"SECRET_KEY": "secret.example"}, "TRACE cannot start: SECRET_KEY can be guessed."),
        (PRODUCTION | {"OPEN_SIGN_UP": "nein"}, "OPEN_SIGN_UP must be 1 or 0, not 'nein'."),
        (PRODUCTION | {"ACCEPT_DATABASE_LOGS": "perhaps"}, "ACCEPT_DATABASE_LOGS must be 1 or 0"),
        ({"FILES": "s4://secret.example"}, "FILES must be a folder, or a bucket"),
        ({"ERROR_REPORTS": "https://errors.secret.example"}, "ERROR_REPORTS must be a DSN"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, not 'LOUD'."),
        ({"TIME_ZONE": "Europe/Lndon"}, "TIME_ZONE must be a time zone such as Europe/London"),
        ({"TRUSTED_PROXIES": "yes"}, "TRUSTED_PROXIES must be a number between 0 and 9, not 'yes'."),
        ({"DATABASE_URL": "localhost/secret"}, "DATABASE_URL must say where the database is"),
        ({"DATABASE_URL": "oracel://secret@h/x"}, "DATABASE_URL must say where the database is"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL must say the broker and cache"),
        ({"EMAIL_URL": "secret.example.org"}, "EMAIL_URL must say how mail leaves"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(values, sentence, tmp_path):
    done = manage("check", var=tmp_path, **values)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert "secret.example" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("redis://localhost:6379/0", "REDIS_URL holds no password. Whoever reaches a Redis without one"),
        ("rediss://cache.example.org", "REDIS_URL holds no password."),
        ("redis+socket:///run/redis.sock?virtual_host=0", "REDIS_URL holds no password."),
        ("redis+socket://somebody@/run/redis.sock", "REDIS_URL holds no password."),
        ("filesystem://", "REDIS_URL must say the broker and cache"),
    ],
)
def test_production_refuses_a_redis_without_a_password(address, sentence, tmp_path):
    done = manage("check", var=tmp_path, **PRODUCTION | {"REDIS_URL": address})
    assert (done.returncode, sentence in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


def test_a_site_that_is_tried_out_may_use_any_redis(tmp_path):
    assert manage("check", var=tmp_path, REDIS_URL="redis://localhost:6379/0").returncode == 0


def test_the_example_lists_every_variable():
    example = (ROOT / ".env.example").read_text()
    listed = set(re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE))
    source = "".join((ROOT / file).read_text() for file in ("trace_site/settings.py", "gunicorn.conf.py"))
    reads = (
        r"(?:env(?:\.\w+)?|environment\.\w+|os\.environ\.get)\(\s*\"([A-Z_]+)\"|\"([A-Z_]+)\"(?: not)? in os\.environ"
    )
    read = {name for pair in re.findall(reads, source) for name in pair if name}
    by_boto3 = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"}
    assert read | set(PRODUCTION) | {"TEST_DATABASE_URL", "ENV_FILE"} | by_boto3 == listed
