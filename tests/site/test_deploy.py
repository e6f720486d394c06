"""What we ship for operators keeps web and workers apart, and Redis behind a password."""

import re
from configparser import ConfigParser
from urllib.parse import urlsplit

import pytest
import yaml

from tests.stage import ROOT
from trace_site.lanes import WORKERS

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
KEYS = "/var/lib/trace-keys"
CONTAINERS = {f"worker-{name}" for name in WORKERS}
SHIPPED = [*DEPLOY.rglob("*.*"), ROOT / ".env.example", ROOT / "docs" / "production.md", DEPLOY / "Procfile"]


def unit(name: str) -> dict[str, str]:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(DEPLOY / "systemd" / f"trace-{name}.service")
    return dict(parser["Service"])


def test_the_units_give_workers_a_user_of_their_own():
    users = {name: unit(name)["User"] for name in ("web", "beat", "worker@")}
    assert users == {"web": "trace", "beat": "trace", "worker@": "trace-worker"}
    worker = unit("worker@")
    assert (worker["StateDirectory"], worker["StateDirectoryMode"]) == ("trace-keys", "0700")
    assert worker["SupplementaryGroups"] == "trace"


@pytest.mark.parametrize("name", ["web", "beat"])
def test_the_other_units_do_not_see_the_keys(name):
    assert unit(name)["InaccessiblePaths"] == f"-{KEYS}"


@pytest.mark.parametrize("name", ["web", "beat", "worker@"])
def test_no_unit_leaves_its_memory_on_disk_or_starts_again_what_has_refused(name):
    assert (unit(name)["LimitCORE"], unit(name)["RestartPreventExitStatus"]) == ("0", "3")


def test_only_the_workers_containers_have_the_keys_and_its_user_is_another():
    services = COMPOSE["services"]
    assert {
        name for name, one in services.items() if any("keys:" in volume for volume in one.get("volumes", ()))
    } == CONTAINERS
    users = {name: one["user"] for name, one in services.items() if "user" in one}
    others = dict.fromkeys(("release", "web", "beat"), "trace")
    assert users == others | dict.fromkeys(CONTAINERS, "trace-worker")
    assert re.search(r"install -d -o trace-worker -g trace-worker -m 0700 /keys", (DEPLOY / "Dockerfile").read_text())


def test_database_and_redis_are_on_a_network_without_a_way_out():
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "redis"):
        service = COMPOSE["services"][name]
        assert service["networks"] == ["inside"]
        assert "ports" not in service
    assert "--requirepass" in COMPOSE["services"]["redis"]["command"]
    assert "./postgresql.sql:/docker-entrypoint-initdb.d/trace.sql:ro" in COMPOSE["services"]["postgres"]["volumes"]


def test_every_address_of_a_redis_that_we_show_holds_a_password():
    shown = [url for path in SHIPPED for url in re.findall(r"redis(?:s|\+socket)?://[^\s,;`]+", path.read_text())]
    assert len(shown) >= 2
    assert [url for url in shown if not urlsplit(url).password] == []


def test_every_worker_of_a_site_is_in_what_we_ship():
    commands = {one["command"].partition("-m ")[2] for one in COMPOSE["services"].values() if "command" in one}
    assert {f"trace_site.worker {name}" for name in WORKERS} <= commands
    lines = (DEPLOY / "Procfile").read_text().splitlines()
    assert {f"worker-{name}: python -m trace_site.worker {name}" for name in WORKERS} <= set(lines)
    units = " ".join(f"trace-worker@{name}" for name in WORKERS)
    assert units in (ROOT / "docs" / "production.md").read_text()
    assert unit("worker@")["ExecStart"].startswith("/opt/trace/.venv/bin/python -m trace_site.worker %i")
