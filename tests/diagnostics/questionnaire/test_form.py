"""Names of fields and what a POST says: nothing that is valid is lost to what is not."""

import pytest
from django.http import QueryDict

from diagnostics.questionnaire import form
from diagnostics.questionnaire.form import COMMENT_LIMIT, SHOWN_AGAIN, parse
from diagnostics.questionnaire.questionnaire import read
from tests.diagnostics.contents import CONTENT

QUESTIONNAIRE = read(CONTENT)


def post(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({name.replace("__", "."): value for name, value in values.items()})
    return data


def sentences(parsed) -> str:
    return "\n".join(problem.sentence for problem in parsed.problems)


def test_every_rating_and_dont_know_are_read():
    values = {"T1.team": "1", "T5.self": "5", "T5.team": "0", "R1.team": "3"}
    parsed = parse(post(**values), QUESTIONNAIRE)
    assert parsed.answers == {"T1.team": 1, "T5.self": 5, "T5.team": 0, "R1.team": 3}
    assert parsed.problems == ()


@pytest.mark.parametrize("value", ["6", "-1", "", "four", "1.0", " 4", "٣", "dk", "4" * 10_000, "\x00"])
def test_a_value_off_the_scale_is_named_and_the_rest_is_kept(value):
    parsed = parse(post(T1__team=value, T5__self="4"), QUESTIONNAIRE)
    assert parsed.answers == {"T5.self": 4}
    assert [problem.key for problem in parsed.problems] == ["T1.team"]
    assert "We talk about our task & why." in sentences(parsed)
    assert len(sentences(parsed)) < 250
    assert "\x00" not in sentences(parsed)


def test_a_foreign_statement_is_named_and_the_rest_is_kept():
    parsed = parse(post(T9__team="4", T1__team="4", OQ_task_helps="Talk"), QUESTIONNAIRE)
    assert parsed.answers == {"T1.team": 4}
    assert parsed.comments == {"OQ_task_helps": "Talk"}
    assert "“T9.team” is not a statement or question" in sentences(parsed)
    assert parsed.problems[0].anchor is None


def test_many_foreign_names_make_one_short_sentence():
    parsed = parse(post(**{f"x{number}\x00" * 30: "1" for number in range(50)}), QUESTIONNAIRE)
    assert len(parsed.problems) == 1
    assert "and 47 more are not statements" in sentences(parsed)
    assert len(sentences(parsed)) < 350


def test_the_forms_own_fields_are_passed_over():
    assert (
        parse(post(csrfmiddlewaretoken="x", to="route"), QUESTIONNAIRE, beside=("csrfmiddlewaretoken", "to")).problems
        == ()
    )


def test_a_comment_keeps_its_lines_and_loses_only_the_space_around_it():
    parsed = parse(post(OQ_task_helps="  One\r\n\r\ntwo\ttabs \r"), QUESTIONNAIRE)
    assert parsed.comments == {"OQ_task_helps": "One\n\ntwo\ttabs"}
    assert parsed.problems == ()


def test_an_empty_comment_is_an_answer_too():
    assert parse(post(OQ_task_helps=" "), QUESTIONNAIRE).comments == {"OQ_task_helps": ""}


def test_a_comment_of_exactly_the_limit_fits_however_its_lines_end():
    comment = ("x" * 99 + "\r\n") * (COMMENT_LIMIT // 100 - 1) + "x" * 100
    assert len(parse(post(OQ_task_helps=comment), QUESTIONNAIRE).comments["OQ_task_helps"]) == COMMENT_LIMIT


def test_a_comment_over_the_limit_is_not_cut_but_shown_again_as_typed():
    comment = "x" * (COMMENT_LIMIT + 1)
    parsed = parse(post(OQ_task_helps=comment, T1__team="4"), QUESTIONNAIRE)
    assert parsed.comments == {}
    assert parsed.typed == {"OQ_task_helps": comment}
    assert parsed.answers == {"T1.team": 4}
    assert "it has 4,001 characters, and there is room for 4,000" in sentences(parsed)
    assert parsed.problems[0].anchor == "OQ_task_helps"


def test_a_comment_of_a_megabyte_is_shown_again_up_to_a_cap_and_the_page_says_so():
    parsed = parse(post(OQ_task_helps="x" * 1_000_000), QUESTIONNAIRE)
    assert len(parsed.typed["OQ_task_helps"]) == SHOWN_AGAIN
    assert "Only its first 20,000 characters are shown" in sentences(parsed)


def test_a_comment_with_nul_bytes_is_saved_without_them_and_the_page_says_so():
    parsed = parse(post(OQ_task_helps="We\x00 talk\x1b"), QUESTIONNAIRE)
    assert parsed.comments == {"OQ_task_helps": "We talk"}
    assert "held characters that cannot be stored" in sentences(parsed)


def test_anchors_hold_no_dots():
    assert form.field_name("T5.organisation") == "T5.organisation"
    assert form.field_id("T5.organisation") == "T5-organisation"
