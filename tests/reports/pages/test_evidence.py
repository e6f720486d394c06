"""The page that says how well the statements of a survey worked: figures by hand, words, and who is told of it."""

import re

import numpy as np
import pandas as pd
import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains
from scipy import stats

from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.surveys.models import Survey
from reports.editions.closing import parents_of, write_edition
from reports.editions.models import Edition
from reports.editions.releasing import release
from reports.publish import Responses, publish_edition
from tests.conftest import make_user
from tests.diagnostics.launched import CLOSES, launched_survey, opened, workspace_of
from tests.pages import tight

pytestmark = pytest.mark.usefixtures("instrument")

# How many gave which ratings to the two statements of a cell; 0 is "don't know". Both always look alike from outside.
TOGETHER = {(5, 5): 50, (5, 4): 10, (4, 5): 10, (3, 3): 18, (2, 2): 6, (1, 1): 6, (4, 3): 4, (3, 4): 4}
TOGETHER |= {(4, 0): 6, (0, 4): 6}
APART = {
    (5, 3): 27,
    (3, 5): 27,
    (4, 4): 26,
    (2, 2): 8,
    (1, 4): 4,
    (4, 1): 4,
    (5, 1): 4,
    (1, 5): 4,
    (2, 3): 4,
    (3, 2): 4,
}
APART |= {(3, 0): 4, (0, 3): 4}
UNJUDGED = {(4, 4): 20, (3, 3): 20, (2, 2): 6, (5, 5): 12, (1, 1): 4, (5, 0): 20, (0, 4): 20, (3, 0): 10, (0, 3): 8}
PATTERNS = {"task": TOGETHER, "route": APART, "alignment": UNJUDGED, "capability": TOGETHER, "energy": TOGETHER}
SIZE = 120


def people(pattern: dict[tuple[int, int], int], size: int) -> list[tuple[int, int]]:
    assert sum(pattern.values()) == SIZE
    return [pair for pair, count in pattern.items() for _person in range(count)][:size]


def closed(owner, *, size: int = SIZE, teams: int = 1, **changes) -> Survey:
    """One team, or several of equal size, in which people answer as the patterns of their conditions say."""
    names = {f"Team {number}": 6 for number in range(teams)}
    survey = opened(launched_survey(owner, teams=names, spaces_asked=["self", "team"], **changes))
    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.CLOSED, stopped_at=CLOSES, closed_at=CLOSES)
    survey.refresh_from_db()
    leaves = list(survey.groups.filter(name__in=names).values_list("public_id", flat=True))
    given = {}
    for (condition, _space), (first, second) in survey.version.cells.items():
        given[first], given[second] = zip(*people(PATTERNS[condition], size), strict=True)
    responses = Responses(
        groups=tuple(leaves[person % teams] for person in range(size)),
        counts=(True,) * size,
        given=pd.DataFrame(given, dtype=float),
        picks=((),) * size,
        comments=({},) * size,
    )
    facts = {"cut_off": CLOSES.isoformat(), "checklist": survey.version.content_hash}
    publication = publish_edition(
        parents=parents_of(survey), responses=responses, cells=survey.version.cells, k=survey.k, facts=facts
    )
    write_edition(survey, publication, now=CLOSES)
    return survey


@pytest.fixture
def survey(alice) -> Survey:
    return closed(alice)


def address(survey: Survey) -> str:
    return reverse("reports:evidence", args=[survey.editions.latest("pk").public_id])


def rows(page: str) -> dict[str, list[str]]:
    """Statement → its four figures."""
    found = re.findall(r'scope="row">([^<]*)</th>(.*?)</tr>', page)
    return {text: re.findall(r">([^<>]*)</td>", cells) for text, cells in found}


def by_hand(pattern: dict[tuple[int, int], int]) -> tuple[list[tuple[int, int]], float, float]:
    """Who rated both, the correlation of the two, and alpha, which of two statements follows from it where they spread
    alike: here each pattern is nearly its own mirror, so from the variances."""
    both = [pair for pair in people(pattern, SIZE) if all(pair)]
    first, second = np.array(both).T
    r = stats.pearsonr(first, second).statistic
    total = np.var(first + second, ddof=1)
    return both, r, 2 * (1 - (np.var(first, ddof=1) + np.var(second, ddof=1)) / total)


def to_five(count: int) -> str:
    return f"{5 * int(20 * count / SIZE + 0.5)}%"


