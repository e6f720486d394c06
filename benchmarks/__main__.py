"""`make bench`, or `make bench ONLY=close,report`: starts the servers, measures, prints."""

import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import django
from django.utils.module_loading import import_string

from benchmarks.results import Result, table
from benchmarks.servers import Servers, adopt, servers

# Named, not imported: they need Django to be set up, and that needs the servers' addresses.
MEASURES = {
    "complete": "benchmarks.answering.complete",
    "write": "benchmarks.answering.write",
    "crowd": "benchmarks.answering.crowd",
    "pace": "benchmarks.pace.pace",
    "close": "benchmarks.closing.close",
    "report": "benchmarks.reports.report",
    "files": "benchmarks.files.files",
    "page": "benchmarks.answering.page",
    "builder": "benchmarks.checklists.builder",
    "campaign": "benchmarks.campaign.campaign",
}


def main() -> int:
    """0 unless something broke: a goal that is missed is told, not an error."""
    names = chosen(os.environ.get("ONLY", ""))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers are stopped then, too
    results, broken = [], []
    with tempfile.TemporaryDirectory(prefix="trace-bench-") as folder, servers(Path(folder)) as started:
        started.prepare()
        adopt(started.environment)
        django.setup()
        for name in names:
            try:
                results += told(measured(name, started))
            except Exception:
                traceback.print_exc()
                broken.append(name)
    print("", *table(results), "", *(one.line for one in results), sep="\n")
    if broken:
        print(f"\nNOT MEASURED, because something broke: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def chosen(only: str) -> list[str]:
    names = only.replace(",", " ").split() or list(MEASURES)
    if unknown := [name for name in names if name not in MEASURES]:
        raise SystemExit(f"There is no {unknown[0]!r} to measure. Choose among: {', '.join(MEASURES)}")
    return names


def measured(name: str, started: Servers) -> Iterator[Result]:
    print(f"Measuring: {name}", flush=True)
    yield from import_string(MEASURES[name])(started)


def told(results: Iterator[Result]) -> Iterator[Result]:
    """Each as soon as it is there."""
    for one in results:
        print(f"  {one.name}: {one.value:.2f} ({one.goal}) {one.aside}", flush=True)
        yield one


if __name__ == "__main__":
    sys.exit(main())
