"""Connections to the database that were kept while something happened to it."""

from contextlib import closing, contextmanager

import pytest
from django.core.signals import request_started
from django.db import connection, connections

from core.jobs.models import Sighting
from tests.stage import connect


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_first_request_after_a_restart_of_the_database_does_not_fail():
    """What the server says when it goes lies unread in the connection, until somebody asks by it."""
    assert not Sighting.objects.exists()
    server = connection.connection.info.backend_pid
    told = connection.get_connection_params()
    with closing(
        connect(" ".join(f"{k}='{told[k]}'" for k in ("dbname", "user", "password", "host", "port")))
    ) as other:
        other.autocommit = True
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [server])
    request_started.send(sender=None)
    assert not Sighting.objects.exists()
    assert connection.connection.info.backend_pid != server


@contextmanager
def file_of_its_own(path):
    """A database of SQLite as a site has it, on two connections: Django's own, and somebody else's."""
    connections.settings["side"] = connections.settings["default"] | {"NAME": str(path)}
    try:
        with connections["side"].schema_editor() as editor:
            editor.create_model(Sighting)
        with closing(connect(f"sqlite:///{path}")) as other:
            yield other
    finally:
        connections["side"].close()
        del connections["side"], connections.settings["side"]


@pytest.mark.sqlite
def test_sqlite_takes_a_write_in_the_middle_of_a_long_reading(tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), file_of_its_own(tmp_path / "db") as other:
        rows = Sighting.objects.using("side")
        rows.bulk_create(Sighting(name=f"{number}", lanes="", seen_at="2026-11-30T12:00Z") for number in range(300))
        reading = rows.iterator(100)
        first = next(reading)
        other.execute("UPDATE jobs_sighting SET lanes = 'theirs'")
        other.commit()
        assert rows.filter(pk=first.pk).update(lanes="ours"), "else: the database is locked"
        assert len(list(reading)) == 299