@pytest.mark.parametrize("condition", ["task", "route", "alignment"])
def test_the_figures_are_those_worked_out_by_hand(survey, alice, client_for, condition):
    page = tight(client_for(alice).get(address(survey)))
    pattern = PATTERNS[condition]
    both, r, alpha = by_hand(pattern)
    n = len(both) // 10 * 10
    alpha = round(alpha, 2)
    low, high = (1 - (1 - alpha) * stats.f.ppf(tail, n - 1, n - 1) for tail in (0.975, 0.025))
    said = f"alpha {alpha:.2f} ({low:.2f} to {high:.2f}), from {n} people or a few more.".replace("-", "−")

    assert said in page
    texts = questionnaire_of(survey.version).statements
    for place, key in enumerate(survey.version.cells[condition, "team"]):
        answers = [pair[place] for pair in people(pattern, SIZE)]
        rest, dont_know, floor, ceiling = rows(page)[texts[key].text]
        assert rest == f"{r:.2f}".replace("-", "−")
        assert (dont_know, floor, ceiling) == tuple(to_five(answers.count(value)) for value in (0, 1, 5))


def test_it_says_how_the_statements_of_a_condition_hang_together(survey, alice, client_for):
    page = tight(client_for(alice).get(address(survey)))

    for name, words in (("Task", "hang together well"), ("Route", "are too loose to read as one")):
        assert f'{name} <br><span class="small muted">Its statements {words}: alpha' in page


def test_statements_that_stand_out_are_named(survey, alice, client_for):
    page = tight(client_for(alice).get(address(survey)))
    _, apart, _ = by_hand(APART)
    texts = questionnaire_of(survey.version).statements
    first, _second = (texts[key].text for key in survey.version.cells["alignment", "team"])
    top, _ = (texts[key].text for key in survey.version.cells["task", "team"])

    figure = f"{apart:.2f}".replace("-", "−")
    assert f"<li>Route in the team: its two statements ({figure})</li>" in page
    assert f"<li>Alignment in the team: “{first}” (25%)</li>" in page
    assert f"<li>Task in the team: “{top}” (50%)</li>" in page
    assert "Task in the team: its two" not in page
    assert "No statement stands out" not in page


def test_where_nothing_stands_out_it_says_so(alice, client_for, monkeypatch):
    calm = {(5, 5): 30, (4, 4): 40, (3, 3): 24, (2, 2): 10, (1, 1): 6, (4, 0): 5, (0, 4): 5}
    for condition in PATTERNS:
        monkeypatch.setitem(PATTERNS, condition, calm)
    page = tight(client_for(alice).get(address(closed(alice))))

    assert "No statement stands out" in page
    assert "These " not in page


def test_from_a_hundred_people_on_and_not_below(alice, client_for):
    few, enough = (closed(alice, size=size, title="Another") for size in (99, 100))

    below, above = (tight(client_for(alice).get(address(one))) for one in (few, enough))
    assert "where 100 people or more answered" in below
    assert "<table" not in below
    assert "99" not in re.sub(r"<[^>]*>", "", below.partition("<main")[2])
    assert "<table" in above


def test_an_edition_from_before_says_that_it_has_no_figures(survey, alice, client_for):
    ledger = {name: value for name, value in survey.editions.get().ledger.items() if name != "evidence"}
    now = timezone.now()
    Edition.objects.create(survey=survey, number=2, parameters={}, ledger=ledger, published_at=now)

    page = client_for(alice).get(address(survey))
    assertContains(page, "no answers are kept")
    assertContains(page, "This report was made before")
    assertNotContains(page, "<table")


def test_where_nobody_is_in_a_result_there_is_none(alice, client_for):
    page = client_for(alice).get(address(closed(alice, size=4)))

    assertContains(page, "too few people answered for any result")


def test_owner_and_consultants_find_it_in_the_report_and_nobody_else(alice, client_for):
    dora = make_user("Dora")
    survey = closed(alice, teams=2, workspace=workspace_of(alice, facilitator=dora))
    edition = survey.editions.get()
    release(edition=edition, by=alice, now=timezone.now(), to=dora)
    whole = edition.slices.get(kind="group")

    for page in (
        reverse("reports:survey", args=[survey.public_id]),
        reverse("reports:slice", args=[whole.public_id]),
    ):
        assertContains(client_for(alice).get(page), address(survey))
        assertNotContains(client_for(dora).get(page), address(survey))
    assert client_for(dora).get(address(survey)).status_code == 403
    assert client_for(make_user("Charlie")).get(address(survey)).status_code == 404


def test_it_costs_the_same_however_many_groups_and_statements(alice, client_for, django_assert_num_queries):
    small, large = closed(alice), closed(alice, teams=6, preset="brief", title="Larger")
    browser = client_for(alice)
    browser.get(address(small))
    browser.get(address(large))  # the words of the versions are in the process now

    for one in (small, large):
        with django_assert_num_queries(8):
            browser.get(address(one))
