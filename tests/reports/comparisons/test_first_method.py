"""Editions of method 1.0 keep their words: what its own code said of one edition, figure by figure."""

import json
from pathlib import Path

import pytest

from reports.comparisons.first_method import first_differences
from reports.comparisons.sides import counted_together
from reports.publish.cells import PublishedCell
from reports.scoring import FIRST_METHOD

SAID = json.loads((Path(__file__).parent / "cases" / "first_method.json").read_text())
ATOMS = [
    {(cell["condition"], cell["space"]): PublishedCell.from_stored(cell) for cell in atom} for atom in SAID["atoms"]
]
BETWEEN = {(condition, space): said for condition, space, said in SAID["between"]}


def together(numbers):
    if len(numbers) == 1:
        return ATOMS[numbers[0]]
    return {key: counted_together([ATOMS[number][key] for number in numbers], FIRST_METHOD) for key in ATOMS[0]}


@pytest.mark.parametrize("said", SAID["comparisons"], ids=lambda said: str(said["groups"]))
def test_a_comparison_says_what_it_said(said):
    groups = [together(numbers) for numbers in said["groups"]]
    others = [[ATOMS[at] for at in range(len(ATOMS)) if at not in numbers] for numbers in said["groups"]]

    found = first_differences(groups, others, BETWEEN)

    assert [[figures(one) for one in group.values()] for group in found] == said["found"]
    counted = [group for numbers, group in zip(said["groups"], groups, strict=True) if len(numbers) > 1]
    assert [[of_together(cell) for cell in group.values()] for group in counted] == said["together"]


def test_the_edition_tries_every_word_and_gate():
    words = {tuple(one[:1]) for said in SAID["comparisons"] for group in said["found"] for one in group}
    assert words == {
        (word,) for word in ("higher", "lower", "not_clear", "too_few", "no_score", "alike", "nobody_else")
    }
    assert {one[4] for said in SAID["comparisons"] for group in said["found"] for one in group} == {True, False}
    assert set(BETWEEN.values()) == {"few_groups", "alike", "caution", "apart"}


def figures(one):
    others = one.others and (one.others.score, one.others.n)
    return [one.word, one.difference, one.low, one.high, one.with_caution, *(others or (None, None))]


def of_together(cell):
    of = cell.figures
    return of and [of.score, of.low, of.high, of.n, of.without, of.end]
