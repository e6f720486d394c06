"""Random organisations for the disclosure tests: trees with small teams, where the usual rules fail."""

import random
from dataclasses import dataclass

import pandas as pd

from reports.publish import Responses

CELLS = {
    ("task", "self"): ("T1s", "T2s"),
    ("task", "team"): ("T1", "T2", "T3", "T4"),
    ("route", "self"): ("R1s", "R2s"),
    ("route", "team"): ("R1", "R2", "R3", "R4", "R5"),
    ("energy", "team"): ("E1",),
}
CONDITIONS = ("task", "route", "energy")
DONT_KNOW = 0


@dataclass(frozen=True)
class World:
    parents: dict[str, str | None]
    responses: list[tuple[str, bool]]

    def below(self, node: str) -> set[str]:
        found = {node}
        for child, parent in self.parents.items():
            if parent == node:
                found |= self.below(child)
        return found

    def people(self, node: str) -> set[int]:
        groups = self.below(node)
        return {position for position, (group, _) in enumerate(self.responses) if group in groups}

    def answered(self, rng: random.Random, dont_know: float) -> set[int]:
        return {position for position in range(len(self.responses)) if rng.random() >= dont_know}


def random_world(rng: random.Random, largest: int = 12) -> World:
    """One to three levels, two to four children each, teams of up to `largest`, one leader in some teams."""
    parents: dict[str, str | None] = {"all": None}
    level = ["all"]
    for depth in range(rng.randint(1, 3)):
        level = [_child(parents, node, depth, i) for node in level for i in range(rng.randint(2, 4))]
    leaves = [node for node in parents if node not in parents.values()]
    responses = [(leaf, True) for leaf in leaves for _ in range(rng.randint(0, largest))]
    responses += [(leaf, False) for leaf in leaves if rng.random() < 0.5]
    rng.shuffle(responses)
    return World(parents, responses)


def _child(parents: dict[str, str | None], node: str, depth: int, number: int) -> str:
    name = f"{node}/{depth}{number}"
    parents[name] = node
    return name


Answers = list[dict[str, int | None]]  # a person's answers by statement; 0 "don't know", None blank


def random_answers(rng: random.Random, people: int, dont_know: float = 0.15, blank: float = 0.03) -> Answers:
    """People lean high or low; some skip a whole cell, most skip here and there."""
    return [_random_person(rng, dont_know, blank) for _ in range(people)]


def _random_person(rng: random.Random, dont_know: float, blank: float) -> dict[str, int | None]:
    leaning = rng.choice([2, 3, 3, 4, 4])
    given: dict[str, int | None] = {}
    for keys in CELLS.values():
        skips = rng.random() < dont_know
        for key in keys:
            rating = min(5, max(1, leaning + rng.randint(-2, 2)))
            is_blank, cannot_judge = rng.random() < blank, skips or rng.random() < dont_know / 2
            given[key] = None if is_blank else DONT_KNOW if cannot_judge else rating
    return given


def random_picks(rng: random.Random, people: int) -> list[tuple[str, ...]]:
    return [tuple(rng.sample(CONDITIONS, rng.choice([0, 1, 2, 2, 2, 2]))) for _ in range(people)]


def as_responses(world: World, answers: Answers, picks: list[tuple[str, ...]] | None = None, comments=None, **more):
    nobody = len(world.responses)
    return Responses(
        groups=tuple(group for group, _ in world.responses),
        counts=tuple(counts for _, counts in world.responses),
        given=pd.DataFrame(answers, columns=[key for keys in CELLS.values() for key in keys], dtype=float),
        picks=tuple(picks or [()] * nobody),
        comments=tuple(comments or [{}] * nobody),
        **more,
    )
