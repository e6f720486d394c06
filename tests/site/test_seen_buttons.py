"""Every button that cannot be undone carries a mark of what was seen, and does nothing without it.

Which buttons those are is told by the names of the addresses: a new one is either among them or named here, with why
it needs none.
"""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from core.audit.models import Entry
from diagnostics.surveys.models import Survey
from reports.editions.models import Release
from spaces.actions.groups import create_group
from spaces.models import Workspace
from tests.pages import seen_on
from tests.site.test_matrix import ONLY_GET, ROUTES, address
from tests.site.worlds import World, make_world

NAMES_OF_AN_END = re.compile(
    r":(delete|remove|close|cancel|release|redact|hand_over|publish|withdraw|leave|undo|stand|take_launch|start_now|remind)"
)
NEED_NONE = {
    "reports:release_letters": "none go about this release, to a facilitator; tried with one to leaders",
    "jobs:cancel": "the work can be asked for again",
    "answering:withdraw": "the page carries the mark of its link, and must look the same for all",
}
POSTED = {
    "launch": {"launch": "1", "k": "5", "comments_at": "whole", "releases_to_respondents": "no"},
    "checklists:stand": {"retire": "1"},
    "reports:delete_report": {"reason": "mistake"},
    "spaces:delete_workspace": {"name": "Northmoor", "reason": "over"},
    "reports:release": {"reader": "leaders", "with_comments": "no"},
}
PAGES = {"checklists:stand": "checklists:version"}  # where the button stands, if not on the page it posts to
CHOSEN = {"spaces:delete_groups": "?all=1", "spaces:remove_people": "?all=1"}  # of a list, in the address
WHO = {
    "self_assessments:delete": "leader",
    "reports:delete_intention": "leader",
    "self_assessments:delete_reply": "leader",
    "spaces:leave": "consultant",
}
BEFORE_THE_START = {"surveys:start_now", "surveys:take_launch_back"}


@pytest.fixture
def world(instrument) -> World:
    made = make_world("Northmoor")
    workspace = Workspace.objects.get(public_id=made.things["workspace"])
    made.things["group"] = create_group(
        workspace=workspace, name="Empty", kind="team", by=made.people["owner"]
    ).public_id
    Release.objects.update(with_comments=False)  # what is released with it can no longer be taken out
    return made


def names() -> list[str]:
    ends = [name for name, (_rule, methods, _parts) in ROUTES.items() if methods not in ("", ONLY_GET)]
    return [name for name in ends if NAMES_OF_AN_END.search(name) and name not in NEED_NONE]


def test_what_needs_none_is_there():
    assert set(NEED_NONE) <= set(ROUTES)


def test_nothing_that_ends_something_is_done_unseen(world):
    draft = Survey.objects.filter(status="draft").first()
    pages = {name: address(world, PAGES.get(name, name)) for name in names()}
    targets = {name: address(world, name) for name in names()}
    pages["launch"] = targets["launch"] = reverse("surveys:step", args=[draft.public_id, "check"])
    for name, page in pages.items():
        put_off(world, is_planned=name in BEFORE_THE_START)
        browser = world.browser(WHO.get(name, "owner"))
        assert seen_on(browser.get(page + CHOSEN.get(name, ""))), name
        before = written()
        refused = browser.post(
            targets[name] + CHOSEN.get(name, ""),
            POSTED.get(name, {"launch": "1"} if name == "launch" else {}),
            follow=True,
        )
        assert "Look at this once more before you go on." in refused.content.decode(), name
        assert written() == before, name


def put_off(world: World, *, is_planned: bool) -> None:
    surveys = Survey.objects.filter(public_id=world.things["open"])
    status = Survey.Status.PLANNED if is_planned else Survey.Status.OPEN
    opens, closes = (timezone.now() + datetime.timedelta(days) for days in (1, 9))
    surveys.update(status=status, opens_at=opens if is_planned else None, closes_at=closes)


def written() -> int:
    return Entry.objects.exclude(verb="change_survey").count()
