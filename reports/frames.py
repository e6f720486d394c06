"""From stored answers to the frame that scoring reads: the only step that knows both."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from reports.publish import Responses


def answers_frame(answers: Iterable[Mapping[str, int]], statements: Sequence[str]) -> pd.DataFrame:
    """Return one row per respondent, columns = `statements` in their order, values 1–5.

    "Don't know" (stored as 0) and a statement without an answer are both NaN; answers to statements that are not
    in `statements` are left behind.

    >>> answers_frame([{"T1.self": 4, "T2.self": 0}], ["T1.self", "T2.self", "T3.self"]).iloc[0].tolist()
    [4.0, nan, nan]
    """
    rows = [[given.get(statement) or None for statement in statements] for given in answers]
    return pd.DataFrame(rows, columns=list(statements), dtype="float64")


def responses_of(ballots: Sequence[Mapping[str, Any]], statements: Sequence[str]) -> Responses:
    """Return opened ballots as arrays, one row per ballot; what was not asked is left behind.

    >>> ballot = {"group": "a", "counts": True, "answers": {"T1.team": 0}, "matters_most": [], "comments": {}}
    >>> responses_of([ballot], ["T1.team", "T2.team"]).given.iloc[0].tolist()
    [0.0, nan]
    """
    rows = [[ballot["answers"].get(statement) for statement in statements] for ballot in ballots]
    return Responses(
        groups=tuple(ballot["group"] for ballot in ballots),
        counts=tuple(ballot["counts"] for ballot in ballots),
        given=pd.DataFrame(rows, columns=list(statements), dtype="float64"),
        picks=tuple(tuple(ballot["matters_most"]) for ballot in ballots),
        comments=tuple(ballot["comments"] for ballot in ballots),
    )
