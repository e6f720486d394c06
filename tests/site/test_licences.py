"""What the site is made of may be passed on with it: a package of a licence that nobody has looked at fails here."""

import importlib.metadata
import re

import pytest
from packaging.requirements import Requirement

from tests.stage import ROOT

FREE = r"MIT|BSD|0BSD|Apache|PSF|Python Software Foundation|ISC|Zlib|CC0|Mozilla|MPL"
WEAK = r"LGPL|Lesser General Public"  # used as a library, unchanged
LOOKED_AT = {
    "resvg-py": "MIT, in its licences folder",
    "pyphen": "one of three may be chosen; MPL 1.1 is",
    "qrcode": "BSD; its classifier of another licence speaks of the trade mark",
}


def shipped() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    named = (Requirement(line.partition(" \\")[0]) for line in lines if re.match(r"\w", line))
    return sorted({one.name for one in named if one.marker is None or one.marker.evaluate()})


def told_by(name: str) -> str:
    """As an expression, else a classifier, else the first line of what stands there; empty where it says nothing."""
    metadata = importlib.metadata.metadata(name)
    classifiers = [one.rpartition(" :: ")[2] for one in metadata.get_all("Classifier", []) if one.startswith("License")]
    first_line = (metadata.get("License") or "").partition("\n")[0]
    return next(filter(None, (metadata.get("License-Expression"), *classifiers, first_line)), "")


@pytest.mark.parametrize("name", shipped())
def test_every_package_may_be_passed_on(name):
    if name in LOOKED_AT:
        return
    told = told_by(name)
    assert told, f"{name} names no licence: look it up, and put down here what you found"
    choices = re.split(r" OR | or ", told)
    assert any(
        all(re.search(f"{FREE}|{WEAK}", part) for part in re.split(r" AND | and ", choice)) for choice in choices
    ), told


def test_nothing_is_excused_that_is_not_there():
    assert set(LOOKED_AT) <= set(shipped())
