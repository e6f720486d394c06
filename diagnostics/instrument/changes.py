"""What each statement of the model asks, across its versions."""

from functools import lru_cache

from diagnostics.instrument.sources import CURRENT, FIRST, written


def asks(statement: str, model: str) -> str:
    """An identity of what a statement asks: two with the same one may be compared, in whatever words.

    >>> asks("T1.team", "1.0"), asks("T1.team", "2.0"), asks("T1.self", "2.0")
    ('T1.team 1.0', 'T1.team 1.0', 'T1.self 2.0')
    """
    since = FIRST if model == CURRENT and statement in asking_the_same() else model
    return f"{statement} {since}"


@lru_cache
def asking_the_same() -> frozenset[str]:
    """Keys of the statements of which 2.0 says that they ask what they asked in 1.0: answers to them may be compared.

    >>> "T1.team" in asking_the_same(), "T1.self" in asking_the_same(), len(asking_the_same())
    (True, False, 72)
    """
    judged = written(CURRENT, "trace_model.yaml")["changes_since_1_0"]["statements"]
    return frozenset(key for key, word in judged.items() if word == "same")
