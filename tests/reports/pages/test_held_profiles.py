"""What a leader is told of profiles made by hand, word for word, on the page and in the PDF."""

import datetime
import html
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage

from diagnostics.checklists.models import ChecklistVersion
from diagnostics.self_assessments.models import SelfAssessment
from reports.files.asking import ask_for_file
from reports.files.models import Document
from reports.readings import guidance
from reports.readings.self_assessment.result import read_result
from tests.diagnostics.first_model import first_model
from tests.pages import tight
from tests.reports.pdftext import text_of
from tests.reports.stories import ALL_SPACES, draft, made, submitted

MONTHS = datetime.timedelta(days=120)
FOCUSED = {"preset": "focused", "primary_space": "team", "spaces": ALL_SPACES}
Rate = Callable[[str], int | None]  # statement → 1–5, 0 for "don't know", None where left open

FLAT = ["Your answers do not stand out from each other: read them one by one."]
TODAY = "One person’s view, taken on one day. It is a place to begin, not a mark."
NAMED = f"{TODAY} This is what stood out that day; today it might be another place."
TWENTY = (
    "Beside the self-assessment of 28 July 2026, in the 20 places that were rated both times by statements that ask "
    "the same."
)
USUAL = (
    "A change is called clear from 1.1 points on seven statements, from 1.9 on two. "
    "Less may be the usual back and forth of one person’s ratings."
)


def everywhere(rating: int) -> Rate:
    return lambda key: rating


def low_where(is_low: Callable[[str], bool], *, low: int = 2, others: int = 4) -> Rate:
    return lambda key: low if is_low(key) else others


def at_random(seed: int) -> Rate:
    chance = random.Random(seed)
    return lambda key: chance.randint(1, 5)


def one_low_cell(key: str) -> int:
    """Alignment in the team from 1 to 5, the rest at 4 and 5."""
    if key.startswith("A") and key.endswith(".team"):
        return [1, 2, 2, 2, 3, 4, 5][int(key[1]) - 1]
    return 4 + int(key[1]) % 2


@pytest.fixture
def leader(instrument, ruth, now):
    def rates(rate: Rate, *, ago: int = 0, **given: Any) -> SelfAssessment:
        kind = {name: given.pop(name, FOCUSED[name]) for name in FOCUSED}
        version = draft(ruth, now=now - ago * MONTHS, **kind).version
        return submitted(ruth, now=now - ago * MONTHS, answers=answers(version, rate), **kind, **given)

    return rates


def answers(version: ChecklistVersion, rate: Rate) -> dict[str, int]:
    given = {key: rate(key) for key in version.statement_keys}
    return {key: rating for key, rating in given.items() if rating is not None}


@pytest.fixture
def told(client_for):
    """What the page says, by heading: each paragraph and heading a line, without pictures of cells."""

    def sections(own: SelfAssessment) -> dict[str, list[str]]:
        page = tight(client_for(own.leader).get(f"/reports/self-assessments/{own.public_id}/"))
        page = re.sub(r'<span class="cell-(?:swatch|tiles).*?</span>', "", page)
        page = re.sub(r'<p><a href="[^"]*/over-time/".*?</p>', "", page)
        parts = re.split(r"<h2[^>]*>(.*?)</h2>", page[: page.index("<h2>What next?")])
        told = {heading: list(lines(part)) for heading, part in zip(parts[1::2], parts[2::2], strict=True)}
        assert told.pop("A next step")
        return told

    return sections


def lines(part: str):
    for line in re.split(r"</?(?:p|h3|li|div|ul|section)[^>]*>|</span>(?=<p>)", part):
        if text := " ".join(html.unescape(re.sub(r"<[^>]+>", "", line)).split()):
            yield text


@pytest.fixture
def pdf_text(ruth):
    def text(own: SelfAssessment) -> str:
        job = made(ask_for_file(of=own, kind=Document.Kind.PDF, by=ruth))
        assert job.status == "done", job.error
        with default_storage.open(Document.objects.get(kind=Document.Kind.PDF).file.name) as file:
            return text_of(file.read())

    return text


THOUGHT, SINCE, QUESTIONS = "What may be worth a thought", "Since last time", "Questions to reflect on"


