"""Open links count devices and people announced: N places, one for each that starts, and none for the next."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from diagnostics.answering import drafts
from diagnostics.answering.models import Ballot, Draft, Place
from diagnostics.answering.places import NoPlaceLeft, NotStarted
from diagnostics.surveys.models import SharedLink
from diagnostics.surveys.storage import empty_storage
from tests.diagnostics.launched import NOW
from tests.diagnostics.respondents import Opened, open_survey, respondent
from tests.pages import tight
from tests.spaces.test_races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]

TEAMS = {"Podiatry": 12}


@pytest.fixture
def shared(alice) -> Opened:
    return opened_for(alice, 12)


def opened_for(owner, people: int | None, *, in_room: bool = False) -> Opened:
    sizes = {"room": people} if in_room else {}
    made = open_survey(owner, teams=TEAMS, entry="shared", k=10, is_in_room=in_room, sizes=sizes)
    SharedLink.objects.update(invited_count=people)
    return made


def url(name: str, shared: Opened, *more: str) -> str:
    return reverse(f"answering:{name}", args=[shared.survey.public_id, *more])


def device(shared: Opened):
    """A new one presses 'Start'."""
    client = Client()
    client.get(reverse("answering:enter", args=[shared.shared[0]]))
    return client, client.post(url("start", shared))


def admitted(shared: Opened, devices: int) -> int:
    return sum(device(shared)[1].status_code == 302 for _ in range(devices))


@pytest.mark.parametrize(
    ("people", "in_room", "places"), [(12, True, 12), (12, False, 14), (10, False, 11), (1, False, 2), (30, False, 33)]
)
def test_as_many_start_as_were_announced(alice, people, in_room, places):
    shared = opened_for(alice, people, in_room=in_room)
    assert admitted(shared, places + 2) == places
    assert Place.objects.count() == Draft.objects.count() == places


def test_where_nobody_said_how_many_there_is_no_limit(alice):
    assert admitted(opened_for(alice, None), 15) == 15


@pytest.mark.parametrize(("in_room", "words"), [(True, "All 10 places in this room"), (False, "All 11 places of this")])
def test_whoever_finds_no_place_gets_a_sentence_for_the_host(alice, in_room, words):
    shared = opened_for(alice, 10, in_room=in_room)
    admitted(shared, 11)
    _client, refused = device(shared)
    page = tight(refused)
    assert (refused.status_code, words in page, "Tell who" in page) == (409, True, True)


def test_one_device_takes_one_place_however_often_it_starts(shared):
    client, _ = device(shared)
    for _ in range(3):
        client.post(url("start", shared))
        client.get(url("welcome", shared))
    assert Place.objects.count() == 1


def test_a_visit_that_nobody_started_makes_no_row(shared):
    client = Client()
    client.cookies[f"answer-{shared.survey.public_id}"] = f"{shared.shared[0]}.{'x' * 27}"
    made_up = respondent(f"{shared.shared[0]}.{'x' * 27}")
    posted = {"T5.team": "4", "mark": made_up.page_mark, "to": "submit"}
    for name, more in (("save", ()), ("page", ("task",)), ("submit", ())):
        assert client.post(url(name, shared, *more), posted).status_code == 401
    with pytest.raises(NotStarted):
        drafts.begin(respondent=made_up, now=NOW)
    assert [model.objects.count() for model in (Draft, Ballot, Place)] == [0, 0, 0]


def test_a_place_says_nothing_but_that_it_is_taken(shared):
    device(shared)
    (row,) = Place.objects.values()
    assert set(row) == {"tag", "link_id"}
    assert row["tag"] not in set(Draft.objects.values_list("tag", flat=True))


def test_personal_links_take_no_place(alice):
    opened = open_survey(alice)
    client = Client()
    client.get(reverse("answering:enter", args=[opened.tokens[0]]))
    client.post(url("start", opened))
    assert Draft.objects.count() == 1
    assert not Place.objects.exists()


def test_places_go_with_their_survey(shared):
    device(shared)
    empty_storage(shared.survey)
    assert SharedLink.objects.exists()
    assert not Place.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestRace:
    @pytest.fixture(autouse=True)
    def postgresql(self, transactional_db):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite writes one at a time")

    def test_of_more_devices_at_once_exactly_as_many_get_in(self, alice):
        shared = opened_for(alice, 10, in_room=True)
        results = at_once(*[lambda: begun(shared)] * 14)
        assert sorted(results) == [False] * 4 + [True] * 10
        assert Place.objects.count() == Draft.objects.count() == 10

    def test_one_device_pressing_at_once_takes_one(self, alice):
        shared = opened_for(alice, 10, in_room=True)
        at_once(*[lambda: begun(shared, "x" * 27)] * 6)
        assert Place.objects.count() == Draft.objects.count() == 1


def begun(shared: Opened, token: str = "") -> bool:
    """Whether there was a place."""
    try:
        drafts.begin_visit(respondent=respondent(shared.shared[0]), token=token, now=NOW)
    except NoPlaceLeft:
        return False
    return True
