"""Every promise has an id, stands on a page, and is held by tests; its numbers are those of the code."""

import re

import pytest

from diagnostics.answering import cookies
from diagnostics.promises import LIMITS, PROMISES, said
from diagnostics.surveys.models import K_PERSONAL
from reports.disclosure.bases import TEN, THIRTY
from reports.disclosure.counts import ASKED_FROM, STEP, WIDE_FROM, WIDE_STEP
from reports.publish.bars import FEW
from tests.site.promises import DOCUMENT, FACTS, HELD_BY, ROOT, document, is_a_test

USED = re.compile(r'\{% promise "(\w+)"')


def used() -> dict[str, set[str]]:
    """Id → the templates that say it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "templates").rglob("*.html"):
        for name in USED.findall(path.read_text()):
            found.setdefault(name, set()).add(str(path.relative_to(ROOT / "templates")))
    return found


def test_every_promise_and_every_limit_is_told_somewhere_and_nothing_else():
    assert set(used()) == set(PROMISES) | set(LIMITS)


def test_the_page_about_protection_tells_all_of_them():
    guide = {name for name, places in used().items() if any(place.startswith("guide/") for place in places)}
    assert set(PROMISES) | set(LIMITS) == guide


def test_every_promise_is_held_by_tests_that_exist():
    assert set(HELD_BY) == set(PROMISES)
    assert [name for tests in HELD_BY.values() for name in tests if not is_a_test(name)] == []


def test_a_test_that_is_gone_is_noticed():
    assert not is_a_test("tests/site/test_promises.py::test_that_never_was")
    assert not is_a_test("tests/site/test_nowhere.py::test_a_test_that_is_gone_is_noticed")


@pytest.mark.parametrize("name", [*PROMISES, *LIMITS])
def test_each_is_a_sentence(name):
    sentence = said(name, FACTS)
    assert sentence[0].isupper()
    assert sentence.endswith((".", "”."))
    assert "%" not in sentence.replace("95%", "")


def test_numbers_are_those_of_the_code():
    assert (STEP, WIDE_STEP, WIDE_FROM) == (5, 10, 50)
    assert "in steps of five and from fifty on of ten" in said("counts", FACTS)
    assert ASKED_FROM == 50
    assert "only from fifty people on" in said("asked_beside", FACTS)
    assert (TEN, THIRTY, FEW) == (10, 30, 2)
    assert "need ten; all five answers side by side need thirty" in said("detail", FACTS)
    assert "groups under thirty have a word" in said("one_statement", FACTS)
    assert "a class of one or two people" in said("rounded", FACTS)
    assert cookies.AWAKE == 5 * 60
    assert "after five minutes" in said("shared_device", FACTS)
    assert K_PERSONAL == 5


def test_the_document_is_written_from_them():
    assert DOCUMENT.read_text() == document()
