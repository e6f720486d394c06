"""A report and a comparison on the screen of a room: from what is released, every slide of the deck, nothing added."""

import html
import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from reports.comparisons.actions import Chosen, compare_groups
from reports.comparisons.models import Comparison
from reports.decks.of_comparison import comparison_deck
from reports.decks.of_slice import slice_deck
from reports.decks.slides import CellSlide, Slide
from reports.editions.access import Sight
from reports.editions.models import Edition, PublishedSlice
from reports.editions.releasing import release, withdraw_release
from reports.pages.presenting import TEMPLATES
from reports.readings.comparison.comparison import read_comparison
from reports.readings.survey.slice import read_slice
from tests.conftest import make_user
from tests.diagnostics.launched import workspace_of
from tests.pages import tight
from tests.reports.published import four_groups, published_survey
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers

pytestmark = pytest.mark.usefixtures("instrument")
NURSES, PHARMACY = "District nursing", "Pharmacy"


@pytest.fixture
def dora(db):
    """A facilitator."""
    return make_user("Dora")


@pytest.fixture
def edition(alice, dora) -> Edition:
    """Thirteen nurses in two camps on everything, six pharmacists who agree; nothing is released."""
    workspace = workspace_of(alice, facilitator=dora)
    survey = open_for_answers(
        alice, workspace=workspace, preset="focused", spaces_asked=["self", "team"], teams={NURSES: 13, PHARMACY: 6}
    )
    nurses = invitations_of(survey, NURSES)
    answer(nurses[:6], everything(1), picks=("task", "route"))
    answer(nurses[6:], everything(5, OQ_task_helps="On the <b>wall</b>."), picks=("task", "energy"))
    answer(invitations_of(survey, PHARMACY), everything(2), picks=("route", "energy"))
    return close(survey).editions.get()


@pytest.fixture
def released(edition, alice) -> Edition:
    release(edition=edition, by=alice, now=timezone.now(), to_respondents=True)
    return edition


def part(name: str) -> PublishedSlice:
    return PublishedSlice.objects.for_reading().get(group__name=name)


def compared(edition: Edition, by, *names: str) -> Comparison:
    chosen = [Chosen((part(name),)) for name in names]
    made = compare_groups(edition=edition, chosen=chosen, sight=Sight(is_manager=True), by=by, now=timezone.now())
    return Comparison.objects.for_reading().get(pk=made.pk)


def slides_of(one: PublishedSlice) -> str:
    return reverse("reports:present", args=[one.public_id])


def slides_of_comparison(comparison: Comparison) -> str:
    return reverse("reports:present_comparison", args=[comparison.public_id])


def words(response) -> str:
    return html.unescape(tight(response))


