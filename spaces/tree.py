"""The groups of a workspace in reading order, each with its depth and its place; for trees of any depth."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spaces.folding import in_counting_order
from spaces.models import Group

DEEPEST_INDENT = 6  # deeper groups are indented no further: their place is said in words


@dataclass(frozen=True)
class Branch:
    group: Group
    above: tuple[Group, ...]  # from the top down

    @property
    def indent(self) -> int:
        return min(len(self.above), DEEPEST_INDENT)

    @property
    def level(self) -> int:
        return len(self.above) + 1

    @property
    def parent(self) -> Group | None:
        return self.above[-1] if self.above else None

    @property
    def path(self) -> str:
        return " › ".join(group.name for group in (*self.above, self.group))


def branches(groups: Iterable[Group]) -> list[Branch]:
    """Every group before the groups inside it; neighbours by name, "Team 2" before "Team 10"."""
    inside = defaultdict(list)
    for group in sorted(groups, key=lambda group: in_counting_order(group.name), reverse=True):
        inside[group.parent_id].append(group)
    waiting = [Branch(group, ()) for group in inside[None]]
    ordered = []
    while waiting:
        branch = waiting.pop()
        ordered.append(branch)
        waiting += [Branch(group, (*branch.above, branch.group)) for group in inside[branch.group.pk]]
    return ordered
