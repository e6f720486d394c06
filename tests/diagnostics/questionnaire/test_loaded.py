"""An untouched field changes nothing: what a page posts just as it was loaded is passed over."""

from dataclasses import dataclass, field

import pytest
from django.http import QueryDict

from diagnostics.questionnaire import loaded
from diagnostics.questionnaire.form import read_post
from diagnostics.questionnaire.questionnaire import read
from tests.diagnostics.contents import CONTENT

QUESTIONNAIRE = read(CONTENT)


@dataclass
class Given:
    answers: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)
    matters_most: list = field(default_factory=list)


def posted(text: str, values: dict[str, str | list[str]], **how) -> dict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    data["loaded"] = text
    return read_post(data, QUESTIONNAIRE, **how).valid


def page_of(**given) -> str:
    return loaded.of_page(QUESTIONNAIRE, "task", Given(**given))


def test_only_what_was_changed_is_read():
    text = page_of(answers={"T1.team": 2, "T5.team": 0}, comments={"OQ_task_helps": "One\ntwo"})
    values = {"T1.team": "2", "T5.team": "4", "OQ_task_helps": "One\r\ntwo ", "OQ_task_most": "Time"}
    read_ = posted(text, values)
    assert (read_["answers"], read_["comments"]) == ({"T5.team": 4}, {"OQ_task_most": "Time"})


def test_what_was_blank_and_stays_blank_is_no_comment():
    assert posted(page_of(), {"OQ_task_helps": " "})["comments"] == {}


def test_a_comment_that_is_emptied_is_taken_back():
    assert posted(page_of(comments={"OQ_task_helps": "Talk"}), {"OQ_task_helps": ""})["comments"] == {
        "OQ_task_helps": ""
    }


def test_a_rating_of_dont_know_is_not_taken_for_a_blank():
    assert posted(page_of(), {"T1.team": "0"})["answers"] == {"T1.team": 0}
    assert posted(page_of(answers={"T1.team": 0}), {"T1.team": "0"})["answers"] == {}


def test_what_matters_most_is_read_where_it_was_changed():
    text = loaded.of_review(Given(matters_most=["route", "task"]))
    assert posted(text, {"matters_most": ["", "task", "route"]})["matters_most"] is None
    assert posted(text, {"matters_most": [""]})["matters_most"] == []
    assert posted(text, {"matters_most": ["", "route"]})["matters_most"] == ["route"]
    assert posted(loaded.of_review(Given()), {"matters_most": [""]})["matters_most"] is None


def test_a_page_of_another_link_counts_in_full():
    text = page_of(answers={"T1.team": 2}, comments={"OQ_task_helps": "Talk"})
    read_ = posted(text, {"T1.team": "2", "OQ_task_helps": "Talk"}, anew=True)
    assert (read_["answers"], read_["comments"]) == ({"T1.team": 2}, {"OQ_task_helps": "Talk"})


@pytest.mark.parametrize(
    "text", ["", "task", "colour 2--", "task  2", "\x00", "route 22222 - - -", "matters_most", "é" * 9000]
)
def test_a_text_of_nobodys_hides_no_answer(text):
    read_ = posted(text, {"T1.team": "2", "OQ_task_helps": "Talk", "matters_most": ["", "task"]})
    assert read_["answers"] == {"T1.team": 2}
    assert read_["comments"] == {"OQ_task_helps": "Talk"}
    assert read_["matters_most"] == ["task"]


def test_it_is_short_and_holds_no_words():
    comments = dict.fromkeys(QUESTIONNAIRE.questions, "Secret words " * 200)
    text = page_of(answers=dict.fromkeys(QUESTIONNAIRE.statements, 3), comments=comments)
    assert len(text) < 120
    assert "Secret" not in text
