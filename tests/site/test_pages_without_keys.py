"""Every page of the site, by somebody who may see it, read and sent: none asks for a key of a survey."""

import os
from contextlib import suppress
from unittest import mock

import pytest
from django.db import transaction
from django.http import HttpResponse

from core.keys.store import FolderStore
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.models import Survey
from tests.site.test_matrix import EVERYBODY, IN, ROUTES, address
from tests.site.worlds import World, make_world
from tests.users import USERS, as_user, let_everybody_pass, needs_root

WAYS = ("create", "read", "destroy")


@pytest.fixture
def nobody_comes_in():
    """The store as it is to the web's system user; what is asked for is noted."""
    asked = []

    def refused(self, *which: object) -> None:
        asked.append(which)
        raise PermissionError("keys are for workers")

    with mock.patch.multiple(FolderStore, **dict.fromkeys(WAYS, refused)):
        yield asked


class Undone(Exception):
    pass


def sent(world: World, name: str, method: str) -> HttpResponse:
    """As the first who may; what it changed is undone, so that the next page finds everything."""
    who = next(who for who in EVERYBODY if ROUTES[name][0][who] == IN)
    with suppress(Undone), transaction.atomic():
        response = getattr(world.browser(who), method)(address(world, name))
        if response.streaming:
            response.getvalue()
        raise Undone
    return response


@pytest.mark.django_db
def test_no_page_asks_for_a_key(instrument, request):
    world = make_world("blue")
    asked = request.getfixturevalue("nobody_comes_in")
    seen = [name for name, (given, _methods, _parts) in ROUTES.items() if IN in given.values()]
    came = {(name, method): sent(world, name, method).status_code for name in seen for method in ("get", "post")}
    assert not asked
    not_found = {("account_confirm_email", "post"): 404}  # the key is unknown
    assert {page: status for page, status in came.items() if status in (403, 404, 500)} == not_found


@pytest.mark.django_db
def test_whoever_asks_would_be_seen(instrument, request):
    make_world("blue")
    asked = request.getfixturevalue("nobody_comes_in")
    with pytest.raises(PermissionError):
        link_key(Survey.objects.first())
    assert len(asked) == 1


@needs_root
@pytest.mark.proof
@pytest.mark.django_db
def test_the_webs_user_serves_a_survey_whose_keys_it_cannot_read(instrument, settings, figure):
    """The pages are met once before, so that whoever cannot read this folder has them in memory."""
    world = make_world("blue")
    let_everybody_pass(settings.KEY_STORE.parent)
    for path in (settings.KEY_STORE, *settings.KEY_STORE.iterdir()):
        os.chown(path, USERS["trace-worker"], USERS["trace-worker"])
    names = [name for name in ROUTES if name.startswith(("surveys:", "answering:")) and IN in ROUTES[name][0].values()]
    pages = [(name, method) for name in names for method in ("get", "post")]
    before = [sent(world, *page).status_code for page in pages]
    came = as_user("trace", lambda: [sent(world, *page).status_code for page in pages])
    assert came == before
    assert as_user("trace", lambda: link_key(Survey.objects.first())) == "Hindered"
    assert as_user("trace-worker", lambda: len(link_key(Survey.objects.first()))) == 32
    figure("around it", "keys that the web's user can read", f"0, and {len(pages)} requests are served")
