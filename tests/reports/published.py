"""An edition of many teams as the close leaves it, for tests of what is said of it.

Answers are drawn, not given: one person in each team is invited, for the launch, and as many answer as `TEAMS` says.
"""

from collections.abc import Callable, Collection, Sequence

import numpy as np
import pandas as pd
from django.utils import timezone

from core.accounts.models import User
from diagnostics.surveys.models import Survey
from reports.comparisons.actions import Chosen, compare_groups
from reports.comparisons.models import Comparison
from reports.editions.access import Sight
from reports.editions.closing import parents_of, write_edition
from reports.editions.models import PublishedSlice
from reports.publish import DONT_KNOW, Responses, publish_edition
from tests.diagnostics.launched import CLOSES, launched_survey, opened

TEAMS = {
    "Community nursing": 34,
    "Reablement": 14,
    "District nursing": 12,
    "Therapies": 11,
    "Urgent response": 10,
    "Social work": 9,
    "Stroke unit": 8,
    "Carers’ support": 7,
    "Discharge hub": 6,
    "Acute medicine": 6,
    "Night team": 5,
    "Pharmacy": 3,
    "Podiatry": 4,
}
LOW, HIGH, SPLIT, MANY_DONT_KNOW = "Therapies", "Reablement", "District nursing", "Night team"
DIFFERING = "Social work"  # whose people see everything differently
LOWEST, HIGHEST = "Discharge hub", "Stroke unit"  # with scores at the ends, which are cut
SHIFTS = {LOW: -1.0, HIGH: 0.7, LOWEST: -2.0, HIGHEST: 1.0}
SEED = 11


def published_survey(
    owner: User,
    *,
    teams: dict[str, int] = TEAMS,
    invited: dict[str, int] | None = None,
    again: Collection[str] = (),
    is_open_link: bool = False,
    facts=None,
    **changes,
) -> Survey:
    """Closed, with one edition: teams lower and higher than most, one in two camps, one with hidden cells.

    `invited`: how many people of each team were asked, where the edition is to tell; `facts`: more of its ledger.
    `again`: teams that were asked shortly before. Their cells, or all by an open link, have words and no scores.
    """
    asked = {"preset": "focused", "spaces_asked": ["self", "team", "organisation", "system"]} | changes
    survey = opened(launched_survey(owner, teams=dict.fromkeys(teams, 1), **asked))
    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.CLOSED, stopped_at=CLOSES, closed_at=CLOSES)
    survey.refresh_from_db()
    publication = publish_edition(
        parents=parents_of(survey),
        responses=_responses(survey, teams),
        cells=survey.version.cells,
        k=survey.k,
        is_open_link=is_open_link,
        words_only={group.public_id for group in survey.groups.all() if group.name in again},
        facts={"cut_off": CLOSES.isoformat(), "checklist": survey.version.content_hash} | (facts or {}),
        asked=invited and {group.public_id: invited.get(group.name, 0) for group in survey.groups.all()},
    )
    write_edition(survey, publication, now=CLOSES)
    return survey


def slice_of(survey: Survey, name: str) -> PublishedSlice:
    return PublishedSlice.objects.for_reading().get(
        edition__survey=survey, group__name=name, kind__in=["team", "group"]
    )


def others_of(survey: Survey) -> PublishedSlice:
    """What is counted together."""
    return PublishedSlice.objects.for_reading().get(edition__survey=survey, kind="other groups")


def compared(survey: Survey, *groups: Chosen, is_whole: bool = True) -> Comparison:
    """`is_whole`: by somebody who may read everything, so that it has differences."""
    edition = survey.editions.get()
    sight = Sight(is_manager=True) if is_whole else Sight(slices=frozenset(one.pk for g in groups for one in g.slices))
    made = compare_groups(edition=edition, chosen=groups, sight=sight, by=survey.created_by, now=timezone.now())
    return Comparison.objects.for_reading().get(pk=made.pk)


def four_groups(survey: Survey, *, is_whole: bool = True) -> Comparison:
    """A low team, a high one, what is counted together, and a grouping of two: one in camps, one with hidden cells."""
    grouped = Chosen((slice_of(survey, SPLIT), slice_of(survey, MANY_DONT_KNOW)), "Nurses, day and night")
    single = (Chosen((one,)) for one in (slice_of(survey, LOW), slice_of(survey, HIGH), others_of(survey)))
    return compared(survey, *single, grouped, is_whole=is_whole)


def _responses(survey: Survey, teams: dict[str, int]) -> Responses:
    rng, cells = np.random.default_rng(SEED), survey.version.cells
    names = [(group.public_id, group.name) for group in survey.groups.all() if group.name in teams]
    people = [(public_id, name) for public_id, name in names for _ in range(teams[name])]
    given = pd.DataFrame([_answers(name, number, cells, rng) for number, (_id, name) in enumerate(people)])
    conditions = sorted({condition for condition, _space in cells})
    return Responses(
        groups=tuple(public_id for public_id, _name in people),
        counts=(True,) * len(people),
        given=given[[key for keys in cells.values() for key in keys]],
        picks=tuple(tuple(rng.choice(conditions, 2, replace=False)) for _ in people),
        comments=({},) * len(people),
    )


def _answers(name: str, number: int, cells, rng: np.random.Generator) -> dict[str, int]:
    person = rng.normal(0, 0.35) * (4 if name == DIFFERING else 1)
    answers = {}
    for at, ((_condition, space), keys) in enumerate(cells.items()):
        middle = 3.9 - 0.07 * at + person + SHIFTS.get(name, 0.0)
        if name == SPLIT and space == "team":
            middle = 1.6 if number % 2 else 4.4
        for key in keys:
            answers[key] = int(np.clip(round(rng.normal(middle, 0.6)), 1, 5))
            if space == "system" and rng.random() < (0.6 if name == MANY_DONT_KNOW else 0.15):
                answers[key] = DONT_KNOW
    return answers


def published_ward(
    owner: User, given: Callable[[int, str, str, int], int], *, people: int = 14, picks: Sequence[str] = (), **asked
) -> PublishedSlice:
    """The slice of a single ward. `given`: person, condition, space and place of the statement in its cell → rating."""
    wanted = {"preset": "focused", "spaces_asked": ["self", "team", "organisation", "system"]} | asked
    survey = opened(launched_survey(owner, teams={"Ward 7": 5}, **wanted))
    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.CLOSED, stopped_at=CLOSES, closed_at=CLOSES)
    survey.refresh_from_db()
    cells = survey.version.cells
    rows = [
        {one: given(person, *cell, place) for cell, keys in cells.items() for place, one in enumerate(keys)}
        for person in range(people)
    ]
    ward = survey.groups.get(name="Ward 7").public_id
    responses = Responses(
        (ward,) * people, (True,) * people, pd.DataFrame(rows), (tuple(picks),) * people, ({},) * people
    )
    facts = {"cut_off": CLOSES.isoformat(), "checklist": survey.version.content_hash}
    primary = survey.version.content["primary_space"]
    told = {"parents": parents_of(survey), "cells": cells, "k": survey.k, "facts": facts, "primary": primary}
    write_edition(survey, publish_edition(responses=responses, **told), now=CLOSES)
    return slice_of(survey, "Ward 7")
