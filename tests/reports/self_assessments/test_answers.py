import math

from reports.self_assessments.actions import answers_frame


def test_answers_frame_has_a_row_per_respondent_and_the_statements_as_columns():
    frame = answers_frame([{"T1.self": 4}, {"T2.self": 1}], ["T2.self", "T1.self"])
    assert list(frame.columns) == ["T2.self", "T1.self"]
    assert frame.loc[0, "T1.self"] == 4
    assert frame.loc[1, "T2.self"] == 1


def test_answers_frame_treats_dont_know_and_blank_alike():
    frame = answers_frame([{"T1.self": 0}], ["T1.self", "T2.self"])
    assert all(math.isnan(value) for value in frame.iloc[0])


def test_answers_frame_leaves_foreign_statements_behind():
    assert list(answers_frame([{"X9.team": 5}], ["T1.self"]).columns) == ["T1.self"]


def test_answers_frame_of_nobody_keeps_its_columns_and_numbers():
    frame = answers_frame([], ["T1.self"])
    assert frame.shape == (0, 1)
    assert frame["T1.self"].dtype == "float64"
