"""From submitting to the page that a leader and their readers see."""

import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.jobs.models import Job
from diagnostics.self_assessments import actions as self_assessments
from diagnostics.self_assessments.models import Share
from reports.files.asking import ask_for_file
from reports.files.models import Document
from reports.readings import guidance
from reports.scoring import METHOD
from reports.self_assessments.actions import score_self_assessment
from reports.self_assessments.models import SelfAssessmentResult
from tests.pages import tight
from tests.parts import assert_part_equals_page
from tests.reports.stories import draft, made, submitted

MONTHS = datetime.timedelta(days=120)


def path(self_assessment) -> str:
    return f"/reports/self-assessments/{self_assessment.public_id}/"


@pytest.fixture
def own(instrument, ruth, now):
    return submitted(ruth, now=now)


def shown_to(reader, self_assessment, now) -> None:
    Share.objects.create(self_assessment=self_assessment, reader=reader, shared_at=now)


# --- Scoring at submit -------------------------------------------------------------------------


def test_submitting_stores_the_result_with_its_method(instrument, ruth, now):
    result = submitted(ruth, now=now).result
    assert result.method_version == METHOD.version
    assert result.parameters == METHOD.parameters()
    assert result.created_at == now
    assert len(result.cells) == 10
    assert result.cells[0] == {
        "condition": "task",
        "space": "self",
        "score": 4.0,
        "level": "mostly",
        "answered": 2,
        "asked": 2,
        "dont_know": 0,
        "reason": None,
    }


def test_submitting_keeps_cells_in_model_order(instrument, ruth, now):
    cells = submitted(ruth, now=now).result.cells
    assert [cell["condition"] for cell in cells[::2]] == ["task", "route", "alignment", "capability", "energy"]
    assert [cell["space"] for cell in cells[:2]] == ["self", "team"]


def test_submitting_asks_for_the_figure(instrument, ruth, now):
    own = submitted(ruth, now=now)
    job = Job.objects.get(kind="self_assessment_figure")
    assert (job.subject, job.requested_by, job.status) == (own.public_id, ruth, Job.Status.QUEUED)


def test_a_score_that_fails_leaves_the_draft_as_it_was(instrument, ruth, now, monkeypatch):
    started = draft(ruth, now=now, answers={"T5.self": 4})
    monkeypatch.setattr("reports.receivers.score_self_assessment", _fails)
    with pytest.raises(ZeroDivisionError):
        self_assessments.submit(self_assessment=started, now=now)
    started.refresh_from_db()
    assert started.submitted_at is None
    assert not SelfAssessmentResult.objects.exists()


def _fails(**_) -> None:
    raise ZeroDivisionError


def test_a_result_is_made_once(instrument, ruth, now):
    own = submitted(ruth, now=now)
    self_assessments.submit(self_assessment=own, now=now)
    assert SelfAssessmentResult.objects.filter(self_assessment=own).count() == 1


def test_too_few_answers_give_a_reason_instead_of_a_score(instrument, ruth, now):
    started = draft(ruth, now=now, preset="focused", primary_space="self", spaces=("self",))
    keys = started.version.cells["task", "self"]
    started.answers = dict.fromkeys(keys[:3], 5)
    cells = score_self_assessment(self_assessment=_saved(started), now=now).cells
    assert (cells[0]["score"], cells[0]["level"], cells[0]["reason"]) == (None, None, "too_few_items")
    assert (cells[0]["answered"], cells[0]["asked"]) == (3, 7)


def _saved(started):
    started.save()
    return started


# --- The page ----------------------------------------------------------------------------------


def test_page_on_the_day_itself(instrument, ruth, client_for, now, time_stands):
    time_stands(now)
    page = client_for(ruth).get(path(submitted(ruth, now=now)))
    assertContains(page, "<h1>How you see it today, Ruth</h1>")
    assertContains(page, "Self-assessment of 25 November 2026, 20 statements")
    assertContains(page, "only you can see this page")
    assertContains(page, "One person’s view, taken on one day. It is a place to begin, not a mark.")
    assertContains(page, "In about three months, around February 2027.")


@pytest.fixture
def time_stands(monkeypatch):
    def at(moment: datetime.datetime) -> None:
        monkeypatch.setattr("reports.pages.self_assessments.page.timezone.now", lambda: moment)

    return at


