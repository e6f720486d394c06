"""A scored table as JSON for programs and as columns of text for eyes."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from reports.rating_tables.figures import (
    AgainstEverybodyElse,
    AlphaFigures,
    BetweenGroups,
    CellFigures,
    ScoredTable,
    StatementFigures,
)

NOTE = (
    "Every figure is shown, however few people stand behind it: this is a specialist's tool for the specialist's own "
    "data, without the rules that protect people in TRACE's reports. Pass nothing on that could tell what one "
    "person answered."
)
DIGITS = 6  # of figures in JSON

Line = Sequence[str]


def as_json(table: ScoredTable) -> str:
    """One object; figures to six digits, null where there is none. `reason` says why.

    >>> list(json.loads(as_json(ScoredTable("2.0", 0, (), (), (), ()))))
    ['method', 'people', 'cells', 'statements', 'between', 'compared', 'note']
    """
    return json.dumps(_rounded({**asdict(table), "note": NOTE}), ensure_ascii=False, allow_nan=False, indent=2)


def as_text(table: ScoredTable) -> str:
    """Tables, and what to keep in mind."""
    parts = [
        f"{table.people} people, method {table.method}",
        _section("Cells", CELLS, [_cell(one) for one in table.cells]),
        _section("Statements", STATEMENTS, [_statement(one) for one in table.statements]),
        _section("Between groups", BETWEEN, [_between(one) for one in table.between]) if table.between else "",
        _section("Groups beside everybody else", COMPARED, [_compared(one) for one in table.compared])
        if table.compared
        else "",
        NOTE,
    ]
    return "\n\n".join(part for part in parts if part)


CELLS = (
    "group", "rater", "condition", "space", "asked", "n", "score", "level", "range", "agreement", "camps", "sd",
    "favourable", "alpha", "alpha n",
)  # fmt: skip
STATEMENTS = ("group", "rater", "statement", "cell", "n", "mean", "sd", "favourable", "don't know", "blank")
BETWEEN = ("rater", "condition", "space", "groups", "people", "ICC(1)", "interval", "ICC(2)", "alpha", "alpha n")

COMPARED = ("group", "rater", "condition", "space", "n", "difference", "everybody else", "without", "p", "word")


def _cell(one: CellFigures) -> Line:
    agreement = _number(one.agreement_index, 2), (one.agreement or "").replace("_", " ")
    return (
        one.group or "all",
        one.rater or "all",
        one.condition,
        one.space,
        str(one.asked),
        f"{one.n} of {one.people}",
        _number(one.score, 1),
        " to ".join(one.levels).replace("_", " ") or "–",
        _interval(one.low, one.high, 1),
        " ".join(agreement).strip(),
        {True: "yes", False: "no", None: "–"}[one.two_camps],
        _number(one.sd, 2),
        _percent(one.favourable),
        *_alpha(one.alpha),
    )


def _statement(one: StatementFigures) -> Line:
    return (
        one.group or "all",
        one.rater or "all",
        one.statement,
        f"{one.condition} {one.space}",
        str(one.n),
        _number(one.mean, 2),
        _number(one.sd, 2),
        _percent(one.favourable),
        str(one.dont_know),
        str(one.blank),
    )


def _between(one: BetweenGroups) -> Line:
    return (
        one.rater or "all",
        one.condition,
        one.space,
        str(one.groups),
        str(one.people),
        _number(one.icc1, 2),
        _interval(one.low, one.high, 2),
        _number(one.icc2, 2),
        *_alpha(one.alpha),
    )


def _compared(one: AgainstEverybodyElse) -> Line:
    return (
        one.group or "all",
        one.rater or "all",
        one.condition,
        one.space,
        str(one.n),
        f"{one.difference + 0.0:+.1f}",
        _number(one.others, 1),
        f"{one.without} groups" if one.without > 1 else "1 group" if one.without else "–",
        _number(one.p, 4),
        one.word.replace("_", " "),
    )


def _alpha(one: AlphaFigures) -> tuple[str, str]:
    if one.value is None:
        return "–", str(one.n)
    return f"{one.value:.2f} ({_interval(one.low, one.high, 2)})", str(one.n)


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{round(value, digits) + 0.0:.{digits}f}"  # no −0.00


def _interval(low: float | None, high: float | None, digits: int) -> str:
    return "–" if low is None or high is None else f"{_number(low, digits)} to {_number(high, digits)}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _section(title: str, heading: Line, lines: Iterable[Line]) -> str:
    rows = [heading, *lines]
    widths = [max(len(row[at]) for row in rows) for at in range(len(heading))]
    text = ["  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([title, "-" * len(title), *text])


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value
