"""What a machine can carry: `python -m benchmarks.capacity`, with how many people at once if not 200.

People at their own pace (benchmarks.pace), then as many ballots at once, as they stay until the close. Processor time
is measured and not seconds: what else runs on the machine changes it less.
"""

import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.db import connection

from benchmarks.machine import megabytes
from benchmarks.servers import adopt, servers

PEOPLE = 200
FULL = 0.6  # of a core: beyond it, pages begin to wait for each other


def main(people: int = PEOPLE) -> None:
    with tempfile.TemporaryDirectory(prefix="trace-capacity-") as folder, servers(Path(folder)) as started:
        started.prepare()
        adopt(started.environment)
        django.setup()
        pace, surveys = import_module("benchmarks.pace"), import_module("benchmarks.surveys")
        before, written = _bytes(SIZE), _bytes(LOG)
        sat = pace.sat_through(started, people)
        kept, logged = _bytes(SIZE) - before, _bytes(LOG) - written
        processor = sat.use.web + sat.use.database
        each = processor / (people * (sat.seconds - pace.ARRIVING / 2))  # of a core, for somebody who is there
        print(f"{people} people, a rating every {pace.EVERY:g} s each: {sat.ratings:,} ratings, {sat.lost()} lost")
        print(f"processor: {1000 * processor / sat.ratings:.1f} ms a rating with its share of pages, of which")
        print(f"  {100 * sat.use.database / processor:.0f} % the database; {FULL / each:,.0f} people at once a core")
        print(f"disk while they answer: {kept / people / 1000:.0f} kB each")
        print(f"write-ahead log: {logged / sat.ratings / 1000:.0f} kB a rating")
        before = _bytes(SIZE)
        surveys.answered_survey(people, teams=1)
        print(f"disk of a ballot and its person: {(_bytes(SIZE) - before) / people / 1000:.0f} kB")
        site, database = megabytes()
        print(f"memory: {', '.join(f'{one:.0f}' for one in site)} MB the site's, {database:.0f} MB the database")


SIZE = "pg_database_size(current_database())"
LOG = "pg_current_wal_lsn() - '0/0'"


def _bytes(what: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what}")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
