"""A short survey in the room, through its real pages: started, answered on phones, closed, shown to all at once."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diagnostics.answering.models import Draft, Place
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.surveys.actions.lifecycle import cancel_launch, stop_survey
from diagnostics.surveys.actions.starting_in_room import start_in_room
from diagnostics.surveys.job_names import CLOSE_SURVEY, OPEN_SURVEY
from diagnostics.surveys.models import K_SHARED, Survey
from reports.disclosure.counts import STEP, Count, step_of
from reports.editions.models import Release
from reports.editions.releasing import withdraw_release
from reports.pages.room.page import RoomCount
from spaces.models import Membership, Role, Space, Workspace
from tests.conftest import make_user
from tests.diagnostics.launched import open_survey_now, workspace_of
from tests.pages import press, tight
from tests.parts import HTMX, assert_part_equals_page
from tests.reports.rooms import FORM, answer_in, carried, link_of, open_room, started
from tests.reports.surveys import run_job


@pytest.fixture
def dora(db):
    """Holds conversations in the workspace."""
    return make_user("Dora")


@pytest.fixture
def workspace(alice, bob, dora, instrument) -> Workspace:
    return workspace_of(alice, consultant=bob, facilitator=dora, leader=make_user("Erik"))


@pytest.fixture
def host(client_for, dora) -> Client:
    return client_for(dora)


def room(browser: Client, survey: Survey) -> str:
    """The page as it is read, without what differs from one request to the next."""
    response = browser.get(reverse("reports:room", args=[survey.public_id]))
    assert response.status_code == 200
    return re.sub(r'(nonce=|csrfmiddlewaretoken" value=)"\w+"', "", response.content.decode())


def close(browser: Client, survey: Survey):
    return press(browser, reverse("reports:close_room", args=[survey.public_id]))


def results(phone: Client, survey: Survey):
    return phone.get(reverse("reports:results", args=[survey.public_id]))


BY_SCRIPT = {"Accept": "application/json"}


def saving(survey: Survey) -> str:
    return reverse("answering:save", args=[survey.public_id])


def welcome(survey: Survey) -> str:
    return reverse("answering:welcome", args=[survey.public_id])


def looked_out(phone: Client, survey: Survey):
    """What the page of thanks learns when it asks whether the result is there."""
    return phone.get(reverse("answering:thanks", args=[survey.public_id]), headers=HTMX)


def counted(browser: Client, survey: Survey) -> tuple[str, int]:
    """A minute later: (the words, how many dots are filled)."""
    cache.clear()
    page = room(browser, survey)
    words = re.search(r'role="status">(.*?)</p>', page, re.DOTALL)[1]
    return " ".join(re.sub("<[^>]+>", "", words).split()), page.count('<i class="room-dot-filled">')


# --- The whole way ------------------------------------------------------------------------------------------


def test_from_the_start_to_the_result_on_every_screen(host, workspace):
    survey = started(host, workspace, people="24")
    assert "One moment" in room(host, survey)
    survey = run_job(OPEN_SURVEY, survey)
    assert survey.shared_links.get().token in room(host, survey)
    phones, seen = [], []
    for number in range(12):
        phones.append(answer_in(survey, 4 if number > 3 else 2))
        seen.append(counted(host, survey))
        assert results(phones[-1], survey).url == reverse("answering:thanks", args=[survey.public_id])
        assert looked_out(phones[-1], survey).status_code == 204
    steps = [("under 5", 0)] * 4 + [("5 or more", 5)] * 5 + [("10 or more", 10)] * 3
    assert seen == [(f"{words} of us have answered · counted once a minute", dots) for words, dots in steps]

    assert close(host, survey).url == reverse("reports:room", args=[survey.public_id])
    assert "Closed. One moment" in room(host, survey)
    waiting = results(phones[0], survey)
    assert waiting.status_code == 410
    assert "The result will appear here" in waiting.content.decode()
    assert looked_out(phones[0], survey).status_code == 204
    run_job(CLOSE_SURVEY, survey)

    shown = room(host, survey)
    for words in (
        "12 of us answered",
        "Partly",
        "Disagree (1–2)",
        "Where a cell rests on one statement, a score would",
    ):
        assert shown.count(words) >= 1
    assert shown.count("rests on one statement") == 1
    assert "3.3" not in shown
    for phone in phones:
        assert looked_out(phone, survey)["HX-Redirect"] == reverse("answering:thanks", args=[survey.public_id])
        page = phone.get(reverse("answering:thanks", args=[survey.public_id]), follow=True)
        assert page.redirect_chain[-1][0] == reverse("reports:results", args=[survey.public_id])
        assert rows(page.content.decode()) == rows(shown)


@pytest.mark.parametrize("work", [OPEN_SURVEY, CLOSE_SURVEY])
def test_a_page_read_while_the_work_ends_shows_what_it_led_to(host, workspace, monkeypatch, work):
    survey = started(host, workspace, people="24")
    if work == CLOSE_SURVEY:
        survey = run_job(OPEN_SURVEY, survey)
        close(host, survey)
    before = Survey.objects.get(pk=survey.pk)
    monkeypatch.setattr("reports.pages.room.views.load_room", lambda *_asked: before)
    assert "One moment" in room(host, survey)
    run_job(work, survey)
    shown = room(host, survey)
    assert "One moment" not in shown
    assert "is ready" not in shown


def test_within_a_minute_no_answer_moves_the_page(host, workspace):
    survey = open_room(host, workspace)
    before = room(host, survey)
    for _each in range(12):
        answer_in(survey, 4)
        assert counts_in(room(host, survey)) == counts_in(before)
    assert counted(host, survey)[0] == "10 or more of us have answered · counted once a minute"


def counts_in(page: str) -> str:
    return re.search(r'<div\s+class="room-answered".*?</div>', page, re.DOTALL)[0]


def rows(page: str) -> str:
    return " ".join(re.search(r'<table class="heatmap room-rows.*?</table>', page, re.DOTALL)[0].split())


@pytest.mark.parametrize("answers", [0, 9])
def test_fewer_than_ten_have_no_result(host, workspace, answers):
    survey = open_room(host, workspace)
    phones = [answer_in(survey, 4) for _each in range(answers)]
    asked = host.get(reverse("reports:close_room", args=[survey.public_id])).content.decode()
    assert "there is no result" in asked
    close(host, survey)
    run_job(CLOSE_SURVEY, survey)
    shown = room(host, survey)
    assert "Fewer than ten of us answered, so there is no result" in shown
    assert "willingly give their best" in shown
    assert "no results yet" not in shown
    for phone in phones:
        assert "Too few people answered" in results(phone, survey).content.decode()


def test_from_ten_the_question_before_the_close_fears_nothing(host, workspace):
    survey = open_room(host, workspace)
    for _each in range(10):
        answer_in(survey, 4)
    asked = host.get(reverse("reports:close_room", args=[survey.public_id])).content.decode()
    assert "After closing, nobody can answer any more." in asked
    assert "there is no result" not in asked


def test_what_too_few_could_judge_is_hidden_and_its_statement_stays(host, workspace):
    survey = open_room(host, workspace)
    for number in range(11):
        answer_in(survey, 4, energy=0 if number < 3 else 4)
    close(host, survey)
    run_job(CLOSE_SURVEY, survey)
    *shown, energy = tight(room(host, survey)).split('<tr><th scope="row">')[1:]
    assert "Too few" in energy
    assert "willingly give their best" in energy
    assert "<svg" not in energy.partition("</tr>")[0]
    assert not any("Too few" in row for row in shown)


# --- One page of five statements ---------------------------------------------------------------------------------


def test_one_page_promises_asks_and_hands_in(host, workspace):
    survey = open_room(host, workspace)
    phone = Client()
    shown = phone.get(link_of(survey), follow=True)
    before, _form, after = shown.content.decode().partition('<form id="rating"')
    assert "Nobody at work sees your answers: not your leader" in tight(before)
    assert "The room sees one result of all together, and only if ten or more answer." in tight(before)
    assert 'href="#protection"' in before
    assert after.count('class="rating-row"') == 5
    for rest in (
        "Where this protection ends",
        "Privacy notice of",
        "You are asked by Dora",
        "otherwise nobody can tell",
    ):
        assert rest.lower() in tight(after).lower()
    assert [model.objects.count() for model in (Place, Draft)] == [0, 0]  # to look at it takes nobody's place

    brought = carried(shown.content.decode())
    for key in ("T7.team", "R7.team"):  # two answers at the same moment are of one visit
        assert phone.post(saving(survey), {**brought, key: "4"}, headers=BY_SCRIPT).json()["unsaved"] == []
    assert [model.objects.count() for model in (Place, Draft)] == [1, 1]
    assert phone.get(welcome(survey)).content.decode().count(" checked") == 2
    assert phone.get(reverse("answering:page", args=[survey.public_id, "task"])).url == welcome(survey)

    submit = reverse("answering:submit", args=[survey.public_id])
    stopped = phone.post(submit, brought | {"to": "submit"})
    assert (stopped.status_code, "3 statements have no answer yet" in tight(stopped)) == (422, True)
    assert not survey.ballots.exists()
    assert phone.post(submit, brought | {"to": "as_it_is"}).url == reverse("answering:thanks", args=[survey.public_id])
    assert survey.ballots.count() == 1
    assert phone.post(submit, brought | {"to": "submit"}).url == reverse("answering:thanks", args=[survey.public_id])
    assert survey.ballots.count() == 1


def test_whoever_opens_the_room_anew_meets_nobodys_answers(host, workspace):
    survey = open_room(host, workspace)
    device = Client()
    first = carried(device.get(link_of(survey), follow=True).content.decode())
    device.post(saving(survey), first | {"T7.team": "2"}, headers=BY_SCRIPT)
    anew = device.get(link_of(survey), follow=True).content.decode()
    assert " checked" not in anew
    assert "Go on with what was begun here" in anew
    second = carried(anew)
    assert second["visit"] not in ("", first["visit"])
    device.post(saving(survey), second | {"T7.team": "5"}, headers=BY_SCRIPT)
    assert Place.objects.count() == 2
    stranger = first | {"mark": second["mark"], "T7.team": "1"}  # a page is saved under its own visit, or not at all
    device.post(saving(survey), stranger, headers=BY_SCRIPT)
    assert Place.objects.count() == 2


def test_nothing_rated_is_not_handed_in(host, workspace):
    survey = open_room(host, workspace)
    phone = Client()
    brought = carried(phone.get(link_of(survey), follow=True).content.decode())
    refused = phone.post(reverse("answering:submit", args=[survey.public_id]), brought | {"to": "submit"})
    assert (refused.status_code, "Rate at least one statement" in tight(refused)) == (422, True)


# --- A code to type ---------------------------------------------------------------------------------------------


def enter(code: str, **client: str):
    return Client(**client).post(reverse("answering:join"), {"code": code})


def test_a_code_leads_where_the_link_leads_and_ends_with_the_survey(host, workspace):
    survey = open_room(host, workspace)
    link = survey.shared_links.get()
    on_screen = tight(room(host, survey))
    assert f"{link.code[:4]} {link.code[4:]}" in on_screen
    assert "/join/" in on_screen
    for typed in (link.code, f" {link.code[:4].lower()} {link.code[4:].lower()} ", "-".join(link.code)):
        assert enter(typed).url == reverse("answering:enter", args=[link.token])
    close(host, survey)
    assert "No survey that is open has this code" in tight(enter(link.code))
    assert open_survey_now(make_user("Ed"), entry="shared", k=10).shared_links.filter(code=None).exists()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Enter the code that stands on the screen"),
        ("BCDF GHJ", "A code has eight letters, and these are 7."),
        ("BCDF GHJ0", "No code has digits, or any of the letters A, E, I, L, O and U."),
        ("BCDF GHJK", "No survey that is open has this code."),
    ],
)
def test_a_wrong_code_gets_a_sentence_that_helps(db, code, sentence):
    refused = enter(code)
    assert (refused.status_code, sentence in tight(refused)) == (422, True)


def test_only_wrong_codes_are_counted_and_end_guessing_from_one_place(host, workspace, settings):
    settings.QUOTAS = settings.QUOTAS | {"codes": {"client": (2, datetime.timedelta(hours=1))}}
    code = open_room(host, workspace).shared_links.get().code
    here, elsewhere = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    for typed in (code, code, code, "BCDFGHJK", code, "BCDFGHJ", "KJHGFDCB"):
        refused = enter(typed, **here)
        assert (refused.status_code == 302) == (typed == code)
    over = enter(code, **here)
    assert (over.status_code, "at most 2 wrong codes" in tight(over)) == (422, True)
    assert enter(code, **elsewhere).status_code == 302


# --- What the room reads ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"energy": 2}, ("Energy came out lowest: not yet in place.", "do people light up about?", "Meet the people")),
        ({"route": 2, "energy": 2}, ("Route and Energy came out lowest", "are on Route, the first of", "Now, next")),
        ({}, ("All five came out alike: mostly in place.", "would help us most", "Each of us names one")),
    ],
)
def test_the_result_brings_a_question_and_a_next_step(host, workspace, others, said):
    survey = open_room(host, workspace)
    phones = [answer_in(survey, 4, **others) for _each in range(10)]
    close(host, survey)
    run_job(CLOSE_SURVEY, survey)
    listed = host.get(reverse("reports:list")).content.decode()
    assert "In a room: one statement for each condition" in listed
    report = host.get(reverse("reports:survey", args=[survey.public_id]), follow=True)
    pages = [room(host, survey), results(phones[0], survey).content.decode(), report.content.decode()]
    for page in pages:
        for words in (*said, "A next step"):
            assert words in tight(page)
        for empty in ("Act first", "Talk first", "matters most right now", "What people wrote", "Not asked"):
            assert empty not in page
    assert "Slides" not in pages[-1]
    assert "Show on the screen" in pages[-1]


# --- Nothing moves with a single answer -----------------------------------------------------------------------


@pytest.mark.parametrize("people", ["16", "24"])
def test_between_two_steps_no_byte_of_any_page_moves(host, client_for, alice, workspace, people):
    survey = open_room(host, workspace, people=people)
    for _each in range(10):
        answer_in(survey, 4)
    cache.clear()
    before = told(host, client_for(alice), survey)
    for _each in range(4):
        answer_in(survey, 1)
    cache.clear()
    assert told(host, client_for(alice), survey) == before
    answer_in(survey, 1)
    assert told(host, client_for(alice), survey) == before
    cache.clear()
    assert told(host, client_for(alice), survey) != before


def told(host: Client, manager: Client, survey: Survey) -> list[tuple[int, dict, str]]:
    """All that a facilitator and an owner can ask of an open survey in the room, with its headers."""
    names = ("reports:room", "reports:close_room", "reports:counts", "surveys:dashboard")
    asked = [(manager, name, headers) for name in names for headers in ({}, HTMX)]
    asked += [(host, name, {}) for name in names[:2]]
    asked += [(host, f"{name}?seen=0", HTMX) for name in names[:2]]
    return [_told(*one, survey) for one in asked]


def _told(browser: Client, name: str, headers: dict, survey: Survey) -> tuple[int, dict, str]:
    name, _mark, query = name.partition("?")
    response = browser.get(f"{reverse(name, args=[survey.public_id])}?{query}", headers=headers)
    text = re.sub(r'"[\w-]{32,}"|Counts at [\d:]+', "", response.content.decode())
    kept = {key: value for key, value in response.headers.items() if key not in ("Expires", "Content-Security-Policy")}
    return response.status_code, kept, text


def test_a_page_that_has_seen_the_step_is_told_nothing(host, workspace):
    survey = open_room(host, workspace)
    address = reverse("reports:room", args=[survey.public_id])
    for _each in range(6):
        answer_in(survey, 4)
    assert host.get(f"{address}?seen=5", headers=HTMX).status_code == 204
    assert_part_equals_page(host, address)
    close(host, survey)
    assert host.get(f"{address}?seen=5", headers=HTMX)["HX-Refresh"] == "true"


def test_the_screen_says_when_all_places_are_taken_and_not_before(host, workspace):
    survey = open_room(host, workspace, people="10")
    address = reverse("reports:room", args=[survey.public_id])
    words = "As many have started as you announced, so all places are taken."
    early, late = Client(), Client()
    looking = [carried(phone.get(link_of(survey), follow=True).content.decode()) for phone in (early, late)]
    assert early.post(saving(survey), looking[0] | {"T7.team": "4"}, headers=BY_SCRIPT).status_code == 200
    for number in range(9):
        assert words not in tight(room(host, survey)), number
        answer = Client()
        answer.get(link_of(survey), follow=True)
        answer.post(reverse("answering:start", args=[survey.public_id]))
    assert words in tight(room(host, survey))
    assert host.get(f"{address}?seen=0", headers=HTMX).status_code == 200
    assert_part_equals_page(host, address)
    refused = late.post(saving(survey), looking[1] | {"T7.team": "4"}, headers=BY_SCRIPT)
    assert (refused.status_code, "all places are taken" in refused.json()["sentence"]) == (409, True)
    for refused in (
        late.post(reverse("answering:submit", args=[survey.public_id]), looking[1] | {"T7.team": "4", "to": "submit"}),
        late.get(link_of(survey), follow=True),
    ):
        assert (refused.status_code, "All 10 places in this room are taken" in tight(refused)) == (409, True)
    assert "checked" in early.get(welcome(survey)).content.decode()  # whoever is in stays in
    begun, refusal = tight(early.get(link_of(survey), follow=True)).split("All 10 places in this room are taken")
    assert ("Was it you" in begun, "Was it you" in refusal) == (True, False)  # first what concerns whoever has a place
    assert "Was it you" not in tight(late.get(link_of(survey), follow=True))


def test_dots_stand_for_people_until_there_are_too_many():
    def filled(asked: int, answered: int) -> tuple[int, int]:
        dots = RoomCount(Count(STEP, asked, step_of(answered, STEP)), K_SHARED).dots
        return sum(dots), len(dots)

    assert [filled(24, answered) for answered in (0, 4, 5, 13, 24)] == [(0, 24), (0, 24), (5, 24), (10, 24), (20, 24)]
    assert [filled(0, answered) for answered in (0, 7, 12)] == [(0, 5), (5, 10), (10, 15)]
    assert filled(10, 31) == (30, 30)
    assert filled(100, 52) == (10, 20)
    assert filled(500, 499) == (32, 34)


# --- Closing ----------------------------------------------------------------------------------------------------


def test_closing_twice_is_closing_once(host, workspace):
    survey = open_room(host, workspace)
    for _each in range(2):
        assert close(host, survey).url == reverse("reports:room", args=[survey.public_id])
    survey = run_job(CLOSE_SURVEY, survey)
    closed = survey.closed_at, survey.stopped_at
    assert close(host, survey).status_code == 302
    survey.refresh_from_db()
    assert (survey.closed_at, survey.stopped_at) == closed
    assert survey.editions.count() == 1


def test_before_it_is_open_nothing_is_closed(host, workspace):
    survey = started(host, workspace)
    assert close(host, survey).status_code == 302
    survey.refresh_from_db()
    assert survey.status == Survey.Status.LAUNCHING
    assert host.get(reverse("reports:close_room", args=[survey.public_id])).status_code == 302


def test_whoever_comes_too_late_is_led_to_the_result(host, workspace):
    survey = open_room(host, workspace)
    for _each in range(10):
        answer_in(survey, 4)
    late = Client()
    brought = carried(late.get(link_of(survey), follow=True).content.decode())
    close(host, survey)
    page = reverse("answering:submit", args=[survey.public_id])
    refused = late.post(page, brought | {"T7.team": "4", "to": "submit"})
    assert refused.status_code == 409
    assert "The result will appear here" in refused.content.decode()
    run_job(CLOSE_SURVEY, survey)
    refused = late.post(page, brought | {"T7.team": "4", "to": "submit"})
    assert reverse("reports:results", args=[survey.public_id]) in refused.content.decode()
    assert results(late, survey).status_code == 200


def test_a_phone_that_has_lost_its_link_stops_looking_out(host, workspace):
    survey = open_room(host, workspace)
    assert looked_out(Client(), survey).status_code == 286


def test_a_survey_that_was_cancelled_says_so_in_the_room_and_on_phones(host, alice, workspace):
    survey = open_room(host, workspace)
    phone = answer_in(survey, 4)
    cancel_launch(survey=survey, by=alice, now=timezone.now())
    assert "This survey was cancelled" in room(host, survey)
    assert "HX-Redirect" in looked_out(phone, survey)
    assert "cancelled" in phone.get(reverse("answering:thanks", args=[survey.public_id])).content.decode()


# --- Starting ---------------------------------------------------------------------------------------------------


def test_it_is_a_pulse_by_shared_link_that_shows_its_result_to_all(host, dora, workspace):
    survey = open_room(host, workspace, space="system")
    assert (survey.preset, survey.entry, survey.k) == ("pulse", Survey.Entry.SHARED, 10)
    assert (survey.primary_space_id, survey.spaces_asked) == ("system", ["system"])
    assert survey.releases_to_respondents
    assert len(survey.version.statement_keys) == 5
    assert [group.name for group in survey.groups.all()] == ["Everybody in the room"]
    welcome = Client().get(link_of(survey), follow=True).content.decode()
    assert "You are asked by Dora" in welcome
    assert "people invited" not in welcome
    assert "The list was made by" not in welcome


def test_how_many_are_there_is_said_on_the_first_page(host, workspace):
    survey = open_room(host, workspace, people="24")
    welcome = Client().get(link_of(survey), follow=True).content.decode()
    assert "<b>Everybody in the room</b>, about 24 people" in welcome
    assert "people invited" not in welcome


def test_in_the_room_nobody_writes_and_no_page_speaks_of_comments(host, workspace):
    survey = open_room(host, workspace)
    assert not questionnaire_of(survey.version).questions
    page = Client().get(link_of(survey), follow=True).content.decode()
    assert "<textarea" not in page
    thanks = answer_in(survey, 4).get(reverse("answering:thanks", args=[survey.public_id])).content.decode()
    for shown in (page, thanks):
        assert "comment" not in shown.lower()


def test_the_report_of_a_room_says_nothing_of_comments_and_groups(host, workspace):
    whole = closed_with_a_result(host, workspace).editions.get().slices.get()
    shown = host.get(reverse("reports:slice", args=[whole.public_id])).content.decode()
    assert "What people wrote" not in shown
    assert "the comments" not in shown
    assert "counted together" not in shown


def test_a_double_click_starts_it_once(host, workspace):
    first = started(host, workspace)
    again = host.post(reverse("surveys:new_in_room", args=[workspace.public_id]), FORM)
    assert again.url == reverse("reports:room", args=[first.public_id])
    assert Survey.objects.count() == 1
    started(host, workspace, title="Another room")
    assert Survey.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Enter a name for the survey"),
        ("people", "9", "With fewer than ten people there can be no result."),
        ("people", "many", "Enter how many people will answer, as a number"),
        ("people", "", "Enter how many people will answer"),
        ("space", "moon", "Choose one of the four spaces"),
        ("lasts", "", "Choose how long it may stay open"),
    ],
)
def test_what_cannot_be_started_is_said(host, workspace, field, value, sentence):
    response = host.post(reverse("surveys:new_in_room", args=[workspace.public_id]), FORM | {field: value})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("starts", "hours", "closes"),
    [
        ("14:00", 1, "01 15:00"),
        ("14:00", 3, "01 17:00"),
        ("14:00", 24, "01 23:59"),
        ("23:40", 0.5, "02 00:10"),
        ("23:40", 24, "02 00:40"),
        ("23:59", 3, "02 00:59"),
    ],
)
def test_it_closes_by_itself_at_the_latest_at_the_end_of_the_day_or_after_an_hour(
    alice, workspace, starts, hours, closes
):
    now = datetime.datetime.fromisoformat(f"2026-07-01T{starts}+01:00")  # in London
    survey = start_in_room(
        workspace=workspace,
        title="Today",
        space=Space.objects.get(key="team"),
        people=24,
        lasts=datetime.timedelta(hours=hours),
        zone="Europe/London",
        by=alice,
        now=now,
    )
    assert f"{survey.closes_at.astimezone(survey.zone):%d %H:%M}" == closes


def test_the_time_is_that_of_the_workspace(client_for, alice, workspace):
    open_survey_now(alice, workspace=workspace, time_zone="Australia/Sydney")
    assert started(client_for(alice), workspace).time_zone == "Australia/Sydney"


def test_nobody_has_a_room_in_a_workspace_of_their_own(client_for, alice, instrument):
    mine = workspace_of(alice, name="Mine")
    Workspace.objects.filter(pk=mine.pk).update(is_personal=True)
    response = client_for(alice).post(reverse("surveys:new_in_room", args=[mine.public_id]), FORM)
    assert "This workspace is yours alone" in response.content.decode()
    assert not Survey.objects.exists()


# --- Who may ------------------------------------------------------------------------------------------------------


def test_a_facilitator_comes_to_the_room_they_hold_and_nowhere_else(host, client_for, workspace, alice):
    theirs, another = open_room(host, workspace), open_room(client_for(alice), workspace, title="Alice’s")
    assert "Leadership team" in host.get(reverse("surveys:home")).content.decode()
    for name in ("reports:room", "reports:close_room"):
        assert host.get(reverse(name, args=[another.public_id])).status_code == 403
    assert close(host, another).status_code == 403
    for name in ("surveys:dashboard", "surveys:close_now", "surveys:cancel", "reports:counts", "reports:survey"):
        assert host.get(reverse(name, args=[theirs.public_id])).status_code == 403


def test_managers_come_to_every_room_and_its_dashboard(host, client_for, workspace, bob):
    survey, manager = open_room(host, workspace), client_for(bob)
    assert "Survey in the room" in room(manager, survey)
    dashboard = manager.get(reverse("surveys:dashboard", args=[survey.public_id])).content.decode()
    assert reverse("reports:room", args=[survey.public_id]) in dashboard
    assert "Everybody in the room" in dashboard
    assert "You said that it reaches 24 people." in tight(dashboard)


def test_who_left_the_workspace_or_changed_into_a_leader_no_longer_comes_in(host, workspace, dora):
    survey = open_room(host, workspace)
    Membership.objects.filter(user=dora).update(role=Role.LEADER)
    assert host.get(reverse("reports:room", args=[survey.public_id])).status_code == 403
    Membership.objects.filter(user=dora).delete()
    assert host.get(reverse("reports:room", args=[survey.public_id])).status_code == 404


def test_any_other_survey_has_no_room(client_for, alice, workspace):
    survey = open_survey_now(alice, workspace=workspace)
    assert client_for(alice).get(reverse("reports:room", args=[survey.public_id])).status_code == 404


def test_its_work_is_seen_by_whoever_holds_it(host, workspace):
    survey = started(host, workspace)
    job = re.search(r"/jobs/(\w+)/", room(host, survey))[1]
    assert host.get(reverse("jobs:progress", args=[job])).status_code == 200
    run_job(OPEN_SURVEY, survey)
    assert reverse("reports:room", args=[survey.public_id]) in host.get(f"/jobs/{job}/").content.decode()


# --- What is released ------------------------------------------------------------------------------------------------


def closed_with_a_result(browser: Client, workspace: Workspace) -> Survey:
    survey = open_room(browser, workspace)
    for _each in range(10):
        answer_in(survey, 4)
    close(browser, survey)
    return run_job(CLOSE_SURVEY, survey)


def test_at_the_close_it_is_released_to_the_room_and_to_who_held_it(host, dora, workspace):
    survey = closed_with_a_result(host, workspace)
    assert set(Release.objects.values_list("to_respondents", "to")) == {(True, None), (False, dora.pk)}
    whole = survey.editions.get().slices.get()
    assert reverse("reports:slice", args=[whole.public_id]) in room(host, survey)
    assert host.get(reverse("reports:slice", args=[whole.public_id])).status_code == 200


def test_a_manager_needs_no_release_of_their_own(client_for, alice, workspace):
    closed_with_a_result(client_for(alice), workspace)
    assert list(Release.objects.values_list("to_respondents", "to")) == [(True, None)]


def test_what_was_taken_back_is_no_longer_shown_in_the_room(host, client_for, alice, dora, workspace):
    survey = closed_with_a_result(host, workspace)
    withdraw_release(release=Release.objects.get(to=dora), by=alice, now=timezone.now())
    assert "This result is no longer shown" in room(host, survey)
    assert "This is how we see it" in room(client_for(alice), survey)


def test_it_closes_on_its_time_and_the_result_is_there(host, dora, workspace):
    """Nobody pressed the button."""
    survey = open_room(host, workspace)
    for _each in range(10):
        answer_in(survey, 4)
    stop_survey(survey=survey, by=None, now=timezone.now())
    run_job(CLOSE_SURVEY, survey)
    assert "10 of us answered" in room(host, survey)


def test_a_report_on_the_screen_leads_to_a_survey_in_the_room(host, workspace):
    survey = closed_with_a_result(host, workspace)
    whole = survey.editions.get().slices.get()
    slides = host.get(reverse("reports:present", args=[whole.public_id])).content.decode()
    assert reverse("surveys:new_in_room", args=[workspace.public_id]) in slides
