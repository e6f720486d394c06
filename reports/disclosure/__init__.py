"""What may be said: pure rules that decide which sets of people a figure may rest on. No Django, no answers."""

from reports.disclosure.bases import Bases
from reports.disclosure.partition import GROUP, OTHER_GROUPS, TEAM, Atom, Published, carry_up, coarsen

__all__ = ["GROUP", "OTHER_GROUPS", "TEAM", "Atom", "Bases", "Published", "carry_up", "coarsen"]
