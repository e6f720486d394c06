"""`make test-deep`: every proof of what respondents are promised, in its long form, on PostgreSQL and Redis.

`deep` marks what only runs here; `proof` what runs in `make test` as well and has a figure to show.
"""

import sys
import time
from contextlib import ExitStack

from tests.run import on_servers, report, run_pytest
from tests.stage import Unavailable, clean_environment

MARKS = "deep or proof"


def main() -> int:
    began = time.monotonic()
    with ExitStack() as stack:
        try:
            environment = on_servers(stack)
        except Unavailable as reason:
            sys.stderr.write(f"The proofs need PostgreSQL and Redis: {reason}\n")
            return 1
        servers = run_pytest("Proofs", f"({MARKS}) and not sqlite", environment, "--deep")
    sqlite = run_pytest("Proofs on SQLite", "proof and not postgres", clean_environment(), "--deep")
    report([servers, sqlite])
    print(f"{(time.monotonic() - began) / 60:.0f} minutes")
    return 0 if servers.ok and sqlite.ok else 1


if __name__ == "__main__":
    sys.exit(main())
