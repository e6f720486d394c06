"""The simulations of the method rest on what is published, and their rates move when a rule is broken."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from benchmarks.method import comparisons, findings, gaps, sittings, straight, waves
from benchmarks.method.__main__ import DOCUMENT, SECTIONS, document, main
from benchmarks.method.breaks import World, any_false
from benchmarks.method.items import BRIEF, FOCUSED, PULSE, difficulties, expected, rate
from benchmarks.method.published import cells_of, scores_shown, whole
from benchmarks.method.rows import Done, Figure, Row
from benchmarks.method.straight import longest_runs
from reports.publish.findings import found_cells
from reports.scoring import METHOD, flags, longest_run

ROWS = [row for sections in SECTIONS.values() for section in sections for row in section.rows]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize("checklist", [FOCUSED, BRIEF, PULSE], ids=["focused", "brief", "pulse"])
@pytest.mark.parametrize("n", [5, 9, 10, 29, 30])
def test_cells_are_those_of_the_edition(rng, checklist, n):
    ratings = rate(rng, checklist, n, checklist.flat(4.3))
    ours = [cell for cell in cells_of(ratings, checklist) if cell.score is not None]
    assert ours == found_cells(whole(ratings, checklist).cells)
    assert bool(ours) is (checklist is not PULSE or n == 30)


def test_scores_that_are_compared_are_those_of_the_edition(rng):
    for n in (8, 12):
        ratings = rate(rng, FOCUSED, n, FOCUSED.flat(4.6))
        shown = scores_shown(FOCUSED.scores(ratings).mean(axis=0), n).tolist()
        assert shown == [cell.score for cell in cells_of(ratings, FOCUSED)]


def test_a_group_that_could_judge_nothing_leaves_a_space_to_the_others(rng):
    ratings = rate(rng, FOCUSED, 24, FOCUSED.flat())
    ratings[:8, FOCUSED.where(space="system")[FOCUSED.cell_of]] = 0
    figures = {key: cell.figures for key, cell in whole(ratings, FOCUSED, groups=3).cells.items()}
    assert (figures["task", "system"].n, figures["task", "system"].without) == (16, 1)
    assert (figures["task", "team"].n, figures["task", "team"].without) == (24, 0)


def test_the_expected_rating_is_what_many_ratings_average(rng):
    ratings = rate(rng, PULSE, 40_000, PULSE.flat(4.4))
    assert ratings.mean() == pytest.approx(float(expected(np.array(4.4))), abs=0.01)


UNHELD = {
    "own repeat": (
        partial(sittings.false_changes, checklist=FOCUSED),
        replace(METHOD, own_z=(0.0, 0.0), own_least=0.1),
    ),
    "stands out": (
        partial(findings.stands_out, n=30, difficulty=0.3),
        replace(METHOD, top_z=0.0, top_lead=0.0),
    ),
    "could not judge": (
        partial(findings.not_judged, n=12, share=0.2),
        replace(METHOD, judge_p=1.0, judge_least=1),
    ),
    "comparison": (
        partial(comparisons.false_words, survey=comparisons.groups(9, 8)),
        replace(METHOD, false_signals=1.0, delta=0.1),
    ),
    "waves": (partial(waves.false_words, n=15), replace(METHOD, many_cells=99, conf=0.5)),
    "gaps": (
        partial(gaps.leaders_with_a_gap, n=8, lenient=0.2),
        replace(METHOD, gap_sd=0.0, occasion_sd=0.0, leniency=0.0, chance=0.5, gap_signals=1.0),
    ),
    "breaks": (
        partial(any_false, world=World(n=30)),
        replace(METHOD, break_signals=1.0, chance=0.5, statement_sd=0.0, break_least=0.3),
    ),
}


@pytest.mark.parametrize("name", UNHELD)
def test_without_its_rule_a_rate_explodes(name):
    measure, broken = UNHELD[name]
    held, unheld = (measure(np.random.default_rng(3), 40, method=method).mean() for method in (METHOD, broken))
    assert held < 0.5
    assert unheld > max(0.5, 4 * held)


def test_people_whose_statements_are_equally_hard_answer_alike(rng):
    hard = difficulties(rng, FOCUSED, 0.0)
    assert (hard == 0).all()
    assert difficulties(rng, FOCUSED).std() == pytest.approx(0.3, rel=0.3)


def test_runs_are_those_that_ballots_are_flagged_by(rng):
    ratings = rate(rng, BRIEF, 200, BRIEF.flat(4.2))
    assert longest_runs(ratings).tolist() == [longest_run(one) for one in ratings.tolist()]
    marked = straight.honest(np.random.default_rng(5), 300, asked=20, mean=4.6)
    again = rate(np.random.default_rng(5), straight.PAGES[20], 300, straight.PAGES[20].flat(4.6))
    assert marked.tolist() == [flags(one, None) == "S" for one in again.tolist()]
    assert marked.any()


def test_a_figure_has_its_standard_error():
    figure = Figure.of([0, 0, 0, 1])
    assert (figure.value, figure.error, figure.runs) == (0.25, 0.25, 4)
    assert figure.text("share") == "25.0 ±25.0 %"
    assert figure.text("found") == "0.25 ±0.25"


def test_a_row_gives_the_same_figures_again_and_tells_words_as_a_number_and_a_share():
    row = Row("words", "", (lambda rng, runs: rng.integers(0, 3, runs),), 400, "words")
    figures = row.figures()
    assert figures == row.figures()
    assert row.text(figures).startswith("1.0")
    assert " (6" in row.text(figures)
    assert row.figures(is_quick=True)[0][0].runs == 33


def test_no_two_rows_share_their_random_numbers():
    assert len({row.what for row in ROWS}) == len(ROWS)


def test_only_some_are_simulated(capsys):
    assert main(["--quick", "--only", "straight"]) == 0
    assert "Straight-lining" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--only", "chance"])
    assert "no 'chance' to simulate" in capsys.readouterr().err


def test_the_document_holds_every_row_with_the_figures_of_the_sheet():
    written = [line.strip("| ").split(" | ") for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")]
    told = {(what, sheet) for what, sheet, *_rest in written}
    assert {(row.what, row.sheet or "–") for row in ROWS} <= told
    assert len(told) == len(ROWS) + 2  # heads, and the line beneath


def test_a_document_is_a_table_for_each_section_and_keeps_the_others():
    figures = ((Figure(0.031, 0.004, 500),),)
    first, second = waves.SECTION.title, gaps.SECTION.title
    text = document([Done(second, Row("no gap", "3 %", (), 500), figures)])
    assert f"## {second}\n\n| what | sheet | here | runs |" in text
    both = document([Done(first, Row("nothing moved", "", (), 500), figures)], text)
    assert both.index("| nothing moved | – | 3.1 ±0.4 % | 500 |") < both.index("| no gap | 3 % | 3.1 ±0.4 % | 500 |")
    assert document([], both) == both
