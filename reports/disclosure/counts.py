"""How many have answered, as far as that may be said while a survey is open (confidentiality.md, 'counts while open').

Counts go through the partition that the report will use. A group with fewer than k answers has no number of its own;
where fewer than 50 people are asked, and wherever people come in by a shared link, numbers move in steps of five. A
total is the sum of what is shown, so that it tells nothing more. Only those who count towards k are counted: whoever
adds people of their own to a survey moves no number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.disclosure import OTHER_GROUPS, TEAM, Tree, carry_up

STEP = 5
EXACT_FROM = 50  # people asked


@dataclass(frozen=True)
class Count:
    """How many of the `asked` have answered: exactly `shown`, at least `shown`, or (None) fewer than k."""

    k: int
    asked: int
    shown: int | None
    is_exact: bool = False

    @property
    def rate(self) -> int | None:
        """Per cent, rounded; only beside an exact count."""
        return round(100 * self.shown / self.asked) if self.shown is not None and self.is_exact else None

    @property
    def drawn(self) -> float:
        """Width of the bar, per cent of the people asked; one below k for whatever is fewer."""
        return _per_cent(self.k - 1 if self.shown is None else self.shown, self.asked)

    @property
    def least(self) -> float | None:
        """Where the line of k stands, if it stands within the bar."""
        return _per_cent(self.k, self.asked) if self.k <= self.asked else None


@dataclass(frozen=True)
class GroupCount:
    """A leaf group, or the groups that are counted together at a node."""

    node: str
    kind: str  # 'team' or 'other groups'
    count: Count
    joins: str | None = None  # of a leaf without a number of its own: the node at which it is counted

    @property
    def is_hidden(self) -> bool:
        return self.count.shown is None


@dataclass(frozen=True)
class ShownCounts:
    rows: tuple[GroupCount, ...]  # leaves in tree order, then what is counted together
    total: Count
    has_others: bool  # fewer than k more may be in groups that are counted nowhere


def shown_counts(
    parents: Mapping[str, str | None], asked: Mapping[str, int], answered: Mapping[str, int], k: int
) -> ShownCounts:
    """What may be said of each leaf group, of groups together, and of the whole.

    `parents`: node → its parent, parents first. `asked` and `answered`: leaf → people who count towards k. Depends on
    the answers of a group only through the step it has reached, if it is asked less than 50.

    >>> shown = shown_counts({"all": None, "a": "all", "b": "all"}, {"a": 24, "b": 8}, {"a": 17, "b": 3}, k=5)
    >>> [(row.node, row.count.shown) for row in shown.rows], shown.total.shown, shown.has_others
    ([('a', 15), ('b', None)], 15, True)
    """
    responses = [(leaf, True) for leaf, number in answered.items() for _ in range(number)]
    sizes = {(atom.kind, atom.owner): len(atom.positions) for atom in carry_up(parents, responses, k).atoms}
    together = {node for kind, node in sizes if kind == OTHER_GROUPS}
    tree = Tree(parents)
    leaves = [node for node in parents if node in asked]
    small = [leaf for leaf in leaves if (TEAM, leaf) not in sizes]
    joins = {leaf: next((node for node in tree.above(leaf) if node in together), None) for leaf in small}
    rows = [GroupCount(leaf, TEAM, _count(asked[leaf], sizes.get((TEAM, leaf)), k), joins.get(leaf)) for leaf in leaves]
    for node in reversed([node for node in parents if node in together]):
        people = sum(asked[leaf] for leaf, at in joins.items() if at == node)
        rows.append(GroupCount(node, OTHER_GROUPS, _count(people, sizes[OTHER_GROUPS, node], k)))
    return ShownCounts(tuple(rows), _total(rows, sum(asked.values()), k), has_others=None in joins.values())


def shown_in_steps(asked: int, answered: int, k: int) -> Count:
    """The whole of a survey by shared link: whose answer it is stays sealed until it closes.

    `asked` is what somebody said, 0 where nobody did; more may answer, and then it must not follow them one by one.
    """
    shown = _step(answered, k) if answered >= k else None
    return Count(k, max(asked, shown or 0) if asked else 0, shown)


def shown_in_room(asked: int, answered: int) -> Count:
    """'under 5', '5 or more', '10 or more': as soon as there is a step to be seen, also below what a result needs.

    >>> [shown_in_room(24, answered).shown for answered in (4, 5, 9, 10, 24)]
    [None, 5, 5, 10, 20]
    """
    return shown_in_steps(asked, answered, STEP)


def _count(asked: int, answered: int | None, k: int) -> Count:
    """An answer given stays when its person is removed, so that there may be more answers than people."""
    if answered is None:
        return Count(k, asked, None)
    is_exact = asked >= EXACT_FROM
    shown = answered if is_exact else _step(answered, k)
    return Count(k, max(asked, shown), shown, is_exact)


def _step(answered: int, k: int) -> int:
    return max(k, answered - answered % STEP)


def _total(rows: Iterable[GroupCount], asked: int, k: int) -> Count:
    shown = [(row.count.shown, row.count.is_exact) for row in rows if row.count.shown is not None]
    if not shown:
        return Count(k, asked, None)
    total = sum(number for number, _ in shown)
    return Count(k, max(asked, total), total, all(is_exact for _, is_exact in shown))


def _per_cent(part: int, whole: int) -> float:
    return round(min(100 * part / whole, 100), 1) if whole else 0.0
