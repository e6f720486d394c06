"""`make test`: the whole suite on SQLite, the same on PostgreSQL and Redis, then browsers and killed workers."""

import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.stage import ROOT, Unavailable, clean_environment, temp_postgres, temp_redis


@dataclass
class Outcome:
    title: str
    ok: bool = False
    closing: str = ""
    skipped: list[str] = field(default_factory=list)


def main() -> int:
    outcomes = [
        run_pytest("SQLite", "not browser and not faults and not postgres", clean_environment()),
        on_servers("PostgreSQL and Redis", "not browser"),
        run_pytest("Browsers, and faults on SQLite", "browser or faults", clean_environment()),
    ]
    report(outcomes)
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def on_servers(title: str, marks: str) -> Outcome:
    """On servers that the environment names, else on our own; where there are none that is said, and fails in CI."""
    with ExitStack() as stack:
        try:
            database = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(temp_postgres())
            broker = os.environ.get("REDIS_URL") or stack.enter_context(temp_redis())
        except Unavailable as reason:
            return Outcome(title, ok="CI" not in os.environ, skipped=[f"NOT RUN on {title}: {reason}"])
        return run_pytest(title, marks, clean_environment(DATABASE_URL=database, REDIS_URL=broker))


def run_pytest(title: str, marks: str, environment: dict[str, str]) -> Outcome:
    """Passes on what pytest prints as it comes, and keeps its closing line and what it skipped."""
    print(f"\n=== {title} ===", flush=True)
    outcome = Outcome(title)
    command = [sys.executable, "-m", "pytest", "-rfEs", "-m", marks, *sys.argv[1:]]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as pytest:
        for line in pytest.stdout:
            print(line, end="", flush=True)
            outcome.closing = line.strip() or outcome.closing
            if line.startswith("SKIPPED"):
                outcome.skipped.append(line.strip())
    outcome.ok = pytest.returncode == 0
    return outcome


def report(outcomes: list[Outcome]) -> None:
    print()
    for outcome in outcomes:
        print(*outcome.skipped, sep="\n", end="\n" if outcome.skipped else "")
    for outcome in outcomes:
        print(f"{outcome.title}:", outcome.closing, sep="\n")


if __name__ == "__main__":
    sys.exit(main())
