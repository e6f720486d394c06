"""What the servers of a run take of the machine, read from /proc: all processes that this one has started."""

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
DATABASE = "postgres"


@dataclass(frozen=True)
class Use:
    """Seconds of processor time."""

    web: float
    database: float

    def __sub__(self, before: "Use") -> "Use":
        return Use(self.web - before.web, self.database - before.database)


def used() -> Use:
    """Since they were started, but for what has ended."""
    seconds = {True: 0.0, False: 0.0}
    for process in _started():
        name, fields = _stat(process)
        seconds[name == DATABASE] += (int(fields[11]) + int(fields[12])) / TICKS
    return Use(web=seconds[False], database=seconds[True])


def megabytes() -> tuple[list[float], float]:
    """(of each process of the site, of the database altogether); what several share is divided among them."""
    site, database = [], 0.0
    for process in _started():
        held = _held(process)
        if _stat(process)[0] == DATABASE:
            database += held
        else:
            site.append(held)
    return sorted(site), database


def _started() -> list[int]:
    """All that descend from this process."""
    children = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                children[int(_stat(int(folder.name))[1][1])].append(int(folder.name))
            except OSError:
                continue  # it has ended
    found = list(children[os.getpid()])
    for process in found:
        found.extend(children[process])
    return found


def _stat(process: int) -> tuple[str, list[str]]:
    """(name, what follows it: state, parent, …)."""
    before, _, after = Path(f"/proc/{process}/stat").read_text().rpartition(")")
    return before.partition("(")[2], after.split()


def _held(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
