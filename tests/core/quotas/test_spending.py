import datetime

import pytest
from django.db import transaction

from core.quotas.actions import OverQuota, spend
from core.quotas.limits import PERIODS, SENTENCES, limit_of
from core.quotas.models import Spent
from trace_site import environment

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def limits(settings):
    settings.QUOTAS = {
        "letters": {"person": (10, HOUR), "workspace": (12, HOUR)},
        "sign-ups": {"client": (2, HOUR)},
        "jobs": {},
    }


def refusal(*arguments, **named) -> str:
    with pytest.raises(OverQuota) as refused:
        spend(*arguments, **named)
    return refused.value.messages[0]


def test_what_is_beyond_the_limit_is_refused_whole_and_says_when_there_is_room(now, settings):
    settings.SITE_CONTACT = "help@example.org"
    spend("letters", amount=8, person=1, workspace=5, now=now)
    assert refusal("letters", amount=3, person=1, workspace=5, now=now) == (
        "One person can have at most 10 letters sent within an hour. This would be 3, and 2 are left until Wednesday "
        "25 November, 11:00 GMT. What you entered is not lost. If you need more, write to those who run this site: "
        "help@example.org"
    )
    spend("letters", amount=2, person=1, workspace=5, now=now)
    assert "There is room again from Wednesday 25 November, 11:00 GMT." in refusal("letters", person=1, now=now)
    assert "This would be 11 at once." in refusal("letters", amount=11, person=2, now=now + 2 * HOUR)


def test_a_workspace_counts_all_its_people_together(now):
    spend("letters", amount=10, person=1, workspace=5, now=now)
    assert "From one workspace at most 12" in refusal("letters", amount=3, person=2, workspace=5, now=now)
    spend("letters", amount=3, person=2, workspace=6, now=now)


def test_it_begins_anew_when_the_time_is_over(now):
    spend("letters", amount=10, person=1, now=now)
    spend("letters", amount=10, person=1, now=now + HOUR)
    assert refusal("letters", person=1, now=now + 2 * HOUR - datetime.timedelta(seconds=1))


def test_what_is_rolled_back_or_refused_was_not_spent(now):
    with transaction.atomic():
        spend("letters", amount=10, person=1, now=now)
        transaction.set_rollback(True)
    refusal("letters", amount=11, person=1, now=now)
    spend("letters", amount=10, person=1, now=now)


def test_clients_are_kept_without_their_address_and_forgotten(now):
    spend("sign-ups", client="192.0.2.7", now=now)
    spend("sign-ups", client="192.0.2.7", now=now)
    assert refusal("sign-ups", client="192.0.2.7", now=now)
    spend("sign-ups", amount=2, client="192.0.2.8", now=now)
    assert not Spent.objects.filter(holder__contains="192").exists()
    spend("sign-ups", client="2001:db8::1", now=now + 2 * HOUR)
    assert Spent.objects.count() == 1, "what is over is deleted"
    spend("sign-ups", client="2001:db8::2", now=now + 2 * HOUR)
    assert refusal("sign-ups", client="2001:db8::3", now=now + 2 * HOUR), "one network changes addresses at will"


def test_without_a_limit_nothing_is_counted(now):
    spend("jobs", amount=1_000_000, person=1, now=now)
    assert not Spent.objects.exists()


def test_every_limit_of_the_settings_has_its_sentence(settings):
    from trace_site.settings import QUOTAS  # as shipped, whatever a test has set

    settings.QUOTAS = QUOTAS
    assert {(quota, holder) for quota, held in QUOTAS.items() for holder in held} == set(SENTENCES)
    assert all(limit_of(*key).period in PERIODS for key in SENTENCES)
    assert set(PERIODS) == set(environment.PERIODS.values())


def test_the_environment_changes_one_limit_and_lifts_another(monkeypatch):
    monkeypatch.setenv("QUOTA_SIGN_UPS_PER_CLIENT", "20/week")
    monkeypatch.setenv("QUOTA_FILES_PER_PERSON", "none")
    read = environment.quotas({"sign-ups": {"client": "300/hour"}, "files": {"person": "9/day", "workspace": "9/day"}})
    assert read == {
        "sign-ups": {"client": (20, datetime.timedelta(days=7))},
        "files": {"workspace": (9, datetime.timedelta(days=1))},
    }
    monkeypatch.setenv("QUOTA_FILES_PER_PERSON", "many")
    with pytest.raises(SystemExit, match="QUOTA_FILES_PER_PERSON must say how many"):
        environment.quotas({"files": {"person": "9/day"}})
