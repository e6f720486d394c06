import pytest
from django.db import IntegrityError, transaction

from core.audit.actions import record
from core.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_record_writes_ids_and_codes(alice, bob, now):
    entry = record(by=alice, verb="invited", obj=bob, workspace=bob, now=now, role="leader")
    entry.refresh_from_db()
    assert (entry.at, entry.actor_id, entry.verb) == (now, alice.pk, "invited")
    assert (entry.object_kind, entry.object_id, entry.workspace_id) == ("accounts.user", str(bob.pk), bob.pk)
    assert entry.detail == {"role": "leader"}


def test_record_without_a_person_is_the_system(bob):
    entry = record(by=None, verb="closed", obj=bob)
    assert (entry.actor_id, entry.workspace_id, entry.detail) == (None, None, {})


def test_a_line_outlives_the_person(alice, bob):
    entry = record(by=alice, verb="invited", obj=bob)
    number = alice.pk
    alice.delete()
    entry.refresh_from_db()
    assert entry.actor_id == number


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Entry.objects.filter(pk=entry.pk).update(verb="praised"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: entry.save(),
    ],
    ids=["update", "delete", "save"],
)
def test_no_line_changes_or_goes(alice, change):
    entry = record(by=alice, verb="signed", obj=alice)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(entry)
    entry.refresh_from_db()
    assert entry.verb == "signed"
