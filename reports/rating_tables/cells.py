"""Which cell a statement belongs to: told by the name of a TRACE statement, or by a table for other instruments."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.rating_tables.table import Malformed, Problem, Table
from reports.scoring import CellKey

CONDITIONS = {"T": "task", "R": "route", "A": "alignment", "C": "capability", "E": "energy"}
SPACES = ("self", "team", "organisation", "system", "leader", "observer")  # the last two: both sides of a 360
STATEMENT = re.compile(rf"([{''.join(CONDITIONS)}])([1-9][0-9]?)\.({'|'.join(SPACES)})")
COLUMNS = ("statement", "condition", "space")


@dataclass(frozen=True)
class CellMap:
    """Knows the cell of a statement; `of` other instruments by a table, of TRACE by the statement's own name."""

    of: Mapping[str, CellKey] | None = None  # in the order of the instrument

    def cell_of(self, statement: str) -> CellKey | None:
        """None for what is no statement.

        >>> CellMap().cell_of("T1.team"), CellMap().cell_of("T1.moon"), CellMap({"q1": ("trust", "unit")}).cell_of("q1")
        (('task', 'team'), None, ('trust', 'unit'))
        """
        if self.of is not None:
            return self.of.get(statement)
        found = STATEMENT.fullmatch(statement)
        return (CONDITIONS[found[1]], found[3]) if found else None

    def in_order(self, statements: Iterable[str]) -> dict[CellKey, tuple[str, ...]]:
        """Cells in the order of the instrument, each with its statements. Raises KeyError for what is no statement.

        >>> CellMap().in_order(["R2.team", "T10.team", "T2.team", "T1.self"])
        {('task', 'self'): ('T1.self',), ('task', 'team'): ('T2.team', 'T10.team'), ('route', 'team'): ('R2.team',)}
        """
        found: dict[CellKey, list[str]] = {}
        for statement in sorted(statements, key=self._place):
            cell = self.cell_of(statement)
            if cell is None:
                raise KeyError(statement)
            found.setdefault(cell, []).append(statement)
        return {cell: tuple(inside) for cell, inside in found.items()}

    def _place(self, statement: str) -> tuple[int, int, int]:
        if self.of is not None:
            return (list(self.of).index(statement), 0, 0)
        found = STATEMENT.fullmatch(statement)
        if not found:
            raise KeyError(statement)
        return (list(CONDITIONS).index(found[1]), SPACES.index(found[3]), int(found[2]))


def cells_of(table: Table) -> CellMap:
    """The map that a table of statement, condition and space draws. Raises Malformed.

    >>> from reports.rating_tables.table import read_table
    >>> cells_of(read_table(b"statement,condition,space\\nq1,trust,unit\\n")).of
    {'q1': ('trust', 'unit')}
    """
    names = table.heading_names
    if sorted(names) != sorted(COLUMNS):
        raise Malformed([Problem(1, "A table of cells has the columns statement, condition and space, and no other.")])
    of: dict[str, CellKey] = {}
    problems = list(table.problems)
    for row in table.rows:
        statement, condition, space = (row.values[names.index(column)] for column in COLUMNS)
        if not (statement and condition and space):
            problems.append(Problem(row.line, "Statement, condition and space are all needed."))
        elif statement in of:
            problems.append(Problem(row.line, f"“{statement}” has its cell already. Take one of both lines out."))
        else:
            of[statement] = (condition, space)
    if problems:
        raise Malformed(problems)
    return CellMap(of)
