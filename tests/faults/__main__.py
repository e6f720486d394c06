"""`make test-faults`: a site as it is shipped, on PostgreSQL and on SQLite, and what breaks while people answer.

A line for each fault with its figures, and what was promised and not kept. ONLY=mail_refuses,redis_hangs for some.
"""

import os
import signal
import sys
import time
import traceback
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.servers import postgres
from tests.faults.stage import House, house
from tests.stage import Unavailable

MEMORY = Path("/dev/shm")  # noqa: S108  # a killed server leaves it as it leaves a disk, and it is quicker to come back
ON_POSTGRES, ON_BOTH = ("postgresql",), ("postgresql", "sqlite")
FAULTS = {
    "postgres_killed": ON_POSTGRES,
    "pool_restarted": ON_POSTGRES,
    "redis_away": ON_BOTH,
    "workers_killed": ON_BOTH,
    "mail_fails": ON_BOTH,
    "mail_slow": ON_BOTH,
    "disk_full": ON_BOTH,
    "database_full": ON_BOTH,
    "share_away": ON_BOTH,
    "close_hit": ON_BOTH,
    "clock_moved": ON_POSTGRES,
    "key_store_gone": ON_BOTH,
    "several_hosts": ON_BOTH,
    "deployment": ON_BOTH,
    "upgrade": ON_BOTH,
}


def main() -> int:
    only = [name for name in os.environ.get("ONLY", "").split(",") if name]
    engines = [name for name in (os.environ.get("ENGINES") or "postgresql,sqlite").split(",") if name]
    unknown = set(only) - FAULTS.keys()
    if unknown:
        sys.stderr.write(f"There is no fault called {', '.join(sorted(unknown))}. There are: {', '.join(FAULTS)}\n")
        return 2
    began = time.monotonic()
    results = [_on(engine, only) for engine in engines if any(_chosen(engine, only))]
    print(f"{(time.monotonic() - began) / 60:.0f} minutes")
    return 0 if all(results) else 1


def _chosen(engine: str, only: list[str]) -> list[str]:
    return [name for name, engines in FAULTS.items() if engine in engines and (not only or name in only)]


def _on(engine: str, only: list[str]) -> bool:
    with TemporaryDirectory(prefix="trace-faults-", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        place = Path(folder)
        place.chmod(0o755)
        server = None
        if engine == "postgresql":
            try:
                server = stack.enter_context(postgres(MEMORY if MEMORY.is_dir() else place))
            except Unavailable as reason:
                print(f"fault * {engine} skip: {reason}", flush=True)
                return True
        found = stack.enter_context(house(place, server))
        kept = [_tried(name, engine, found) for name in _chosen(engine, only)]
        return all(kept)


def _tried(name: str, engine: str, found: House) -> bool:
    began = time.monotonic()
    try:
        verdict = import_module(f"tests.faults.{name}").fault(found)
    except Unavailable as reason:
        print(f"fault {name} {engine} skip: {reason}", flush=True)
        return True
    except Exception:
        print(f"fault {name} {engine} FAIL: it ended before it could be judged\n{traceback.format_exc()}", flush=True)
        return False
    seconds = time.monotonic() - began
    said = "; ".join(verdict.figures)
    print(f"fault {name} {engine} {'pass' if verdict.is_kept else 'FAIL'}: {said} [{seconds:.0f} s]", flush=True)
    for sentence in verdict.broken:
        print(f"    not kept: {sentence}", flush=True)
    return verdict.is_kept


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whoever ends it ends its servers
    sys.exit(main())
