"""Every page of the site, by somebody who may see it, read and sent: none asks for a key of a survey."""

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
