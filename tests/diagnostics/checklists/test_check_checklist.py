"""`manage.py check_checklist FILE`."""

import io

import pytest
from django.core.management import CommandError, call_command

from diagnostics.checklists.drafting import reworded
from diagnostics.checklists.files.in_yaml import as_yaml
from diagnostics.checklists.model_words import source_of_recipe
from tests.diagnostics.checklists.owning import PULSE, published
from tests.diagnostics.launched import workspace_of


def said(tmp_path, text: str) -> str:
    file, out = tmp_path / "ours.yaml", io.StringIO()
    file.write_text(text, encoding="utf-8")
    call_command("check_checklist", str(file), stdout=out)
    return out.getvalue()


def test_it_says_what_is_asked_and_the_hash_that_publishing_would_give(instrument, alice, tmp_path):
    source = source_of_recipe(PULSE)
    version = published(workspace_of(alice), alice, source, name=source.name)
    assert said(tmp_path, as_yaml(source)).splitlines() == [
        "TRACE pulse: 5 statements, about 2 minutes.",
        f"Content hash: {version.content_hash}",
    ]


def test_it_says_what_stands_out_in_the_words(instrument, tmp_path):
    source = reworded(source_of_recipe(PULSE), "T7", "team", "We never talk.")
    told = said(tmp_path, as_yaml(source))
    assert "T7 team: “never”: one exception and nobody can agree. Leave the word out." in told


def test_what_is_wrong_is_named_by_its_place(instrument, tmp_path):
    broken = as_yaml(source_of_recipe(PULSE)).replace("condition: task", "condition: tusk", 1)
    with pytest.raises(CommandError, match=r"Line \d+, column 5: “tusk” cannot be here"):
        said(tmp_path, broken)


def test_a_file_that_is_not_there_is_told_so(db):
    with pytest.raises(CommandError, match=r"nowhere\.yaml cannot be read: No such file or directory"):
        call_command("check_checklist", "nowhere.yaml")
