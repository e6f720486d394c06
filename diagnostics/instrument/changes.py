"""Which statements ask the same in two versions of the model."""

from functools import lru_cache

from diagnostics.instrument.sources import CURRENT, FIRST, written


@lru_cache
def asking_the_same() -> frozenset[str]:
    """Keys of the statements of which 2.0 says that they ask what they asked in 1.0: answers to them may be compared.

    >>> "T1.team" in asking_the_same(), "T1.self" in asking_the_same(), len(asking_the_same())
    (True, False, 72)
    """
    judged = written(CURRENT, "trace_model.yaml")["changes_since_1_0"]["statements"]
    return frozenset(key for key, word in judged.items() if word == "same")


def are_told_apart(before: str, after: str) -> bool:
    """Whether it was judged, statement by statement, what changed between these two versions, whichever came first."""
    return {before, after} == {FIRST, CURRENT}
