"""Workers are killed in the middle of a close and of letters, again and again; two clocks tick meanwhile."""

import random
import sys
import time

from tests.faults.stage import BEAT, House
from tests.faults.verdicts import Verdict

KILLS, EVERY = 8, 1.5  # times; seconds
ASKED = 40


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        site.add("second beat", [sys.executable, *BEAT, f"--schedule={site.folder}/second"])
        survey, crowd = site.crowd(ASKED, pace=0.02)
        with crowd.answering():
            while crowd.submits < 12:
                time.sleep(0.2)
        verdict.answers(site, crowd)
        launched = site.do("draft_launched", ASKED)["survey"]
        site.do("stopped", survey)
        began = time.monotonic()
        for _ in range(KILLS):
            random.choice(site.workers).kill()
            time.sleep(EVERY)
        last = time.monotonic()
        verdict.promise("the survey is closed", kept=site.becomes(survey, "closed"))
        verdict.promise("the other is open", kept=site.becomes(launched, "open"))
        verdict.promise(
            "every letter left", kept=site.comes("SELECT count(*) FROM post_message WHERE status = 'queued'", 0)
        )
        verdict.promise("no work is left", kept=site.comes(OPEN, 0))
        counted = site.do("counted", survey)["n"]
        verdict.promise("the report counts whoever was thanked", kept=counted == crowd.submits)
        twice = sum(number - 2 for number in site.mail.taken.values() if number > 2)
        deaths = site.value("SELECT coalesce(sum(deaths), 0) FROM jobs_job")
        verdict.figure(
            f"{KILLS} kills in {last - began:.0f} s, all done {time.monotonic() - last:.1f} s after the last"
        )
        verdict.figure(
            f"{deaths} jobs interrupted, {twice} letters came twice, {crowd.submits} thanked, {counted} counted"
        )
    return verdict


OPEN = "SELECT count(*) FROM jobs_job WHERE status IN ('queued', 'running') AND not_before IS NULL"
