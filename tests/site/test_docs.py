"""What the documents name is there."""

import re

import pytest

from tests.stage import ROOT

PATH = re.compile(
    r"`((?:core|spaces|diagnostics|reports|trace_site|tests|benchmarks|deploy|docs|static|templates)/[\w./-]*)`"
)
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_is_named_exists(document):
    named = PATH.findall(document.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_map_of_the_house_names_every_room_of_reports():
    named = set(PATH.findall((ROOT / "docs" / "architecture.md").read_text()))
    rooms = {f"reports/{folder.name}/" for folder in (ROOT / "reports").iterdir() if (folder / "__init__.py").exists()}
    assert rooms - named == {"reports/management/", "reports/migrations/"}
