"""`manage.py score`: what it prints, and that a malformed file prints nothing but what is wrong with it."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from benchmarks.example_ratings import EXAMPLE


def run(capsys, *args) -> str:
    call_command("score", *map(str, args))
    return capsys.readouterr().out


def test_a_table_for_eyes_says_that_nobody_is_protected(capsys):
    printed = run(capsys, EXAMPLE)
    assert printed.startswith("60 people, method ")
    assert "Wound care" in printed
    assert "without the rules that protect people in TRACE's reports" in printed


def test_json_for_programs(capsys):
    said = json.loads(run(capsys, EXAMPLE, "--format", "json"))
    assert said["people"] == 60
    assert "specialist's own data" in said["note"]


def test_the_cells_of_another_instrument(capsys, tmp_path):
    ratings, cells = tmp_path / "ratings.csv", tmp_path / "cells.csv"
    ratings.write_text("q1,q2\n4,5\n2,3\n")
    cells.write_text("statement,condition,space\nq1,trust,unit\nq2,trust,unit\n")
    said = json.loads(run(capsys, ratings, "--cells", cells, "--format", "json"))
    assert [(cell["condition"], cell["space"], cell["mean"]) for cell in said["cells"]] == [("trust", "unit", 3.5)]


def test_nothing_is_worked_out_from_a_malformed_file(capsys, tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text("T1.team\n4\n6\n")
    with pytest.raises(CommandError, match=r"ratings\.csv was not scored\.\nLine 3: “6” for T1\.team is no rating"):
        call_command("score", str(path))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_what_cannot_be_read_is_said(tmp_path, name):
    with pytest.raises(CommandError, match="cannot be read: "):
        call_command("score", str(tmp_path / name))


def test_the_exit_code_tells_a_malformed_file(tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text("T1.team\n6\n")
    command = [sys.executable, settings.BASE_DIR / "manage.py", "score", path]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=settings.BASE_DIR)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "Line 2: “6” for T1.team is no rating." in ended.stderr


def test_help_says_what_it_does_not_do(capsys):
    with pytest.raises(SystemExit):
        call_command("score", "--help")
    assert "NOTHING IS HIDDEN" in capsys.readouterr().out
