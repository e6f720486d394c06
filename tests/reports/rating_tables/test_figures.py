"""The public example: what is said of it, and the same worked out again without the scoring core."""

import csv
import json
import statistics
from collections import defaultdict

import pytest

from benchmarks import example_ratings
from reports.rating_tables import CellMap, as_json, as_text, ratings_of, read_table, scored

PRINTED = example_ratings.EXAMPLE.with_suffix(".txt")


@pytest.fixture(scope="module")
def said() -> dict:
    return json.loads(as_json(scored(ratings_of(read_table(example_ratings.EXAMPLE.read_bytes()), CellMap()))))


def test_the_example_is_what_its_script_writes():
    with example_ratings.EXAMPLE.open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == example_ratings.rows()


def test_what_is_printed_of_the_example():
    """`manage.py score benchmarks/data/example_ratings.csv`, to be read beside the table."""
    table = scored(ratings_of(read_table(example_ratings.EXAMPLE.read_bytes()), CellMap()))
    assert len(table.cells) == 6 * 2 * 10
    assert as_text(table) == PRINTED.read_text(encoding="utf-8").rstrip("\n")


def test_cells_and_statements_are_those_of_plain_arithmetic(said):
    """Person by person with the standard library alone."""
    with example_ratings.EXAMPLE.open(newline="", encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    letters = {"task": "T", "route": "R", "alignment": "A", "capability": "C", "energy": "E"}
    for cell in said["cells"]:
        mine = [one for one in people if (one["group"], one["rater"]) == (cell["group"], cell["rater"])]
        names = [
            name for name in mine[0] if name[:1] == letters[cell["condition"]] and name.endswith("." + cell["space"])
        ]
        given = [[int(one[name]) for name in names if one[name].isdigit()] for one in mine]
        base = [ratings for ratings in given if 2 * len(ratings) >= len(names)]
        scores = [sum(ratings) / len(ratings) for ratings in base]
        pooled = [rating for ratings in base for rating in ratings]

        assert (cell["people"], cell["n"], cell["asked"]) == (len(mine), len(scores), len(names))
        assert cell["mean"] == pytest.approx(statistics.mean(scores), abs=1e-6)
        assert cell["score"] == pytest.approx(statistics.mean(scores), abs=0.0501)
        assert cell["sd"] == pytest.approx(statistics.stdev(scores), abs=1e-6)
        assert cell["favourable"] == pytest.approx(sum(rating >= 4 for rating in pooled) / len(pooled), abs=1e-6)
        assert cell["low"] <= cell["score"] <= cell["high"]

    by_statement = defaultdict(list)
    for one in said["statements"]:
        by_statement[one["statement"]].append(one)
    for statement in by_statement:
        assert sum(one["dont_know"] for one in by_statement[statement]) == sum(p[statement] == "DK" for p in people)
        assert sum(one["blank"] for one in by_statement[statement]) == sum(p[statement] == "" for p in people)


def test_between_groups_stands_the_anova_of_the_groups(said):
    """F of `scipy.stats.f_oneway` gives ICC(2) = 1 − 1/F."""
    stats = pytest.importorskip("scipy.stats")
    ratings = ratings_of(read_table(example_ratings.EXAMPLE.read_bytes()), CellMap())
    statements = list(ratings.cells["route", "team"])
    frame = ratings.valid[statements].assign(group=ratings.groups, rater=ratings.raters)
    members = frame[(frame.rater == "member") & (frame[statements].notna().sum(axis=1) >= 4)]
    f = stats.f_oneway(*(part[statements].mean(axis=1) for _group, part in members.groupby("group"))).statistic
    (found,) = [
        one for one in said["between"] if (one["rater"], one["condition"], one["space"]) == ("member", "route", "team")
    ]
    assert found["icc2"] == pytest.approx(1 - 1 / f, abs=1e-6)
    assert (found["groups"], found["people"]) == (6, len(members))


def test_what_was_put_into_the_example_is_found(said):
    found = {(one["group"], one["rater"], one["condition"], one["space"]): one for one in said["cells"]}
    torn = found["Podiatry", "member", "energy", "team"]
    assert (torn["agreement"], torn["two_camps"]) == ("wide", True)
    means = [found[group, "member", "route", "team"]["mean"] for group in example_ratings.GROUPS]
    assert min(means) == found["Wound care", "member", "route", "team"]["mean"]


def test_each_group_stands_beside_everybody_else(said):
    """Displayed scores of groups of five people or more, the others weighed by their people; partners are too few."""
    scores = {
        (one["group"], one["condition"], one["space"]): (one["score"], one["n"])
        for one in said["cells"]
        if one["rater"] == "member" and one["n"] >= 5
    }
    assert len(said["compared"]) == len(scores)
    for one in said["compared"]:
        place = one["condition"], one["space"]
        score, n = scores[one["group"], *place]
        others = [
            scores[group, *place]
            for group in example_ratings.GROUPS
            if group != one["group"] and (group, *place) in scores
        ]
        mean = sum(score * n for score, n in others) / sum(n for _score, n in others)
        assert (one["rater"], one["n"]) == ("member", n)
        if not one["without"]:
            assert one["others"] == pytest.approx(mean, abs=0.0501)
        assert one["difference"] == pytest.approx(min(max(score, 1.5), 4.5) - one["others"], abs=1e-6)
    told = [(one["group"], *(one[name] for name in ("condition", "space", "word"))) for one in said["compared"]]
    assert [one for one in told if one[3] != "no_clear_difference"] == [("Wound care", "route", "team", "lower")]


def test_a_table_without_groups_has_nothing_between_them():
    table = scored(ratings_of(read_table(b"T1.team,T2.team\n4,5\n3,3\n"), CellMap()))
    assert table.between == table.compared == ()
    assert [(cell.group, cell.rater, cell.n) for cell in table.cells] == [(None, None, 2)]
    assert "Between groups" not in as_text(table)


def test_where_nobody_has_a_score_there_are_reasons_and_no_figures():
    table = scored(ratings_of(read_table(b"group,T1.team,T2.team,T3.team\na,DK,,4\na,,,DK\nb,4,4,5\n"), CellMap()))
    empty, one = table.cells
    assert (empty.n, empty.score, empty.low, empty.levels, empty.reason) == (0, None, None, (), "too_few_people")
    assert (empty.agreement_index, empty.alpha.reason, empty.favourable) == (None, "too_few_people", None)
    assert (one.n, one.score, one.sd) == (1, 4.3, None)
    assert table.between[0].reason == "too_few_groups"
    assert [statement.mean for statement in table.statements[:3]] == [None, None, None]
    assert "nan" not in as_json(table).lower()
    assert "nan" not in as_text(table).lower()


def test_text_shows_what_json_says(said):
    text = as_text(scored(ratings_of(read_table(example_ratings.EXAMPLE.read_bytes()), CellMap())))
    lines = [line.split() for line in text.partition("Statements")[0].splitlines()]
    for cell in said["cells"]:
        start = [*cell["group"].split(), cell["rater"], cell["condition"], cell["space"], str(cell["asked"])]
        (line,) = [line for line in lines if line[: len(start)] == start]
        assert line[len(start) : len(start) + 4] == [str(cell["n"]), "of", str(cell["people"]), f"{cell['score']:.1f}"]
    assert "without the rules that protect people" in text
