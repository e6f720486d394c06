import datetime

import pytest
from django.db import connection
from django.utils import timezone

from core import clock
from core.clock import host_ahead

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def there(monkeypatch) -> datetime.datetime:
    """A moment of the database; by the host's clock it is three hours later."""
    moment = timezone.now()
    wrong = {"by": 3 * HOUR}
    monkeypatch.setattr(clock, "last_look", None)
    monkeypatch.setattr(timezone, "now", lambda: moment + wrong["by"])
    monkeypatch.setattr(clock, "measured", lambda: wrong["by"])
    monkeypatch.setattr(clock, "wrong", wrong, raising=False)
    return moment


def test_work_falls_due_by_the_clock_of_the_database(there):
    assert clock.now() == there


@pytest.mark.parametrize("leap", [-5 * HOUR, HOUR / 3600])
def test_a_host_that_is_put_right_is_noticed_at_once(there, leap):
    clock.now()
    clock.wrong["by"] += leap
    assert clock.now() == there


def test_a_clock_that_only_runs_is_not_asked_for_each_time(there, monkeypatch):
    clock.now()
    monkeypatch.setattr(clock, "measured", lambda: pytest.fail("asked again"))
    assert clock.now() == there


@pytest.mark.django_db
def test_the_database_is_asked(monkeypatch):
    """The host's own clock is the one of a database that is a file."""
    wrong = timezone.now() - 5 * HOUR
    monkeypatch.setattr(timezone, "now", lambda: wrong)
    found = host_ahead()
    assert abs(found - (-5 * HOUR if connection.vendor == "postgresql" else 0 * HOUR)) < HOUR / 60
