"""What translators have given: complete for respondents, with every name in its place, and compiled as it stands."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from functools import cache

import pytest

from tests.stage import ROOT

LANGUAGES = ["cy", "de"]
NAMES = re.compile(r"%\(\w+\)[sd]|</?\w+")
RESPONDENTS = (
    *("templates/answering", "diagnostics/answering", "diagnostics/questionnaire", "diagnostics/promises"),
    *("diagnostics/surveys/letters", "diagnostics/surveys/promises", "diagnostics/surveys/usual"),
    "templates/surveys/email",
    *("templates/guide/protection", "templates/guide/_protection", "templates/components", "core/words"),
    *("reports/readings", "templates/reports/results", "templates/reports/survey", "templates/error", "templates/4"),
)  # fmt: skip

pytestmark = pytest.mark.skipif(
    not shutil.which("msgfmt") and "CI" not in os.environ, reason="no msgfmt: install gettext"
)


def catalog(path) -> dict:
    with open(path, "rb") as file:
        found = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in found.items() if key}


@cache
def compiled(language: str) -> dict:
    return catalog(ROOT / f"locale/{language}/LC_MESSAGES/django.mo")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_used_is_what_translators_wrote(language, tmp_path):
    """`manage.py compilemessages` was run after the last change."""
    there = ROOT / f"locale/{language}/LC_MESSAGES/django.po"
    subprocess.run(["msgfmt", "--check-format", "-o", tmp_path / "now.mo", there], check=True)
    assert catalog(tmp_path / "now.mo") == compiled(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_and_every_mark_is_where_it_belongs(language):
    wrong = [
        (key, text)
        for key, text in compiled(language).items()
        if not isinstance(key, tuple) and sorted(NAMES.findall(key)) != sorted(NAMES.findall(text))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_respondents_read_is_left_in_english(language, tmp_path):
    for folder in ("core", "diagnostics", "reports", "spaces", "trace_site", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "locale").mkdir()
    command = [sys.executable, ROOT / "manage.py", "makemessages", f"--locale={language}", "--no-wrap"]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    text = (tmp_path / f"locale/{language}/LC_MESSAGES/django.po").read_text()
    known = {key[0] if isinstance(key, tuple) else key for key in compiled(language)}
    missing = [
        sentence
        for block in text.split("\n\n")[1:]
        if any(place.lstrip("./").startswith(RESPONDENTS) for place in re.findall(r"^#: (\S+)", block, re.M))
        and (sentence := _msgid(block)) not in known
    ]
    assert missing == []


def _msgid(block: str) -> str:
    found = re.search(r'^msgid ((?:".*"\n?)+)', block, re.M)
    lines = re.findall(r'"(.*)"', found[1]) if found else []
    return "".join(lines).replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")
