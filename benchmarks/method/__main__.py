"""`make simulate`, or `python -m benchmarks.method [--quick] [--only breaks,waves] [--write]`.

Prints the method's error rates beside those of its sheet. With `--write` they go to `docs/error-rates.md` as well, in
which sections that were not simulated stay as they are.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import groupby
from pathlib import Path

from benchmarks.method import (
    agreement,
    assumptions,
    breaks,
    comparisons,
    findings,
    gaps,
    levels,
    sittings,
    straight,
    waves,
)
from benchmarks.method.rows import SEED, Done, Figures, Row, Section
from reports.scoring import METHOD

SECTIONS = {
    "repeats": (sittings.SECTION,),
    "findings": (findings.SECTION,),
    "breaks": (breaks.SECTION, breaks.SETTLED),
    "agreement": (agreement.SECTION,),
    "levels": (levels.SECTION,),
    "waves": (waves.SECTION,),
    "gaps": (gaps.SECTION,),
    "straight": (straight.SECTION,),
    "comparisons": (comparisons.SECTION, comparisons.SETTLED),
    "assumptions": (assumptions.SECTION,),
}
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "error-rates.md"
HEADS = ("what", "sheet", "here", "runs")


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _asked(arguments)
    start = time.monotonic()
    done = []
    for one in simulated([section for name in asked.only for section in SECTIONS[name]], is_quick=asked.quick):
        if not done or one.section != done[-1].section:
            print(f"\n{one.section}", flush=True)
        what, sheet, here, runs = one.cells
        print(f"  {what}\n      sheet {sheet}   here {here}   ({runs} runs)", flush=True)
        done.append(one)
    print(f"\n{time.monotonic() - start:.0f} s on {os.cpu_count()} cores")
    if asked.write:
        before = DOCUMENT.read_text() if DOCUMENT.exists() else ""
        DOCUMENT.write_text(document(done, before))
    return 0


def simulated(sections: Iterable[Section], *, is_quick: bool) -> Iterator[Done]:
    """Row by row, in their order; several at once."""
    rows = [(section.title, row) for section in sections for row in section.rows]
    with ProcessPoolExecutor() as pool:
        found = pool.map(partial(_figures, is_quick=is_quick), [row for _title, row in rows])
        for (title, row), figures in zip(rows, found, strict=True):
            yield Done(title, row, figures)


def _figures(row: Row, is_quick: bool) -> tuple[Figures, ...]:
    return row.figures(is_quick=is_quick)


def document(done: Iterable[Done], before: str = "") -> str:
    """With the sections of `before` that were not simulated now."""
    tables = dict(part.split("\n\n", maxsplit=1) for part in before.split("\n## ")[1:])
    for title, rows in groupby(done, key=lambda one: one.section):
        table = [HEADS, ("---",) * len(HEADS), *(one.cells for one in rows)]
        tables[title] = "\n".join(f"| {' | '.join(row)} |" for row in table)
    titles = [section.title for sections in SECTIONS.values() for section in sections if section.title in tables]
    return "\n\n".join([INTRODUCTION, *(f"## {title}\n\n{tables[title].strip()}" for title in titles)]) + "\n"


INTRODUCTION = f"""# Error rates and power of method {METHOD.version}

Written by `make simulate` (a quarter of an hour on two cores). `python -m benchmarks.method --quick` prints a coarser
table in two minutes, `--only breaks,waves` some of it. Random numbers start from {SEED}: the same code gives the same
figures. What they mean stands in [method.md](method.md).

*sheet*: what the method sheet of version 2.0 was set with, in the same order; – where it has nothing. *here*: what the
code gives, with its standard error; *runs* of each figure. “Found” is a part of 1. “False words (reports with any)”: a
mean number, and a share of reports.

People are made by one model (`benchmarks/method/items.py`): rating = mean of the cell + person (SD .50) + person in the
cell (.45) + noise (.70), rounded to 1–5. They answer everything, and what is judged is what is published of them. How
one person rates twice stands in `benchmarks/method/sittings.py`, how leaders rate themselves in
`benchmarks/method/gaps.py`.

Of the sheet’s rows those on real companies (agreement and camps) cannot be run here, since the data are not ours: made
groups stand instead. Two kinds are left out, for they depend on trees of groups or are promises and not rates: how many
wholes carry what needs ten, and what of the answers to one statement follows from what is told. The tests of
`reports/disclosure/` and `reports/publish/` hold those."""


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.method", description="Error rates and power of the method."
    )
    parser.add_argument("--quick", action="store_true", help="a twelfth of the runs")
    parser.add_argument("--only", type=_names, default=list(SECTIONS), help=f"some of {', '.join(SECTIONS)}")
    parser.add_argument("--write", action="store_true", help="write docs/error-rates.md as well")
    return parser.parse_args(arguments)


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in SECTIONS]:
        raise argparse.ArgumentTypeError(f"There is no {unknown[0]!r} to simulate. Choose among: {', '.join(SECTIONS)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