@pytest.mark.parametrize("rating", [1, 3, 4, 5])
def test_the_same_rating_throughout_names_nothing(leader, told, pdf_text, rating):
    own = leader(everywhere(rating))
    assert told(own) == {THOUGHT: [TODAY, *FLAT]}
    text = pdf_text(own)
    assert f"{THOUGHT} {TODAY} {FLAT[0]}" in text
    assert not re.search(r"lowest score|highest score|Lower than|Higher than|Questions to reflect on", text)


def test_a_flat_profile_is_asked_about_what_matters_most(leader, told, pdf_text):
    own = leader(everywhere(4), matters_most=["energy", "task"])
    asked = [
        "Task in the team",
        "When did we last talk about what our task really is, and what came of it?",
        "Energy in the team",
        "Which are we lowest on now: strength, company, ideas, courage or meaning?",
    ]
    assert told(own)[THOUGHT] == [TODAY, *FLAT]
    assert told(own)[QUESTIONS] == asked
    assert f"{QUESTIONS} {' '.join(asked)}" in pdf_text(own)


@pytest.mark.parametrize(
    ("rate", "matters_most", "places"),
    [
        (everywhere(4), [], []),
        (everywhere(5), ["task"], []),
        (everywhere(0), ["energy"], []),
        (low_where(lambda key: key.endswith(".system")), ["energy"], ["Energy in the system"]),
        (low_where(lambda key: key.startswith("E")), ["task"], ["Energy in the team", "Task in the team"]),
        (low_where(lambda key: key.startswith("E")), ["energy"], ["Energy in the team"]),
        (one_low_cell, ["route"], ["Alignment in the team"]),  # Route is firmly in place there
    ],
)
def test_a_next_step_begins_where_answers_stand_out_and_ties_come_all_or_not_at_all(leader, rate, matters_most, places):
    own = leader(rate, matters_most=matters_most)
    assert [one.cell.place for one in read_result(own.result).places_to_begin] == places


def test_dont_know_throughout_claims_nothing(leader, told, pdf_text):
    own = leader(everywhere(0), matters_most=["energy"])
    nothing = (
        "There is no score to speak about: each needs ratings of at least half of its statements. “Don’t know” is an "
        "answer too, and may show what is hard to see from where you stand. You can take the self-assessment again at "
        "any time."
    )
    whole = ["Energy", "What gives people energy for this work, what drains it, and how do you know?"]
    assert told(own)[THOUGHT] == [TODAY, nothing]
    assert told(own)[QUESTIONS] == whole
    text = pdf_text(own)
    assert nothing in text
    assert text.count("Don’t know 0 of") == 20


def test_one_condition_only_is_set_against_nothing(leader, told, pdf_text):
    own = leader(lambda key: (int(key[1]) % 5 + 1) if key.startswith("T") else None)
    assert told(own) == {THOUGHT: [TODAY, *FLAT]}
    assert pdf_text(own).count("Too few answers 0 of") == 16


def test_one_low_column(leader, told, pdf_text):
    own = leader(low_where(lambda key: key.endswith(".system")), matters_most=["energy"])
    named = [
        "The system",
        "Lower than the other spaces, in each condition.",
        "A clear picture of success: At the end of a piece of work, opinions may differ on whether it was good enough.",
        "Reviewing and changing plans: A plan may be kept to after events have overtaken it, or dropped without anyone "
        "quite choosing to.",
        "Knowing what is expected: People may do what they believe is wanted, and find out later that it was something "
        "else.",
        "And seven more that were rated 1 or 2.",
    ]
    assert told(own)[THOUGHT] == [NAMED, *named]
    assert told(own)[QUESTIONS] == [
        "Task in the system",
        "What would somebody outside see if our work had succeeded?",
        "Energy in the system",
        "Which are we lowest on now: strength, company, ideas, courage or meaning?",
    ]
    assert " ".join(named) in pdf_text(own)


