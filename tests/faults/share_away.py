"""The share with the documents hangs, as NFS does: whoever wants one waits, and answers go on; then all is made."""

import signal
import threading
import time
from contextlib import ExitStack, suppress

from tests.faults.load import Browser
from tests.faults.servers import far_folder
from tests.faults.stage import House, Site
from tests.faults.verdicts import Verdict

LASTS = 20.0  # seconds
FETCHING = 24  # at once, more than the web server has threads
PROMISED = 5.0  # seconds for a page


def fault(house: House) -> Verdict:
    verdict = Verdict()
    near, far = house.folder / "near", house.folder / "far"
    for folder in (near, far):
        folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        share = stack.enter_context(far_folder(near, far))
        site = stack.enter_context(house.site(FILES=str(near)))
        closed = site.do("answered", 30)["survey"]
        verdict.promise("a survey closes", kept=site.becomes(closed, "closed"))
        made = site.do("file_asked", closed, "slice_workbook")
        done = "SELECT status FROM jobs_job WHERE public_id = '{}'"
        verdict.promise("a workbook is made", kept=site.comes(done.format(made["job"]), "done"))
        _survey, crowd = site.crowd(120)
        browser = site.signed_in()
        with crowd.answering():
            time.sleep(3)
            crowd.longest = 0.0
            share.send_signal(signal.SIGSTOP)
            try:
                waiting = _fetched_by_many(site, browser, made["url"])
                asked = site.do("file_asked", closed, "slice_csv")
                time.sleep(LASTS)
                longest, troubles = crowd.longest, len(crowd.troubles)
            finally:
                share.send_signal(signal.SIGCONT)
            began = time.monotonic()
            is_made = site.comes(done.format(asked["job"]), "done", seconds=60)
            verdict.figure(f"a document that was asked for meanwhile was made {time.monotonic() - began:.1f} s after")
        for thread in waiting:
            thread.join(60)
        verdict.figure(f"{FETCHING} people fetched one meanwhile; others waited {longest:.1f} s at the longest")
        verdict.promise("the document is made", kept=is_made)
        verdict.promise("respondents see no error", kept=not troubles)
        verdict.promise(f"respondents wait {PROMISED:.0f} s at most", kept=longest <= PROMISED and crowd.saves > 0)
        again = site.browser()  # the proxy has hung up on the one that waited
        again.cookies = browser.cookies
        verdict.promise("documents are there again", kept=again.ask("GET", made["url"]) == 200)
        verdict.answers(site, crowd)
    return verdict


def _fetched_by_many(site: Site, signed_in: Browser, url: str) -> list[threading.Thread]:
    def fetch() -> None:
        one = site.browser(timeout=LASTS + 60)
        one.cookies = dict(signed_in.cookies)
        with suppress(OSError):
            one.ask("GET", url)

    threads = [threading.Thread(target=fetch, daemon=True) for _ in range(FETCHING)]
    for thread in threads:
        thread.start()
    return threads
