"""Which tests hold each promise, and `docs/confidentiality.md`, written from that and the promises themselves.

`python -m tests.site.promises` writes the document; a test fails while it says something else.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "confidentiality.md"

HELD_BY: dict[str, tuple[str, ...]] = {}

HEAD = ""

FACTS = {"k": "five"}


def tests_in(path: Path) -> set[str]:
    """The names of the test functions of a file, with that of their class where they have one."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return found


def is_a_test(name: str) -> bool:
    """`tests/…/test_x.py::test_y`."""
    path, _colons, test = name.partition("::")
    return (ROOT / path).is_file() and test in tests_in(ROOT / path)
