"""What two checklist versions ask alike, so that answers to one may be compared with answers to the other."""

from diagnostics.checklists.models import ChecklistVersion
from diagnostics.instrument.changes import are_told_apart, asking_the_same


def same_statements(before: ChecklistVersion, after: ChecklistVersion) -> frozenset[str]:
    """Keys of the statements that stand in both and ask the same, whichever of the two came first.

    Of one version of the model: those with the same text. Between 1.0 and 2.0: those of which the model says `same`,
    reworded or not. Between any others: none.
    """
    texts, others = before.texts, after.texts
    shared = texts.keys() & others.keys()
    if before.model_version == after.model_version:
        return frozenset(key for key in shared if texts[key] == others[key])
    if are_told_apart(before.model_version, after.model_version):
        return asking_the_same() & shared
    return frozenset()
