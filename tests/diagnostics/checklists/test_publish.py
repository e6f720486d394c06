"""Publishing a preset: the complete text, one version per content."""

import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from diagnostics.checklists.actions.presets import publish_preset
from diagnostics.checklists.content import NotInThisLanguage, content_hash, content_of
from diagnostics.checklists.presets import Recipe
from diagnostics.checklists.source import SPACES
from diagnostics.models import Checklist, ChecklistVersion, Condition, Statement

FOCUSED = Recipe("focused", "team", SPACES)


@pytest.fixture
def version(instrument, now) -> ChecklistVersion:
    return publish_preset(recipe=FOCUSED, now=now)


def test_published_content_holds_every_word_of_the_questionnaire(version):
    stored = ChecklistVersion.objects.get(pk=version.pk).content
    assert set(stored) == {"model", "preset", "primary_space", "language", "scale", "spaces", "pages", "translations"}
    assert stored["model"] == version.model_version == "2.0"
    assert (stored["preset"], stored["primary_space"], stored["language"]) == ("focused", "team", "en-GB")
    assert stored["scale"]["prompt"] == "How far do you agree with each statement?"
    assert stored["scale"]["points"][0] == {"value": 1, "label": "Strongly disagree"}
    assert [space["name"] for space in stored["spaces"]] == ["Self", "Team", "Organisation", "System"]
    assert all(space["frame"] for space in stored["spaces"])


def test_pages_are_the_conditions_with_their_indicators_and_open_questions(version):
    assert [page["condition"] for page in version.pages] == list(Condition.objects.values_list("key", flat=True))
    task = version.pages[0]
    assert task["definition"].startswith("People agree what they are working on")
    assert [indicator["key"] for indicator in task["indicators"]] == ["T1", "T2", "T3", "T4", "T5", "T6", "T7"]
    assert [question["key"] for question in task["open_questions"]] == ["OQ_task_helps", "OQ_task_most"]
    short = task["indicators"][4]["statements"]
    assert [statement["space"] for statement in short] == list(SPACES)
    assert short[1]["text"] == Statement.objects.get(key="T5.team", model_version="2.0").text


def test_without_open_questions_it_is_a_checklist_of_its_own(instrument, now):
    pulse, ratings = Recipe("pulse", "team", ("team",)), Recipe("pulse", "team", ("team",), has_open_questions=False)
    version = publish_preset(recipe=ratings, now=now)
    assert version.statement_keys == publish_preset(recipe=pulse, now=now).statement_keys
    assert version.checklist.key == "pulse.team.team.ratings"
    assert not any(page["open_questions"] for page in version.content["pages"])


def test_indicators_without_a_statement_are_left_out(instrument, now):
    pulse = publish_preset(recipe=Recipe("pulse", "self", ("self",)), now=now)
    assert [[indicator["key"] for indicator in page["indicators"]] for page in pulse.pages] == [
        ["T7"],
        ["R7"],
        ["A3"],
        ["C2"],
        ["E2"],
    ]


def test_statement_keys_and_cells_of_a_version(version):
    assert version.statement_keys == FOCUSED.statement_keys()
    assert list(version.cells)[:5] == [*(("task", space) for space in SPACES), ("route", "self")]
    assert version.cells["task", "team"] == (
        "T1.team",
        "T2.team",
        "T3.team",
        "T4.team",
        "T5.team",
        "T6.team",
        "T7.team",
    )
    assert version.cells["energy", "system"] == ("E1.system", "E2.system")
    assert [space["key"] for space in version.spaces] == list(SPACES)


def test_a_360_names_the_leader_by_a_placeholder_and_has_one_space(instrument, now):
    version = publish_preset(recipe=Recipe("three_sixty", "self", ("self",)), now=now)
    assert len(version.cells) == 5
    assert "{leader}" in version.spaces[0]["frame"]
    assert all(
        "{leader}" in row["text"] for page in version.pages for i in page["indicators"] for row in i["statements"]
    )


def test_the_hash_is_that_of_the_canonical_json(version):
    canonical = json.dumps(version.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert version.content_hash == hashlib.sha256(canonical.encode()).hexdigest()
    assert content_hash({"b": 1, "a": "é"}) == content_hash({"a": "é", "b": 1})


def test_the_same_content_is_published_once(version, now):
    assert publish_preset(recipe=Recipe("focused", "team", SPACES[::-1]), now=now) == version
    assert Checklist.objects.get().key == "focused.team.self-team-organisation-system"
    assert (version.number, version.published_at) == (1, now)


def test_changed_wording_makes_the_next_version_and_leaves_the_first(version, now):
    before = version.content
    Statement.objects.filter(key="T1.team").update(text="In our team, we talk about our task.")
    second = publish_preset(recipe=FOCUSED, now=now)
    version.refresh_from_db()
    assert (second.checklist, second.number) == (version.checklist, 2)
    assert version.content == before != second.content


@pytest.mark.parametrize(
    "others", [{"key": "T1.system"}, {"key": "T1.team", "model_version": "1.0"}], ids=["a space", "an earlier version"]
)
def test_wording_that_is_not_asked_makes_no_new_version(version, now, others):
    Statement.objects.filter(**others).update(text="Something else.")
    assert publish_preset(recipe=FOCUSED, now=now) == version


def test_content_has_the_topic_of_each_indicator_and_help_only_where_there_is_some(version):
    indicators = {one["key"]: one for page in version.pages for one in page["indicators"]}
    assert indicators["T3"]["topic"] == "knowing why the work matters"
    assert indicators["C2"]["help"].startswith("This covers skills, knowledge")
    assert {key for key, one in indicators.items() if "help" in one} == {"T2", "R4", "R5", "A2", "A7", "C2", "E1"}
    helped = {row["key"] for one in indicators.values() for row in one["statements"] if "help" in row}
    assert helped == {"A3.organisation", "A3.system", "A4.team"}
    assert [space["key"] for space in version.spaces if "help" in space] == ["system"]


def test_a_content_that_names_no_model_is_of_the_first():
    assert ChecklistVersion(content={"pages": []}).model_version == "1.0"


def test_a_language_without_statements_is_refused_with_a_sentence(instrument, now):
    with pytest.raises(NotInThisLanguage, match="not available in that language yet"):
        publish_preset(recipe=FOCUSED, language="cy", now=now)
    assert not Checklist.objects.exists()


def test_publishing_again_costs_a_handful_of_queries(version, now, django_assert_num_queries):
    with django_assert_num_queries(10):
        publish_preset(recipe=FOCUSED, now=now)


def test_content_does_not_depend_on_when_it_is_made(instrument):
    assert content_of(FOCUSED, "en-GB") == content_of(FOCUSED, "en-GB")


def test_whoever_comes_second_finds_the_first_ones_version(version, now, monkeypatch):
    looks = []

    def blind_at_first(made):
        looks.append(made)
        return None if len(looks) == 1 else version

    monkeypatch.setattr("diagnostics.checklists.actions.presets.version_with", blind_at_first)
    assert publish_preset(recipe=FOCUSED, now=now) == version
    assert (len(looks), ChecklistVersion.objects.count()) == (2, 1)


@pytest.mark.postgres
def test_publishing_at_the_same_moment_makes_one_version(transactional_db, instrument, now):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one at a time")
    Checklist.objects.create(key=FOCUSED.key, name="TRACE focused")
    barrier = threading.Barrier(6)

    def publish(_):
        barrier.wait(timeout=10)
        try:
            return publish_preset(recipe=FOCUSED, now=now).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(publish, range(6)))
    assert len(found) == ChecklistVersion.objects.count() == 1
