"""What two checklist versions ask alike, so that answers to one may be compared with answers to the other."""

from diagnostics.checklists.models import ChecklistVersion


def same_statements(before: ChecklistVersion, after: ChecklistVersion) -> frozenset[str]:
    """Keys of the statements that stand in both and ask the same, whichever of the two came first.

    Which do was judged: between versions of the model by its authors, of a reworded statement by whoever reworded it.
    On another scale nothing is the same.
    """
    if before.scale_asks != after.scale_asks:
        return frozenset()
    asked = before.asks.items() & after.asks.items()
    return frozenset(key for key, _identity in asked)
