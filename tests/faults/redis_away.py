"""Redis is killed, emptied, and hangs: nothing is lost, nobody waits to sign in, and what was asked for is done."""

import signal
import time

from tests.faults.stage import House, Site
from tests.faults.verdicts import Verdict

PATIENCE = 1.0  # seconds for signing in
SIGN_INS = 6


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        _survey, crowd = site.crowd(90)
        site.do("owned")
        with crowd.answering():
            time.sleep(2)
            verdict.figure(
                f"signing in takes {max(_sign_in(site) for _ in range(SIGN_INS)):.1f} s at most while all is well"
            )
            _killed(site, verdict)
            _flushed(site, verdict)
            _hanging(site, verdict)
            time.sleep(2)
        verdict.promise("respondents see no error", kept=not crowd.troubles)
        verdict.answers(site, crowd)
    return verdict


def _killed(site: Site, verdict: Verdict) -> None:
    site.redis.kill()
    job = _asked_for_work(site)
    time.sleep(4)
    site.redis.start()
    _done(site, verdict, "killed", job)


def _flushed(site: Site, verdict: Verdict) -> None:
    job = _asked_for_work(site)
    site.redis.flush()
    _done(site, verdict, "emptied", job)


def _hanging(site: Site, verdict: Verdict) -> None:
    site.redis.signal(signal.SIGSTOP)
    try:
        waits = sorted(_sign_in(site) for _ in range(SIGN_INS))
        job = _asked_for_work(site)
    finally:
        site.redis.signal(signal.SIGCONT)
    verdict.figure(f"signing in while it hangs takes {waits[0]:.1f} to {waits[-1]:.1f} s")
    verdict.promise(f"signing in takes {PATIENCE:.0f} s at most", kept=waits[-1] <= PATIENCE)
    _done(site, verdict, "hung", job)


def _sign_in(site: Site) -> float:
    browser = site.browser()
    browser.ask("GET", "/accounts/login/")
    began = time.monotonic()
    browser.ask(
        "POST", "/accounts/login/", (("login", "owner@example.org"), ("password", "a-long-password-for-faults"))
    )
    if browser.status != 302:
        raise RuntimeError(f"Signing in was answered by {browser.status}.")
    return time.monotonic() - began


def _asked_for_work(site: Site) -> str:
    return site.do("draft_launched", 8)["survey"]


def _done(site: Site, verdict: Verdict, what: str, survey: str) -> None:
    began = time.monotonic()
    verdict.promise(f"what was asked for while it was {what} is done", kept=site.becomes(survey, "open"))
    verdict.figure(f"{what}: work goes on after {time.monotonic() - began:.1f} s")
