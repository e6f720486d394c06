"""One partition for a whole survey, carried up the tree of groups (confidentiality.md, disclosure control).

Small groups are never published by themselves: their responses are carried up until at least `k` counted responses
stand together. Every published figure rests on whole atoms, so no combination of figures rests on fewer people than
an atom holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reports.disclosure.tree import Tree

TEAM = "team"
OTHER_GROUPS = "other groups"
GROUP = "group"


class Atom(NamedTuple):
    """The smallest set of people that any published figure rests on."""

    owner: str  # the node at which the carry reached k
    kind: str  # 'team' at a leaf, 'other groups' at an inner node
    positions: frozenset[int]


@dataclass(frozen=True)
class Published:
    """What may be published: disjoint atoms, and slices that are unions of them.

    `atoms`: in tree order, leaves first. `slices`: label → positions; a label is (kind, node) with the kinds 'team',
    'other groups' and 'group' (everybody in atoms at or below the node). `unused`: positions in no atom.
    `counted`: the positions that count towards k. `people`: how many stand at each position, where not one.
    """

    atoms: list[Atom]
    slices: dict[tuple[str, str], frozenset[int]]
    unused: frozenset[int]
    counted: frozenset[int] = field(repr=False)
    people: Sequence[int] | None = field(default=None, repr=False)

    def size_of(self, positions: frozenset[int]) -> int:
        """How many people that count towards k stand at these."""
        return _size(positions & self.counted, self.people)


def carry_up(
    parents: Mapping[str, str | None],
    responses: Sequence[tuple[str, bool]],
    k: int,
    people: Sequence[int] | None = None,
) -> Published:
    """The partition of `responses` into atoms of at least `k` counted responses each.

    `parents`: node → its parent; exactly one node, the root, has None. `responses`: (leaf group, counts towards k?)
    by position; a response that does not count (a group's own leader) joins an atom but never completes one.
    `people`: how many such responses each position stands for, by default one. What is left over at the root is
    `unused`: in no output.

    Depends on the tree and on counts only, never on what was answered.

    Raises ValueError for a tree that is none, a response outside its leaves, or k < 1.

    >>> world = {"all": None, "north": "all", "south": "all"}
    >>> published = carry_up(world, [("north", True)] * 5 + [("south", True)] * 3, k=5)
    >>> [(atom.owner, atom.kind, len(atom.positions)) for atom in published.atoms], sorted(published.unused)
    ([('north', 'team', 5)], [5, 6, 7])
    """
    tree = Tree(parents)
    _check(tree, responses, k)
    counted = frozenset(position for position, (_, counts) in enumerate(responses) if counts)
    placed: dict[str, list[int]] = {}
    for position, (leaf, _) in enumerate(responses):
        placed.setdefault(leaf, []).append(position)
    return _walk(tree, {leaf: [frozenset(positions)] for leaf, positions in placed.items()}, counted, k, people)


def coarsen(parents: Mapping[str, str | None], published: Published, k: int) -> Published:
    """The nested walk: atoms of `published` joined whole until each holds at least `k` counted responses.

    Figures with a higher minimum (10 for shares and comments, 30 for five classes) rest on these, so that nothing
    published at one minimum can be subtracted from what is published at another. Arguments and result as `carry_up`;
    positions that `published` left unused stay unused.

    >>> world = {"all": None, "north": "all", "south": "all"}
    >>> fives = carry_up(world, [("north", True)] * 5 + [("south", True)] * 6, k=5)
    >>> [(atom.owner, atom.kind, len(atom.positions)) for atom in coarsen(world, fives, k=10).atoms]
    [('all', 'other groups', 11)]
    """
    own: dict[str, list[frozenset[int]]] = {}
    for atom in published.atoms:
        own.setdefault(atom.owner, []).append(atom.positions)
    walked = _walk(Tree(parents), own, published.counted, k, published.people)
    return replace(walked, unused=walked.unused | published.unused)


def _size(positions: frozenset[int], people: Sequence[int] | None) -> int:
    return len(positions) if people is None else sum(people[position] for position in positions)


def _check(tree: Tree[str], responses: Sequence[tuple[str, bool]], k: int) -> None:
    if k < 1:
        raise ValueError(f"k is at least 1, not {k}.")
    for group, _ in responses:
        if group not in tree.children:
            raise ValueError(f"{group!r} is not a group of this tree.")
        if not tree.is_leaf(group):
            raise ValueError(f"{group!r} has groups below it; people placed there need a leaf group of their own.")


def _walk(
    tree: Tree[str],
    own: Mapping[str, list[frozenset[int]]],
    counted: frozenset[int],
    k: int,
    people: Sequence[int] | None,
) -> Published:
    atoms: list[Atom] = []
    carries: dict[str, list[frozenset[int]]] = {}
    below: dict[str, frozenset[int]] = {}
    for node in tree.upwards:
        carried = [piece for child in tree.children[node] for piece in carries[child]]
        gathered = frozenset().union(*own.get(node, []), *carried)
        is_atom = _size(gathered & counted, people) >= k
        carries[node] = [] if is_atom else [*own.get(node, []), *carried]
        below[node] = frozenset().union(*(below[child] for child in tree.children[node]))
        if is_atom:
            atoms.append(Atom(node, TEAM if tree.is_leaf(node) else OTHER_GROUPS, gathered))
            below[node] |= gathered
    left = frozenset().union(*carries[tree.root])
    return Published(atoms, _slices(tree, atoms, below), left, counted, people)


def _slices(
    tree: Tree[str], atoms: Sequence[Atom], below: Mapping[str, frozenset[int]]
) -> dict[tuple[str, str], frozenset[int]]:
    slices = {(atom.kind, atom.owner): atom.positions for atom in atoms}
    for node in reversed(tree.upwards):
        if not tree.is_leaf(node) and below[node]:
            slices[(GROUP, node)] = below[node]
    return slices
