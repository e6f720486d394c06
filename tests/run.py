"""`make test`: the suite on SQLite beside the suite on PostgreSQL and Redis, then what needs the machine for itself."""

import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.stage import PREPARED, ROOT, Unavailable, clean_environment, prepared_database, temp_postgres, temp_redis

SQLITE, SERVERS = "SQLite", "PostgreSQL and Redis"
# What the database changes nothing of is tried once.
TRIED_ONCE = (
    "tests/benchmarks",
    "tests/diagnostics/checklists/test_drafting.py",
    "tests/diagnostics/checklists/test_files.py",
    "tests/diagnostics/instrument/test_content.py",
    "tests/reports/decks",
    "tests/reports/disclosure",
    "tests/reports/files/test_pack.py",
    "tests/reports/pages/audit",
    "tests/reports/pages/test_comparisons.py",
    "tests/reports/pages/test_gallery.py",
    "tests/reports/pages/test_group_profiles.py",
    "tests/reports/pages/test_guide.py",
    "tests/reports/pages/test_held_profiles.py",
    "tests/reports/pages/test_next_steps.py",
    "tests/reports/pages/test_presenting.py",
    "tests/reports/pages/test_room.py",
    "tests/reports/pages/test_self_assessments.py",
    "tests/reports/pages/test_survey_by_hand.py",
    "tests/reports/pages/test_surveys.py",
    "tests/reports/pages/test_words_alone.py",
    "tests/reports/publish",
    "tests/reports/rating_tables",
    "tests/reports/readings",
    "tests/reports/scoring",
    "tests/reports/test_demo.py",
    "tests/reports/test_own_checklists.py",
    "tests/reports/writers",
    "tests/site/test_failures.py",
    "tests/site/test_locale.py",
    "tests/site/test_logs.py",
    "tests/site/test_pages_without_keys.py",
    "tests/site/test_sentences.py",
    "tests/site/test_settings.py",
    "tests/site/test_staff.py",
    "tests/site/test_styles.py",
    "tests/spaces/importing/test_columns.py",
    "tests/spaces/importing/test_table.py",
)
# The long walks over every page and every table of an upgraded site, and whatever waits: where answers are kept in
# earnest.
ON_SERVERS = (
    "tests/diagnostics/surveys/test_dashboard.py",
    "tests/diagnostics/surveys/test_letters.py",
    "tests/diagnostics/test_model_upgrade.py",
    "tests/diagnostics/test_upgrade.py",
    "tests/site/test_matrix.py",
    "tests/surveys_loop/test_capability.py",
    "tests/surveys_loop/test_history.py",
    "tests/surveys_loop/test_sequence.py",
    "tests/surveys_loop/test_swap.py",
)
LANES = 3  # at once, on two cores: each waits a third of its time for a database or a browser
THIRDS = ("tests/reports/", "tests/surveys_loop/")  # of the time that all browser tests take; the rest is one, too


@dataclass
class Outcome:
    title: str
    ok: bool = False
    closing: str = ""
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def main() -> int:
    plain = "not browser and not faults and not deep and not recipe"
    alone, outside = left_out(TRIED_ONCE), clean_environment()
    faults, browsers = "faults and not browser", "browser and not faults"
    broken, seen = marked("faults"), marked("browser")
    with ExitStack() as stack:
        try:
            there = on_servers(stack)
        except Unavailable as reason:
            [here] = prepared(stack, outside)
            once = ("Whatever the database", f"{plain} and not postgres", here, *TRIED_ONCE)
            missing = Outcome(SERVERS, ok="CI" not in os.environ, skipped=[f"NOT RUN on {SERVERS}: {reason}"])
            outcomes = [*side_by_side((SQLITE, f"{plain} and not postgres", here, *alone), once), missing]
            outcomes += side_by_side((f"Faults on {SQLITE}", faults, here, *broken))
        else:
            here, there = prepared(stack, outside, there)
            once = ("Whatever the database", f"{plain} and not postgres", here, *TRIED_ONCE)
            outcomes = side_by_side(
                (SERVERS, f"{plain} and not sqlite", there, *alone),
                (SQLITE, f"{plain} and not postgres", here, *alone, *left_out(ON_SERVERS)),
                once,
            )
            # Killed workers are given seconds: nothing runs beside them but the same on the other database.
            outcomes += side_by_side(
                (f"Faults on {SERVERS}", faults, there, *broken),
                (f"Faults on {SQLITE}", faults, here, *broken),
            )
    thirds = [[file for file in seen if file.startswith(folder)] for folder in THIRDS]
    thirds.append([file for file in seen if not file.startswith(THIRDS)])
    outcomes += side_by_side(
        *((f"Browsers, part {part} of 3", browsers, outside, *third) for part, third in enumerate(thirds, 1))
    )
    report(outcomes)
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def marked(mark: str) -> list[str]:
    """The files that hold tests with it: pytest would take as long to read all the others as a test takes."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files if f"mark.{mark}" in file.read_text()]


def left_out(paths: Iterable[str]) -> list[str]:
    return [f"--ignore={path}" for path in paths]


def side_by_side(*lanes: tuple) -> list[Outcome]:
    with ThreadPoolExecutor(LANES) as pool:
        return list(pool.map(lambda lane: run_pytest(*lane), lanes))


def on_servers(stack: ExitStack) -> dict[str, str]:
    """With the servers that this environment names, else with our own; raises Unavailable where there are none."""
    database = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(temp_postgres())
    broker = os.environ.get("REDIS_URL") or stack.enter_context(temp_redis())
    return clean_environment(DATABASE_URL=database, REDIS_URL=broker)


def prepared(stack: ExitStack, *environments: dict[str, str]) -> list[dict[str, str]]:
    """Each with a database that every lane on its engine starts from, so that none of them migrates anew."""

    def named(environment: dict[str, str]) -> dict[str, str]:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="trace-prepared-")))
        server = environment.get("DATABASE_URL", SQLITE)
        return environment | {PREPARED: stack.enter_context(prepared_database(folder, server=server))}

    with ThreadPoolExecutor() as pool:
        return list(pool.map(named, environments))


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
            if line.startswith(("FAILED", "SUBFAILED", "ERROR ")):
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
