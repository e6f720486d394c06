"""A tree of groups, from each node's parent."""

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Tree(Generic[Node]):
    """Parents turned round: the root, the children of each node, and an order that visits leaves first.

    `parents`: node → its parent; exactly one node, the root, has None. Raises ValueError for anything else.

    >>> tree = Tree({"all": None, "north": "all", "ward": "north", "south": "all"})
    >>> list(tree.above("ward")), tree.leaves
    (['ward', 'north', 'all'], ['ward', 'south'])
    >>> tree.is_within("ward", "north"), tree.is_within("north", "ward")
    (True, False)
    """

    def __init__(self, parents: Mapping[Node, Node | None]) -> None:
        roots = [node for node, parent in parents.items() if parent is None]
        if len(roots) != 1:
            raise ValueError(f"A tree of groups has exactly one root; this one has {len(roots)}.")
        self.parents = parents
        self.root = roots[0]
        self.children: dict[Node, list[Node]] = {node: [] for node in parents}
        for node, parent in parents.items():
            if parent is None:
                continue
            if parent not in parents:
                raise ValueError(f"The parent of {node!r} is {parent!r}, which is not in the tree.")
            self.children[parent].append(node)
        self.upwards = list(self._downwards())[::-1]
        if len(self.upwards) != len(parents):
            raise ValueError("Some groups are not below the root: their parents run in a circle.")

    def _downwards(self) -> Iterator[Node]:
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += self.children[node]

    def is_leaf(self, node: Node) -> bool:
        return not self.children[node]

    @cached_property
    def leaves(self) -> list[Node]:
        """In the order of `parents`."""
        return [node for node in self.parents if self.is_leaf(node)]

    def above(self, node: Node) -> Iterator[Node]:
        """The node and all those around it, from the inside."""
        at: Node | None = node
        while at is not None:
            yield at
            at = self.parents[at]

    def is_within(self, node: Node, outer: Node) -> bool:
        """Whether a node is another or stands anywhere below it."""
        return outer in self.above(node)
