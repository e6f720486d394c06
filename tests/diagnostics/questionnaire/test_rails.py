"""Pages of rails: drawn once, filled per respondent, escaped."""

import copy
import re

import pytest
from django.template import loader

from diagnostics.questionnaire import cached
from diagnostics.questionnaire.form import Problem
from diagnostics.questionnaire.questionnaire import read
from diagnostics.questionnaire.rails import Given, page_html
from tests.diagnostics.contents import CONTENT
from tests.pages import tight

NOTHING = Given(answers={}, comments={})


@pytest.fixture
def questionnaire():
    return read(CONTENT)


def checked(html: str) -> set[tuple[str, str]]:
    return set(re.findall(r'<input type="radio" name="([^"]+)" value="(\d)" checked>', tight(html)))


def test_what_was_given_is_chosen_and_nothing_else(questionnaire):
    html = page_html(questionnaire, "task", Given(answers={"T1.team": 4, "T5.self": 0, "R1.team": 2}, comments={}))
    assert checked(html) == {("T1.team", "4"), ("T5.self", "0")}
    assert "2 of 4 ratings on this page" in html


def test_one_persons_answers_never_reach_the_next_persons_page(questionnaire):
    page_html(questionnaire, "task", Given(answers={"T1.team": 4}, comments={"OQ_task_helps": "Mine"}))
    html = page_html(questionnaire, "task", NOTHING)
    assert checked(html) == set()
    assert "Mine" not in html


def test_a_statement_in_several_spaces_is_one_block_with_one_rail_each(questionnaire):
    html = page_html(questionnaire, "task", NOTHING)
    assert html.count('role="group"') == 1
    assert html.count("<fieldset") == 4
    assert re.search(r'<legend class="visually-hidden"\s*>\s*System: Partners agree what success is.\s*</legend>', html)
    assert "in three spaces" in html
    assert "Statement 2 also asks about the other two spaces." in html


def test_a_page_in_one_space_announces_no_others(questionnaire):
    html = page_html(questionnaire, "route", NOTHING)
    assert "spaces" not in re.sub(r"What we mean by.*?</details>", "", html, flags=re.DOTALL)


@pytest.fixture
def helped():
    """T1 is explained, asked once; T5 too, asked in three spaces; of R1 the wording; and a word of the frame."""
    content = copy.deepcopy(CONTENT)
    task, route = content["pages"]
    task["indicators"][0]["help"] = "What a task is."
    task["indicators"][1]["help"] = "What success is."
    task["indicators"][1]["statements"][2]["help"] = "Who <partners> are."
    route["indicators"][0]["statements"][0]["help"] = "What a plan is."
    content["spaces"][1]["help"] = "What a team is."
    content["spaces"][2]["help"] = "What a system is."
    return read(content)


def test_help_stands_once_beneath_what_it_explains(helped):
    task, route = (tight(page_html(helped, condition, NOTHING)) for condition in ("task", "route"))
    assert re.findall(r'<span class="visually-hidden">(Help[^<]+)</span></summary><p>([^<]+)</p>', task) == [
        ("Help with these statements", "What a team is."),
        ("Help with statement 1", "What a task is."),
        ("Help with statement 2", "What success is."),
        ("Help with statement 2, System", "Who &lt;partners&gt; are."),
    ]
    assert task.index("What success is.") < task.index("I agree what success is.")
    assert task.index("Partners agree what success is.") < task.index("Who &lt;partners&gt;")
    assert "<dd>Think of your organisation and the others. What a system is.</dd>" in task
    assert route.count("<summary>") == 3
    assert "What a plan is." in route


def test_a_content_without_help_has_no_button_for_it(questionnaire):
    assert "rating-help" not in page_html(questionnaire, "task", NOTHING)


def test_words_and_comments_are_escaped(questionnaire):
    given = Given({}, {"OQ_task_helps": "</textarea><script>"}, "Only <you>", [Problem("OQ_task_most", "Shorten <it>")])
    html = page_html(questionnaire, "task", given)
    assert "&lt;/textarea&gt;&lt;script&gt;" in html
    assert "Only &lt;you&gt;" in html
    assert "Shorten &lt;it&gt;" in html
    assert "our task &amp; why." in html
    assert "<script" not in html


def test_a_comment_that_begins_with_a_line_break_keeps_it(questionnaire):
    html = page_html(questionnaire, "task", Given({}, {"OQ_task_helps": "\nTalk"}))
    assert re.search(r'aria-describedby="comment-help OQ_task_helps-problem"\s*>\n\nTalk</textarea>', html)


def test_a_problem_stands_at_its_field_and_marks_it(questionnaire):
    html = page_html(questionnaire, "task", Given({}, {}, problems=[Problem("OQ_task_most", "Shorten it")]))
    assert 'id="OQ_task_most-problem">Shorten it</p>' in html
    assert html.count("aria-invalid") == 1


def test_the_template_is_rendered_once_per_version_language_and_page(questionnaire, monkeypatch):
    drawn = []
    monkeypatch.setattr(cached, "render_to_string", lambda *args: drawn.append(args) or loader.render_to_string(*args))
    for _ in range(3):
        page_html(questionnaire, "task", NOTHING)
        page_html(questionnaire, "route", NOTHING)
    assert len(drawn) == 2
