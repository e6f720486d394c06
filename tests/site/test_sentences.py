"""What people read is whole sentences, so that every language can order and spell them in its own way."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage import ROOT

PACKAGES = ("core", "spaces", "diagnostics", "reports", "trace_site")
ALLOWED: dict[tuple[str, str], str] = {  # (file, code): why it is no sentence glued together
    ("reports/writers/powerpoint/slides_of_bars.py", "f\"{_('Level')}  \""): "a label and the space after it",
    (
        "reports/writers/tables/book.py",
        "f\"&L{short(self.title, FOOT).replace('&', '&&')}&R{page}\"",
    ): "Excel's left and right",
}

ONE = {"_", "gettext", "gettext_lazy"}
SEVERAL = {"ngettext", "ngettext_lazy"}
RECASED = {"lower", "upper", "capitalize", "title", "swapcase"}
LABELS = {"label", "name", "title"}

Found = tuple[str, str]  # what is wrong, the code


def faults(source: str) -> list[Found]:
    tree = ast.parse(source)
    scopes = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]
    return list(dict.fromkeys(found for scope in scopes for found in _in_scope(scope)))


def _in_scope(scope: ast.Module | ast.FunctionDef) -> Iterator[Found]:
    words = _names_of_words(scope)
    for node in ast.walk(scope):
        if sentence := _fault(node, words):
            yield sentence, ast.unparse(node)


def _names_of_words(scope: ast.Module | ast.FunctionDef) -> set[str]:
    """Names that stand for something translated; a name that is bound again to something else still counts."""
    if isinstance(scope, ast.Module):
        return set()
    bound = [node for node in ast.walk(scope) if isinstance(node, ast.Assign) and _is_words(node.value, set())]
    return {target.id for node in bound for target in node.targets if isinstance(target, ast.Name)}


def _is_words(node: ast.AST, words: set[str]) -> bool:
    match node:
        case ast.Name(id=name):
            return name in words
        case ast.Call(func=ast.Name(id=name)) if name in ONE | SEVERAL:
            return True
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return _is_words(inner, words)
        case ast.BinOp(left=left, op=ast.Mod()):
            return _is_words(left, words)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_words(left, words) or _is_words(right, words)
    return False


def _fault(node: ast.AST, words: set[str]) -> str:
    match node:
        case ast.BinOp(op=ast.Add()) | ast.AugAssign(op=ast.Add()):
            parts = [node.target, node.value] if isinstance(node, ast.AugAssign) else [node.left, node.right]
            wrong = "put together with +" if any(_is_words(part, words) for part in parts) else ""
        case ast.JoinedStr(values=values):
            parts = [part.value for part in values if isinstance(part, ast.FormattedValue)]
            wrong = "put together in an f-string" if any(_is_words(part, words) for part in parts) else ""
        case ast.Call(func=ast.Attribute(value=value, attr="join")):
            wrong = "translated glue between words" if _is_words(value, words) else ""
        case ast.Call(func=ast.Attribute(value=value, attr=method)) if method in RECASED:
            wrong = "capitals changed" if _is_label(value, words) else ""
        case ast.Call(func=ast.Name(id=name), args=args) if name in ONE | SEVERAL:
            given = args[: 2 if name in SEVERAL else 1]
            wrong = "" if all(isinstance(one, ast.Constant) for one in given) else "not a sentence as it stands"
        case _:
            wrong = ""
    return wrong


def _is_label(node: ast.AST, words: set[str]) -> bool:
    """Something translated, the name of a thing, or the first letter of either."""
    match node:
        case ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=name)):
            return name in LABELS
        case ast.Subscript(slice=ast.Slice(lower=None, upper=ast.Constant(value=1))):
            return True
        case ast.Call(func=ast.Name(id="str"), args=[_]):
            return True
    return _is_words(node, words)


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def test_no_sentence_is_glued_together():
    found = {}
    for path in sources():
        found |= {(str(path.relative_to(ROOT)), code): wrong for wrong, code in faults(path.read_text())}
    assert {where: wrong for where, wrong in found.items() if where not in ALLOWED} == {}
    assert ALLOWED.keys() <= found.keys(), "no longer needed"


@pytest.mark.parametrize(
    "source",
    [
        '_("Only five people are asked") + _(", and leaders do not count.")',
        '"• " + _("Comments")',
        'def rule():\n    text = _("Comments are shown.")\n    return text + " " + more',
        'def rule(text):\n    text += " " + ngettext("and one more", "and %(more)d more", more) % {"more": more}',
        "f\"{_('Read me first')}.txt\"",
        'def caption(name):\n    label = gettext("Level") % {"name": name}\n    return f"{label}: {name}"',
        '_(" and ").join(names)',
        '_("Strongly agree").lower()',
        'space["name"].lower()',
        "str(point).lower()",
        "where[:1].upper() + where[1:]",
        'def plain():\n    text = _("Not scored")\n    return text.capitalize()',
        '_(f"{count} people")',
        "_(sentence)",
        '_("one" + "two")',
        'ngettext("one person", plural, count)',
    ],
)
def test_what_is_glued_together_is_found(source):
    assert faults(source)


@pytest.mark.parametrize(
    "source",
    [
        '_("%(name)s is added.") % {"name": name}',
        'ngettext("%(count)s person", "%(count)s people", count) % {"count": count}',
        '_("A long sentence that goes on " "in the next line.")',
        'paragraph(_("One sentence."), _("Another one."))',
        "email.lower()",
        'key + "_" + part',
        'f"{name} <{email}>"',
    ],
)
def test_a_whole_sentence_is_no_fault(source):
    assert not faults(source)


@pytest.mark.skipif(not shutil.which("xgettext") and "CI" not in os.environ, reason="no xgettext: install gettext")
def test_translators_get_every_sentence_without_a_warning(tmp_path):
    for folder in (*PACKAGES, "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "locale").mkdir()
    command = [sys.executable, ROOT / "manage.py", "makemessages", "--locale=de", "--no-color"]
    done = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "processing locale de\n", "")
    written = tmp_path / "locale/de/LC_MESSAGES/django.po"
    checked = subprocess.run(["msgfmt", "--check-format", "-o", os.devnull, written], check=False, capture_output=True)
    assert (checked.returncode, checked.stderr) == (0, b"")
    assert written.read_text().count("msgid ") > 1000
