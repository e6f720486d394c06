"""The pages of a closed survey's report, as owner, consultants and respondents see them."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.jobs.models import Job
from core.jobs.running import perform
from diagnostics.sealing.tokens import token
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.models import Survey
from reports.editions.models import Edition, PublishedSlice, Release
from reports.editions.releasing import release, withdraw_release
from reports.files.models import Document
from tests.conftest import make_user
from tests.diagnostics.launched import workspace_of
from tests.pages import tight
from tests.parts import assert_part_equals_page
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers, stop

pytestmark = pytest.mark.usefixtures("instrument")
NURSES, PHARMACY, PODIATRY = "District nursing", "Pharmacy", "Podiatry"


def answered(owner, **changes) -> Survey:
    survey = open_for_answers(owner, preset="focused", spaces_asked=["self", "team"], **changes)
    answer(invitations_of(survey, NURSES), everything(4, OQ_task_helps="On the <b>wall</b>."), picks=("task", "route"))
    answer(invitations_of(survey, PHARMACY), everything(2), picks=("route", "energy"))
    answer(invitations_of(survey, PODIATRY), everything(3))
    return survey


@pytest.fixture
def survey(alice) -> Survey:
    return close(answered(alice))


@pytest.fixture
def dora(db):
    """A facilitator."""
    return make_user("Dora")


def page(name: str, *args: str) -> str:
    return reverse(f"reports:{name}", args=args)


def slice_of(survey: Survey, name: str) -> PublishedSlice:
    return PublishedSlice.objects.get(edition__survey=survey, group__name=name, kind__in=["team", "group"])


def words(response) -> str:
    return tight(response)


# --- the list and the groups ---


def test_the_list_has_the_surveys_of_ones_workspaces(survey, alice, charlie, client_for):
    assertContains(client_for(alice).get(page("list")), page("survey", survey.public_id))
    assertNotContains(client_for(charlie).get(page("list")), survey.title)


def test_the_groups_say_where_everybody_is_counted(survey, alice, client_for):
    seen = words(client_for(alice).get(page("survey", survey.public_id)))
    for name, people in (("Community services", 14), (NURSES, 8), (PHARMACY, 6)):
        assert f'{name}</a><span class="small muted">' in seen
        assert f"· {people} people" in seen
    assert (
        f'{PODIATRY}</span><span class="small muted">Team · fewer than five answered and could judge, in no figure'
        in seen
    )


def test_the_line_of_facts_begins_with_a_capital_for_everybody(alice, dora, client_for):
    survey = close(answered(alice, workspace=workspace_of(alice, facilitator=dora)))
    release(edition=survey.editions.get(), by=alice, now=timezone.now(), to=dora)
    managers, facilitators = (words(client_for(who).get(page("survey", survey.public_id))) for who in (alice, dora))
    assert '<p class="page-head-sub tabular-nums">14 people answered · closed Monday 16 November 2026' in managers
    assert '<p class="page-head-sub tabular-nums">Closed Monday 16 November 2026' in facilitators


def test_groups_counted_together_lead_to_where_they_are(alice, client_for):
    survey = close(answered(alice, teams={NURSES: 8, PHARMACY: 4, PODIATRY: 3}))
    seen = words(client_for(alice).get(page("survey", survey.public_id)))
    assert seen.count("fewer than five answered and could judge, counted together in") == 2
    together = PublishedSlice.objects.get(kind="other groups")
    assert seen.count(page("slice", together.public_id)) == 3
    there = words(client_for(alice).get(page("slice", together.public_id)))
    assert "<h1>Other groups in Community services</h1>" in there
    assert "so they are counted together: Pharmacy, Podiatry." in there


def test_words_come_from_the_k_of_the_survey(alice, client_for):
    survey = close(answered(alice, k=7))
    one = slice_of(survey, NURSES)
    for address in (page("survey", survey.public_id), page("slice", one.public_id)):
        seen = words(client_for(alice).get(address))
        assert "seven" in seen
        assert "five" not in seen


def test_too_few_answers_have_a_page_that_says_so(alice, client_for):
    survey = open_for_answers(alice)
    answer(invitations_of(survey, NURSES)[:4], everything(4))
    seen = words(client_for(alice).get(page("survey", close(survey).public_id)))
    assert "fewer than five people answered and could judge what was asked" in seen
    assert "4" not in re.sub(r"<[^>]*>", "", seen.partition("<main")[2])


def test_before_the_close_there_is_no_report(alice, client_for):
    survey = open_for_answers(alice)
    assertContains(client_for(alice).get(page("survey", survey.public_id)), "There is no report yet")
    stop(survey)
    assertContains(client_for(alice).get(page("survey", survey.public_id)), "There is no report yet")


# --- a group's report ---


def test_a_report_says_whose_views_it_holds(survey, alice, client_for):
    seen = words(client_for(alice).get(page("slice", slice_of(survey, "Community services").public_id)))
    assert "These are views of 14 people at one moment, to start a conversation." in seen
    assert "People of these groups are in it: District nursing, Pharmacy." in seen
    assert "Not in it, because fewer than five people there answered and could judge what was asked: Podiatry." in seen
    assert Edition.objects.get().content_hash[:12] in seen


def test_the_heatmap_is_a_table_of_full_cells(survey, alice, client_for):
    one = slice_of(survey, NURSES)
    seen = words(client_for(alice).get(page("slice", one.public_id)))
    assert '<table class="heatmap heatmap-full tabular-nums">' in seen
    assert seen.count(f'<a class="cell-box" href="{page("slice", one.public_id)}') == 10  # those that were asked
    assert "Task in the team: 4.0 out of 5, mostly in place, likely range 3.5 to 4.5, close" in seen
    assert seen.count('<em aria-hidden="true">Not asked</em>') == 10


def test_comments_stand_at_one_place_only_and_harm_nothing(survey, alice, client_for):
    client = client_for(alice)
    whole = words(client.get(page("slice", slice_of(survey, "Community services").public_id)))
    assert "On the &lt;b&gt;wall&lt;/b&gt;." in whole
    assert "Show all 8" in whole
    team = words(client.get(page("slice", slice_of(survey, NURSES).public_id)))
    assert "wall" not in team
    assert "Fewer than ten people answered here, so no comments are shown. Comments are shown as they were" in team
    assert f"Comments are shown with: {link_to(survey, 'Community services')}" in team


def link_to(survey: Survey, name: str) -> str:
    return f'<a href="{page("slice", slice_of(survey, name).public_id)}">{name}</a>'


def test_where_groups_have_their_own_comments_the_whole_leads_to_them(alice, client_for):
    survey = close(answered(alice, teams={NURSES: 12, PHARMACY: 11, PODIATRY: 3}))
    client = client_for(alice)
    whole = words(client.get(page("slice", slice_of(survey, "Community services").public_id)))
    assert "No comments are shown here. Comments are shown as they were written" in whole
    assert f"Comments are shown with: {link_to(survey, NURSES)}</p>" in whole
    silent = words(client.get(page("slice", slice_of(survey, PHARMACY).public_id)))
    assert "There are no comments from these people." in silent
    assert "Comments are shown" not in silent


def test_a_group_leads_to_no_comments_that_its_reader_may_not_read(alice, dora, client_for):
    survey = close(answered(alice, workspace=workspace_of(alice, facilitator=dora)))
    team = slice_of(survey, NURSES)
    release(edition=survey.editions.get(), by=alice, now=timezone.now(), to=dora)
    release(edition=survey.editions.get(), by=alice, now=timezone.now(), to=dora, part=team, with_comments=True)
    seen = words(client_for(dora).get(page("slice", team.public_id)))
    assert "Fewer than ten people answered here" in seen
    assert "Comments are shown with:" not in seen


def test_comments_of_the_whole_survey_only_are_led_to_from_every_group(alice, client_for):
    survey = close(answered(alice, teams={NURSES: 12, PHARMACY: 11, PODIATRY: 3}, comments_at="whole"))
    team = words(client_for(alice).get(page("slice", slice_of(survey, NURSES).public_id)))
    assert "Comments are shown for the whole survey only." in team
    assert f"Comments are shown with: {link_to(survey, 'Community services')}" in team


def test_once_comments_are_released_the_page_says_why_none_can_be_taken_out(survey, alice, client_for):
    client, address = client_for(alice), page("slice", slice_of(survey, "Community services").public_id)
    assert words(client.get(address)).count(">Take out<") == 8
    made = released(survey, alice, with_comments=True)
    seen = words(client.get(address))
    assert ">Take out<" not in seen
    assert seen.count("These comments have been released, so none can be taken out now.") == 1
    withdraw_release(release=made, by=alice, now=timezone.now())
    assert words(client.get(address)).count(">Take out<") == 8


def test_a_report_costs_the_same_however_many_answered(alice, client_for, django_assert_num_queries):
    few = close(answered(alice))
    many = close(answered(alice, teams={NURSES: 60, PHARMACY: 30, PODIATRY: 10}))
    client = client_for(alice)
    client.get(page("list"))
    for survey in (few, many):
        one = slice_of(survey, "Community services").public_id
        for queries, address in (
            (19, page("slice", one)),  # two for the line of the log
            (7, page("survey", survey.public_id)),
            (6, page("statements", one, "task", "team")),
        ):
            with django_assert_num_queries(queries):
                client.get(address)


# --- behind a cell ---


def test_behind_a_cell_are_its_statements(survey, alice, client_for):
    whole = slice_of(survey, "Community services")
    seen = words(client_for(alice).get(page("statements", whole.public_id, "task", "team")))
    assert seen.count('<svg class="distribution"') == 7
    assert 'aria-label="disagree (1–2): 40%, neither to agree (3–5) or don’t know: 60%"' in seen
    assert "There are two camps" in seen
    assert "The average is probably nobody’s view. Talk about it before you act." in seen
    assert "more statement" not in seen


def test_few_people_have_levels_and_no_bars(survey, alice, client_for):
    seen = words(client_for(alice).get(page("statements", slice_of(survey, NURSES).public_id, "task", "team")))
    assert seen.count("Level only") == 7
    assert '<svg class="distribution"' not in seen


def test_the_part_for_htmx_is_the_middle_of_the_page(survey, alice, client_for):
    address = page("statements", slice_of(survey, "Community services").public_id, "task", "team")
    assert assert_part_equals_page(client_for(alice), address).startswith("<section")


@pytest.mark.parametrize("place", [("task", "system"), ("task", "moon"), ("luck", "team")])
def test_what_was_not_asked_has_nothing_behind_it(survey, alice, client_for, place):
    assert client_for(alice).get(page("statements", slice_of(survey, NURSES).public_id, *place)).status_code == 404


# --- the figure ---


def test_the_figure_is_made_once_and_drawn_for_whoever_reads(survey, alice, client_for):
    one = slice_of(survey, NURSES)
    client, address = client_for(alice), page("slice_figure", one.public_id)
    assert client.get(address).status_code == 204
    assertContains(client.get(page("slice", one.public_id)), f'hx-post="{address}"')
    for _again in range(2):
        client.post(address)
        perform(Job.objects.get(kind="slice_figure").pk)
    figure = json.loads(client.get(address).getvalue())
    assert "Mostly" in json.dumps(figure["layout"]["annotations"])
    assertNotContains(client.get(page("slice", one.public_id)), f'hx-post="{address}"')
    assert Document.objects.filter(slice=one).count() == 1
    assert client.get(f"/jobs/{Job.objects.get(kind='slice_figure').public_id}/").status_code == 200


def test_whoever_is_outside_sees_neither_figure_nor_its_making(survey, alice, charlie, client_for):
    address = page("slice_figure", slice_of(survey, NURSES).public_id)
    client_for(alice).post(address)
    assert client_for(charlie).post(address).status_code == 404
    job = Job.objects.get(kind="slice_figure")
    assert client_for(charlie).get(f"/jobs/{job.public_id}/").status_code == 404


# --- respondents ---


@pytest.fixture
def link(alice) -> tuple[Survey, str]:
    """A closed survey and the secret of one who was asked."""
    open_one = answered(alice)
    invitation = invitations_of(open_one, NURSES)[0]
    secret = token(link_key(open_one), invitation.public_id, invitation.version)
    return close(open_one), secret


def released(survey: Survey, by, **how) -> Release:
    return release(edition=survey.editions.get(), by=by, now=timezone.now(), to_respondents=True, **how)


def test_a_link_leads_to_the_results_once_they_are_released(link, alice):
    survey, secret = link
    client = Client()
    enter = reverse("answering:enter", args=[secret])
    assertContains(client.get(enter, follow=True), "This survey is closed", status_code=410)
    made = released(survey, alice)
    answer_ = client.get(enter, follow=True)
    assert answer_.redirect_chain[-1][0] == page("results", survey.public_id)
    seen = words(answer_)
    assert "14 people answered" in seen
    assert "released without the comments" in seen
    assert "wall" not in seen
    assert "/reports/slices/" not in seen
    assert "sessionid" not in client.cookies
    withdraw_release(release=made, by=alice, now=timezone.now())
    assert client.get(page("results", survey.public_id)).status_code == 410


def test_after_the_close_a_link_says_the_same_whether_its_holder_submitted_or_not(alice):
    survey = open_for_answers(alice)
    submitted, silent, *others = invitations_of(survey, NURSES)
    answer([submitted, *others], everything(4))
    links = [token(link_key(survey), one.public_id, one.version) for one in (submitted, silent)]
    close(survey)
    read = [words(Client().get(reverse("answering:enter", args=[secret]), follow=True)) for secret in links]
    assert read[0] == read[1]
    assert "What was submitted counts in the report wherever enough people answered for one" in read[0]
    assert "If the result is shown to everybody who was asked, your link will lead to it." in read[0]


def test_the_dashboard_of_a_closed_survey_says_where_its_links_lead_and_promises_no_result(alice, client_for):
    survey = open_for_answers(alice)
    answer(invitations_of(survey, NURSES)[:4], everything(4))
    close(survey)
    seen = words(client_for(alice).get(reverse("surveys:dashboard", args=[survey.public_id])))
    assert "The report shows every group with enough answers; if there is none, it says so." in seen
    assert "They lead to the result of the whole survey, if it is released to all who were asked." in seen


def test_comments_go_with_the_results_where_they_were_released_too(link, alice):
    survey, secret = link
    released(survey, alice, with_comments=True)
    seen = words(Client().get(reverse("answering:enter", args=[secret]), follow=True))
    assert "On the &lt;b&gt;wall" in seen
    assert "Take out" not in seen


def test_without_a_link_there_are_no_results(link, alice):
    survey, secret = link
    released(survey, alice)
    address = page("results", survey.public_id)
    assert Client().get(address).status_code == 401
    pasted = Client().post(address, {"link": f"http://testserver/s/{secret}/"})
    assertRedirects(pasted, address, fetch_redirect_response=False)


def test_results_of_too_few_say_so(alice):
    survey = open_for_answers(alice, releases_to_respondents=True)
    invitation = invitations_of(survey, NURSES)[0]
    secret = token(link_key(survey), invitation.public_id, invitation.version)
    close(survey)
    seen = Client().get(reverse("answering:enter", args=[secret]), follow=True)
    assertContains(seen, "Too few people answered")