def messages_in(page: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", found).strip() for found in re.findall(r'id="message-\d+">(.*?)</h2>', page)]


# --- from a released edition ---


def test_what_is_not_released_is_not_shown_to_a_room(edition, alice, client_for):
    comparison = compared(edition, alice, NURSES, PHARMACY)
    for address in (slides_of(part(NURSES)), slides_of_comparison(comparison)):
        response = client_for(alice).get(address)
        assertContains(response, "Release this report before you present it")
        assertContains(response, reverse("reports:release", args=[edition.public_id]))
        assertNotContains(response, 'class="slide"')


def test_a_release_to_anybody_opens_the_slides_and_taking_it_back_closes_them(edition, alice, dora, client_for):
    given = release(edition=edition, by=alice, now=timezone.now(), to=dora, part=part(PHARMACY))
    assertContains(client_for(alice).get(slides_of(part(NURSES))), 'class="slide"')
    withdraw_release(release=given, by=alice, now=timezone.now())
    assertNotContains(client_for(alice).get(slides_of(part(NURSES))), 'class="slide"')


def test_a_facilitator_presents_what_is_released_to_them_and_no_more(edition, alice, dora, charlie, client_for):
    release(edition=edition, by=alice, now=timezone.now(), to=dora, part=part(NURSES))
    comparison = compared(edition, alice, NURSES, PHARMACY)
    facilitator = client_for(dora)
    assert facilitator.get(slides_of(part(NURSES))).status_code == 200
    assert facilitator.get(slides_of(part(PHARMACY))).status_code == 403
    assert facilitator.get(slides_of_comparison(comparison)).status_code == 403
    assert client_for(charlie).get(slides_of(part(NURSES))).status_code == 404
    assert client_for(charlie).get(slides_of_comparison(comparison)).status_code == 404


def test_the_pages_lead_to_their_slides_and_the_slides_back(released, alice, client_for):
    client, one, comparison = client_for(alice), part(NURSES), compared(released, alice, NURSES, PHARMACY)
    pages = {
        reverse("reports:slice", args=[one.public_id]): slides_of(one),
        reverse("reports:comparison", args=[comparison.public_id]): slides_of_comparison(comparison),
    }
    for page, slides in pages.items():
        assertContains(client.get(page), f'href="{slides}"')
        assertContains(client.get(slides), f'href="{page}" data-do="leave"')


# --- every slide of the deck, and nothing else ---


def test_every_kind_of_slide_is_drawn():
    assert set(TEMPLATES) == set(Slide.__subclasses__())


def test_a_cell_without_a_statement_says_once_how_far_people_agree(released):
    [cell, *_others] = [slide for slide in slice_deck(read_slice(part(NURSES))) if isinstance(slide, CellSlide)]
    drawn = render_to_string(TEMPLATES[CellSlide], {"slide": replace(cell, statement=None), "message_id": "message-1"})
    assert html.unescape(drawn).count(cell.agreement) == 1


@pytest.mark.parametrize("name", [NURSES, PHARMACY, "Community services"])
def test_the_slides_of_a_group_are_its_deck(name, released, alice, client_for):
    deck = slice_deck(read_slice(part(name)))
    page = words(client_for(alice).get(slides_of(part(name))))
    assert messages_in(page) == [slide.message for slide in deck]
    assert f"{len(deck)} of {len(deck)}" in page
    notes = words(client_for(alice).get(f"{slides_of(part(name))}notes/"))
    for note in (note for slide in deck for note in slide.notes):
        assert f"<li>{note}</li>" in notes
    assert "Better left unsaid" in notes
    assert "Better left unsaid" not in page  # nor in what a room could be shown by mistake
    for address in re.findall(r'href="#slide-(\d+)">(.*?)</a>', page):
        assert address[1] == deck[int(address[0]) - 1].message


def test_the_slides_of_a_comparison_are_its_deck(alice, client_for):
    survey = published_survey(alice)
    release(edition=survey.editions.get(), by=alice, now=timezone.now(), to_leaders=True)
    comparison = four_groups(survey)
    deck = comparison_deck(read_comparison(comparison))
    page = words(client_for(alice).get(slides_of_comparison(comparison)))
    assert messages_in(page) == [slide.message for slide in deck]
    assert "4 groups · no result for fewer than five" in page


def test_a_room_reads_a_word_and_a_score_and_hears_the_whole_sentence(released, alice, client_for):
    one = part(PHARMACY)
    page = words(client_for(alice).get(slides_of(one)))
    cell = read_slice(one).view.cell("task", "team")
    assert f'<i class="cell-word">{cell.word}</i><b>{cell.score_text}</b>' in page
    assert f'<span class="visually-hidden">{cell.accessible_text}</span>' in page
    assert "6 people · no result for fewer than five" in page
    assert 'class="cell-range"' not in page  # no likely range
    assert '<em aria-hidden="true">close</em>' not in page


def test_two_camps_are_dots_and_words_in_place_of_a_level(released, alice, client_for):
    page = words(client_for(alice).get(slides_of(part(NURSES))))
    cells = re.findall(r'<td class="level-2[^"]*"><span class="cell-box">(.*?)</td>', page)
    [drawn] = {re.search(r'<span class="cell-line"[^>]*>(.*?)<b>', cell)[1] for cell in cells if "two camps" in cell}
    assert drawn.strip().startswith('<svg class="cell-camps"')
    assert '<em aria-hidden="true">two camps</em>' in page


def test_what_people_wrote_stays_out_of_the_room(released, alice, client_for):
    release(edition=released, by=alice, now=timezone.now(), to_respondents=True, with_comments=True)
    assert "wall" not in words(client_for(alice).get(slides_of(part("Community services"))))


def test_slides_need_no_style_or_script_of_their_own(released, alice, client_for):
    for address in (slides_of(part(NURSES)), slides_of_comparison(compared(released, alice, NURSES, PHARMACY))):
        page = client_for(alice).get(address).content.decode()
        assert not re.search(r"<style|<script(?![^>]* src=)|<[^>]*\s(style|on\w+)=", page)


def test_slides_cost_the_same_however_many_groups_there_are(released, alice, client_for, django_assert_num_queries):
    client = client_for(alice)
    two = compared(released, alice, NURSES, PHARMACY)
    three = compared(released, alice, NURSES, PHARMACY, "Community services")
    for queries, address in (
        (10, slides_of(part(NURSES))),
        (15, slides_of_comparison(two)),
        (15, slides_of_comparison(three)),
    ):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
