"""`docs/method.md` names every parameter of the method with the value it has."""

import re
from dataclasses import asdict, replace

import pytest

from reports.scoring import METHOD, Method
from tests.stage import ROOT

DOCUMENT = ROOT / "docs" / "method.md"
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
LEAST = 4  # characters of a reason


def written() -> dict[str, tuple[str, str]]:
    """Parameter → value and reason, as they stand."""
    return {name: (value, reason) for name, value, reason in ROW.findall(DOCUMENT.read_text())}


def values(method: Method) -> dict[str, str]:
    return {name: shown(value) for name, value in asdict(method).items()}


def shown(value: object) -> str:
    """Figures of a pair behind a stroke, of a pair inside a pair behind a comma."""
    if not isinstance(value, tuple):
        return str(value)
    return " / ".join(", ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value)


def test_every_parameter_stands_once_with_its_value_and_a_reason():
    assert len(ROW.findall(DOCUMENT.read_text())) == len(written())
    assert {name: value for name, (value, _reason) in written().items()} == values(METHOD)
    assert [name for name, (_value, reason) in written().items() if len(reason) < LEAST] == []


def test_a_parameter_that_moves_is_noticed():
    moved = values(replace(METHOD, camp_ends=((2.5, 3.5), (2.0, 4.1))))
    assert {name for name, value in moved.items() if written()[name][0] != value} == {"camp_ends"}


def test_parameters_stand_in_the_order_of_the_method():
    assert list(written()) == list(asdict(METHOD))


@pytest.mark.parametrize("document", ["method.md", "error-rates.md"])
def test_both_documents_are_of_this_version(document):
    assert f"ethod {METHOD.version}" in (ROOT / "docs" / document).read_text().replace("Method version", "Method")


def test_what_is_left_to_fill_in_is_not_left():
    assert "@" not in DOCUMENT.read_text()
