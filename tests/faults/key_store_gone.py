"""The folder of keys is gone when a survey is to close: the close waits, and is done when the folder is back."""

import time
from pathlib import Path

from tests.faults.stage import House
from tests.faults.verdicts import Verdict

PATIENCE = 150  # seconds


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        survey = site.do("answered_open", 30)["survey"]
        keys = Path(site.environment.get("KEY_STORE", f"{site.environment['VAR']}/keys"))
        away = keys.rename(keys.with_name("keys-away"))
        site.value("SELECT 1")
        site.do("stopped", survey)
        time.sleep(15)
        step = site.value(f"SELECT step FROM jobs_job WHERE kind = 'close_survey' AND subject = '{survey}'")
        verdict.promise("the close waits", kept=site.status(survey) == "stopped")
        verdict.promise("it says why", kept="key" in step.lower())
        verdict.promise("nothing is written where the keys were", kept=not keys.exists())
        away.rename(keys)
        began = time.monotonic()
        verdict.promise("it is done when the keys are back", kept=site.becomes(survey, "closed", seconds=PATIENCE))
        verdict.figure(f"closed {time.monotonic() - began:.0f} s after the keys were back; meanwhile: “{step}”")
        left = [path.name for path in keys.glob(f"*{survey}*.key")]
        verdict.promise("the keys are destroyed then", kept=not left)
    return verdict
