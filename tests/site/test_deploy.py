"""What we ship for operators keeps web and workers apart, and Redis behind a password."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from urllib.parse import urlsplit

import pytest
import yaml

from tests.recipes.page import PAGE, blocks
from tests.stage import ROOT
from trace_site.lanes import WORKERS

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
KEYS = "/var/lib/trace-keys"
CONTAINERS = {"backup", *(f"worker-{name}" for name in WORKERS)}
SHIPPED = [*DEPLOY.rglob("*.*"), ROOT / ".env.example", ROOT / "docs" / "operations.md", DEPLOY / "Procfile"]


def unit(name: str) -> dict[str, str]:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(DEPLOY / "systemd" / f"trace-{name}.service")
    return dict(parser["Service"])


UNITS = ("web", "beat", "worker@", "backup")


def test_the_units_give_workers_a_user_of_their_own():
    users = {name: unit(name)["User"] for name in UNITS}
    assert users == {"web": "trace", "beat": "trace", "worker@": "trace-worker", "backup": "trace-worker"}
    worker = unit("worker@")
    assert (worker["StateDirectory"], worker["StateDirectoryMode"]) == ("trace-keys", "0700")
    assert worker["SupplementaryGroups"] == "trace"


@pytest.mark.parametrize("name", ["web", "beat"])
def test_the_other_units_do_not_see_the_keys(name):
    assert f"-{KEYS}" in unit(name)["InaccessiblePaths"].split()


@pytest.mark.parametrize("name", UNITS)
def test_no_unit_may_do_much_beside_its_work(name):
    """By systemd's own count, from 0 to 10."""
    tool = shutil.which("systemd-analyze") or pytest.skip("no systemd-analyze: install systemd")
    file = DEPLOY / "systemd" / f"trace-{name}.service"
    command = [tool, "security", "--offline=yes", "--threshold=20", file]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout[-200:] + said.stderr


@pytest.mark.parametrize("name", ["web", "beat", "worker@"])
def test_no_unit_leaves_its_memory_on_disk_or_starts_again_what_has_refused(name):
    assert (unit(name)["LimitCORE"], unit(name)["RestartPreventExitStatus"]) == ("0", "3")


def test_only_the_workers_containers_have_the_keys_and_its_user_is_another():
    services = COMPOSE["services"]
    assert {name for name, one in services.items() if "keys:/keys" in one.get("volumes", ())} == CONTAINERS
    users = {name: one["user"] for name, one in services.items() if one.get("image", "").startswith("trace:")}
    others = dict.fromkeys(("release", "web", "beat"), "trace")
    assert users == others | dict.fromkeys(CONTAINERS, "trace-worker")
    assert re.search(r"install -d -o trace-worker -g trace-worker -m 0700 /keys", (DEPLOY / "Dockerfile").read_text())


def test_database_and_redis_are_on_a_network_without_a_way_out():
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "redis"):
        service = COMPOSE["services"][name]
        assert service["networks"] == ["inside"]
        assert "ports" not in service
    assert "requirepass" in str(COMPOSE["services"]["redis"]["command"])
    assert "./postgresql.sql:/docker-entrypoint-initdb.d/trace.sql:ro" in COMPOSE["services"]["postgres"]["volumes"]


def test_containers_wait_for_what_they_stand_on_and_have_limits():
    services = COMPOSE["services"]
    assert services["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}
    for name in ("web", "beat", *CONTAINERS):
        on = {other: how["condition"].removeprefix("service_") for other, how in services[name]["depends_on"].items()}
        assert on == {"postgres": "healthy", "redis": "healthy", "release": "completed_successfully"}
    assert [name for name, one in services.items() if not (one.get("mem_limit") and one.get("pids_limit"))] == []
    assert [name for name in ("postgres", "redis") if "test" not in services[name]["healthcheck"]] == []
    assert "HEALTHCHECK" in (DEPLOY / "Dockerfile").read_text()


def test_no_secret_stands_in_the_compose_file():
    assert re.findall(r"(?i)(?:password|secret\w*) *[:=] *[^$ \n{]", (DEPLOY / "compose.yaml").read_text()) == []


def test_the_image_is_run_by_nobody_mighty_and_knows_its_version():
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER trace"]
    assert 'RUN echo "$VERSION" > VERSION' in lines


def test_every_address_of_a_redis_that_we_show_holds_a_password():
    shown = [url for path in SHIPPED for url in re.findall(r"redis(?:s|\+socket)?://[^\s,;`]+", path.read_text())]
    assert len(shown) >= 2
    assert [url for url in shown if not urlsplit(url).password] == []


def test_every_worker_of_a_site_is_in_what_we_ship():
    commands = " ".join(str(one.get("command")) for one in COMPOSE["services"].values())
    assert [name for name in WORKERS if f"trace_site.worker {name} " not in commands] == []
    lines = (DEPLOY / "Procfile").read_text().splitlines()
    assert {f"worker-{name}: python -m trace_site.worker {name}" for name in WORKERS} <= set(lines)
    units = " ".join(f"trace-worker@{name}" for name in WORKERS)
    assert units in (ROOT / "docs" / "operations.md").read_text()
    assert unit("worker@")["ExecStart"].startswith("/opt/trace/current/.venv/bin/python -m trace_site.worker %i")


def test_every_block_of_the_page_is_run_by_its_test_or_by_hand():
    """tests/recipes runs them for minutes; here only that none is forgotten, and that each is a script."""
    tried = (ROOT / "tests" / "recipes" / "test_operations.py").read_text()
    missed = [one for one in blocks() if f'"{one.mark or one.heading}"' not in tried]
    assert missed == []
    for block in blocks():
        subprocess.run(["bash", "-n"], input=block.commands, text=True, check=True)


def test_the_page_names_no_file_of_ours_that_is_not_there():
    named = set(re.findall(r"(?<=deploy/)[\w.@/-]*\w", PAGE.read_text()))
    assert [name for name in named if not (DEPLOY / name).exists()] == []
