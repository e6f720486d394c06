"""The disk of documents is full: a document says so, and is made when there is room. Answers go on all the while."""

import time

from tests.faults.servers import fill, small_disk
from tests.faults.stage import House
from tests.faults.verdicts import Verdict


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with small_disk(house.folder / "small", 16) as disk, house.site(FILES=str(disk)) as site:
        closed = site.do("answered", 30)["survey"]
        verdict.promise("a survey closes", kept=site.becomes(closed, "closed"))
        _survey, crowd = site.crowd(60)
        ballast = fill(disk)
        with crowd.answering():
            asked = site.do("file_asked", closed, "slice_workbook")
            query = f"SELECT status FROM jobs_job WHERE public_id = '{asked['job']}'"
            verdict.promise("whoever waits is told", kept=site.comes(query, "failed", seconds=30))
            time.sleep(2)
            ballast.unlink()
            began = time.monotonic()
            site.do("file_asked", closed, "slice_workbook")
            verdict.promise("it is made when there is room", kept=site.comes(query, "done", seconds=30))
            verdict.figure(f"made {time.monotonic() - began:.1f} s after there was room")
        verdict.promise("respondents see no error", kept=not crowd.troubles)
        verdict.answers(site, crowd)
    return verdict
