"""From stored answers to the frame that scoring reads: the only step that knows both."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd


def answers_frame(answers: Iterable[Mapping[str, int]], statements: Sequence[str]) -> pd.DataFrame:
    """Return one row per respondent, columns = `statements` in their order, values 1–5.

    "Don't know" (stored as 0) and a statement without an answer are both NaN; answers to statements that are not
    in `statements` are left behind.

    >>> answers_frame([{"T1.self": 4, "T2.self": 0}], ["T1.self", "T2.self", "T3.self"]).iloc[0].tolist()
    [4.0, nan, nan]
    """
    rows = [[given.get(statement) or None for statement in statements] for given in answers]
    return pd.DataFrame(rows, columns=list(statements), dtype="float64")
