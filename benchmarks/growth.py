"""How a close grows: `python -m benchmarks.growth 10000 100000`; a million needs 20 GB of disk and hours.

Each is closed by a process of its own, as by a worker that begins with it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import django

from benchmarks.servers import ROOT, adopt, servers

SIZES = (10_000, 100_000)
PEOPLE_IN_A_TEAM = 100
MEGABYTE = 1024  # kB


def main(*sizes: str) -> None:
    with tempfile.TemporaryDirectory(prefix="trace-growth-") as folder, servers(Path(folder)) as started:
        started.prepare()
        adopt(started.environment)
        django.setup()
        surveys = import_module("benchmarks.surveys")
        print("responses   seconds  of processor  per 1,000   MB before  at most  longest silence")
        for size in map(int, sizes or SIZES):
            survey = surveys.answered_survey(size, teams=size // PEOPLE_IN_A_TEAM)
            words = [sys.executable, "-m", "benchmarks.growth", "close", survey.public_id]
            said = subprocess.run(words, check=True, cwd=ROOT, env=os.environ, capture_output=True, text=True).stdout
            seconds, processor, before, most, silence = json.loads(said.splitlines()[-1])
            each = 1_000_000 * processor / size
            print(
                f"{size:>9,}  {seconds:>7.1f} s  {processor:>9.1f} s  {each:>6.1f} ms  {before:>8.0f}  {most:>7.0f}"
                f"  {silence:>13.1f} s",
                flush=True,
            )


def close(survey: str) -> None:
    """In this process; what it took, as JSON."""
    django.setup()
    kind = import_module("diagnostics.surveys.job_names").CLOSE_SURVEY
    runs, running = import_module("core.jobs.runs"), import_module("core.jobs.running")
    job = import_module("core.jobs.models").Job.objects.get(kind=kind, subject=survey)
    import_module("reports.editions.closing")
    said = [time.monotonic()]
    beat = runs.Run.beat

    def heard(run: object, progress: int, step: str) -> None:
        beat(run, progress, step)
        said.append(time.monotonic())

    before, processor = _most_memory(), time.process_time()
    with patch.object(runs.Run, "beat", heard):
        running.perform(job.pk)
    said.append(time.monotonic())
    silence = max(later - earlier for earlier, later in pairwise(said))
    figures = (said[-1] - said[0], time.process_time() - processor, before, _most_memory(), silence)
    sys.stdout.write(json.dumps(figures) + "\n")


def _most_memory() -> float:
    """Megabytes that this process has held at once; `getrusage` would count those of the one that began it, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / MEGABYTE


if __name__ == "__main__":
    close(sys.argv[2]) if sys.argv[1:2] == ["close"] else main(*sys.argv[1:])
