"""Every route of this app, for everybody, by every method. A new route must be listed here."""

import pytest
from django.test import Client
from django.urls import reverse

from spaces.invitations import invitation_token
from spaces.urls import in_workspace, urlpatterns
from tests.spaces.conftest import invite, kept_list

EVERYBODY = ("alice", "bob", "dora", "erik", "charlie", "anonymous")
OWNER = {"alice": 200, "bob": 403, "dora": 403, "erik": 403, "charlie": 404}
MANAGERS = {"alice": 200, "bob": 200, "dora": 403, "erik": 403, "charlie": 404}
MEMBERS = {"alice": 200, "bob": 200, "dora": 200, "erik": 200, "charlie": 404}
ANYBODY = {"alice": 200, "bob": 200, "dora": 200, "erik": 200, "charlie": 200}
CONSULTANTS_OFFER = MANAGERS | {"bob": 403}  # an offer that only the owner may make

ROUTES = {  # name: who gets which answer to GET, and which methods there are
    "workspaces": (ANYBODY, "GET"),
    "new_workspace": (ANYBODY, "GET POST"),
    "invitation": (MEMBERS | dict.fromkeys(("alice", "bob", "dora", "erik"), 302) | {"charlie": 200}, "GET POST"),
    "workspace": (MEMBERS, "GET"),
    "rename": (OWNER, "GET POST"),
    "privacy_notice": (MANAGERS, "GET POST"),
    "leave": (MEMBERS, "GET POST"),
    "invite": (MANAGERS, "GET POST"),
    "withdraw": (CONSULTANTS_OFFER, "GET POST"),
    "member": (MANAGERS, "GET POST"),
    "remove_member": (OWNER, "GET POST"),
    "hand_over": (OWNER, "GET POST"),
    "new_group": (MANAGERS, "GET POST"),
    "group": (MANAGERS, "GET"),
    "change_group": (MANAGERS, "GET POST"),
    "delete_group": (MANAGERS, "GET POST"),
    "new_person": (MANAGERS, "GET POST"),
    "import_people": (MANAGERS, "GET POST"),
    "import_list": (MANAGERS | {"bob": 404}, "GET POST"),  # a list is for whoever brought it
    "person": (MANAGERS, "GET POST"),
    "remove_person": (MANAGERS, "GET POST"),
}


@pytest.fixture
def addresses(workspace, invitation, team, ruth, alice) -> dict[str, str]:
    offer = invite(workspace, "new@example.org", by=invitation.invited_by, role="consultant")
    known = {
        "token": invitation_token(invitation),
        "public_id": workspace.public_id,
        "invitation_id": offer.public_id,
        "member_id": workspace.memberships.get(role="leader").public_id,
        "group_id": team.public_id,
        "person_id": ruth.public_id,
        "list_id": kept_list(workspace, "Ada\tada@northmoor.org", by=alice).public_id,
    }
    return {name: reverse(f"spaces:{name}", kwargs=_needed(name, known)) for name in ROUTES}


def _patterns() -> dict[str, set[str]]:
    outer = {"public_id": set(urlpatterns[-1].pattern.converters)}
    named = {pattern.name: set(pattern.pattern.converters) for pattern in urlpatterns[:-1]}
    return named | {each.name: set(each.pattern.converters) | outer["public_id"] for each in in_workspace}


def _needed(name: str, known: dict[str, str]) -> dict[str, str]:
    return {key: known[key] for key in _patterns()[name]}


def client(request, client_for, who: str) -> Client:
    return Client() if who == "anonymous" else client_for(request.getfixturevalue(who))


def test_every_route_is_listed():
    assert set(ROUTES) == set(_patterns())


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_sees_what(request, client_for, addresses, who):
    browser = client(request, client_for, who)
    answers = {name: browser.get(addresses[name]).status_code for name in ROUTES}
    if who == "anonymous":
        assert answers == dict.fromkeys(ROUTES, 302) | {"invitation": 200}
    else:
        assert answers == {name: expected[who] for name, (expected, _) in ROUTES.items()}


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_send_what(request, client_for, addresses, who):
    """Those who may not look may not send either; what a permitted post does is tested page by page."""
    browser = client(request, client_for, who)
    for name, (expected, methods) in ROUTES.items():
        if who == "anonymous" or "POST" not in methods or expected[who] in {200, 302}:
            continue
        assert browser.post(addresses[name]).status_code == expected[who], name


def test_anonymous_posts_change_nothing(addresses, workspace):
    for name, (_, methods) in ROUTES.items():
        if "POST" in methods and name != "invitation":
            assert Client().post(addresses[name]).status_code == 401, name
    assert workspace.memberships.count() == 4
    assert workspace.people.count() == 1


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_other_method_is_answered(client_for, addresses, alice, method):
    browser = client_for(alice)
    for name, (_, methods) in ROUTES.items():
        if method.upper() not in methods:
            assert getattr(browser, method)(addresses[name]).status_code == 405, name


def test_looking_changes_nothing(client_for, addresses, alice, django_assert_max_num_queries):
    browser = client_for(alice)
    for name in ROUTES:
        with django_assert_max_num_queries(12) as asked:
            browser.get(addresses[name])
        written = [query["sql"] for query in asked.captured_queries if not query["sql"].lstrip().startswith("SELECT")]
        assert written == [], name


def test_what_belongs_to_another_workspace_is_not_found(client_for, addresses, personal, workspace, alice):
    browser = client_for(alice)
    for name, address in addresses.items():
        if len(_patterns()[name]) > 1:
            assert browser.get(address.replace(workspace.public_id, personal.public_id)).status_code == 404, name
