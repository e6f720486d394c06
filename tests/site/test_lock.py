"""The pins: exact, hashed, the same for the product and its tests, and right for Debian's Python 3.11.2."""

import re

import pytest

from tests.stage import ROOT


def pins(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text().splitlines():
        if pin := re.match(r"([a-z0-9_.-]+)(?:\[[a-z0-9,-]+\])?==(\S+)", line):
            found.setdefault(pin[1], []).append(pin[2])
    return found


@pytest.mark.parametrize("name", ["requirements", "requirements-s3", "requirements-dev"])
def test_lock_holds_everything_that_is_asked_for(name):
    asked = re.findall(r"^([a-z0-9_.-]+)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
    assert {package for package in asked if not package.startswith("-")} <= set(pins(f"{name}.txt"))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-s3.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes(name):
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())
    assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_tests_run_on_the_versions_of_the_product():
    product, tests = pins("requirements.txt"), pins("requirements-dev.txt")
    with_bucket = pins("requirements-s3.txt")
    assert {name: tests.get(name) for name in product} == product
    assert {name: tests.get(name) for name in with_bucket} == with_bucket


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_serves_python_before_3_11_3(name):
    assert re.search(r"^async-timeout==\S+ ; python_full_version < '3\.11\.3'", (ROOT / name).read_text(), re.MULTILINE)
