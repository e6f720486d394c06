"""Which statements two checklist versions have in common, for comparisons."""

import doctest

import pytest

from diagnostics.checklists.changes import same_statements
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.instrument import changes, sources


def version(model: str | None, **texts: str) -> ChecklistVersion:
    """Of hand-written statements: `T1_team="…"`."""
    statements = [{"key": key.replace("_", "."), "space": "team", "text": text} for key, text in texts.items()]
    pages = [{"condition": "task", "indicators": [{"key": "T1", "title": "", "statements": statements}]}]
    content = {"pages": pages, "spaces": [], "scale": {"key": "agreement"}}
    return ChecklistVersion(content=content | ({"model": model} if model else {}))


FIRST = version(None, T1_team="We talk.", T1_self="I talk.", T2_team="We agree.")
SECOND = version("2.0", T1_team="We do talk.", T1_self="I talk.", T1_leader="I talk to others.", T2_team="We agree.")


@pytest.mark.parametrize(("before", "after"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_between_versions_of_the_model_those_that_were_judged_the_same(before, after):
    """Even reworded; and never those judged to be changed, whatever they say."""
    assert same_statements(before, after) == {"T1.team"}


def reworded(text: str, *, asks: str) -> ChecklistVersion:
    made = version("2.0", T1_team=text, T2_team="We agree.")
    made.content["pages"][0]["indicators"][0]["statements"][0]["asks"] = asks
    return made


def test_of_words_of_ones_own_their_author_decides():
    """Also against an earlier version of the model, and between two wordings of a workspace."""
    same, other = reworded("We do chat.", asks="T1.team 1.0"), reworded("We sing.", asks="4f2a")
    assert same_statements(SECOND, same) == {"T1.team", "T2.team"}
    assert same_statements(FIRST, same) == {"T1.team"}
    assert same_statements(SECOND, other) == {"T2.team"}
    assert same_statements(other, reworded("We sing well.", asks="4f2a")) == {"T1.team", "T2.team"}


def test_on_another_scale_nothing_is_the_same():
    often, relabelled, like = (version("2.0", T1_team="We talk.") for _ in range(3))
    often.content["scale"] = {"key": "frequency"}
    relabelled.content["scale"] = {"key": "agreement", "asks": "93fe"}
    like.content["scale"] = {"key": "agreement", "asks": "agreement"}
    assert same_statements(SECOND, often) == same_statements(SECOND, relabelled) == frozenset()
    assert same_statements(SECOND, like) == {"T1.team"}


def test_between_versions_that_nobody_compared_nothing_is_the_same():
    assert same_statements(SECOND, version("3.0", T1_team="We do talk.")) == frozenset()


@pytest.mark.parametrize("module", [changes, sources])
def test_examples_in_docstrings_run(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed
