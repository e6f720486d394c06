"""The web server is reloaded while people answer, and nobody sees an error; restarted, it only makes them wait."""

import signal
import time

from tests.faults.stage import House
from tests.faults.verdicts import Verdict


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        _survey, crowd = site.crowd(120)
        web = site.units["web"]
        with crowd.answering():
            time.sleep(3)
            for _ in range(3):
                web.signal(signal.SIGHUP)
                time.sleep(6)
            reloaded = len(crowd.troubles)
            if web.listener is not None:  # the socket outlives the process
                web.restart()
                time.sleep(6)
        verdict.answers(site, crowd)
        verdict.figure(f"{reloaded} errors at 3 reloads, {len(crowd.troubles) - reloaded} at a restart")
        verdict.promise("nobody sees an error at a reload", kept=not reloaded)
        verdict.promise("nobody sees a 502", kept=not any("502" in trouble.what for trouble in crowd.troubles))
    return verdict
