"""What a room might talk about: at most three cells, with questions, in model order."""

from types import SimpleNamespace

from diagnostics.checklists.models import ChecklistVersion
from reports.publish.cells import CellFigures, PublishedCell
from reports.readings.heatmap import heatmap_view
from reports.readings.topics import topics_of_comparison, topics_of_slice
from reports.scoring import level
from tests.diagnostics.contents import CONTENT

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
COLUMNS = [("self", "Self"), ("team", "Team"), ("organisation", "Organisation"), ("system", "System")]
ROWS = [(key, key.capitalize(), "") for key in CONDITIONS]
TASK, ROUTE, ALIGNMENT, CAPABILITY, ENERGY = ((condition, "team") for condition in CONDITIONS)


def view_of(score=3.0, people=14):
    """Every cell of the team, with one score."""
    figures = CellFigures(people, 0, score, None, level(score), (level(score),), score, score, "close", False, None)
    cells = [PublishedCell(condition, "team", 7, figures) for condition in CONDITIONS]
    return heatmap_view(cells, columns=COLUMNS, rows=ROWS, people=people)


VIEW = view_of()
SURVEY = SimpleNamespace(asked_version=ChecklistVersion(content=CONTENT | {"model": "2.0"}, content_hash="of topics"))


def places(topics):
    return [(topic.cell.condition, topic.cell.space) for topic in topics]


# --- one group ---


def slice_of(act=(), talk=(), found=(), steps=()):
    """The cells to act on and to talk about first, those of each other finding, and what was chosen to try."""
    named = [[SimpleNamespace(cell=VIEW.cell(*place)) for place in first] for first in (act, talk)]
    findings = [SimpleNamespace(cells=tuple(VIEW.cell(*place) for place in cells)) for cells in found]
    return SimpleNamespace(
        view=VIEW, act_first=named[0], talk_first=named[1], findings=findings, texts=texts, next_steps=steps
    )


def texts(place):
    return SimpleNamespace(questions=(f"What of {place[0]}?",))


def test_what_to_act_on_comes_before_what_to_talk_about_and_before_the_rest():
    topics = topics_of_slice(slice_of(act=[ENERGY], talk=[ROUTE], found=[[ALIGNMENT], [TASK]]))
    assert places(topics) == [ROUTE, ALIGNMENT, ENERGY]


def test_a_cell_is_a_topic_once():
    topics = topics_of_slice(slice_of(act=[ENERGY], found=[[ENERGY], [ENERGY, TASK]]))
    assert places(topics) == [TASK, ENERGY]


def test_each_topic_has_the_questions_of_its_cell():
    steps = [SimpleNamespace(place=ROUTE, chosen=("a walk",)), SimpleNamespace(place=TASK, chosen=("a talk",))]
    [topic] = topics_of_slice(slice_of(talk=[ROUTE], steps=steps))
    assert topic.questions == ("What of route?",)
    assert (topic.groups, topic.tries) == ((), ("a walk",))


def test_no_two_topics_begin_with_the_same_question():
    """What a cell would begin with may have been asked of another; on the page, in the order in which they are told."""
    reading = slice_of(act=[ENERGY], talk=[ROUTE])
    reading.texts = lambda place: SimpleNamespace(questions=("What is expected?", f"What of {place[0]}?"))
    assert [topic.questions for topic in topics_of_slice(reading)] == [
        ("What of route?", "What is expected?"),
        ("What is expected?", "What of energy?"),
    ]


def test_where_nothing_was_found_nothing_is_proposed():
    assert topics_of_slice(slice_of()) == ()


# --- groups side by side ---


def group(name, *named, score=3.0, key=""):
    return SimpleNamespace(key=key or name, name=name, named=named, view=view_of(score))


def compared(*groups, clear=(), whole=None):
    """`clear`: (group, place) of every clear difference."""
    told = tuple((one, SimpleNamespace(key=place)) for one, place in clear)
    reading = SimpleNamespace(view=view_of(whole)) if whole else None
    return SimpleNamespace(survey=SURVEY, groups=groups, clear=told, whole=reading)


def test_what_comes_up_in_most_groups_is_talked_about():
    """Energy comes up in three, Route and Capability in two, Task in one."""
    groups = group("A", ENERGY, TASK), group("B", ENERGY, ROUTE, CAPABILITY), group("C", CAPABILITY, ROUTE, ENERGY)
    topics = topics_of_comparison(compared(*groups))
    assert places(topics) == [ROUTE, CAPABILITY, ENERGY]
    assert [topic.groups for topic in topics] == [("B", "C"), ("B", "C"), ("A", "B", "C")]


def test_of_what_comes_up_equally_often_the_model_s_order_decides():
    topics = topics_of_comparison(compared(group("A", ENERGY, CAPABILITY), group("B", ROUTE, TASK)))
    assert places(topics) == [TASK, ROUTE, CAPABILITY]


def test_then_what_clearly_differs_is_named_with_its_groups():
    first, second = group("A", ENERGY), group("B")
    topics = topics_of_comparison(compared(first, second, clear=[(second, TASK), (first, ENERGY), (second, ENERGY)]))
    assert places(topics) == [TASK, ENERGY]
    assert [topic.groups for topic in topics] == [("B",), ("A", "B")]


def test_groups_of_one_name_are_not_taken_for_each_other():
    first, second = group("Ward", key="1"), group("Ward", key="2")
    topics = topics_of_comparison(compared(first, second, clear=[(second, TASK)]))
    assert [topic.groups for topic in topics] == [("Ward",)]


def test_the_cell_is_everybody_s_where_the_reader_may_see_it():
    groups = group("A", score=2.0), group("B", TASK, score=4.0)
    assert topics_of_comparison(compared(*groups, whole=3.0))[0].cell.score == 3.0
    assert topics_of_comparison(compared(*groups))[0].cell.score == 4.0


def test_scores_do_not_choose():
    low, high = (topics_of_comparison(compared(group("A", TASK, score=score), group("B"))) for score in (1.6, 4.4))
    assert places(low) == places(high) == [TASK]
