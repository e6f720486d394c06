"""A pack of fifty groups with real workers: one is killed, the next is stopped, and a third brings it to its end."""

import json
import os
import signal
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.core.jobs.test_faults import signal_all
from tests.stage import comes_true
from tests.surveys_loop.test_parallel_submits import Place, new_place

pytestmark = pytest.mark.faults

PATIENCE = 90  # seconds
MODULE = "tests.reports.slow_packing"


@pytest.fixture
def place(tmp_path, prepared_database) -> Iterator[Place]:
    with new_place(tmp_path, prepared_database) as found:
        yield found


def do(place: Place, command: str) -> dict:
    return json.loads(place.run("-m", MODULE, command))


@contextmanager
def worker(place: Place) -> Iterator[subprocess.Popen]:
    schedule = ["--schedule", str(place.var / f"schedule-{os.urandom(4).hex()}")]
    with place.process("celery", "-A", MODULE, "worker", "--beat", "--concurrency", "1", *schedule) as started:
        yield started


def written(place: Place) -> list[str]:
    path = place.var / "written"
    return path.read_text().splitlines() if path.exists() else []


def stands_at(place: Place, name: str) -> bool:
    return comes_true(lambda: written(place)[-1:] == [name], seconds=PATIENCE)


def status(place: Place) -> str:
    return place.value("SELECT status FROM jobs_job WHERE kind = 'comparison_pack'")


def reports(place: Place) -> int:
    return place.value("SELECT count(*) FROM reports_document WHERE kind = 'slice_pdf'")


def test_fifty_reports_survive_a_killed_worker_and_a_stop_and_are_written_once(place):
    stand_at = place.var / "stand-at"
    stand_at.write_text("Ward 20")
    do(place, "fifty_groups")
    with worker(place) as first:
        assert stands_at(place, "Ward 20"), place.log()
        assert place.value("SELECT step FROM jobs_job WHERE kind = 'comparison_pack'") == "PDF 20 of 50: Ward 20"
        signal_all(first, signal.SIGKILL)
    assert (status(place), reports(place)) == ("running", 19)

    stand_at.write_text("Ward 35")
    with worker(place):
        assert stands_at(place, "Ward 35"), place.log()
        assert do(place, "cancelled") == {"status": "cancelled"}
        stand_at.unlink()
        assert comes_true(lambda: "was superseded" in place.log(), seconds=PATIENCE)
        assert (status(place), reports(place), written(place)[-1]) == ("cancelled", 35, "Ward 35")

        do(place, "asked")
        assert comes_true(lambda: status(place) == "done", seconds=PATIENCE), place.log()

    names = [f"Ward {number:02}" for number in range(1, 51)]
    assert Counter(written(place)) == Counter([*names, "Ward 20"]), "only the one in hand was begun twice"
    assert reports(place) == 50
    packed = place.value("SELECT file FROM reports_document WHERE kind = 'comparison_pack'")
    with zipfile.ZipFile(place.var / "files" / packed) as pack:
        in_groups = [pack.read(name).decode() for name in pack.namelist() if name.startswith("Groups/")]
    assert in_groups == [f"Report for {name}" for name in names]
    kept = [file for file in (place.var / "files").rglob("*") if file.is_file()]
    assert len(kept) == place.value("SELECT count(*) FROM reports_document"), "nothing is left lying about"