def test_one_low_row(leader, told, pdf_text):
    own = leader(low_where(lambda key: key.startswith("E")), matters_most=["energy", "task"])
    named = [
        "Energy",
        "Lower than the other conditions, in each space.",
        "Attention to energy, yourself: You may notice that you are running low only when your body or your temper "
        "tells you.",
        "Attention to energy in the team: Tiredness or flatness may go unseen until somebody drops out or stops "
        "joining in.",
        "Willing effort, yourself: Something may be holding you back from giving the work your best, and could be "
        "worth finding.",
        "And ten more that were rated 1 or 2.",
    ]
    assert told(own)[THOUGHT] == [NAMED, *named]
    assert told(own)[QUESTIONS] == [
        "Energy, yourself",
        "Which are you lowest on now: strength, company, ideas, courage or meaning?",
        "Task in the team",
        "When did we last talk about what our task really is, and what came of it?",
    ]
    assert " ".join(named) in pdf_text(own)


ONE_CELL = [
    "Alignment in the team",
    "Lower than the other conditions in the same space.",
    "An agreed way of working: Newcomers may have to guess how things are done, because it has not been agreed or "
    "written down.",
    "Knowing what is expected: People may do what they believe is wanted, and find out later that it was something "
    "else.",
    "Smooth handovers of work: Work may wait, get lost or come back as it passes from one person or place to the next.",
    "And one more that was rated 1 or 2.",
    "Knowing how decisions are made: Even someone who dislikes a decision can probably see who made it, how, and where "
    "time and money went.",
    "Meeting across roles and teams: People from other parts are probably familiar faces, met before there is any "
    "trouble.",
    "In between: openness about goals. Which goals among us are hard for others to see?",
]


def test_the_same_twice(leader, told, pdf_text):
    leader(one_low_cell, ago=1)
    own = leader(one_low_cell)
    assert told(own) == {
        THOUGHT: [NAMED, *ONE_CELL],
        SINCE: [
            f"{TWENTY} All 65 statements were rated just as then.",
            "No clear change in these 20 places.",
            USUAL,
        ],
        QUESTIONS: ["Alignment in the team", "What do newcomers find most puzzling about how we work?"],
    }
    assert re.sub(r"Partly 2\.7 ", "", pdf_text(own)).count(" ".join(ONE_CELL)) == 1


def test_five_of_seven_statements_up_by_one(leader, told, pdf_text):
    leader(everywhere(3), ago=1)
    own = leader(lambda key: 4 if re.fullmatch(r"T[1-5]\.team", key) else 3)
    named = [
        "Task in the team",
        "Higher than the other conditions in the same space.",
        "Talking the task through: When something about the work is unclear, people probably find a moment to talk it "
        "through together.",
        "Knowing the kind of task: Before a job begins, somebody probably asks whether its answer is known or still to "
        "be found.",
        "And three more that were rated 4 or 5.",
        "In between: clear limits to the task and a shared account of the aim. What have we taken on that may not "
        "belong to our task?",
    ]
    assert told(own)[THOUGHT] == [NAMED, *named]
    assert told(own)[SINCE] == [
        f"{TWENTY} Of their 65 statements, 5 went up and none down.",
        "No clear change in these 20 places.",
        USUAL,
    ]
    assert re.sub(r"Mostly 3\.7 ", "", pdf_text(own)).count(" ".join(named)) == 1


def test_seven_statements_up_by_more_than_the_usual_are_a_clear_rise(leader, told):
    leader(everywhere(3), ago=1)
    own = leader(lambda key: 4 + (key == "T1.team") if re.fullmatch(r"T\d\.team", key) else 3)
    assert told(own)[SINCE] == [
        f"{TWENTY} Of their 65 statements, 7 went up and none down.",
        "Task in the team: clear rise, 3.0 to 4.1, more than the usual back and forth on seven statements.",
        USUAL,
    ]


def test_a_pulse_after_a_focused_one_compares_its_five_statements(leader, told, pdf_text):
    leader(everywhere(3), ago=1)
    own = leader(lambda key: 4 if key[0] in "TR" else 3, preset="pulse")
    assert told(own) == {
        THOUGHT: [TODAY, *FLAT],
        SINCE: [
            "Beside the self-assessment of 28 July 2026, in the 5 places that were rated both times by statements that "
            "ask the same. Of their 5 statements, 2 went up and none down.",
            "No clear change in these 5 places.",
            "A change is called clear from 2.3 points on. Less may be the usual back and forth of one person’s "
            "ratings. One statement alone practically never changes enough to be called so.",
        ],
    }
    assert "A change is called clear from 2.3 points on." in pdf_text(own)


