"""`python -m trace_site.worker now`: one of the workers of a site, with the lanes that are its own (see lanes.py)."""

import os
import sys
from collections.abc import Sequence

from trace_site.lanes import WORKERS

CONCURRENCY = {"now": 2, "work": 2, "files": 2}


def command(lanes: Sequence[str], *options: str) -> list[str]:
    """What Python is told, to run a worker for these lanes."""
    return ["-m", "celery", "--quiet", "-A", "trace_site", "worker", f"--queues={','.join(lanes)}", *options]


def main() -> None:
    name, *options = sys.argv[1:] or [""]
    if name not in WORKERS:
        raise SystemExit(f"Say which worker: one of {', '.join(WORKERS)}. A site needs each of them.")
    options = [f"--concurrency={CONCURRENCY[name]}", f"--hostname={name}@%h", "--loglevel=INFO", *options]
    os.execv(sys.executable, [sys.executable, *command(WORKERS[name], *options)])  # noqa: S606  # no shell


if __name__ == "__main__":
    main()
