"""What may be said: pure rules that decide which sets of people a figure may rest on. No Django, no answers."""

from reports.disclosure.bases import (
    NO_ATOM,
    TEN,
    THIRTY,
    Bases,
    Counts,
    Label,
    Layer,
    Mask,
    Shown,
    is_enough,
    numbers_of,
    wide,
)
from reports.disclosure.partition import GROUP, OTHER_GROUPS, TEAM, Atom, Published, carry_up, coarsen
from reports.disclosure.tree import Tree

__all__ = [
    "GROUP",
    "NO_ATOM",
    "OTHER_GROUPS",
    "TEAM",
    "TEN",
    "THIRTY",
    "Atom",
    "Bases",
    "Counts",
    "Label",
    "Layer",
    "Mask",
    "Published",
    "Shown",
    "Tree",
    "carry_up",
    "coarsen",
    "is_enough",
    "numbers_of",
    "wide",
]
