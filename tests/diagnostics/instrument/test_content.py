"""The rules that the words of the current model keep, whoever edits them: complete, mirrored, pointing somewhere."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest

from diagnostics.instrument.sources import CURRENT, FOLDER, VERSIONS, written

CONDITIONS = ["task", "route", "alignment", "capability", "energy"]
SPACES = ["self", "team", "organisation", "system"]
WORDINGS = [*SPACES, "observer", "leader"]
MODEL, GUIDANCE, IMPROVEMENT = (
    written(CURRENT, name) for name in ("trace_model.yaml", "guidance.yaml", "improvement.yaml")
)
INDICATORS = {one["key"]: one for one in MODEL["indicators"]}
STATEMENTS = {
    (key, wording): text
    for key, one in INDICATORS.items()
    for wording, text in [*one["statements"].items(), ("observer", one["observer"]), ("leader", one["leader"])]
}

FIELDS = {
    "model": "key name version language short_description purpose starting_idea how_to_read examples_note",
    "roles": "key name conditions description",
    "conditions": "key name verb_form role definition description why_it_matters reflection_question examples",
    "spaces": "key name definition frame pronoun stem",
    "observer": "key name space placeholder stem frame",
    "leader": "key name space stem frame",
    "indicators": "key condition order title topic meaning statements observer leader",
    "short_form": "condition indicator kind reason",
    "pulse_form": "condition indicator reason",
    "open_questions": "key condition kind text",
    "changes_since_1_0": "note statements",
    "research": "name topic",
}


@pytest.mark.parametrize("version", VERSIONS)
def test_every_file_says_of_which_version_it_is(version):
    files = {path.name: written(version, path.name) for path in (FOLDER / version).glob("*.yaml")}
    assert {"trace_model.yaml", "guidance.yaml"} <= set(files)
    assert {one.get("version") or one["model"]["version"] for one in files.values()} == {version}


@pytest.mark.parametrize("section", FIELDS)
def test_sections_have_their_fields_and_no_others(section):
    rows = MODEL[section] if isinstance(MODEL[section], list) else [MODEL[section]]
    for row in rows:
        assert set(row) - {"help"} == set(FIELDS[section].split()), row.get("key")
        assert all(value for name, value in row.items() if name != "verb_form"), row.get("key")
    assert {*FIELDS, "scales"} == set(MODEL)


def test_indicators_stand_in_order_with_a_title_and_a_topic_of_their_own():
    assert list(INDICATORS) == [f"{condition[0].upper()}{n}" for condition in CONDITIONS for n in range(1, 8)]
    for key, one in INDICATORS.items():
        assert (one["condition"][0].upper(), str(one["order"])) == tuple(key)
        assert re.fullmatch(r"[a-z][a-z' -]+", one["topic"]), one["topic"]  # goes on in the middle of a sentence
    assert (
        len({one["title"] for one in INDICATORS.values()}) == len({one["topic"] for one in INDICATORS.values()}) == 35
    )


def test_there_are_210_statements_and_no_two_are_alike():
    assert list(STATEMENTS) == list(product(INDICATORS, WORDINGS))
    assert len({re.sub(r"[^a-z ]", "", text.lower()) for text in STATEMENTS.values()}) == 210


NAMES_ITS_FRAME = {
    "self": r"\bI\b",
    "team": r"\b[Oo]ur team\b",
    "organisation": r"\b[Oo]ur organisation\b",
    "system": r"organisations we work with|[Pp]artner organisations?",
    "observer": r"\{leader\}",
    "leader": r"\bI\b",
}
FREQUENCY = r"\b(regular(ly)?|often|sometimes|usually|rarely|seldom|frequently|daily|weekly)\b"


@pytest.mark.parametrize(("key", "wording"), STATEMENTS)
def test_a_statement_is_one_short_sentence_that_names_its_frame(key, wording):
    text = STATEMENTS[key, wording]
    assert 8 <= len(text.split()) <= 18
    assert text.endswith(".")
    assert not re.search(r"[.!?] ", text)
    assert re.search(NAMES_ITS_FRAME[wording], text)
    assert ("{" in text) == (wording == "observer")
    if wording in ("self", "observer", "leader"):
        assert not re.search(FREQUENCY, text)  # so that the frequency scale fits


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_an_observer_says_what_the_leader_says(indicator):
    assert indicator["observer"] == said_by_an_observer(indicator["leader"])


THIRD = {"I": "they", "we": "they", "me": "them", "us": "them", "my": "their", "our": "their", "myself": "themselves"}


def said_by_an_observer(text: str) -> str:
    """The first "I" is the name, what follows it and an "and change" stand in the third person."""
    before, _, after = re.sub(r"\band change\b", "and changes", text).partition("I ")
    verb, _, rest = after.partition(" ")
    words = [THIRD.get(word, word) for word in rest.split(" ")]
    return " ".join([before + "{leader}", third_person(verb), *words])


def third_person(verb: str) -> str:
    if re.search(r"(ch|sh|ss|x|z|o)$", verb):
        return f"{verb}es"
    return {"have": "has", "am": "is", "can": "can"}.get(verb) or re.sub(r"(?<=[^aeiou])y$", "ie", verb) + "s"


def test_help_is_short_and_stands_once_or_beneath_single_wordings():
    helped = {key: one["help"] for key, one in INDICATORS.items() if "help" in one}
    lines = [line for help_ in helped.values() for line in help_.values()]
    assert (len(helped), len(lines)) == (9, 12)
    assert all(list(help_) == ["all"] or set(help_) <= set(WORDINGS) for help_ in helped.values())
    spaces = [space["help"] for space in MODEL["spaces"] if "help" in space]
    assert all(len(line.split()) <= 20 and line.endswith(".") for line in [*lines, *spaces])


def test_short_form_pairs_an_outcome_with_a_driver_and_the_pulse_keeps_the_outcome():
    short = [(row["condition"], row["kind"]) for row in MODEL["short_form"]]
    assert Counter(short) == Counter(product(CONDITIONS, ("outcome", "driver")))
    outcomes = [row["indicator"] for row in MODEL["short_form"] if row["kind"] == "outcome"]
    assert [row["indicator"] for row in MODEL["pulse_form"]] == outcomes
    assert len({row["indicator"] for row in MODEL["short_form"]}) == 10
    for row in [*MODEL["short_form"], *MODEL["pulse_form"]]:
        assert INDICATORS[row["indicator"]]["condition"] == row["condition"]


def test_it_is_said_of_each_statement_what_became_of_it():
    judged = MODEL["changes_since_1_0"]["statements"]
    assert list(judged) == [f"{key}.{wording}" for key, wording in STATEMENTS]
    assert Counter(judged.values()) == {"same": 72, "changed": 103, "new": 35}
    assert {key for key, word in judged.items() if word == "new"} == {f"{key}.leader" for key in INDICATORS}
    assert {judged[f"{key}.self"] for key in INDICATORS} == {"changed"}


def test_what_was_not_touched_is_called_the_same():
    first = {one["key"]: one for one in written("1.0", "trace_model.yaml")["indicators"]}
    untouched = {
        f"{key}.{wording}"
        for (key, wording), text in STATEMENTS.items()
        if text == (first[key]["statements"] | {"observer": first[key]["observer"]}).get(wording)
    }
    assert len(untouched) == 33
    assert {MODEL["changes_since_1_0"]["statements"][key] for key in untouched} == {"same"}


def test_research_has_34_entries_of_one_sentence():
    topics = [row["topic"] for row in MODEL["research"]]
    assert len({row["name"] for row in MODEL["research"]}) == len(topics) == 34
    assert all(topic.endswith(".") and not re.search(r"[.!?] ", topic) for topic in topics)


# --- guidance and improvement ---------------------------------------------------------------------

KEYS = {
    "condition": CONDITIONS,
    "space": SPACES,
    "indicator": INDICATORS,
    "role": [role["key"] for role in MODEL["roles"]],
    "root_cause": [cause["key"] for cause in GUIDANCE["root_causes"]],
    "intervention": [one["key"] for one in GUIDANCE["interventions"]],
    "success_sign": INDICATORS,
    "check": [check["key"] for check in GUIDANCE["sustain"]["checks"]],
    "people": [one["key"] for one in GUIDANCE["people"]],
    "scale": [scale["key"] for scale in IMPROVEMENT["time_scales"]],
    "moves_in": [scale["key"] for scale in IMPROVEMENT["time_scales"]],
}


def references(node) -> Iterator[tuple[str, str]]:
    """(kind, key) of all that names something else: a field "root_causes: [direction]" names a root cause."""
    if isinstance(node, list):
        for one in node:
            yield from references(one)
    elif isinstance(node, dict):
        for name, value in node.items():
            kind = name if name in KEYS else name.removesuffix("s")
            named = [value] if isinstance(value, str) else value
            if kind in KEYS and all(isinstance(one, str) for one in named) and isinstance(named, list):
                yield from ((kind, one) for one in named)
            else:
                yield from references(value)


@pytest.mark.parametrize("source", [MODEL, GUIDANCE, IMPROVEMENT], ids=["model", "guidance", "improvement"])
def test_every_reference_resolves(source):
    found = set(references(source))
    assert len(found) >= 20
    assert not {(kind, key) for kind, key in found if key not in KEYS[kind]}


def test_a_reference_that_points_nowhere_is_found():
    assert list(references({"steps": [{"interventions": ["task-talk", "nothing"]}]})) == [
        ("intervention", "task-talk"),
        ("intervention", "nothing"),
    ]


def test_improvement_has_keys_of_its_own_and_the_conditions_of_its_indicators():
    entries = [one for one in sections(IMPROVEMENT) if "indicators" in one]
    assert len({one["key"] for one in entries}) == len(entries) == 65
    for one in entries:
        assert set(one["conditions"]) == {INDICATORS[key]["condition"] for key in one["indicators"]}, one["key"]


def sections(source: dict) -> list[dict]:
    """The entries of each section, whether it has one or several."""
    lists = [value if isinstance(value, list) else [value] for value in source.values()]
    return [one for entries in lists for one in entries if isinstance(one, dict)]


def test_each_indicator_and_each_cell_is_written_for():
    assert list(GUIDANCE["indicators"]) == list(INDICATORS)
    assert [(one["condition"], one["space"]) for one in GUIDANCE["cells"]] == list(product(CONDITIONS, SPACES))
    for one in GUIDANCE["indicators"].values():
        assert [len(one["questions"][who]) for who in ("self", "group")] == [2, 2]
        assert all(8 <= len(one[name].split()) <= 24 for name in ("if_low", "if_high", "if_low_self", "if_high_self"))


def test_interventions_of_an_indicator_serve_every_space_and_name_what_they_move():
    known = {one["key"]: one for one in GUIDANCE["interventions"]}
    assert len(known) == len(GUIDANCE["interventions"]) == 82
    for key, one in GUIDANCE["indicators"].items():
        assert {space for action in one["interventions"] for space in known[action]["spaces"]} == set(SPACES), key
    for one in known.values():
        assert set(one["success_sign"]) <= set(one["indicators"])
        assert 0 < one["review_after_days"] <= 365
