"""The disk of the database is full: what cannot be saved is refused, what was saved stays, and it goes on by itself."""

import time
from contextlib import ExitStack, closing, suppress

from tests.faults.servers import fill, postgres, small_disk
from tests.faults.stage import House, Site, prepared
from tests.faults.verdicts import Verdict
from tests.stage import comes_true, connect

MEGABYTES = {"postgresql": 320, "sqlite": 48}
LASTS, SOON = 8.0, 30.0  # seconds that it stays full; seconds in which all must be well again


def fault(house: House) -> Verdict:
    verdict = Verdict()
    engine = "sqlite" if house.postgres is None else "postgresql"
    with ExitStack() as stack:
        disk = stack.enter_context(small_disk(house.folder / "database", MEGABYTES[engine]))
        if house.postgres is None:
            site = stack.enter_context(house.site(var=disk / "var"))
        else:
            server = stack.enter_context(postgres(disk))
            server.url = prepared(house.folder, server.url)
            site = stack.enter_context(house.site(server=server))
        _survey, crowd = site.crowd(160)
        with crowd.answering():
            time.sleep(4)
            ballast = fill(disk)
            _use_up_what_is_set_aside(site)
            verdict.promise("it is noticed", kept=comes_true(lambda: bool(crowd.troubles), seconds=60))
            time.sleep(LASTS)
            said = {trouble.what for trouble in crowd.troubles}
            ballast.unlink()
            began = time.monotonic()
            if site.postgres is not None and site.postgres.server.poll() is not None:
                verdict.figure("PostgreSQL had stopped and was started again, as systemd does")
                verdict.promise("it starts", kept=site.postgres.start())
            is_well = comes_true(lambda: time.monotonic() - _last(crowd) > 5, seconds=SOON)
            verdict.figure(f"well {max(crowd.well_again_after(began), 0):.1f} s after there was room")
            time.sleep(4)
        verdict.promise(f"all is well within {SOON:.0f} s", kept=is_well)
        verdict.promise(
            "nothing is answered but yes or no",
            kept=all(what[-3:] in ("500", "503") or "Error" in what for what in said),
        )
        verdict.answers(site, crowd)
    return verdict


def _last(crowd) -> float:
    return max((trouble.ended for trouble in crowd.troubles), default=0.0)


def _use_up_what_is_set_aside(site: Site) -> None:
    """PostgreSQL goes on for a while in files of its log that it has already made."""
    if site.postgres is None:
        return
    with suppress(Exception), closing(connect(site.environment["DATABASE_URL"])) as database:
        database.autocommit = True
        cursor = database.cursor()
        while True:
            cursor.execute("SELECT pg_logical_emit_message(false, 'ballast', repeat('x', 500000))")
