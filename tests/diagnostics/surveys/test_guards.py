"""What respondents are promised is locked by the database at launch, on every engine, also after later migrations."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from diagnostics.apps import PROMISED
from diagnostics.checklists.actions.presets import publish_preset
from diagnostics.surveys.actions.lifecycle import copy_survey
from diagnostics.surveys.models import Survey
from spaces.models import Space
from tests.diagnostics.checklists.owning import PULSE
from tests.diagnostics.launched import (
    NOW,
    draft_in,
    launched_survey,
    opened,
    teams_in,
    workspace_of,
)

REFUSED = "never changes once it is launched"
CHANGES = {
    "title": "Another title",
    "purpose": "Another purpose",
    "asked_by": "Somebody else",
    "preset": "pulse",
    "own_version": "another",
    "languages": "en-gb de",
    "words": {"de": {"purpose": "Wir fragen etwas anderes."}},
    "primary_space": "self",
    "spaces_asked": ["self", "team"],
    "entry": "shared",
    "list_made_by": "Nobody",
    "k": 11,
    "comments_at": "whole",
    "releases_to_respondents": True,
    "is_in_room": True,
}


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return launched_survey(alice)


def values(field: str) -> dict:
    value = CHANGES[field]
    if field == "own_version":
        return {field: publish_preset(recipe=PULSE, now=NOW)}
    if field == "entry":
        return {"entry": value, "k": 10}
    return {"primary_space": Space.objects.get(pk=value)} if field == "primary_space" else {field: value}


def test_every_promise_is_tried():
    assert set(CHANGES) == set(PROMISED)


@pytest.mark.parametrize("field", CHANGES)
def test_no_promise_can_be_broken(survey, field):
    before = Survey.objects.values().get()
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(**values(field))
    assert Survey.objects.values().get() == before


@pytest.mark.parametrize("field", CHANGES)
def test_a_draft_promises_nothing_yet(alice, instrument, field):
    draft_in(workspace_of(alice), by=alice)
    assert Survey.objects.update(**values(field)) == 1


def test_saving_a_launched_survey_whole_changes_nothing_and_passes(survey):
    survey.refresh_from_db()
    before = Survey.objects.values().get()
    survey.save()
    assert Survey.objects.values().get() == before


def test_a_raw_statement_is_refused_too(survey):
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Survey._meta.db_table} SET k = 6")  # noqa: S608


def test_the_key_is_set_once(survey):
    survey = opened(survey)
    for change in ({"public_key": b"other"}, {"ballot_size": 2048}, {"version": None}, {"launched_at": None}):
        with pytest.raises(IntegrityError, match="set once"), transaction.atomic():
            Survey.objects.filter(pk=survey.pk).update(**change)


@pytest.mark.parametrize(
    ("was", "becomes"), [("open", "draft"), ("stopped", "draft"), ("closed", "open"), ("cancelled", "open")]
)
def test_a_status_never_leads_back(survey, was, becomes):
    opened(survey)
    Survey.objects.update(status=was)
    with pytest.raises(IntegrityError, match="never"), transaction.atomic():
        Survey.objects.update(status=becomes)


def test_what_may_change_still_changes(survey, now):
    Survey.objects.update(closes_at=now, reminder_text="New words", contact="Somebody else")
    survey.refresh_from_db()
    assert survey.contact == "Somebody else"


def test_a_launched_survey_can_be_copied_and_its_workspace_deleted(survey, alice):
    copy_survey(survey=survey, by=alice)
    survey.participants.all().delete()
    survey.delete()
    assert Survey.objects.get().is_draft


@pytest.mark.parametrize(("entry", "k"), [("personal", 4), ("shared", 9)])
def test_k_is_never_below_its_minimum(alice, instrument, entry, k):
    workspace = workspace_of(alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_in(workspace, teams_in(workspace, by=alice), by=alice, entry=entry, k=k)


def test_an_open_survey_has_its_key_and_version(survey):
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.update(status=Survey.Status.OPEN)


@pytest.mark.django_db(transaction=True)
def test_locks_come_back_after_a_migration_that_rebuilds_the_table(transactional_db, instrument, alice):
    survey = launched_survey(alice)
    short, long = Survey._meta.get_field("asked_by"), models.CharField(max_length=200, blank=True)
    long.set_attributes_from_name("asked_by")
    long.model = Survey
    with connection.schema_editor() as editor:
        editor.alter_field(Survey, short, long)
        editor.alter_field(Survey, long, short)
    call_command("migrate", verbosity=0)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(k=6)
