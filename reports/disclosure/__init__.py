"""What may be said: pure rules that decide which sets of people a figure may rest on. No Django, no answers."""

from reports.disclosure.bases import Bases, nested_bases, question_bases
from reports.disclosure.partition import Atom, Published, carry_up, coarsen

__all__ = ["Atom", "Bases", "Published", "carry_up", "coarsen", "nested_bases", "question_bases"]
