"""Every route of setting up a survey, for everybody, by every method, in two mirrored workspaces."""

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.surveys.actions.readiness import STEPS
from diagnostics.surveys.letters.wording import LETTERS
from diagnostics.surveys.models import KeptLetters, Survey
from diagnostics.surveys.urls import of_survey, urlpatterns
from spaces.models import Workspace
from tests.conftest import make_user
from tests.diagnostics.launched import (
    draft_in,
    launched_survey,
    teams_in,
    workspace_of,
)
from tests.pages import tight

EVERYBODY = ("alice", "bob", "dora", "erik", "charlie", "staff", "anonymous")
MANAGERS = {"alice": 200, "bob": 200, "dora": 403, "erik": 403, "charlie": 404, "staff": 404}
POSTING = {who: 405 if answer == 200 else answer for who, answer in MANAGERS.items()}
HOSTS = MANAGERS | {"dora": 200}
HOME = {"alice": 302, "bob": 302, "dora": 200, "erik": 200, "charlie": 302, "staff": 200}

ROUTES = {  # name: who gets which answer to GET, and which methods there are
    "home": (HOME, "GET"),
    "list": (MANAGERS, "GET"),
    "new": (MANAGERS, "GET POST"),
    "new_in_room": (HOSTS, "GET POST"),
    "step": (MANAGERS, "GET POST"),
    "words": (MANAGERS, "GET POST"),
    "letter": (MANAGERS, "GET"),
    "kept_letters": (MANAGERS, "GET"),
    "new_kept_letters": (MANAGERS, "GET POST"),
    "change_kept_letters": (MANAGERS, "GET POST"),
    "delete_kept_letters": (MANAGERS, "GET POST"),
    "delete": (MANAGERS, "GET POST"),
    "copy": (dict.fromkeys(MANAGERS, 405), "POST"),
    "join": (dict.fromkeys(MANAGERS, 405), "POST"),
    "part": (dict.fromkeys(MANAGERS, 405), "POST"),
}


@pytest.fixture
def workspace(request, alice, bob, charlie, instrument) -> Workspace:
    """Charlie owns the mirror image, and is outside."""
    return workspace_of(alice, consultant=bob, facilitator=make_user("Dora"), leader=make_user("Erik"))


@pytest.fixture
def draft(workspace, alice) -> Survey:
    return draft_in(workspace, teams_in(workspace, by=alice), by=alice, languages="en-gb de")


@pytest.fixture
def mirror(charlie, instrument) -> Survey:
    workspace = workspace_of(charlie)
    return draft_in(workspace, teams_in(workspace, by=charlie), by=charlie)


def addresses(draft: Survey) -> dict[str, list[str]]:
    within, of = draft.workspace.public_id, draft.public_id
    kept = KeptLetters.objects.get_or_create(workspace=draft.workspace, name="Ours")[0].public_id
    known = {
        "home": [()],
        "list": [(within,)],
        "new": [(within,)],
        "new_in_room": [(within,)],
        "step": [(of, step) for step in STEPS],
        "words": [(of, "de")],
        "letter": [(of, kind) for kind in LETTERS],
        "kept_letters": [(within,)],
        "new_kept_letters": [(within,)],
        "change_kept_letters": [(within, kept)],
        "delete_kept_letters": [(within, kept)],
    }
    return {name: [reverse(f"surveys:{name}", args=args) for args in known.get(name, [(of,)])] for name in ROUTES}


@pytest.fixture
def browser(request, client_for, draft, mirror):
    def signed_in(who: str) -> Client:
        if who == "anonymous":
            return Client()
        known = {user.name.lower(): user for user in draft.workspace.memberships.model.user.get_queryset()}
        return client_for(known[who] if who in known else make_user("Staff"))

    return signed_in


def test_every_route_is_listed():
    assert set(ROUTES) == {pattern.name for pattern in (*of_survey, *urlpatterns[:-1])}


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_sees_what(browser, draft, who):
    visitor = browser(who)
    for name, (expected, _methods) in ROUTES.items():
        for address in addresses(draft)[name]:
            answer = 302 if who == "anonymous" else expected[who]
            assert visitor.get(address).status_code == answer, address


@pytest.mark.parametrize("who", ["dora", "erik", "charlie", "staff"])
def test_who_may_not_look_may_not_send(browser, draft, who):
    visitor = browser(who)
    for name, (expected, methods) in ROUTES.items():
        if "POST" in methods:
            answer = 422 if expected[who] == 200 else MANAGERS[who]
            for address in addresses(draft)[name]:
                assert visitor.post(address, {"launch": "1", "leave": "1"}).status_code == answer, address
    draft.refresh_from_db()
    assert draft.is_draft
    assert Survey.objects.count() == 2


def test_anonymous_posts_change_nothing(draft):
    for name, (_expected, methods) in ROUTES.items():
        if "POST" in methods:
            for address in addresses(draft)[name]:
                assert Client().post(address).status_code == 401, address
    assert Survey.objects.count() == 1


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_other_method_is_answered(client_for, draft, alice, method):
    browser = client_for(alice)
    for name, (_expected, methods) in ROUTES.items():
        if method.upper() not in methods:
            for address in addresses(draft)[name]:
                assert getattr(browser, method)(address).status_code == 405, address


READS = ("SELECT", "DECLARE")  # PostgreSQL declares a cursor for the choices of a form


def test_looking_changes_nothing(client_for, draft, alice, django_assert_max_num_queries):
    browser = client_for(alice)
    for name in ROUTES:
        for address in addresses(draft)[name]:
            with django_assert_max_num_queries(25) as asked:
                browser.get(address)
            written = [query["sql"] for query in asked.captured_queries if not query["sql"].startswith(READS)]
            assert written == [], address


def test_an_unknown_step_is_not_found(client_for, draft, alice):
    assert client_for(alice).get(reverse("surveys:step", args=[draft.public_id, "nowhere"])).status_code == 404


def test_a_launched_survey_has_no_steps(client_for, alice, instrument):
    survey = launched_survey(alice)
    for step in STEPS:
        address = reverse("surveys:step", args=[survey.public_id, step])
        assert client_for(alice).get(address).url == reverse("surveys:dashboard", args=[survey.public_id])
        late = client_for(alice).post(address, {"title": "Another"})
        assert late.status_code == 409
        assert "This survey is being launched." in late.content.decode()
        assert ">Another</textarea>" in tight(late)
    survey.refresh_from_db()
    assert survey.title == "How do we lead here?"


def test_the_list_asks_as_much_for_ten_surveys_as_for_one(client_for, draft, alice, django_assert_num_queries):
    address = reverse("surveys:list", args=[draft.workspace.public_id])
    browser = client_for(alice)
    with django_assert_num_queries(5):
        browser.get(address)
    for number in range(9):
        draft_in(draft.workspace, by=alice, title=f"Another {number}")
    with django_assert_num_queries(5):
        assert "Another 8" in browser.get(address).content.decode()
