"""All that can break breaks during one close: it ends once, in the report that an undisturbed close would have made."""

import time
from functools import partial
from pathlib import Path

from tests.faults.stage import House, Site
from tests.faults.verdicts import Verdict
from tests.stage import comes_true

ANSWERED = 3_000
PATIENCE = 240.0  # seconds


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        survey = site.do("answered_open", ANSWERED)["survey"]
        worker = site.units["work"]
        worker.rest()
        site.do("stopped", survey)
        wanted = site.do("worked_out", survey)["hash"]
        worker.start()
        began = time.monotonic()
        for number, hit in enumerate((_worker_killed, _database_killed, _broker_killed, _both_killed), start=1):
            if not comes_true(partial(_is_begun, site, survey, number), seconds=PATIENCE, every=0.05):
                break
            hit(site)
            verdict.figure(
                f"{hit.__name__.strip('_').replace('_', ' ')} {time.monotonic() - began:.0f} s after its start"
            )
        last = time.monotonic()
        verdict.promise("the survey is closed", kept=site.becomes(survey, "closed", seconds=PATIENCE))
        verdict.figure(f"closed {time.monotonic() - last:.0f} s after the last")
        published = (
            "SELECT {} FROM reports_edition e JOIN diagnostics_survey s ON s.id = e.survey_id WHERE s.public_id = '{}'"
        )
        verdict.promise("there is one report", kept=site.value(published.format("count(*)", survey)) == 1)
        is_same = site.value(published.format("max(e.content_hash)", survey)) == wanted
        verdict.promise("it is that of a close that nothing disturbed", kept=is_same)
        verdict.promise("no answer is left", kept=site.value("SELECT count(*) FROM diagnostics_ballot") == 0)
        keys = Path(site.environment.get("KEY_STORE", f"{site.environment['VAR']}/keys"))
        verdict.promise("the keys are destroyed", kept=not list(keys.glob(f"*{survey}*.key")))
        deaths = site.value("SELECT claim FROM jobs_job WHERE kind = 'close_survey'")
        verdict.figure(f"begun {deaths} times for {ANSWERED} answers")
        verdict.promise("it was hit", kept=deaths > 1)
    return verdict


def _is_begun(site: Site, survey: str, number: int) -> bool:
    """For the so-manyth time; or it is done."""
    job = f"FROM jobs_job WHERE subject = '{survey}' AND kind = 'close_survey'"
    at_work = f"status = 'running' AND progress >= 10 AND claim >= {number}"
    return site.value(f"SELECT count(*) {job} AND (status = 'done' OR ({at_work}))") == 1


def _worker_killed(site: Site) -> None:
    site.units["work"].kill()
    time.sleep(1)


def _database_killed(site: Site) -> None:
    if site.postgres is not None:
        site.postgres.kill()
        time.sleep(1)
        site.postgres.start()


def _broker_killed(site: Site) -> None:
    site.redis.kill()
    site.units["work"].kill()
    time.sleep(3)
    site.redis.start()


def _both_killed(site: Site) -> None:
    _worker_killed(site)
    _database_killed(site)
