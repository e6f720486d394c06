"""PostgreSQL is killed five times while people answer. Nothing is lost, and once it is back nothing fails."""

import time

from tests.faults.stage import House
from tests.faults.verdicts import Verdict

KILLS, AWAY = 5, 1.5  # times; seconds until it is started again


def fault(house: House) -> Verdict:
    verdict, recoveries, late = Verdict(), [], 0
    with house.site() as site:
        _survey, crowd = site.crowd(120)
        with crowd.answering():
            for _ in range(KILLS):
                time.sleep(3)
                site.postgres.kill()
                time.sleep(AWAY)
                began = time.monotonic()
                verdict.promise("it starts again", kept=site.postgres.start())
                back = time.monotonic()
                recoveries.append(back - began)
                time.sleep(3)
                late += len(crowd.troubles_since(back))
        verdict.answers(site, crowd)
        verdict.figure(f"PostgreSQL back {max(recoveries):.1f} s after its start at the longest")
        verdict.figure(f"{late} requests failed that began after that")
        verdict.promise("no request fails that begins once it is back", kept=not late)
        is_done = site.comes("SELECT count(*) FROM post_message WHERE status <> 'sent'", 0)
        verdict.promise("all 120 are invited", kept=is_done and len(site.mail.taken) == 120)
    return verdict
