"""What is kept of a list: hashes of who was asked, for 24 months, and nothing of who answered."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.audit.models import Entry
from core.jobs.models import Job
from core.jobs.tasks import run_job
from diagnostics.answering.models import Ballot
from diagnostics.surveys.actions.participants import correct_address
from diagnostics.surveys.history.comparing import HASH_SIZE
from diagnostics.surveys.history.models import KEPT, AddressChange, AskedLeaf
from diagnostics.surveys.history.remembering import forget
from diagnostics.surveys.models import Survey
from diagnostics.surveys.storage import open_storage
from tests.diagnostics.launched import NOW, launched_survey, opened

SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return opened(launched_survey(alice))


def kept() -> list[dict]:
    return list(AskedLeaf.objects.order_by("pk").values())


def test_a_launch_keeps_one_line_for_each_leaf(survey):
    rows = {row.group.name: row for row in AskedLeaf.objects.select_related("group")}
    assert {name: row.size for name, row in rows.items()} == {"District nursing": 8, "Pharmacy": 6, "Podiatry": 3}
    assert all(len(bytes(row.mailboxes)) == row.size * HASH_SIZE for row in rows.values())
    assert not any(b"example" in bytes(row.mailboxes) for row in rows.values())


def test_it_outlives_names_and_addresses(survey):
    before = kept()
    survey.participants.update(name="", email="")
    survey.participants.all().delete()
    assert kept() == before


def test_nothing_of_it_changes_when_somebody_answers(survey):
    before = kept()
    open_storage(survey)
    Ballot.objects.create(survey=survey, tag="somebody", mark="somebody", sealed=b"x")
    assert kept() == before


@pytest.mark.parametrize(("after", "left"), [(KEPT - SECOND, 3), (KEPT, 0)])
def test_it_goes_after_24_months(survey, after, left):
    forget(survey, now=NOW + after)
    assert AskedLeaf.objects.count() == left


def test_an_upgrade_writes_down_who_was_asked_before(survey):
    """What the migration makes of an open survey is what its launch would have kept, but for the groups behind it."""
    kept_by_launch = {row["group_id"]: (row["size"], bytes(row["mailboxes"])) for row in kept()}
    job = Job.objects.filter(kind="forget_lists").values("subject", "version", "not_before").get()
    AskedLeaf.objects.all().delete()
    Job.objects.all().delete()
    import_module("diagnostics.migrations.0006_lists_of_earlier_surveys").remember(apps, None)
    assert {row["group_id"]: (row["size"], bytes(row["mailboxes"])) for row in kept()} == kept_by_launch
    assert Job.objects.filter(kind="forget_lists").values("subject", "version", "not_before").get() == job


def test_a_worker_sees_to_it(survey):
    job = Job.objects.get(kind="forget_lists")
    assert (job.subject, job.not_before) == (survey.public_id, NOW + datetime.timedelta(days=730))
    Job.objects.filter(pk=job.pk).update(not_before=None)
    run_job(job.pk)  # before its time it finds nothing to do
    assert AskedLeaf.objects.count() == 3


def test_a_corrected_address_stands_beside_its_line(survey, alice):
    person = survey.participants.get(name="Pharmacy 1")
    correct_address(participant=person, email="Other@example.org", by=alice)
    entry = Entry.objects.get(verb="correct_address")
    assert (entry.address_change.old, entry.address_change.new) == ("pharmacy1@example.org", "other@example.org")
    assert "@" not in str(entry.detail)
    assert Job.objects.filter(kind="forget_lists", not_before=entry.at + KEPT).exists()


@pytest.mark.parametrize(("after", "left"), [(KEPT - SECOND, 1), (KEPT, 0)])
def test_addresses_go_after_24_months_and_the_line_stays(survey, alice, after, left):
    correct_address(participant=survey.participants.get(name="Pharmacy 1"), email="other@example.org", by=alice)
    forget(survey, now=Entry.objects.get(verb="correct_address").at + after)
    assert (AddressChange.objects.count(), Entry.objects.filter(verb="correct_address").count()) == (left, 1)


def test_addresses_go_with_the_survey_and_the_line_stays(survey, alice):
    correct_address(participant=survey.participants.get(name="Pharmacy 1"), email="other@example.org", by=alice)
    survey.participants.all().delete()
    survey.delete()
    assert not AddressChange.objects.exists()
    assert Entry.objects.filter(verb="correct_address").exists()


def test_addresses_written_down_never_change(survey, alice):
    correct_address(participant=survey.participants.get(name="Pharmacy 1"), email="other@example.org", by=alice)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        AddressChange.objects.update(old="nobody@example.org")


def test_two_corrections_are_two_lines(survey, alice):
    person = survey.participants.get(name="Pharmacy 1")
    correct_address(participant=person, email="other@example.org", by=alice)
    correct_address(participant=person, email="pharmacy1@example.org", by=alice)
    written = AddressChange.objects.order_by("pk").values_list("old", "new")
    first, second = "pharmacy1@example.org", "other@example.org"
    assert list(written) == [(first, second), (second, first)]
    assert AskedLeaf.objects.filter(is_changed=True).count() == 1
    assert timezone.now() < min(Job.objects.filter(kind="forget_lists").values_list("not_before", flat=True))
