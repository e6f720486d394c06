"""Somebody with the whole database and no key, who tries to say which answers are whose. Knows PostgreSQL, not Django.

Whatever gives people an order (where a row lies, who wrote it last, any column of any table that speaks of them) is
held against whatever gives answers an order, forwards and backwards, within each set of people that is known.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Person = int
ROWS_OF_A_BLOCK = 1_000  # more than there can be


@dataclass(frozen=True)
class Target:
    """Answers in an order that something stored gives them; `among`: what is known of whose they are."""

    name: str
    answers: Sequence[Hashable]
    among: frozenset[Person]


@dataclass
class Intruder:
    connection: Any
    marks: dict[str, Person] = field(default_factory=dict)  # words that stand for one person

    def __post_init__(self) -> None:
        people = self._rows(
            "SELECT p.id, p.name, p.email, p.mailbox, i.public_id, i.token_hash FROM diagnostics_participant p "
            "JOIN diagnostics_invitation i ON i.participant_id = p.id"
        )
        for person, *words in people:
            self.marks |= {word: person for word in words if word}
        longest_first = sorted(map(re.escape, self.marks), key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")

    # --- What gives people an order ---

    def orders(self) -> Iterator[tuple[str, list[Person]]]:
        """(what gives it, people in that order), of all tables in which single people are found."""
        for table, rows in self.about_people().items():
            for column in telling([row for _, row in rows]):
                ordered = sorted(rows, key=lambda row: sortable(row[1][column]))
                yield f"{table}.{column}", list(dict.fromkeys(person for person, _ in ordered))

    def about_people(self) -> dict[str, list[tuple[Person, dict]]]:
        """Table → (person, row) of every row that speaks of one person, in the order in which they lie there."""
        found = defaultdict(list)
        for table in self.tables():
            links = self._links(table)
            for row in self.rows(table):
                people = {known[row[column]] for column, known in links.items() if row[column] in known}
                people |= {self.marks[word] for word in self.pattern.findall(text_of(row))}
                if len(people) == 1:
                    found[table].append((people.pop(), row))
        return {table: rows for table, rows in found.items() if len({person for person, _ in rows}) > 1}

    def _links(self, table: str) -> dict[str, dict[int, Person]]:
        """Columns that point at a participant or an invitation, with whom each value means."""
        people = {"diagnostics_participant": {person: person for person in self.marks.values()}}
        people["diagnostics_invitation"] = dict(self._rows("SELECT id, participant_id FROM diagnostics_invitation"))
        columns = self._rows(
            "SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c JOIN pg_attribute a "
            "ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey) WHERE c.contype = 'f' AND c.conrelid::regclass = "
            "%s::regclass",
            [table],
        )
        own = {"id": people[table]} if table in people else {}
        return own | {column: people[target] for column, target in columns if target in people}

    # --- The database ---

    def tables(self) -> list[str]:
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        return [name for (name,) in self._rows(named)]

    def rows(self, table: str) -> list[dict]:
        """In the order in which they lie; where that is, and who wrote or locked it last, as numbers."""
        with self.connection.cursor() as cursor:
            hidden = "ctid, xmin::text::bigint, xmax::text::bigint"
            cursor.execute(f"SELECT {hidden}, * FROM {table} ORDER BY ctid")  # noqa: S608
            names = [column[0] for column in cursor.description]
            return [_with_place(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]

    def places(self) -> dict[tuple[str, int, int], Person]:
        """Where each row lies that speaks of one person: table, block, number in it."""
        return {
            (table, *divmod(row["ctid"], ROWS_OF_A_BLOCK)): person
            for table, rows in self.about_people().items()
            for person, row in rows
        }

    def _rows(self, query: str, values: Iterable = ()) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(query, list(values))
            return cursor.fetchall()


def _with_place(row: dict) -> dict:
    block, number = row["ctid"].strip("()").split(",")
    return row | {"ctid": int(block) * ROWS_OF_A_BLOCK + int(number)}


def telling(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Columns that are not the same in all rows."""
    return [column for column in rows[0] if len({sortable(row[column]) for row in rows}) > 1]


def sortable(value: Any) -> tuple[bool, str | float]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (False, value)
    return (True, bytes(value).hex() if isinstance(value, memoryview) else str(value))


def text_of(row: dict) -> str:
    values = (bytes(value).decode("latin-1") if isinstance(value, memoryview) else str(value) for value in row.values())
    return "\n".join(values)


# --- Holding one against the other ---


def tries(
    orders: Iterable[tuple[str, list[Person]]],
    targets: Sequence[Target],
    truth: Mapping[str, Mapping[Person, Hashable]],
) -> dict[str, int]:
    """How many of all people each pair of orders gets right; `truth`: target name → person → what they answered."""
    found = {}
    for source, order in orders:
        for name in {target.name for target in targets}:
            for direction in (1, -1):
                hits = sum(_hits(order[::direction], target, truth[name]) for target in targets if target.name == name)
                found[f"{source} {direction:+} {name}"] = hits
    return found


def _hits(order: list[Person], target: Target, truth: Mapping[Person, Hashable]) -> int:
    people = [person for person in order if person in target.among]
    return sum(truth[person] == answers for person, answers in zip(people, target.answers, strict=False))
