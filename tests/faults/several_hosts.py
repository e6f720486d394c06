"""Workers on two hosts, of which one loses its power in the middle: the other does what is left, once."""

import sys
import time

from tests.faults.stage import House
from tests.faults.verdicts import Verdict

ASKED = 60


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        for name in ("now", "work", "files"):
            command = [
                sys.executable,
                "-m",
                "trace_site.worker",
                name,
                f"--hostname={name}@other",
                "--loglevel=WARNING",
            ]
            site.add(f"{name} elsewhere", command)
        seen = "SELECT count(*) FROM jobs_sighting WHERE name LIKE '%@other'"
        verdict.promise("both hosts are seen", kept=site.comes(seen, 3))
        closing = [site.do("answered", 30)["survey"] for _ in range(2)]
        launched = site.do("draft_launched", ASKED)["survey"]
        time.sleep(1)
        for name in ("now", "work", "files"):
            site.units[name].is_wanted = False
            site.units[name].kill()
        began = time.monotonic()
        for survey in closing:
            verdict.promise("every survey is closed", kept=site.becomes(survey, "closed"))
        verdict.promise("the other is open", kept=site.becomes(launched, "open"))
        left = "SELECT count(*) FROM post_message WHERE status <> 'sent'"
        verdict.promise("every letter left", kept=site.comes(left, 0))
        editions = site.value("SELECT count(*) FROM reports_edition")
        verdict.promise("each was closed once", kept=editions == len(closing))
        verdict.figure(f"all done {time.monotonic() - began:.1f} s after one of two hosts was gone")
    return verdict
