"""Two surveys of one workspace that remind on the same day."""

import datetime

import pytest
from django.core import mail

from diagnostics.surveys.actions.lifecycle import launch_survey
from diagnostics.surveys.actions.reminders import remind_now
from diagnostics.surveys.models import Participant, Survey
from tests.diagnostics.launched import NOW, draft_in, launched_survey
from tests.diagnostics.respondents import submitted
from tests.diagnostics.surveys.test_letters import (
    DAY,
    at,  # noqa: F401
    invitation_of,
    nine,
    remind,
    reminded,
    run,
    token,
)


@pytest.fixture
def both(alice, instrument) -> list[Survey]:
    return asked_twice(alice, [DAY], [DAY])


def asked_twice(alice, *days: list[str]) -> list[Survey]:
    """The second asks the pharmacy once more."""
    first = launched_survey(alice, reminder_days=days[0], teams={"Pharmacy": 5, "Podiatry": 1})
    pharmacy = first.workspace.groups.get(name="Pharmacy")
    draft = draft_in(first.workspace, pharmacy, by=alice, title="Another", reminder_days=days[1])
    surveys = [first, launch_survey(survey=draft, by=alice, now=NOW)]
    for one in surveys:
        run("open_survey", one.public_id)
        one.refresh_from_db()
    return surveys


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_whoever_is_asked_twice_gets_one_letter_with_what_still_waits(both, at, order):  # noqa: F811
    first, second = both
    submitted(token(invitation_of(first, "Pharmacy 1")))
    submitted(token(invitation_of(second, "Pharmacy 2")))
    for one in (first, second):
        submitted(token(invitation_of(one, "Pharmacy 3")))
    Participant.objects.filter(survey=first, name="Pharmacy 4").update(is_away=True)
    mail.outbox.clear()
    for place in order:
        remind(both[place], DAY, at)
    links = {letter.to[0].partition("@")[0]: letter.body.count("/s/") for letter in mail.outbox}
    assert len(mail.outbox) == len(links)
    assert links == {"pharmacy1": 1, "pharmacy2": 1, "pharmacy4": 1, "pharmacy5": 2, "podiatry1": 1}
    (joint,) = [letter for letter in mail.outbox if letter.to == ["pharmacy5@example.org"]]
    assert joint.subject == "Reminder: 2 surveys wait for you"
    (html, _kind), *_rest = joint.alternatives
    for one in both:
        assert token(invitation_of(one, "Pharmacy 5")) in joint.body
        assert f'{token(invitation_of(one, "Pharmacy 5"))}/"' in html  # it can be followed


@pytest.mark.parametrize("planned", [0, 1])
@pytest.mark.parametrize("later", [datetime.timedelta(0), datetime.timedelta(hours=6)])
def test_a_reminder_sent_at_once_goes_alone_to_everybody_of_its_survey(
    alice,
    instrument,
    at,  # noqa: F811
    planned,
    later,
):
    surveys = asked_twice(alice, *([DAY] if place == planned else [] for place in (0, 1)))
    asked = [sorted(one.participants.values_list("email", flat=True)) for one in surveys]
    mail.outbox.clear()
    remind(surveys[planned], DAY, at)
    assert sorted(reminded()) == asked[planned]
    mail.outbox.clear()
    at(nine(DAY) + later)
    remind_now(survey=surveys[1 - planned], by=alice, now=nine(DAY) + later)
    run("send_reminders", surveys[1 - planned].public_id, version=DAY)
    assert sorted(reminded()) == asked[1 - planned]
    assert {letter.body.count("/s/") for letter in mail.outbox} == {1}
