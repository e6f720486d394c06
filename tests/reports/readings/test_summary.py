"""Three sentences about a group: the flat, the tied, the extreme and the empty map, and what is true of whole rows."""

from itertools import product

import pytest

from reports.publish.cells import CellFigures, CellWord, PublishedCell
from reports.publish.findings import Finding
from reports.readings.survey.places import places_together
from reports.readings.survey.summary import summary_of
from reports.scoring import level

NAMES = {"task": "Task", "route": "Route", "alignment": "Alignment", "capability": "Capability", "energy": "Energy"}
SPACES = ("self", "team", "organisation", "system")
EVERY = list(product(NAMES, SPACES))


def scored(key, score=3.8, *, camps=False):
    figures = CellFigures(
        n=14,
        without=0,
        score=score,
        end=None,
        level=level(score),
        levels=(level(score),),
        low=score - 0.3,
        high=score + 0.3,
        agreement="usual",
        is_split=camps,
        could_not_judge=None,
    )
    return PublishedCell(*key, 7, figures)


def cells(scores=None, keys=EVERY, camps=()):
    return {key: scored(key, (scores or {}).get(key, 3.8), camps=key in camps) for key in keys}


def said(*findings, of=None):
    return summary_of(findings, of or cells(), NAMES)


def row(condition, *spaces):
    return tuple((condition, space) for space in spaces)


def test_a_flat_map_says_where_it_lies_and_nothing_else():
    assert said() == ("Nothing stands out: all 15 places, Self apart, lie at 3.8, mostly in place.",)
    spread = cells({("task", "team"): 3.4, ("energy", "system"): 4.1})
    assert said(of=spread) == (
        "Nothing stands out: all 15 places, Self apart, lie between 3.4 and 4.1, partly to mostly in place.",
    )


def test_a_map_of_one_place_and_an_empty_one():
    assert said(of=cells(keys=[("task", "team")])) == ("One place has a score: 3.8, mostly in place.",)
    hidden = {key: PublishedCell(*key, 7, None) for key in EVERY}
    assert said(of=hidden) == ("No place has answers from enough people to be shown.",)


def test_places_that_may_not_be_shown_are_counted():
    hidden = {("energy", space): PublishedCell("energy", space, 7, None) for space in SPACES}
    assert said(of=cells(keys=[key for key in EVERY if key[0] != "energy"]) | hidden) == (
        "Nothing stands out: all 12 places, Self apart, lie at 3.8, mostly in place.",
        "4 places have answers from too few people to be shown.",
    )


def test_a_map_of_words_counts_them():
    levels = dict(zip(NAMES, ("partly", "mostly", "mostly", "not_yet", "mostly"), strict=True))
    words = {
        (name, "team"): PublishedCell(name, "team", 1, None, CellWord(8, 0, one, "one_statement"))
        for name, one in levels.items()
    }
    assert said(of=words) == (
        "5 places have words and no scores: 1 not yet in place, 1 partly in place and 3 mostly in place.",
    )


def test_what_is_low_is_put_together_over_rows_and_columns():
    low = (*row("energy", "team", "organisation", "system"), *row("alignment", "system"))
    found = Finding("act_first", low[:3], more=low[3:])
    scores = {key: 2.6 + 0.1 * at for at, key in enumerate(low)}
    assert said(found, of=cells(scores))[0] == (
        "Alignment in the system and Energy (team, organisation and system) came out low (2.6 to 2.9), and people do "
        "not differ very widely there."
    )


def test_two_camps_in_a_whole_row():
    camps = row("energy", *SPACES)
    assert said(Finding("talk_first", camps[:2], more=camps[2:]), of=cells(camps=camps))[0] == (
        "There are two camps on Energy in all four spaces."
    )


def test_camps_and_wide_views_are_told_apart():
    found = Finding("talk_first", (("energy", "team"), ("task", "team")))
    assert said(found, of=cells(camps=[("energy", "team")]))[0] == (
        "There are two camps on Energy in the team, and people see Task in the team very differently."
    )


def test_a_condition_thins_out_step_by_step_or_is_less_in_place():
    scores = dict(zip(row("energy", "team", "organisation", "system"), (4.1, 3.4, 2.6), strict=True))
    found = Finding("break", (("energy", "system"), ("energy", "team")), scores=(2.6, 4.0))
    assert said(found, of=cells(scores))[0] == (
        "Energy thins out from team to system: from 4.0 to 2.6, on the statements asked in both."
    )
    assert said(found, of=cells(scores | {("energy", "organisation"): 4.3}))[0] == (
        "Energy is less in place in the system (2.6) than in the team (4.0), on the statements asked in both."
    )


def test_conditions_that_break_between_the_same_spaces_are_one_sentence():
    breaks = [Finding("break", ((name, "system"), (name, "team")), scores=(2.6, 4.0)) for name in ("task", "energy")]
    breaks.append(Finding("break", (("route", "team"), ("route", "organisation")), scores=(2.0, 4.4)))
    assert said(*breaks)[0] == (
        "Task and Energy are less in place in the system than in the team, on the statements asked in both."
    )


def test_who_could_not_judge_a_whole_column():
    found = [Finding("could_not_judge", ((name, "system"),), "half") for name in NAMES]
    assert said(*found)[0] == "About half of the people could not judge each condition in the system."


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (row("task", "team"), "Task in the team stands out: clearly higher (4.6) than the average of the other places"),
        (
            (("task", "team"), ("route", "team")),
            "Task and Route in the team stand out: clearly higher (4.6) than the average of the other places",
        ),
    ],
)
def test_what_stands_out_is_set_against_the_others_without_self(keys, sentence):
    scores = dict.fromkeys(keys, 4.6)
    assert said(Finding("stands_out", keys), of=cells(scores))[0] == f"{sentence}, Self apart."
    without_self = {key: cell for key, cell in cells(scores).items() if key[1] != "self"}
    assert said(Finding("stands_out", keys), of=without_self)[0] == f"{sentence}."


def test_there_are_three_sentences_at_most_and_the_rest_is_where_the_others_lie():
    found = Finding("firmly_in_place", (("task", "team"),))
    told = said(found, of=cells({("task", "team"): 4.6, ("task", "self"): 1.2}))
    assert told == (
        "Firmly in place: Task in the team.",
        "The other 14 places, Self apart, lie at 3.8, mostly in place.",
    )
    kinds = ("act_first", "talk_first", "stands_out", "firmly_in_place")
    assert len(said(*(Finding(kind, ((name, "team"),)) for kind, name in zip(kinds, NAMES, strict=False)))) == 3


def test_places_keep_the_order_of_the_model():
    chosen = [("energy", "team"), ("task", "system"), ("task", "team")]
    assert places_together(chosen, EVERY, NAMES) == "Task (team and system) and Energy in the team"
    assert places_together(EVERY, EVERY, NAMES) == (
        "each condition in people’s own leadership, in the team, in the organisation and in the system"
    )
