"""Every verb that the code writes into the log of a workspace has a sentence, and no sentence stands for nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.pages.audit.sentences import NAMED, SENTENCES
from tests.stage import ROOT

PACKAGES = ("core", "spaces", "diagnostics", "reports", "trace_site")
UNWORDED = "is no word"


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted(path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)


def verbs_in(source: str) -> set[str]:
    """Verbs of lines of a workspace; `UNWORDED` for a call whose verb cannot be read from the code."""
    tree = ast.parse(source)
    if not any(isinstance(node, ast.ImportFrom) and node.module == "core.audit.actions" for node in ast.walk(tree)):
        return set()
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    passed_on = {
        function.name: function
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and "verb" in {arg.arg for arg in _arguments(function)}
    }
    writing = [call for call in calls if call.func.id in ("record", "record_look") and "workspace" in _keywords(call)]
    found = {verb for call in writing for verb in _verbs(call, tree)}
    return found | {verb for call in calls if call.func.id in passed_on for verb in _verbs(call, tree)}


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.args, *function.args.kwonlyargs]


def _keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def _verbs(call: ast.Call, tree: ast.Module) -> set[str]:
    """Of one call; none where the function it stands in was given its verb."""
    match _keywords(call).get("verb"):
        case ast.Constant(value=str(verb)):
            return {verb}
        case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))):
            return {one, other}
        case ast.Name(id="verb") if _is_given_its_verb(call, tree):
            return set()
    return {UNWORDED}


def _is_given_its_verb(call: ast.Call, tree: ast.Module) -> bool:
    around = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and call in ast.walk(node))
    return any("verb" in {arg.arg for arg in _arguments(function)} for function in around)


def in_the_code() -> set[str]:
    return {verb for path in sources() for verb in verbs_in(path.read_text())}


def test_every_verb_has_a_sentence_and_every_sentence_a_verb():
    assert in_the_code() == {verb.partition(" ")[0] for verb in SENTENCES}


IMPORT = "from core.audit.actions import record\n"


@pytest.mark.parametrize(
    ("source", "verbs"),
    [
        ("record(by=by, verb='praise', obj=one, workspace=here)", {"praise"}),
        ("record(by=by, verb='praise' if good else 'blame', obj=one, workspace=here)", {"praise", "blame"}),
        ("record(by=by, verb=f'{one}', obj=one, workspace=here)", {UNWORDED}),
        ("record(by=by, verb=word, obj=one, workspace=here)", {UNWORDED}),
        ("record(by=by, verb='rename_account', obj=user)", set()),  # of no workspace
        (
            "def write(verb):\n    record(by=by, verb=verb, obj=one, workspace=here)\nwrite(verb='praise')",
            {"praise"},
        ),
        ("def write(verb):\n    record(by=by, verb=verb, obj=one, workspace=here)\nwrite('praise')", {UNWORDED}),
    ],
)
def test_verbs_are_found(source, verbs):
    assert verbs_in(IMPORT + source) == verbs


@pytest.mark.parametrize("verb", SENTENCES)
def test_the_last_text_of_a_verb_names_nothing_that_may_be_gone(verb):
    """Only what the line itself holds, and who did it."""
    always = {"who", "role", "before", "after", "added", "changed", "groups", "left", "removed", "count", "reason"}
    texts = [str(text) for text in SENTENCES[verb].texts]
    assert set(NAMED.findall(texts[-1])) <= always
    assert all(text.endswith(".") for text in texts)
    assert len(set(texts)) == len(texts)
