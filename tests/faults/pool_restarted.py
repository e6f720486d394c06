"""PgBouncer stands before PostgreSQL, in transaction mode, and is killed and started again while people answer."""

import time

from tests.faults.servers import pool
from tests.faults.stage import House, copied
from tests.faults.verdicts import Verdict

CONNECTIONS = 6  # to PostgreSQL; web servers and workers would open several times as many
PEOPLE = 120


def fault(house: House) -> Verdict:
    verdict = Verdict()
    database = copied(house.like, house.postgres.url)
    with (
        pool(database, size=CONNECTIONS) as between,
        house.site(DATABASE_URL=between.url, DATABASE_POOLED="1") as site,
    ):
        survey, crowd = site.crowd(PEOPLE)
        with crowd.answering():
            time.sleep(5)
            between.kill()
            time.sleep(1)
            between.start()
            back = time.monotonic()
            time.sleep(6)
            late = len(crowd.troubles_since(back))
        verdict.answers(site, crowd)
        held = site.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        verdict.figure(f"{held} connections to PostgreSQL; {late} requests failed that began once PgBouncer was back")
        verdict.promise("no request fails that begins once it is back", kept=not late)
        verdict.promise(f"no more than {CONNECTIONS} connections", kept=held <= CONNECTIONS)
        is_done = site.comes("SELECT count(*) FROM post_message WHERE status <> 'sent'", 0)
        verdict.promise(f"all {PEOPLE} are invited", kept=is_done and len(site.mail.taken) == PEOPLE)
        site.do("ends_in", survey, 1)
        verdict.promise("the survey closes", kept=site.becomes(survey, "closed"))
    return verdict