def test_page_on_a_later_day_does_not_say_today(instrument, ruth, client_for, now, time_stands):
    time_stands(now + datetime.timedelta(days=1))
    page = client_for(ruth).get(path(submitted(ruth, now=now)))
    assertContains(page, "<h1>How you saw it, Ruth</h1>")


def test_page_counts_what_was_rated(instrument, ruth, client_for, now):
    own = submitted(ruth, now=now, answers={"T5.self": 4, "T7.self": 2, "T5.team": 0})
    assertContains(client_for(ruth).get(path(own)), "20 statements, 2 of them rated")


def test_page_is_complete_without_script_or_worker(instrument, ruth, client_for, now):
    page = tight(client_for(ruth).get(path(submitted(ruth, now=now))))
    assert page.count("Mostly</i><b>4.0</b>") == 10
    assert page.count("Not asked") >= 10


def test_page_draws_the_figure_once_it_is_made(instrument, ruth, client_for, now):
    own = submitted(ruth, now=now)
    client = client_for(ruth)
    assertContains(client.get(path(own)), f'hx-post="{path(own)}figure/"')
    assert client.get(f"{path(own)}figure/").status_code == 204
    made(Job.objects.get(kind="self_assessment_figure"))
    assertNotContains(client.get(path(own)), f'hx-post="{path(own)}figure/"')
    figure = client.get(f"{path(own)}figure/")
    assert figure["Content-Type"] == "application/json"
    assert b"".join(figure).startswith(b"{")


def test_page_gives_htmx_the_part_that_waits_for_the_figure(own, client_for):
    client = client_for(own.leader)
    for _ in range(2):
        part = assert_part_equals_page(client, path(own))
        assert part.startswith('<div id="figure-job"')
        made(Job.objects.get(kind="self_assessment_figure"))
    assert "hx-post" not in part


