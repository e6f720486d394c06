"""Imports run one way: reports on diagnostics on spaces on core."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stage import ROOT


def test_no_import_runs_upwards():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


PRIVATE = re.compile(
    r"import (?:[\w, ()]+, )?_[a-z]"  # from reports.files.making import _record
    r'|(?:object|attr)\([\w.]+, "_[a-z]'  # patch.object(making, "_record", …)
    r'|"[a-z_]+(?:\.\w+)*\._[a-z]\w*"'  # patch("reports.files.making._record", …)
)


def test_no_test_takes_hold_of_a_private_name():
    """What is written with a line before it may change with the file that it stands in."""
    files = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    found = {path.name: PRIVATE.findall(path.read_text()) for path in files}
    assert {name: taken for name, taken in found.items() if taken} == {}


@pytest.mark.parametrize(
    "line",
    [
        "from reports.files.making import _record",
        "from reports.files.making import find, _record",
        'mock.patch.object(making, "_record", taken_over)',
        'monkeypatch.setattr("diagnostics.checklists.actions._version_with", blind_at_first)',
    ],
)
def test_a_private_name_is_recognised(line):
    assert PRIVATE.search(line)
