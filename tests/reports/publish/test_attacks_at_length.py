"""The attackers of test_attacks.py on ten thousand organisations, in as many processes as there are processors."""

import os
import random
import secrets
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.reports.publish.test_attacks import CELLS, Fixed, K, Survey, standing, withstands

pytestmark = [pytest.mark.deep, pytest.mark.filterwarnings("default::DeprecationWarning")]

WORLDS, CONTROLS = 10_000, 400
KINDS = (  # by invitation; by shared link; some of the same people were asked shortly before
    {"k": 5},
    {"k": 10, "is_open_link": True},
    {"k": 5, "again": 0.5},
)


def survey_of(seed: int) -> Survey:
    lot = random.Random(seed)
    return Fixed.random(seed, lot.choice([0.05, 0.15, 0.3]), lot.choice([8, 12, 30]), **KINDS[seed % len(KINDS)])


def falls(seed: int) -> str:
    """What of this organisation could be taken apart, or is not what it says; nothing where all holds."""
    survey = survey_of(seed)
    counts, *_ = survey.parts()
    try:
        figures = standing(survey, survey.published())
    except AssertionError as wrong:
        return f"{seed}: {wrong}"
    broken = [question for question, shown in figures.items() if not withstands(shown, counts, k=survey.k)]
    return f"{seed}: {broken}" if broken else ""


def falls_by_n_alone(seed: int) -> str:
    """The usual rule, every group with five answers or more: its figures on all who answered."""
    survey = survey_of(seed)
    counts, *_ = survey.parts()
    for place in CELLS:
        scored = survey.scored(place)
        groups = [survey.world.people(node) & scored for node in survey.world.parents]
        if not withstands([(K, people) for people in groups if len(people & counts) >= K], counts):
            return f"{seed}: {place}"
    return ""


def fallen(judge: Callable[[int], str], worlds: int) -> list[str]:
    first = secrets.randbelow(10**8)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as judges:
        return [one for one in judges.map(judge, range(first, first + worlds), chunksize=50) if one]


def test_ten_thousand_organisations_hold(figure):
    assert fallen(falls, WORLDS) == []
    figure("disclosure", "every figure of every question, signatures, subtraction", f"{WORLDS:,} worlds  0 fall")


def test_control_groups_of_five_answers_or_more_fall(figure):
    found = len(fallen(falls_by_n_alone, CONTROLS))
    assert found >= 0.4 * CONTROLS
    figure("disclosure", "control: every group with n of five or more", f"{CONTROLS} worlds  {found} fall")
