"""One survey of two teams of five, small enough to work out on paper, followed from its answers to the page.

Task in the team, two statements each (a dash is "don't know"):
  wards   4 4 / 4 5 / 5 5 / 3 4 / 4 4    persons 4, 4.5, 5, 3.5, 4      mean 21 / 5  = 4.2
  clinic  2 2 / 1 2 / 2 3 / - 2 / 2 2    persons 2, 1.5, 2.5, 2, 2      mean 10 / 5  = 2.0
  whole                                                                 mean 31 / 10 = 3.1
Every other statement is a 3. The wards choose task and route, the clinic task and energy.
"""

import re

import pytest
from django.urls import reverse

from reports.editions.models import PublishedSlice
from tests.pages import tight
from tests.reports.surveys import answer, close, invitations_of, open_for_answers

pytestmark = pytest.mark.usefixtures("instrument")
WARDS, CLINIC, WHOLE = "Wards", "Clinic", "Community services"
GIVEN = {
    WARDS: [(4, 4), (4, 5), (5, 5), (3, 4), (4, 4)],
    CLINIC: [(2, 2), (1, 2), (2, 3), (0, 2), (2, 2)],
}
CHOSEN = {WARDS: ("task", "route"), CLINIC: ("task", "energy")}


@pytest.fixture
def survey(alice):
    survey = open_for_answers(alice, teams={WARDS: 5, CLINIC: 5})
    task = survey.version.cells["task", "team"]
    for team, ratings in GIVEN.items():
        for invitation, given in zip(invitations_of(survey, team), ratings, strict=True):
            everything = dict.fromkeys(survey.version.statement_keys, "3") | dict(
                zip(task, map(str, given), strict=True)
            )
            answer([invitation], lambda _invitation, everything=everything: everything, picks=CHOSEN[team])
    return close(survey)


def slice_of(name: str) -> PublishedSlice:
    return PublishedSlice.objects.get(group__name=name)


def cell(name: str, condition: str = "task") -> dict:
    return next(c for c in slice_of(name).content["cells"] if c["condition"] == condition)


def kinds(name: str) -> dict[str, list]:
    return {found["kind"]: found["cells"] for found in slice_of(name).content["findings"]}


@pytest.fixture
def read(survey, alice, client_for):
    """A page of a slice as text on one line."""

    def text(name: str, slice_name: str, *more: str) -> str:
        page = client_for(alice).get(reverse(f"reports:{name}", args=[slice_of(slice_name).public_id, *more]))
        return tight(page)

    return text


def figures(found: dict) -> tuple:
    return tuple(found[name] for name in ("score", "levels", "low", "high", "agreement", "split", "n"))


def test_the_wards(survey):
    """No ten stand behind five: 4.2 ± t(.975; 8) 2.306 × 0.85 / √5 = 0.877, cut at 5; the words ± t(.80; 8) 0.889 × …
    = 0.338. AD* (0.40 + 0.48) / 2 × √(5/4) = 0.492, close up to 0.75 − 0.50 / √5 = 0.526.
    """
    assert figures(cell(WARDS)) == (4.2, ["mostly", "firmly"], 3.3, 5.0, "close", None, 5)


def test_the_clinic(survey):
    """One "don't know" of two leaves half, which is enough. 2.0 ± 0.877; words 1.7 and 2.3.

    AD* (0.375 × √(4/3) + 0.32 × √(5/4)) / 2 = 0.395.
    """
    assert figures(cell(CLINIC)) == (2.0, ["not_yet"], 1.1, 2.9, "close", None, 5)


def test_the_whole(survey):
    """Sum of squares 13.9, smoothed variance (13.9 + 4 × 0.85²) / 13 = 1.2915; 3.1 ± 2.1604 × 1.1365 / √10 = 0.776;
    words ± 0.870 × … = 0.313.

    Four up to 2.0, four from 4.0 on, two between: two camps, as each needs 3.
    AD* (10/9 × √(9/8) + 11/10 × √(10/9)) / 2 = 1.169, wide beyond 0.95 + 0.50 / √10 = 1.108.
    """
    assert figures(cell(WHOLE)) == (3.1, ["partly"], 2.3, 3.9, "wide", True, 10)


def test_statements_of_the_whole(survey):
    """To the first only four of the clinic gave a rating, so five are left, and nothing is said. Of the second:
    four 2s, one 3, five 4s and 5s, 32 / 10 = 3.2: of two statements no more than a word is told below thirty."""
    first, second = cell(WHOLE)["statements"]
    assert first["state"] == "not_shown"
    assert (second["state"], second["level"], "joined" in second) == ("level", "partly", False)


def test_what_is_done_first(survey):
    """All chose task: it is disputed in the whole. Half chose route and half energy: 3.0 with a range below 4.0. What
    few chose, and what all but few, is withheld: nobody reads that none chose alignment.

    What five people chose is not published, so in a team nothing but the score counts: of equal ones the first three.
    """
    assert kinds(WHOLE)["talk_first"] == [["task", "team"]]
    assert kinds(WHOLE)["act_first"] == [["route", "team"], ["alignment", "team"], ["energy", "team"]]
    assert kinds(WARDS)["act_first"] == [["route", "team"], ["alignment", "team"], ["capability", "team"]]
    assert kinds(CLINIC)["act_first"] == [["task", "team"], ["route", "team"], ["alignment", "team"]]
    assert slice_of(WHOLE).content["picks"]["shares"] == [None, 50, None, None, 50]


def test_the_pages_say_the_same(read):
    wards = read("slice", WARDS)
    assert "Task in the team: 4.2 out of 5, mostly to firmly in place, likely range 3.3 to 5.0, close" in wards
    assert "These are views of 5 people at one moment" in wards
    assert "Shares are shown here where ten or more people" in wards
    whole = read("slice", WHOLE)
    assert "Task in the team: 3.1 out of 5, partly in place, likely range 2.3 to 3.9, two camps" in whole
    assert "There are two camps on Task in the team." in whole
    first, _, talk = whole.partition('<h2 class="report-talk">Talk first</h2>')
    assert all(f'<h3 class="h4">{place}</h3>' in first for place in ("Route in the team", "Energy in the team"))
    assert '<h3 class="h4">Task in the team</h3>' in talk.partition("What stands out")[0]
    assert re.findall(r'<span class="muted small">([^<]*)</span></div>', whole) == [
        "not shown",
        "50%",
        "not shown",
        "not shown",
        "50%",
    ]


def test_behind_the_cell(read):
    whole = read("statements", WHOLE, "task", "team")
    assert "<b>2.3 to 3.9</b></span><span>a rough picture</span><span><b>10</b> people</span>" in whole
    assert '<svg class="distribution"' not in whole
    assert whole.count("One more statement belongs to this cell. It is not shown, because too few of the answers") == 1
    clinic = read("statements", CLINIC, "task", "team")
    assert "Average <b>2.0</b>" in clinic
    assert '<svg class="distribution"' not in clinic
    assert "This cell has few statements." in clinic
    assert "more statement" not in clinic