def test_page_allows_style_attributes_for_plotly_only_there(instrument, ruth, client_for, now):
    client = client_for(ruth)
    page = client.get(path(submitted(ruth, now=now)))
    assert "style-src-attr 'unsafe-inline'" in page["Content-Security-Policy"]
    assert "style-src-attr" not in client.get("/self-assessments/")["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]


def test_page_shows_choices_and_comments_as_text(instrument, ruth, client_for, now):
    own = submitted(ruth, now=now, matters_most=["energy", "task"])
    question = own.version.pages[2]["open_questions"][0]
    own.comments = {question["key"]: "One <b>line</b>\nand another"}
    own.save()
    page = client_for(ruth).get(path(own))
    assertContains(page, "<b>Task and Energy</b>")
    assertContains(page, "One &lt;b&gt;line&lt;/b&gt;<br>and another")
    assertContains(page, f"Alignment: {question['text'].replace(chr(39), '&#x27;')}")


def test_page_without_any_score_says_so(instrument, ruth, client_for, now):
    page = client_for(ruth).get(path(submitted(ruth, now=now, answers={"T5.self": 0, "T7.self": 0})))
    assertContains(page, "There is no score to speak about")
    assertNotContains(page, "Questions to reflect on")


def test_draft_leads_back_to_its_questions(instrument, ruth, client_for, now):
    started = draft(ruth, now=now)
    page = client_for(ruth).get(path(started))
    assertRedirects(page, f"/self-assessments/{started.public_id}/rate/task/", fetch_redirect_response=False)


# --- Who sees it -------------------------------------------------------------------------------


def test_page_names_whom_it_is_shown_to(own, bob, charlie, client_for, now):
    shown_to(charlie, own, now)
    assertContains(client_for(own.leader).get(path(own)), "shared with Charlie, who can see this page as you do")
    shown_to(bob, own, now)
    page = client_for(own.leader).get(path(own))
    assertContains(page, "shared with 2 people, who can see this page as you do: Bob, Charlie")


def test_reader_sees_it_in_words_about_the_leader(own, bob, charlie, client_for, now):
    shown_to(bob, own, now)
    shown_to(charlie, own, now)
    page = client_for(bob).get(path(own))
    assertContains(page, "<h1>How Ruth saw it</h1>")
    assertContains(page, "shared with you by Ruth Adeyemi")
    assertContains(page, "Task, Ruth: 4.0 out of 5")
    assertContains(page, "The words speak to Ruth.")
    for hidden in ("Charlie", "yourself", "Delete this", f"/self-assessments/{own.public_id}/share/", "Start a new"):
        assertNotContains(page, hidden)


def test_reader_gets_a_figure_in_words_about_the_leader(own, bob, client_for, now):
    shown_to(bob, own, now)
    client = client_for(bob)
    made(Job.objects.get(kind="self_assessment_figure"))
    assert client.get(f"{path(own)}figure/").status_code == 204
    client.post(f"{path(own)}figure/")
    made(Job.objects.get(kind="self_assessment_readers_figure"))
    figure = b"".join(client.get(f"{path(own)}figure/")).decode()
    assert "Task, Ruth: 4.0 out of 5" in figure
    assert "yourself" not in figure


# --- Beside the last one -----------------------------------------------------------------------


@pytest.fixture
def twice(instrument, ruth, now):
    """Task in the team rises from 2.0 to 4.0, Route in the team falls from 5.0 to 4.0, too little; the rest stays."""
    keys = draft(ruth, now=now - MONTHS).version.statement_keys
    before = dict.fromkeys(keys, 4) | {"T5.team": 2, "T7.team": 2, "R6.team": 5, "R7.team": 5, "A3.self": 3}
    first = submitted(ruth, now=now - MONTHS, answers=before)
    return first, submitted(ruth, now=now)


RISE = "Task in the team: clear rise, 2.0 to 4.0, more than the usual back and forth on two statements."


def test_comparison_names_clear_changes_only(twice, ruth, client_for):
    page = client_for(ruth).get(path(twice[1]))
    assertContains(page, "Beside the self-assessment of 28 July 2026, in the 10 places that were rated both times")
    assertContains(page, RISE)
    assertNotContains(page, "Route in the team: clear")
    assertNotContains(page, "Alignment, yourself: clear")


def test_comparison_is_not_on_the_first_one(twice, ruth, client_for):
    assertNotContains(client_for(ruth).get(path(twice[0])), "Since last time")


def test_comparison_says_when_nothing_clearly_changed(instrument, ruth, client_for, now):
    submitted(ruth, now=now - MONTHS)
    page = client_for(ruth).get(path(submitted(ruth, now=now)))
    assertContains(page, "No clear change in these 10 places.")
    assertNotContains(page, "No change")


def test_comparison_is_over_the_statements_asked_both_times(instrument, ruth, client_for, now):
    submitted(ruth, now=now - MONTHS, preset="in_depth", spaces=("team",), answers={"T5.team": 1, "T7.team": 2})
    page = client_for(ruth).get(path(submitted(ruth, now=now)))
    assertContains(page, "in the one place that was rated both times by statements that ask the same")
    assertContains(
        page, "Task in the team: clear rise, 1.5 to 4.0, more than the usual back and forth on two statements."
    )


def test_comparison_is_beside_the_one_that_shares_most(instrument, ruth, client_for, now):
    submitted(ruth, now=now - 2 * MONTHS)
    submitted(ruth, now=now - MONTHS, preset="pulse")
    page = client_for(ruth).get(path(submitted(ruth, now=now)))
    assertContains(page, "Beside the self-assessment of 30 March 2026, in the 10 places")


def test_comparison_leaves_out_what_is_beside_nothing(instrument, ruth, client_for, now):
    submitted(ruth, now=now - MONTHS, answers={"T5.self": 4})
    page = client_for(ruth).get(path(submitted(ruth, now=now, answers={"T5.team": 4})))
    assertContains(page, "No statement was rated both in the self-assessment of 28 July 2026 and in this one")


def test_comparison_takes_results_of_any_method(twice, ruth, client_for):
    SelfAssessmentResult.objects.filter(self_assessment=twice[0]).update(method_version="0.9")
    assertContains(client_for(ruth).get(path(twice[1])), RISE)


def test_comparison_is_never_with_somebody_else_s(instrument, ruth, bob, client_for, now):
    submitted(bob, now=now - MONTHS)
    assertNotContains(client_for(ruth).get(path(submitted(ruth, now=now))), "Since last time")


def test_reader_sees_the_comparison_only_where_both_are_shared(twice, bob, client_for, now):
    first, second = twice
    shown_to(bob, second, now)
    assertNotContains(client_for(bob).get(path(second)), "Since last time")
    shown_to(bob, first, now)
    assertContains(client_for(bob).get(path(second)), RISE)


# --- Its cost ----------------------------------------------------------------------------------


def test_page_costs_the_same_however_much_is_shared(twice, bob, charlie, client_for, django_assert_num_queries):
    own = twice[1]
    client = client_for(own.leader)
    with django_assert_num_queries(11):
        client.get(path(own))
    for reader in (bob, charlie):
        shown_to(reader, own, own.submitted_at)
    ask_for_file(of=own, kind=Document.Kind.PDF, by=own.leader)
    with django_assert_num_queries(11):
        client.get(path(own))


# --- A place opened ----------------------------------------------------------------------------


def test_a_place_opens_with_every_answer_in_its_words(instrument, ruth, client_for, now):
    own = submitted(ruth, now=now, answers={"T5.team": 2, "T7.team": 0, "R1.team": 4})
    client = client_for(ruth)
    page = client.get(path(own) + "task/team/")
    assert list(own.version.cells["task", "team"]) == ["T5.team", "T7.team"]
    for said in ("2, Disagree", "Don&#x27;t know / does not apply", *_texts_of_low("T5")):
        assertContains(page, said, html=False)
    assertNotContains(page, guidance.indicator("T7").if_low)
    assertContains(client.get(path(own) + "energy/team/"), "left blank", count=2)


def _texts_of_low(key: str) -> tuple[str, ...]:
    of = guidance.indicator(key)
    return of.if_low, of.first_step, of.questions_group[0]


def test_every_place_that_was_asked_opens_from_the_map(instrument, ruth, client_for, now):
    own = submitted(ruth, now=now, answers={"T1.team": 2})
    client = client_for(ruth)
    page = client.get(path(own))
    for condition, space in own.version.cells:
        assertContains(page, f'href="{path(own)}{condition}/{space}/"')
        assert client.get(f"{path(own)}{condition}/{space}/").status_code == 200
    assertNotContains(page, f"{path(own)}task/system/")
    assert client.get(f"{path(own)}task/system/").status_code == 404


def test_answers_are_their_leaders_alone(own, bob, client_for, now):
    shown_to(bob, own, now)
    page = client_for(bob).get(path(own))
    assertNotContains(page, "/task/team/")
    assert client_for(bob).get(path(own) + "task/team/").status_code == 404


def test_a_place_is_a_part_of_its_page(own, ruth, client_for):
    assert_part_equals_page(client_for(ruth), path(own) + "task/team/")


# --- Over time ---------------------------------------------------------------------------------


def over_time(self_assessment, chosen=None) -> str:
    return path(self_assessment) + "over-time/" + (f"?with={chosen.public_id}" if chosen else "")


def test_any_earlier_one_can_be_chosen_and_both_maps_rest_on_what_they_share(instrument, ruth, client_for, now):
    first = submitted(ruth, now=now - 2 * MONTHS, answers={"T5.team": 1, "T7.team": 2})
    pulse = submitted(ruth, now=now - MONTHS, preset="pulse", spaces=("team",))
    latest, client = submitted(ruth, now=now), client_for(ruth)
    page = client.get(over_time(latest, first))
    assertContains(page, "Both rest on the 2 statements that were rated both times and ask the same.")
    assertContains(page, "Task in the team: 1.5 out of 5, not yet in place")
    assertContains(page, "Task in the team: clear rise, 1.5 to 4.0")
    assertContains(page, f'href="{over_time(latest, pulse)}"')
    assert client.get(over_time(first)).status_code == 404


def test_three_occasions_draw_a_line_on_the_same_statements(instrument, ruth, client_for, now):
    for months, rating in ((2, 1), (1, 3)):
        submitted(ruth, now=now - months * MONTHS, answers={"T5.team": rating, "T7.team": rating})
    page = client_for(ruth).get(over_time(submitted(ruth, now=now)))
    assertContains(page, "Task in the team: 1.0 on 30 March 2026, 3.0 on 28 July 2026 and 4.0 on 25 November 2026")


def test_two_occasions_draw_no_line(twice, ruth, client_for):
    assertNotContains(client_for(ruth).get(over_time(twice[1])), "A line for each place")


def test_a_reader_chooses_among_those_shown_to_them(twice, bob, client_for, now):
    first, second = twice
    shown_to(bob, second, now)
    client = client_for(bob)
    assert client.get(over_time(second)).status_code == 404
    shown_to(bob, first, now)
    assertContains(client.get(over_time(second, first)), RISE)
