"""`make test`: the suite on SQLite beside the suite on PostgreSQL and Redis, then what needs the machine for itself."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.stage import ROOT, Unavailable, clean_environment, temp_postgres, temp_redis

SQLITE, SERVERS = "SQLite", "PostgreSQL and Redis"
# What the database changes nothing of is tried once.
TRIED_ONCE = (
    "tests/benchmarks",
    "tests/diagnostics/checklists/test_drafting.py",
    "tests/diagnostics/instrument/test_content.py",
    "tests/reports/decks",
    "tests/reports/disclosure",
    "tests/reports/publish",
    "tests/reports/rating_tables",
    "tests/reports/readings",
    "tests/reports/scoring",
    "tests/reports/writers",
    "tests/spaces/importing/test_columns.py",
    "tests/spaces/importing/test_table.py",
)


@dataclass
class Outcome:
    title: str
    ok: bool = False
    closing: str = ""
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def main() -> int:
    plain = "not browser and not faults and not deep"
    left_out = [f"--ignore={path}" for path in TRIED_ONCE]
    here = f"{plain} and not postgres", clean_environment()
    without_servers = [(SQLITE, *here, *left_out), ("Whatever the database", *here, *TRIED_ONCE)]
    with ExitStack() as stack:
        try:
            environment = on_servers(stack)
        except Unavailable as reason:
            missing = Outcome(SERVERS, ok="CI" not in os.environ, skipped=[f"NOT RUN on {SERVERS}: {reason}"])
            outcomes = [*side_by_side(*without_servers), missing]
        else:
            with_servers = (SERVERS, f"{plain} and not sqlite", environment, *left_out)
            outcomes = side_by_side(*without_servers, with_servers)
            # Killed workers are given seconds: nothing else runs beside them.
            outcomes.append(run_pytest(f"Faults on {SERVERS}", "faults and not browser", environment))
    outcomes.append(run_pytest(f"Faults on {SQLITE}", "faults", clean_environment()))
    browsers = "browser and not faults"
    outcomes += side_by_side(
        ("Browsers on reports", browsers, clean_environment(), "-k=reports"),
        ("Browsers on the rest", browsers, clean_environment(), "-k=not reports"),
    )
    report(outcomes)
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def side_by_side(*runs: tuple) -> list[Outcome]:
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda one: run_pytest(*one), runs))


def on_servers(stack: ExitStack) -> dict[str, str]:
    """With the servers that this environment names, else with our own; raises Unavailable where there are none."""
    database = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(temp_postgres())
    broker = os.environ.get("REDIS_URL") or stack.enter_context(temp_redis())
    return clean_environment(DATABASE_URL=database, REDIS_URL=broker)


def run_pytest(title: str, marks: str, environment: dict[str, str], *options: str) -> Outcome:
    """Passes on what pytest prints, line by line; keeps its closing line, what it skipped and what failed."""
    outcome = Outcome(title)
    command = [sys.executable, "-m", "pytest", "-rfEs", "-m", marks, *options, *sys.argv[1:]]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as pytest:
        for line in pytest.stdout or ():
            print(f"{title}: {line}", end="", flush=True)
            outcome.closing = line.strip() or outcome.closing
            if line.startswith("SKIPPED"):
                outcome.skipped.append(line.strip())
            if line.startswith(("FAILED", "ERROR ")):
                outcome.failed.append(line.strip())
    outcome.ok = pytest.returncode == 0
    return outcome


def report(outcomes: list[Outcome]) -> None:
    print()
    for outcome in outcomes:
        print(*outcome.skipped, sep="\n", end="\n" if outcome.skipped else "")
    for outcome in outcomes:
        print(f"{outcome.title}:", *outcome.failed, outcome.closing, sep="\n")


if __name__ == "__main__":
    sys.exit(main())
