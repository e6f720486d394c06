"""The clocks of a worker's and a web server's host are wrong by hours: surveys end when the database says so."""

import time

from tests.faults.stage import House, Site
from tests.faults.verdicts import Verdict
from tests.stage import comes_true

# Read by Python before anything else: the clock of a host, as TRACE asks it.
WRONG = """
import datetime
from django.utils import timezone
right = timezone.now
timezone.now = lambda: right() + datetime.timedelta(hours={hours})
"""
ENDS_IN, ENDS_SOON = 3600, 15  # seconds
LATE = 20.0  # seconds after its date within which a survey takes no more answers and is closed


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        for hours in (3, -3):
            _one(site, verdict, hours)
    return verdict


def _one(site: Site, verdict: Verdict, hours: int) -> None:
    wrong = f"{hours:+} h"
    survey, crowd = site.crowd(24)
    site.do("ends_in", survey, ENDS_IN)
    folder = site.folder / f"clock{hours}"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(WRONG.format(hours=hours))
    moved = {"PYTHONPATH": str(folder)}
    for name in ("web", "work", "beat"):
        site.units[name].environment = site.units[name].environment | moved
        site.units[name].restart()
    browser = site.browser(timeout=10)
    verdict.promise(f"{wrong}: the site is there", kept=comes_true(lambda: _is_there(browser), seconds=90))
    with crowd.answering():
        time.sleep(10)
    verdict.promise(f"{wrong}: nothing is stopped before its date", kept=site.status(survey) == "open")
    verdict.promise(f"{wrong}: answers are taken until then", kept=crowd.saves > 0 and not crowd.troubles)
    date = site.do("ends_in", survey, ENDS_SOON)["at"]
    is_closed = site.becomes(survey, "closed")
    late = time.time() - date
    verdict.figure(
        f"hosts at {wrong}: {crowd.saves} saves, {len(crowd.troubles)} errors; closed {late:.0f} s after its date"
    )
    verdict.promise(f"{wrong}: it is closed on its date", kept=is_closed and 0 <= late <= LATE)


def _is_there(browser) -> bool:
    try:
        return browser.ask("GET", "/health/") == 200
    except OSError:
        return False
