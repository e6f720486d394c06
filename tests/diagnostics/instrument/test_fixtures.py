"""The fixtures say what the YAML says, and loading them is safe at any time."""

import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from diagnostics.instrument import fixtures, sources
from diagnostics.models import (
    Condition,
    Example,
    Indicator,
    LeaderFrame,
    ObserverFrame,
    OpenQuestion,
    Research,
    Scale,
    Statement,
)
from spaces.models import Space


def test_fixtures_are_what_the_yaml_generates():
    for name, text in fixtures.generated_files().items():
        assert (fixtures.FOLDER / name).read_bytes() == text.encode(), (
            f"run manage.py generate_fixtures: {name} differs"
        )


def test_generate_fixtures_writes_every_file(tmp_path, monkeypatch):
    monkeypatch.setattr(fixtures, "FOLDER", tmp_path)
    call_command("generate_fixtures", stdout=StringIO())
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == fixtures.generated_files()


def test_conditions_and_spaces_stand_in_model_order(instrument):
    assert list(Condition.objects.values_list("key", "role_id")) == [
        ("task", "architect"),
        ("route", "architect"),
        ("alignment", "composer"),
        ("capability", "coach"),
        ("energy", "champion"),
    ]
    assert list(Space.objects.values_list("key", flat=True)) == ["self", "team", "organisation", "system"]
    assert "".join(condition.letter for condition in Condition.objects.all()) == "TRACE"


def test_each_condition_has_three_reasons_and_its_examples(instrument):
    assert [len(condition.why_it_matters) for condition in Condition.objects.all()] == [3] * 5
    assert [condition.examples.count() for condition in Condition.objects.all()] == [2, 2, 3, 3, 3]
    assert not Condition.objects.filter(reflection_question="").exists()


def test_there_are_thirty_five_indicators_keyed_by_letter_and_order(instrument):
    keys = [f"{condition.letter}{order}" for condition in Condition.objects.all() for order in range(1, 8)]
    assert list(Indicator.objects.values_list("key", flat=True)) == keys


WORDINGS = {
    "1.0": ("self", "team", "organisation", "system", "observer"),
    "2.0": ("self", "team", "organisation", "system", "observer", "leader"),
}


@pytest.mark.parametrize("version", sources.VERSIONS)
def test_each_version_of_the_model_has_statements_of_its_own(instrument, version):
    expected = {
        f"{key}.{wording}" for key in Indicator.objects.values_list("key", flat=True) for wording in WORDINGS[version]
    }
    statements = Statement.objects.filter(model_version=version, language="en-GB")
    assert set(statements.values_list("key", flat=True)) == expected
    assert statements.count() == len(set(statements.values_list("text", flat=True))) == 35 * len(WORDINGS[version])


def test_statements_of_a_360_are_filed_under_self_and_only_observers_name_the_leader(instrument):
    asked = Statement.objects.filter(wording__in=["observer", "leader"])
    assert set(asked.values_list("space_id", flat=True)) == {"self"}
    named = Statement.objects.filter(text__contains="{leader}")
    assert set(named.values_list("wording", "model_version")) == {("observer", "1.0"), ("observer", "2.0")}
    assert named.count() == 70
    assert "{leader}" in ObserverFrame.objects.get().frame
    assert LeaderFrame.objects.get().frame.startswith("Rate how you lead other people")


def test_help_stands_with_what_it_explains(instrument):
    explained = Indicator.objects.exclude(help="").values_list("key", flat=True)
    assert list(explained) == ["T2", "R4", "R5", "A2", "A7", "C2", "E1"]
    told = Statement.objects.exclude(help="").values_list("key", "model_version")
    assert {key for key, _ in told} == {
        "A3.organisation", "A3.system", "A4.team", "A4.organisation", "A4.system",
    }  # fmt: skip
    assert {version for _, version in told} == {"2.0"}
    assert [space.key for space in Space.objects.exclude(help="")] == ["system"]


def test_topics_and_research_are_loaded_in_order(instrument):
    assert Indicator.objects.get(key="T4").topic == "clear goals for the work"
    assert not Indicator.objects.filter(topic="").exists()
    assert Research.objects.count() == 34
    assert [one.name for one in Research.objects.all()[:2]] == ["Patrick Lencioni", "Google's Project Aristotle"]


@pytest.mark.parametrize(("place", "keys"), [(1, ["T7", "R7", "A3", "C2", "E2"]), (2, ["T5", "R6", "A2", "C3", "E1"])])
def test_the_short_form_pairs_outcome_and_driver(instrument, place, keys):
    assert list(Indicator.objects.filter(short_form_order=place).values_list("key", flat=True)) == keys


def test_one_scale_is_the_default_and_scales_run_from_one_to_five(instrument):
    assert Scale.objects.get(is_default=True).key == "agreement"
    for scale in Scale.objects.all():
        assert [point["value"] for point in scale.points] == [1, 2, 3, 4, 5]
        assert scale.not_scored_label == "Don't know / does not apply"


def test_each_condition_has_two_open_questions(instrument):
    pairs = OpenQuestion.objects.filter(language="en-GB").values_list("condition_id", "kind")
    conditions = Condition.objects.values_list("key", flat=True)
    assert list(pairs) == [(key, kind) for key in conditions for kind in ("helps", "would_help_most")]


def test_loading_again_changes_nothing_and_is_quick(instrument, django_assert_max_num_queries):
    before = _everything()
    started = time.perf_counter()
    with django_assert_max_num_queries(20):
        call_command("load_model", stdout=StringIO())
    assert time.perf_counter() - started < 1
    assert _everything() == before


def test_loading_mends_a_changed_row_and_leaves_others_alone(instrument):
    ours = Statement.objects.filter(key="T1.team")
    ours.update(text="Something else.")
    welsh = Statement.objects.create(
        key="T1.team",
        model_version="2.0",
        language="cy",
        indicator_id="T1",
        wording="team",
        space_id="team",
        text="Yn ein tîm …",
    )
    call_command("load_model", stdout=StringIO())
    mended = ours.filter(language="en-GB").values_list("model_version", flat=True)
    assert set(mended.filter(text__startswith="In our team, ")) == set(sources.VERSIONS)
    welsh.refresh_from_db()
    assert welsh.text == "Yn ein tîm …"


def test_loading_is_all_or_nothing(instrument, tmp_path, monkeypatch):
    Space.objects.update(name="Somewhere")
    spaces, instrument = fixtures.generated_files().values()
    (tmp_path / "spaces.json").write_text(spaces)
    (tmp_path / "instrument.json").write_text(instrument.replace('"order": 2', '"order": 1'))
    monkeypatch.setattr(fixtures, "FOLDER", tmp_path)
    with pytest.raises(IntegrityError):
        fixtures.load()
    assert set(Space.objects.values_list("name", flat=True)) == {"Somewhere"}


def _everything() -> list:
    kinds = (Space, Condition, Example, Indicator, Statement, Scale, OpenQuestion, ObserverFrame, LeaderFrame, Research)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]