def test_one_statement_that_did_change_clearly_is_not_said_to_do_so_practically_never(leader, told):
    leader(everywhere(2), ago=1)
    own = leader(lambda key: 5 if key[0] == "R" else 2, preset="pulse")
    assert told(own)[SINCE][1:] == [
        "Route in the team: clear rise, 2.0 to 5.0, more than the usual back and forth on one statement.",
        "A change is called clear from 2.3 points on. Less may be the usual back and forth of one person’s ratings.",
    ]


def test_everything_up_by_one_is_told_of_spaces_and_of_no_cell(leader, told):
    leader(everywhere(3), ago=1)
    own = leader(everywhere(4))
    assert told(own) == {
        THOUGHT: [TODAY, *FLAT],
        SINCE: [
            f"{TWENTY} Of their 65 statements, 65 went up and none down.",
            "Yourself: rise over five conditions together, by 1.0 on average.",
            "The team: rise over five conditions together, by 1.0 on average.",
            "The organisation: rise over five conditions together, by 1.0 on average.",
            "The system: rise over five conditions together, by 1.0 on average.",
            f"{USUAL} A whole space is told of from less on, where at least four of its conditions went the same way.",
        ],
    }


def test_a_restless_answerer_has_wider_limits(leader, told):
    leader(at_random(1), ago=1)
    assert told(leader(at_random(2)))[SINCE] == [
        f"{TWENTY} Of their 65 statements, 28 went up and 21 down.",
        "No clear change in these 20 places.",
        "A change is called clear from 1.9 points on seven statements, from 3.8 on two. Less may be the usual back and "
        "forth of one person’s ratings. Within a place, ratings went different ways more than is usual, so these "
        "limits are wider.",
    ]


def test_what_was_asked_in_other_words_is_not_set_beside_it(instrument, leader, told):
    with first_model():
        leader(everywhere(1), ago=1, preset="brief", spaces=("self",), primary_space="self")
    own = leader(everywhere(5), preset="brief", spaces=("self",), primary_space="self")
    assert told(own)[SINCE] == [
        "No statement was rated both in the self-assessment of 28 July 2026 and in this one that asks the same, so "
        "they cannot be set side by side."
    ]


def test_a_checklist_of_the_first_model_is_told_in_its_own_words(instrument, leader, told):
    """Sentences of today's guidance only where it asks the same: of the Self column nowhere."""
    with first_model():
        own = leader(low_where(lambda key: key.startswith("T")), preset="in_depth", matters_most=["task"])
    place, stands, *said = told(own)[THOUGHT][1:]
    assert (place, stands) == ("Task", "Lower than the other conditions, in each space.")
    texts = own.version.texts
    assert said[0].startswith("Talking the task through, yourself: “")
    assert said[0].endswith(f"“{texts['T1.self']}” was rated low.")
    assert said[1:] == [
        "Talking the task through in the team: Conversations may go straight to who does what, with little talk about "
        "what the work itself really is.",
        f"Knowing the kind of task, yourself: “{texts['T2.self']}” was rated low.",  # others would repeat the sentence
        "And 25 more that were rated 1 or 2.",
    ]


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_said_twice_and_nothing_of_what_was_not_rated(leader, told, seed):
    chance = random.Random(seed)
    shift = {space: chance.choice([-1.4, 0, 0.6]) for space in ALL_SPACES}

    def rate(key: str) -> int | None:
        if chance.random() < 0.2:
            return chance.choice([0, None])
        return min(5, max(1, round(3.2 + shift[key.split(".")[1]] + chance.gauss(0, 1))))

    own = leader(rate, matters_most=["route"])
    said = [line for line in (*told(own)[THOUGHT][1:], *told(own).get(QUESTIONS, ())) if line.endswith((".", "?"))]
    sentences = [line.split(": ", 1)[-1] for line in said if not line.startswith(("And ", "Lower", "Higher"))]
    assert len(set(sentences)) == len(sentences)
    spoken = [
        (of, low)
        for of in guidance.indicators().values()
        for low, texts in ((True, (of.if_low, of.if_low_self)), (False, (of.if_high, of.if_high_self)))
        if set(texts) & set(sentences)
    ]
    for of, low in spoken:
        rated = {own.answers.get(f"{of.key}.{space}") for space in ALL_SPACES}
        assert rated & ({1, 2} if low else {4, 5})
