"""The mail server takes half a minute for each letter: only letters wait. Surveys close and documents are made."""

import time

from tests.faults.stage import House
from tests.faults.verdicts import Verdict

SLOW, ASKED = 30.0, 120
PROMISED = 15.0  # seconds in which a close of thirty people is done


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        survey = site.do("answered", 30)["survey"]
        verdict.promise("a survey closes while all is well", kept=site.becomes(survey, "closed"))
        second = site.do("answered_open", 30)["survey"]
        site.mail.delay = SLOW
        launched = site.do("draft_launched", ASKED)["survey"]
        verdict.promise("the other opens", kept=site.becomes(launched, "open"))
        for _ in range(3):
            site.browser().ask("POST", "/accounts/password/reset/", (("email", "owner@example.org"),))
        time.sleep(8)
        began = time.monotonic()
        site.do("ends_in", second, 0)
        is_closed = site.becomes(second, "closed")
        closing = time.monotonic() - began
        began = time.monotonic()
        asked = site.do("file_asked", survey, "slice_workbook")
        is_made = site.comes(
            f"SELECT status FROM jobs_job WHERE public_id = '{asked['job']}'", "done", seconds=PROMISED
        )
        making = time.monotonic() - began
        verdict.figure(f"{SLOW:.0f} s a letter: a survey was closed on its date after {closing:.1f} s, a workbook made")
        verdict.figure(f"in {making:.1f} s")
        verdict.promise(f"a close is done within {PROMISED:.0f} s", kept=is_closed and closing < PROMISED)
        verdict.promise(f"a workbook is made within {PROMISED:.0f} s", kept=is_made)
    return verdict
