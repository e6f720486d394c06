"""The fixtures say what the YAML says, and loading them is safe at any time."""

import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from diagnostics.instrument import fixtures
from diagnostics.models import Condition, Example, Indicator, OpenQuestion, Scale, Statement
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


def test_each_indicator_is_worded_for_four_spaces_and_an_observer(instrument):
    expected = {
        f"{indicator}.{about}"
        for indicator in Indicator.objects.values_list("key", flat=True)
        for about in ("self", "team", "organisation", "system", "observer")
    }
    statements = Statement.objects.filter(language="en-GB")
    assert set(statements.values_list("key", flat=True)) == expected
    assert statements.count() == len(set(statements.values_list("text", flat=True))) == 175


def test_observer_statements_are_about_the_leader_and_no_other_is(instrument):
    observed = Statement.objects.filter(is_observer=True)
    assert set(observed.values_list("space_id", flat=True)) == {"self"}
    assert observed.filter(text__contains="{leader}").count() == 35
    assert not Statement.objects.filter(is_observer=False, text__contains="{leader}").exists()


@pytest.mark.parametrize(("place", "keys"), [(1, ["T7", "R7", "A3", "C2", "E2"]), (2, ["T5", "R6", "A7", "C6", "E6"])])
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
    with django_assert_max_num_queries(15):
        call_command("load_model", stdout=StringIO())
    assert time.perf_counter() - started < 1
    assert _everything() == before


def test_loading_mends_a_changed_row_and_leaves_others_alone(instrument):
    Statement.objects.filter(key="T1.team").update(text="Something else.")
    welsh = Statement.objects.create(
        key="T1.team", language="cy", indicator_id="T1", space_id="team", text="Yn ein tîm …"
    )
    call_command("load_model", stdout=StringIO())
    assert Statement.objects.get(key="T1.team", language="en-GB").text.startswith("In our team, ")
    welsh.refresh_from_db()
    assert welsh.text == "Yn ein tîm …"


def test_loading_is_all_or_nothing(db, tmp_path, monkeypatch):
    spaces, instrument = fixtures.generated_files().values()
    (tmp_path / "spaces.json").write_text(spaces)
    (tmp_path / "instrument.json").write_text(instrument.replace('"order": 2', '"order": 1'))
    monkeypatch.setattr(fixtures, "FOLDER", tmp_path)
    with pytest.raises(IntegrityError):
        fixtures.load()
    assert not Space.objects.exists()


def _everything() -> list:
    kinds = (Space, Condition, Example, Indicator, Statement, Scale, OpenQuestion)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]
