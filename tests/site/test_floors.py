"""Imports run one way: reports on diagnostics on spaces on core."""

import subprocess
import sys
from pathlib import Path

from tests.stage import ROOT


def test_no_import_runs_upwards():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
