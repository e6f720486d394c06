"""Two requests spend what is left at the same moment, on PostgreSQL: SQLite writes one at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.quotas.actions import OverQuota, spend
from core.quotas.models import Spent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_what_is_left_nobody_takes_more_than_there_is(transactional_db, now):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one at a time")
    barrier = threading.Barrier(8)

    def take(_number: int) -> bool:
        barrier.wait(timeout=10)
        try:
            spend("workspaces", amount=10, person=1, now=now)
        except OverQuota:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, range(8)))
    assert (sum(taken), Spent.objects.get().amount) == (3, 30)
