"""Cases of method 2.0 worked out elsewhere: figures to 1e-5, words exactly."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from reports import scoring
from reports.scoring import ComparedCell, FoundCell, GapCell, WaveCell

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))
ABOUT = {
    None: None,
    "differ": "people answer differently",
    "some_not_yet": "at least one is not yet in place",
    "all_mostly": "all are at least mostly in place",
}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_of_the_method(path):
    case = json.loads(path.read_text())

    answer = ANSWERS[case["function"]](**case["inputs"])

    assert plain(answer) == pytest_approx(case["expected"])


def test_every_function_of_the_cases_is_answered():
    assert {json.loads(path.read_text())["function"] for path in CASES} <= set(ANSWERS)


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def pytest_approx(value: Any) -> Any:
    if isinstance(value, float):
        return pytest.approx(value, abs=1e-5)
    if isinstance(value, list):
        return [pytest_approx(one) for one in value]
    if isinstance(value, dict):
        return {name: pytest_approx(one) for name, one in value.items()}
    return value


def own_change(cells, primary, before, after):
    found = scoring.own_change(cells, primary=primary, before=before, after=after)
    return {"noise": found.noise, "cells": [asdict(cell) for cell in found.cells], "spaces": found.spaces}


def observations(cells, primary):
    found = scoring.observations(cells, primary=primary)
    return [{"kind": one.kind, "place": one.place, "side": one.side} for one in found]


def texts_of_group(asked, words, **published):
    assert asked == len(words)
    found = scoring.texts_of_group(words, **published)
    return asdict(found) | {"about": ABOUT[found.about]}


def found_cells(cells):
    return [FoundCell(**cell) for cell in cells]


def named(found):
    return found and {name: getattr(found, name) for name in ("kind", "cells", "more") if hasattr(found, name)}


def ad_star(counts):
    found = scoring.ad_star(counts)
    return [found.value, found.word]


def compare(cells):
    in_all = [ComparedCell(tuple(c["scores"]), tuple(c["sizes"]), c["asked"], c["sd"], c["df"]) for c in cells]
    found = scoring.compare(in_all)
    figures = [[one and {name: getattr(one, name) for name in FIGURES} for one in cell] for cell in found.cells]
    words = [[one and one.word for one in cell] for cell in found.cells]
    return [figures, words, dict(zip(("deep", "brief"), found.largest_p, strict=True))]


FIGURES = ("difference", "others", "p", "without")


def tens_base(atoms):
    found = scoring.tens_base(atoms)
    return asdict(found) | {"ends_cut": found.ends_cut}


ANSWERS: dict[str, Callable[..., Any]] = {
    "own_change": own_change,
    "which_earlier": scoring.which_earlier,
    "observations": observations,
    "texts_of_person": lambda ratings: asdict(scoring.texts_of_person(ratings)),
    "texts_of_group": texts_of_group,
    "act_first": lambda cells, primary, shares: named(
        scoring.act_first(found_cells(cells), primary=primary, shares=shares)
    ),
    "talk_first": lambda cells, shares, **_: named(scoring.talk_first(found_cells(cells), shares=shares)),
    "strongest": lambda cells: named(scoring.strongest(found_cells(cells))),
    "could_not_judge": scoring.could_not_judge,
    "ad_star": ad_star,
    "agreement_word": scoring.agreement_word,
    "two_camps": scoring.two_camps,
    "compare": compare,
    "tens_base": tens_base,
    "level_words": lambda displayed, n, s, asked: scoring.level_words(displayed, n, s, asked=asked),
    "carries": scoring.carries,
    "wave_words": lambda cells: scoring.wave_words([WaveCell(**cell) for cell in cells]),
    "flags": scoring.flags,
    "longest_run": scoring.longest_run,
    "gaps": lambda cells: scoring.gaps([GapCell(**cell) for cell in cells]),
}
