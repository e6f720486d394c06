"""Lists as they come out of other people's systems, brought by the pages: what they show, and who comes in."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spaces.models import Person, Workspace
from spaces.tree import branches
from tests.pages import tight

LISTS = Path(__file__).parent / "lists"
CASES = {name: case for name, case in json.loads((LISTS / "expected.json").read_text()).items() if name[0] != "_"}
MORE = json.loads((LISTS / "more.json").read_text())


@pytest.fixture
def bring(client_for, alice, workspace):
    def brought(name: str):
        """The page that shows how a list was read."""
        browser: Client = client_for(alice)
        upload = SimpleUploadedFile(name, (LISTS / name).read_bytes())
        page = browser.post(
            reverse("spaces:import_people", args=[workspace.public_id]), {"upload": upload}, follow=True
        )
        assert page.redirect_chain, page.context["form"].errors
        return browser, page

    return brought


def taken(browser: Client, page, workspace: Workspace) -> list[list[str | None]]:
    """Who is in the workspace when the list is imported as it was read."""
    address = page.redirect_chain[-1][0]
    browser.post(address, {"seen": page.context["plan"].fingerprint, "create_groups": "on", "known": "update"})
    paths = {branch.group.pk: branch.path for branch in branches(workspace.groups.all())}
    return [[one.name, one.email, paths.get(one.group_id)] for one in workspace.people.order_by("pk")]


@pytest.mark.parametrize("name", CASES)
def test_a_list_from_elsewhere_is_read_or_asked_about(bring, workspace, name):
    case = CASES[name]
    browser, page = bring(name)
    assert not page.context["plan"].columns.asks
    assert taken(browser, page, workspace) == case["people"]
    assert not set(case.get("never_groups", ())) & {group.name for group in workspace.groups.all()}
    said = tight(page.content.decode()).casefold()
    assert not case.get("or_says") or any(word in said for word in case["or_says"])


@pytest.mark.parametrize("name", MORE)
def test_what_the_page_shows_of_a_list(bring, workspace, name):
    case = MORE[name]
    browser, page = bring(name)
    said = tight(page.content.decode())
    assert not [words for words in case.get("shows", ()) if words not in said]
    if case["people"] is None:
        assert taken(browser, page, workspace) == []
    else:
        assert taken(browser, page, workspace) == case["people"]
        assert len(page.context["plan"].faults) == case.get("faults", 0)
    if "languages" in case:
        assert list(Person.objects.order_by("pk").values_list("language", flat=True)) == case["languages"]
