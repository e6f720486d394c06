from argparse import RawDescriptionHelpFormatter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter

from reports.rating_tables import (
    MAX_BYTES,
    CellMap,
    Malformed,
    Table,
    as_json,
    as_text,
    cells_of,
    ratings_of,
    read_table,
    scored,
)

Made = TypeVar("Made")


class _AsWritten(RawDescriptionHelpFormatter, DjangoHelpFormatter):
    pass


class Command(BaseCommand):
    help = """Score a table of ratings by the method of TRACE, without storing anything.

For specialists and their own data. NOTHING IS HIDDEN: figures are shown however few people stand behind
them, and may tell what one person answered. What TRACE itself publishes is protected; this is not.

RATINGS.csv is UTF-8, cut by commas, semicolons or tabs, in one of two shapes:

  wide   a line for each person:   person,group,rater,T1.team,T2.team,…
         (person, group and rater may be missing)
  long   a line for each rating:   person,group,rater,statement,rating
         (group and rater may be missing)

Ratings are 1 to 5. 0, DK and N/A are “don't know”, NA and nothing are blank; both are missing, and count
nowhere. Turn ratings of negative statements (6 − x) beforehand. What the table names counts as asked: a
person needs half of a cell's statements for a score, and all figures of a cell rest on the people with one.

Statements like T1.team tell condition and space themselves. For another instrument give --cells CELLS.csv
with the columns statement, condition and space.

For every group, rater category and cell: n, score, level, likely range, agreement, two camps, SD, share of
favourable answers, alpha with its interval; for every statement its mean; between groups ICC(1) and ICC(2),
and each group of five people or more beside everybody else.

Where a line is malformed, every one is named, nothing is worked out, and the exit code is 1."""
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, formatter_class=_AsWritten, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ratings", type=Path, metavar="RATINGS.csv")
        parser.add_argument("--cells", type=Path, metavar="CELLS.csv", help="the cell of each statement")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="for eyes, or for programs")

    def handle(self, *args: Any, ratings: Path, cells: Path | None, format: str, **options: Any) -> None:
        written = as_json if format == "json" else as_text
        cell_map = _read(cells, cells_of) if cells else CellMap()
        self.stdout.write(written(scored(_read(ratings, partial(ratings_of, cells=cell_map)))))


def _read(path: Path, made_of: Callable[[Table], Made]) -> Made:
    try:
        with path.open("rb") as file:
            return made_of(read_table(file.read(MAX_BYTES + 1)))
    except OSError as failure:
        raise CommandError(f"{path} cannot be read: {failure.strerror}.") from None
    except Malformed as failure:
        raise CommandError(f"{path} was not scored.\n{failure}") from None
