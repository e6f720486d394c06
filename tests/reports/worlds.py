"""Random organisations for the disclosure tests: trees with small teams, where the usual rules fail."""

import random
from dataclasses import dataclass


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


def random_world(rng: random.Random) -> World:
    """One to three levels, two to five children each, teams of 1 to 12, one leader in some teams."""
    parents: dict[str, str | None] = {"all": None}
    level = ["all"]
    for depth in range(rng.randint(1, 3)):
        level = [_child(parents, node, depth, i) for node in level for i in range(rng.randint(2, 4))]
    leaves = [node for node in parents if node not in parents.values()]
    responses = [(leaf, True) for leaf in leaves for _ in range(rng.randint(0, 12))]
    responses += [(leaf, False) for leaf in leaves if rng.random() < 0.5]
    rng.shuffle(responses)
    return World(parents, responses)


def _child(parents: dict[str, str | None], node: str, depth: int, number: int) -> str:
    name = f"{node}/{depth}{number}"
    parents[name] = node
    return name
