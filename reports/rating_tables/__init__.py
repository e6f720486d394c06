"""A specialist's own table of ratings, scored by the method: read strictly, worked out whole, printed. Knows no Django.

Nothing here protects anybody: who holds the ratings of each person may see every figure that follows from them.
"""

from reports.rating_tables.cells import CellMap, cells_of
from reports.rating_tables.figures import ScoredTable, scored
from reports.rating_tables.printing import as_json, as_text
from reports.rating_tables.ratings import Ratings, ratings_of
from reports.rating_tables.table import MAX_BYTES, Malformed, Table, read_table

__all__ = [
    "MAX_BYTES",
    "CellMap",
    "Malformed",
    "Ratings",
    "ScoredTable",
    "Table",
    "as_json",
    "as_text",
    "cells_of",
    "ratings_of",
    "read_table",
    "scored",
]
