"""From bytes to a table of text: a heading, and rows that know their line. Whatever is wrong is collected and named."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAX_BYTES = 20_000_000
MAX_ROWS = 500_000
MAX_COLUMNS = 1_000
NAMED_AT_MOST = 20  # problems of one file
DELIMITERS = ",;\t"
OPEN_QUOTE = (
    "A quotation mark is missing, or stands inside a value. Put the value between quotation marks and write those "
    "inside it twice. What follows was not looked at."
)


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, and what to do; of a line, or of the whole file (line 0).

    >>> print(Problem(3, "The group is missing. Fill it in."))
    Line 3: The group is missing. Fill it in.
    """

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}" if self.line else self.sentence


class Malformed(ValueError):
    """A file that cannot be read, with everything that is wrong in it, line by line.

    >>> print(Malformed([Problem(4, "Another."), Problem(3, "One.")]))
    Line 3: One.
    Line 4: Another.
    >>> Malformed([Problem(3, "One.")] * 22).args[0].splitlines()[-1]
    '… and 2 more.'
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: one.line))
        left_out = len(self.problems) - NAMED_AT_MOST
        more = [f"… and {left_out:,} more."] if left_out > 0 else []
        super().__init__("\n".join([*map(str, self.problems[:NAMED_AT_MOST]), *more]))


@dataclass(frozen=True)
class Row:
    line: int  # on which it begins
    values: tuple[str, ...]  # one for each column, without spaces around


@dataclass(frozen=True)
class Table:
    """The rows below a heading; rows without any value are left out.

    `problems`: of rows that are not among them. Whoever reads the table adds what is wrong with the others, so that a
    file is mended once.
    """

    heading: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def heading_names(self) -> tuple[str, ...]:
        """As they are recognised: whatever case they are in.

        >>> Table(("Person", "T1.team"), ()).heading_names
        ('person', 't1.team')
        """
        return tuple(name.casefold() for name in self.heading)


def read_table(data: bytes) -> Table:
    r"""A CSV file in UTF-8 (with or without its mark), cells cut by commas, semicolons or tabs.

    Raises Malformed where no row can be read: too long, not UTF-8, no heading, a name missing or twice. A row longer or
    shorter than the heading, or a quotation mark without an end, is among the table's problems.

    >>> read_table(b"\xef\xbb\xbfperson;T1.team\np1;4\n").rows
    (Row(line=2, values=('p1', '4')),)
    >>> print(*read_table(b"person,T1.team\np1,4,5\n").problems)
    Line 2: 3 values under a heading of 2 columns. Write one for each, or leave it empty between two commas.
    """
    lines, problems = _lines(_decoded(data))
    heading = _without_empty_end(lines[0].values, least=0) if lines else ()
    if wrong := problems if problems and not lines else _problems_of_heading(heading):
        raise Malformed(wrong)
    rows = []
    for line in lines[1:]:
        values = _without_empty_end(line.values, least=len(heading))
        if len(values) == len(heading):
            rows.append(Row(line.line, values))
        else:
            problems.append(_odd_length(line.line, len(values), len(heading)))
    if len(rows) > MAX_ROWS:
        raise Malformed([Problem(0, f"The file has more than {MAX_ROWS:,} rows. Split it, for instance by rater.")])
    if not rows and not problems:
        raise Malformed([Problem(0, "There is no row below the heading.")])
    return Table(heading, tuple(rows), tuple(problems))


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Malformed(
            [Problem(0, f"The file has more than {MAX_BYTES // 1_000_000} MB. Split it, for instance by rater.")]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        raise Malformed([Problem(line, "This is not UTF-8. Save the table anew as “CSV UTF-8”.")]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Malformed([Problem(line, "This holds a character of no text. Save the table anew as “CSV UTF-8”.")])
    return text


def _lines(text: str) -> tuple[list[Row], list[Problem]]:
    """Every row that holds something, the heading first; and what is wrong with its quotation marks, if anything."""
    delimiter = max(DELIMITERS, key=text.lstrip().partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Row] = []
    while True:
        begins = reader.line_num + 1
        try:
            values = tuple(value.strip() for value in next(reader))
        except StopIteration:
            return found, []
        except csv.Error:
            return found, [Problem(begins, OPEN_QUOTE)]
        if any(values):
            found.append(Row(begins, values))


def _without_empty_end(values: Sequence[str], *, least: int) -> tuple[str, ...]:
    """Spreadsheets write empty cells to the right of a table, which say nothing."""
    length = max((at for at, value in enumerate(values, start=1) if value), default=0)
    return tuple(values[: max(length, least)])


def _problems_of_heading(heading: Sequence[str]) -> list[Problem]:
    if not heading:
        return [Problem(0, "The file is empty. Its first line names the columns.")]
    if len(heading) > MAX_COLUMNS:
        return [Problem(1, f"{len(heading):,} columns; at most {MAX_COLUMNS:,} are read.")]
    nameless = [
        Problem(1, f"Column {at} has no name. Name it, or take it out.")
        for at, name in enumerate(heading, start=1)
        if not name
    ]
    twice = [
        Problem(1, f"{count} columns are named “{name}”. Keep one of them.")
        for name, count in Counter(map(str.casefold, heading)).items()
        if name and count > 1
    ]
    return nameless + twice


def _odd_length(line: int, found: int, asked: int) -> Problem:
    ought = "Write one for each, or leave it empty between two commas."
    return Problem(line, f"{found} values under a heading of {asked} columns. {ought}")
