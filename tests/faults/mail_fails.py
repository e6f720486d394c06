"""The mail server hangs up in the middle of letters, puts them off, refuses them all: everybody is invited once it is
well, and somebody is told meanwhile."""

import time

from tests.faults.stage import House, Site
from tests.faults.verdicts import Verdict

ASKED = 120
LASTS = 20.0  # seconds of each trouble
PUT_OFF = "put_off"  # core.post.standings
AFTER = 240.0  # seconds until all must have left
TROUBLES = {
    "hangs up": {"hangs_up": True},
    "puts off (451)": {"answer_to": "451 4.7.1 come back later"},
    "refuses recipients (550)": {"answer_to": "550 relay access denied"},
    "refuses letters (554)": {"answer_after": "554 5.7.1 policy"},
}


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        for trouble, how in TROUBLES.items():
            _one(site, verdict, trouble, how)
    return verdict


def _one(site: Site, verdict: Verdict, trouble: str, how: dict) -> None:
    site.mail.taken.clear()
    for name, value in how.items():
        setattr(site.mail, name, value)
    survey = site.do("draft_launched", ASKED)["survey"]
    site.becomes(survey, "open")
    time.sleep(LASTS)
    told = site.do("told", survey)
    site.mail.is_well()
    began = time.monotonic()
    left = f"SELECT count(*) FROM post_message WHERE about = '{survey}' AND status <> 'sent'"
    is_done = site.comes(left, 0, seconds=AFTER)
    invited = len(site.mail.taken)
    twice = sum(number - 1 for number in site.mail.taken.values())
    verdict.figure(
        f"{trouble} for {LASTS:.0f} s: {invited} of {ASKED} invited {time.monotonic() - began:.0f} s after, "
        f"{twice} twice, "
        f"{told['failed']} given up and {told['standing'].get(PUT_OFF, 0)} said to be tried again meanwhile"
    )
    verdict.promise(f"{trouble}: all {ASKED} are invited", kept=is_done and invited == ASKED)
    verdict.promise(f"{trouble}: their owner is told meanwhile", kept=told["standing"].get(PUT_OFF, 0) > 0)
