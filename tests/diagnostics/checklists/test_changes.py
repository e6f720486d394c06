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
    return ChecklistVersion(content={"pages": pages, "spaces": []} | ({"model": model} if model else {}))


FIRST = version(None, T1_team="We talk.", T1_self="I talk.", T2_team="We agree.")
SECOND = version("2.0", T1_team="We do talk.", T1_self="I talk.", T1_leader="I talk to others.", T2_team="We agree.")


@pytest.mark.parametrize(("before", "after"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_between_versions_of_the_model_those_that_were_judged_the_same(before, after):
    """Even reworded; and never those judged to be changed, whatever they say."""
    assert same_statements(before, after) == {"T1.team"}


@pytest.mark.parametrize("model", [None, "2.0"])
def test_within_one_version_of_the_model_the_words_decide(model):
    before = version(model, T1_team="We talk.", T2_team="We agree.", T3_team="We know.")
    after = version(model, T1_team="We talk.", T2_team="We agree how.", T4_team="We know.")
    assert same_statements(before, after) == {"T1.team"}


def test_between_versions_that_nobody_compared_nothing_is_the_same():
    assert same_statements(SECOND, version("3.0", T1_team="We do talk.")) == frozenset()


@pytest.mark.parametrize("module", [changes, sources])
def test_examples_in_docstrings_run(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed
