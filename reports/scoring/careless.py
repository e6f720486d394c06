"""Signs of answering without reading, for whoever scores a table by themselves.

The definition is the one by which ballots are flagged before they are sealed; that happens a floor below, where alone
the order and the time of answers are known.
"""

from diagnostics.answering.signs import Flags, flags, longest_run, set_aside

__all__ = ["Flags", "flags", "longest_run", "set_aside"]
