"""What could be reported of each group if so many per cent answered: the partition of the close, on expected counts.

Expected are whole answers, rounded down, from those who count and from a group's leaders separately; said is only of
those who count, as in every number of people. Totals are the sums of what is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from reports.disclosure import GROUP, OTHER_GROUPS, TEAM, Bases, Label, Tree, is_enough

TURNOUTS = (60, 80, 100)  # per cent

OWN, TOGETHER, FURTHER, NOWHERE, NOT_NEEDED = "own", "together", "further", "nowhere", "not needed"
AVERAGES, THREE_CLASSES, FIVE_CLASSES = "averages", "three classes", "five classes"
DETAILS = (AVERAGES, THREE_CLASSES, FIVE_CLASSES)  # ever more is said


class Size(NamedTuple):
    """People asked in a leaf group."""

    counted: int
    leaders: int = 0  # of this group or one above: their answers do not count towards k

    @property
    def people(self) -> int:
        return self.counted + self.leaders

    def expected(self, turnout: int) -> list[bool]:
        """One truth for each answer: does it count?"""
        return [True] * (self.counted * turnout // 100) + [False] * (self.leaders * turnout // 100)


@dataclass(frozen=True)
class Outcome:
    """What becomes of one group at one turnout.

    `kind`: 'own' result; counted 'together' with others `at` a node; 'nowhere', in no figure. Of the groups counted
    together at a node: 'own', 'further' up, 'nowhere', or 'not needed'.
    """

    kind: str
    answers: int = 0
    detail: str = ""
    has_comments: bool = False
    at: str | None = None


@dataclass(frozen=True)
class Line:
    """One group, the groups counted together at a node, or everybody at and below a node; an outcome per turnout."""

    kind: str  # 'team', 'other groups', 'group'
    node: str
    people: int  # who count towards k, as the answers
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Forecast:
    k: int
    lines: tuple[Line, ...]  # leaves first, each node's groups together and its whole after what is inside it

    def line(self, kind: str, node: str) -> Line:
        """Raises KeyError for a line that is not in it."""
        return {(line.kind, line.node): line for line in self.lines}[kind, node]


def forecast_of(
    parents: Mapping[str, str | None], sizes: Mapping[str, Size], k: int, *, comments_for_whole_only: bool = False
) -> Forecast:
    """The forecast at 60, 80 and 100 per cent.

    `parents`: node → parent, parents first, one root. `sizes`: leaf → people asked. Raises ValueError for no tree.

    >>> parents = {"all": None, "north": "all", "south": "all"}
    >>> foreseen = forecast_of(parents, {"north": Size(24), "south": Size(6)}, k=5)
    >>> [outcome.answers for outcome in foreseen.line("group", "all").outcomes]
    [14, 19, 30]
    >>> [outcome.kind for outcome in foreseen.line("team", "south").outcomes]
    ['nowhere', 'nowhere', 'own']
    """
    tree = Tree(parents)
    turnouts = [AtTurnout(tree, sizes, k, turnout, comments_for_whole_only) for turnout in TURNOUTS]
    lines = [
        Line(kind, node, people, tuple(at_turnout.outcome(kind, node) for at_turnout in turnouts))
        for kind, node, people in _labels(tree.root, tree, sizes)
        if kind != OTHER_GROUPS or any((kind, node) in at_turnout.slices for at_turnout in turnouts)
    ]
    return Forecast(k, tuple(lines))


def _labels(node: str, tree: Tree[str], sizes: Mapping[str, Size]) -> Iterator[tuple[str, str, int]]:
    """(kind, node, people asked who count) at and below a node, what is inside a node before the node itself."""
    if node in sizes:
        yield TEAM, node, sizes[node].counted
        return
    people = 0
    for child in tree.children[node]:
        for kind, inside, size in _labels(child, tree, sizes):
            people += size if kind == TEAM else 0
            yield kind, inside, size
    yield OTHER_GROUPS, node, 0
    yield GROUP, node, people


class AtTurnout:
    """One turnout: the expected answers, in the partition that the close would form of them."""

    def __init__(
        self,
        tree: Tree[str],
        sizes: Mapping[str, Size],
        k: int,
        turnout: int,
        comments_for_whole_only: bool,
    ) -> None:
        self.tree = tree
        self.whole_only = comments_for_whole_only
        answers = {leaf: size.expected(turnout) for leaf, size in sizes.items()}
        real = [(leaf, counts) for leaf, given in answers.items() for counts in given]
        # A leaf without an expected answer gets one that neither counts nor is shown: it tells where such a leaf goes.
        placeholders = [(leaf, False) for leaf, given in answers.items() if not given]
        self.answering = {leaf for leaf, given in answers.items() if given}
        self.bases = Bases(tree.parents, [*real, *placeholders], k)
        self.slices = self.bases.published.slices
        # Where the answers of a leaf are counted: all of them at one node, or (no entry) in no figure.
        kinds, atoms = self.bases.kinds, self.bases.published.atoms
        self.owner_of = {kinds[at][0]: atom.owner for atom in atoms for at in atom.positions}

    def outcome(self, kind: str, node: str) -> Outcome:
        if (kind, node) in self.slices:
            return self._shown(kind, node)
        if kind == TEAM:
            return self._of_leaf(node)
        if kind == OTHER_GROUPS:
            return self._of_others(node)
        return Outcome(NOWHERE)

    def _shown(self, kind: str, node: str) -> Outcome:
        answers = self.bases.published.size_of(self.slices[kind, node])
        return Outcome(OWN, answers, self._details[kind, node], (kind, node) in self._with_comments, at=node)

    def _of_leaf(self, leaf: str) -> Outcome:
        owner = self.owner_of.get(leaf)
        return Outcome(TOGETHER, at=owner) if owner is not None else Outcome(NOWHERE)

    def _of_others(self, node: str) -> Outcome:
        """Where the answers from below that stand in no atom at or below the node go."""
        below = [leaf for leaf in self.answering if self.tree.is_within(leaf, node)]
        owners = [self.owner_of.get(leaf) for leaf in below]
        left = [owner for owner in owners if owner is None or not self.tree.is_within(owner, node)]
        if not left:
            return Outcome(NOT_NEEDED)
        return Outcome(NOWHERE if None in left else FURTHER)

    @cached_property
    def _details(self) -> dict[Label, str]:
        """How much a base of everybody in the slice carries; cells that some cannot judge carry less."""
        published = self.bases.published
        counted = [published.size_of(atom.positions) for atom in published.atoms]
        people = np.array(counted, dtype=np.int64).reshape(-1, 1)
        shown = self.bases.shown(people)
        every, in_tens = (self.bases.sums_of(layer, people) for layer in (shown.scores, shown.scores_of_tens))
        levels = (is_enough(in_tens, every) * (1 + shown.is_of_thirties.astype(int)))[:, 0]
        return {label: DETAILS[level] for label, level in zip(self.bases.labels, levels, strict=True)}

    @cached_property
    def _with_comments(self) -> set[Label]:
        """At the node of their 10-atom, or of the whole."""
        owners = {atom.owner for atom in self.bases.tens.atoms}
        if self.whole_only and owners:
            owners = {self.tree.root}
        return {(kind, node) for kind, node in self.slices if node in owners and kind != OTHER_GROUPS}
