"""Lists of people as they are brought."""

from spaces.importing.table.reading import read
from spaces.importing.table.rows import Row


def pasted(text: str) -> list[Row]:
    """The rows of what was pasted."""
    return read(text.encode()).rows
