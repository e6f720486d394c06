"""The guide is public, says what the model says, and claims nothing that is not there."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from diagnostics.models import Condition, Indicator, Research
from reports.pages.guide.protection import example
from reports.readings import guidance
from spaces.models import Space
from tests.pages import tight

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
PAGES = ["/", "/model/", *(f"/model/{key}/" for key in CONDITIONS)]
PAGES += ["/spaces/", "/approach/", "/research/", "/checklists-of-your-own/", "/protection/", "/accessibility/"]
PAGES += ["/contact/"]

pytestmark = pytest.mark.usefixtures("instrument")


def read(url: str, client: Client | None = None) -> str:
    response = (client or Client()).get(url)
    assert response.status_code == 200
    return response.content.decode()


def text_of(page: str) -> str:
    return html.unescape(strip_tags(page))


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_open_to_visitors(url):
    page = read(url)
    assert page.count("<h1>") == 1
    assert reverse("account_login") in page


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_open_to_charlie_too(url, client_for, charlie):
    assert "Charlie" in read(url, client_for(charlie))


@pytest.mark.parametrize(
    ("page", "queries"),
    [("welcome", 1), ("model", 2), ("spaces", 1), ("approach", 0), ("research", 1), ("protection", 0), ("contact", 0)],
)
def test_pages_cost_few_queries(page, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        read(reverse(f"guide:{page}"))


def test_a_condition_costs_five_queries(django_assert_num_queries):
    with django_assert_num_queries(5):
        read(reverse("guide:condition", args=["energy"]))


def test_welcome_leads_to_a_self_assessment_and_says_how_long_it_takes():
    page = read("/")
    assert f'href="{reverse("self_assessments:start")}"' in page
    assert "About 12 minutes" in page
    assert "<b>65</b> on five pages" in page
    places = [page.index(reverse("guide:condition", args=[key])) for key in CONDITIONS]
    assert places == sorted(places)


def test_welcome_tells_visitors_what_they_need_to_begin(client_for, alice, settings):
    needless, needed = "You need no account to begin", "You sign in first, or make an account"
    assert needless in read("/")
    assert needed not in read("/")
    assert not any(sentence in read("/", client_for(alice)) for sentence in (needless, needed))
    settings.OPEN_SIGN_UP = False
    assert needed in read("/")
    assert needless not in read("/")


def test_the_model_page_names_roles_with_their_conditions_and_the_spaces():
    page = html.unescape(tight(read(reverse("guide:model"))))
    assert "Architect <small>Task, Route</small>" in page
    assert "Champion <small>Energy</small>" in page
    assert all(space.definition in page for space in Space.objects.all())


@pytest.mark.parametrize("key", CONDITIONS)
def test_a_condition_page_says_all_the_model_knows_about_it(key):
    page = text_of(read(reverse("guide:condition", args=[key])))
    condition = Condition.objects.select_related("role").get(key=key)
    expected = [condition.definition, condition.description, condition.reflection_question, *condition.why_it_matters]
    expected += [condition.role.name, condition.role.description]
    expected += [text for indicator in condition.indicators.all() for text in (indicator.title, indicator.meaning)]
    expected += [text for example in condition.examples.all() for text in (example.organisation, example.text)]
    for space in Space.objects.all():
        cell = guidance.cell(key, space.key)
        expected += [cell.about, *cell.questions]
    assert [text for text in expected if text not in page] == []
    assert "have not been checked independently" in page


def test_a_condition_page_shows_no_other_conditions_indicators():
    page = read(reverse("guide:condition", args=["task"]))
    others = Indicator.objects.exclude(condition="task").values_list("title", flat=True)
    assert [title for title in others if title in page] == []


def test_conditions_lead_on_to_the_next_and_then_to_the_spaces():
    assert "Continue to Route" in read(reverse("guide:condition", args=["task"]))
    assert "Continue to the four spaces" in read(reverse("guide:condition", args=["energy"]))


def test_an_unknown_condition_is_not_found():
    assert Client().get(reverse("guide:condition", args=["luck"])).status_code == 404


def test_the_spaces_page_says_how_much_each_checklist_asks():
    page = " ".join(text_of(read(reverse("guide:spaces"))).split())
    assert all(space.frame in page and space.help in page for space in Space.objects.all())
    for row in ("35 to 65 7 to 12", "35 to 140 7 to 24", "10 to 40 3 to 8", "5 2"):
        assert row in page


def test_the_approach_page_has_every_principle_and_note():
    page = text_of(read(reverse("guide:approach")))
    expected = [text for row in guidance.approach() for text in (row.title, row.meaning, *row.implies)]
    expected += [*guidance.reading_notes(), *guidance.model().how_to_read]
    assert [text for text in expected if text not in page] == []


def test_the_page_of_what_informed_the_model_has_every_entry_and_is_found_from_the_guide():
    page = tight(read(reverse("guide:research")))
    entries = [(one.name, one.topic) for one in Research.objects.all()]
    rows = re.findall(r'<th scope="row" class="row-name">(.*?)</th>\s*<td>(.*?)</td>', page)
    assert [tuple(map(html.unescape, row)) for row in rows] == entries
    assert len(entries) == 34
    for room in ("model", "approach"):
        assert f'href="{reverse("guide:research")}"' in read(reverse(f"guide:{room}"))


def words_of(url: str) -> str:
    return " ".join(text_of(read(url).replace("</t", " </t")).split())


def test_the_protection_page_prints_its_limits():
    page = words_of(reverse("guide:protection"))
    assert "holds a copy of its database, can read self-assessments" in page
    assert "Someone who controls the running server can read answers as they arrive." in page
    assert "invented people on a list" in page
    assert "give its author away" in page


def test_the_protection_page_says_the_numbers_that_the_code_keeps():
    page = words_of(reverse("guide:protection"))
    assert "only when five or more of its people have answered" in page
    assert "By a shared link at least ten must have answered." in page
    assert "asks ten or more statements" in page
    assert "half of them where 20 or more are asked" in page
    assert "less than two seconds each" in page
    assert "ends after two hours without a click" in page


def test_the_protection_page_says_what_a_release_shows_to_whom():
    page = words_of(reverse("guide:protection"))
    assert (
        "if it is released to all who were asked; with other people’s comments, if those are released with it" in page
    )
    assert "The result of the groups they lead, once released; with its comments, if those are released with it" in page


def test_the_protection_pages_example_is_what_the_partition_makes_of_it():
    page = words_of(reverse("guide:protection"))
    assert "District nursing 7 Its own result" in page
    assert "Pharmacy 4 No result of its own; counted in “other groups”, 7 people together" in page
    assert "The whole 14 A result of everybody" in page
    assert "it then speaks of the 7 in District nursing." in page


def test_an_example_with_other_numbers_tells_what_follows_from_them():
    both = example({"a": 6, "b": 5}, k=5)
    assert [(line.has_own, line.is_joined) for line in both.lines] == [(True, False), (True, False)]
    assert (both.joined, both.whole) == (0, 11)
    few = example({"a": 6, "b": 4}, k=5)
    assert [(line.has_own, line.is_joined) for line in few.lines] == [(True, False), (False, False)]
    assert (few.joined, few.whole) == (0, 6)


def test_no_page_says_that_surveys_are_still_to_come():
    assert "still being built" not in read("/")
    assert "no surveys on this site" not in read(reverse("guide:protection"))


def test_the_accessibility_page_says_what_was_not_tested():
    page = text_of(read(reverse("guide:accessibility")))
    assert "Nobody who uses a screen reader every day has tested these pages" in page


def test_the_contact_page_shows_the_sites_own_address(settings):
    settings.DEFAULT_FROM_EMAIL = "TRACE at Northmoor <trace@northmoor.example>"
    assert 'href="mailto:trace@northmoor.example"' in read(reverse("guide:contact"))


@pytest.mark.parametrize("address", ["/improving/", "/improving/talks/", "/improving/actions/energy/"])
def test_every_text_of_the_way_to_action_has_an_address_of_its_own(client, instrument, address):
    """And none has that of another: a next step leads to its cause by it."""
    ids = re.findall(r'\bid="([^"]+)"', client.get(address).text)
    assert len(ids) > 5
    assert len(ids) == len(set(ids))
