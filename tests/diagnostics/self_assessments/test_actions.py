"""Starting, saving, submitting, sharing, deleting."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404

from core.audit.models import Entry
from diagnostics.checklists.presets import UnfitRecipe
from diagnostics.questionnaire.turns import PAGES, Turn
from diagnostics.self_assessments import actions
from diagnostics.self_assessments.access import load_own, load_readable
from diagnostics.self_assessments.models import SelfAssessment, Share
from diagnostics.signals import self_assessment_submitted
from tests.diagnostics.assessing import NOW, draft_of, finished_by, make_colleagues

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]


@pytest.fixture
def submissions():
    heard = []

    def hear(self_assessment, **_):
        heard.append((self_assessment.public_id, connection.in_atomic_block))

    self_assessment_submitted.connect(hear)
    yield heard
    self_assessment_submitted.disconnect(hear)


def saved(draft, **what):
    actions.save(self_assessment=draft, **({"answers": {}, "comments": {}, "now": NOW} | what))
    draft.refresh_from_db()
    return draft


def test_starting_publishes_the_questions_that_were_chosen(alice):
    draft = draft_of(alice, preset="brief", spaces=("team", "self"))
    assert draft.version.content["preset"] == "brief"
    assert len(draft.version.statement_keys) == 20
    assert (draft.primary_space_id, draft.answers, draft.submitted_at) == ("team", {}, None)


def test_starting_twice_in_a_row_makes_one_draft(alice):
    assert draft_of(alice) == draft_of(alice)


def test_starting_again_after_the_first_answer_makes_another(alice):
    first = draft_of(alice, T1_team=4)
    assert draft_of(alice) != first


def test_starting_is_each_leaders_own(alice, bob):
    assert draft_of(alice) != draft_of(bob)


def test_a_preset_and_spaces_that_do_not_fit_are_refused(alice):
    with pytest.raises(UnfitRecipe):
        draft_of(alice, spaces=("self",))
    assert not SelfAssessment.objects.exists()


def test_saving_adds_to_what_is_there(alice):
    draft = draft_of(alice)
    saved(draft, answers={"T1.team": 4, "T2.team": 2}, comments={"OQ_task_helps": "Talk"})
    saved(draft, answers={"T2.team": 0, "T3.team": 1}, comments={"OQ_task_most": "Time"}, matters_most=["task"])
    assert draft.answers == {"T1.team": 4, "T2.team": 0, "T3.team": 1}
    assert draft.comments == {"OQ_task_helps": "Talk", "OQ_task_most": "Time"}
    assert (draft.matters_most, draft.saved_at) == (["task"], NOW)


def test_saving_from_a_stale_copy_loses_nothing(alice):
    phone = draft_of(alice)
    laptop = SelfAssessment.objects.get(pk=phone.pk)
    saved(phone, answers={"T1.team": 4})
    saved(laptop, answers={"T2.team": 5})
    assert laptop.answers == {"T1.team": 4, "T2.team": 5}


def test_a_save_that_was_overtaken_by_a_later_one_of_its_page_changes_nothing(alice):
    draft = saved(draft_of(alice), answers={"T1.team": 5}, turn=Turn("laptop", 2))
    for number in range(PAGES - 1):
        saved(draft, answers={"T2.team": number}, turn=Turn(f"phone{number}", 1))
    saved(draft, answers={"T1.team": 3}, comments={"OQ_task_helps": "Old"}, turn=Turn("laptop", 1))
    assert (draft.answers, draft.comments) == ({"T1.team": 5, "T2.team": PAGES - 2}, {})
    saved(draft, answers={"T1.team": 1}, turn=Turn("laptop", 3))
    assert draft.answers["T1.team"] == 1
    assert len(draft.turns) == PAGES


def test_an_empty_comment_takes_the_comment_back(alice):
    draft = saved(draft_of(alice), comments={"OQ_task_helps": "Talk"})
    assert saved(draft, comments={"OQ_task_helps": ""}).comments == {}


def test_what_matters_most_can_be_taken_back(alice):
    draft = saved(draft_of(alice), matters_most=["task"])
    assert saved(draft, matters_most=[]).matters_most == []


def test_a_submitted_one_refuses_answers_even_from_a_stale_copy(alice):
    draft = draft_of(alice, T1_team=4)
    stale = SelfAssessment.objects.get(pk=draft.pk)
    actions.submit(self_assessment=draft, now=NOW)
    with pytest.raises(ValidationError, match="has been submitted"):
        saved(stale, answers={"T1.team": 1})
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 4}


def test_a_deleted_one_refuses_answers_with_a_sentence(alice):
    draft = draft_of(alice)
    SelfAssessment.objects.all().delete()
    with pytest.raises(ValidationError, match="has been deleted"):
        saved(draft, answers={"T1.team": 1})


def test_saving_writes_no_audit_line(alice):
    saved(draft_of(alice), answers={"T1.team": 4}, comments={"OQ_task_helps": "Talk"})
    assert not Entry.objects.filter(object_kind__contains="selfassessment").exists()


def test_submitting_tells_once_inside_the_transaction(alice, submissions):
    draft = draft_of(alice, T1_team=4)
    stale = SelfAssessment.objects.get(pk=draft.pk)
    actions.submit(self_assessment=draft, now=NOW)
    actions.submit(self_assessment=stale, now=NOW + datetime.timedelta(minutes=1))
    draft.refresh_from_db()
    assert draft.submitted_at == NOW
    assert submissions == [(draft.public_id, True)]


def test_a_listener_that_fails_leaves_the_draft_open(alice):
    def fail(**_):
        raise RuntimeError

    draft = draft_of(alice, T1_team=4)
    self_assessment_submitted.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.submit(self_assessment=draft, now=NOW)
    finally:
        self_assessment_submitted.disconnect(fail)
    assert SelfAssessment.objects.get().submitted_at is None


def test_submitting_nothing_is_refused(alice, submissions):
    with pytest.raises(ValidationError, match="Rate at least one statement"):
        actions.submit(self_assessment=draft_of(alice), now=NOW)
    assert submissions == []


def test_sharing_shows_it_and_taking_back_hides_it(alice, bob, charlie):
    make_colleagues(alice, bob)
    own = finished_by(alice)
    actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
    actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
    assert load_readable(bob, own.public_id) == own
    actions.take_back(self_assessment=own, reader=bob, by=alice)
    actions.take_back(self_assessment=own, reader=bob, by=alice)
    with pytest.raises(Http404):
        load_readable(bob, own.public_id)
    verbs = Entry.objects.filter(object_id=own.pk).order_by("pk").values_list("verb", "actor_id")
    assert list(verbs) == [("share_self_assessment", alice.pk), ("take_back_self_assessment", alice.pk)]


def test_sharing_with_somebody_from_elsewhere_is_refused(alice, bob, charlie):
    make_colleagues(alice, bob)
    with pytest.raises(ValidationError, match="in a workspace with you"):
        actions.share(self_assessment=finished_by(alice), reader=charlie, by=alice, now=NOW)
    assert not Share.objects.exists()


def test_a_draft_cannot_be_shared(alice, bob):
    make_colleagues(alice, bob)
    with pytest.raises(ValidationError, match="Submit your self-assessment first"):
        actions.share(self_assessment=draft_of(alice, T1_team=4), reader=bob, by=alice, now=NOW)


def test_only_its_leader_may_open_it_to_change_it(alice, bob):
    make_colleagues(alice, bob)
    own = finished_by(alice)
    actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
    assert load_own(alice, own.public_id) == own
    with pytest.raises(Http404):
        load_own(bob, own.public_id)


def test_deleting_leaves_only_the_audit_line(alice, bob):
    make_colleagues(alice, bob)
    own = finished_by(alice)
    actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
    key = own.pk
    actions.delete(self_assessment=own, by=alice)
    assert not SelfAssessment.objects.exists()
    assert not Share.objects.exists()
    entry = Entry.objects.get(verb="delete_self_assessment")
    assert (entry.object_id, entry.actor_id, entry.detail) == (str(key), alice.pk, {})


@pytest.mark.postgres  # tests keep SQLite in memory, where threads share one lock
def test_two_devices_at_once_lose_nothing(transactional_db, alice):
    draft = draft_of(alice)
    keys = draft.version.statement_keys[:40]
    together = threading.Barrier(2)

    def device(mine: tuple[str, ...]) -> None:
        copy = SelfAssessment.objects.get(pk=draft.pk)
        together.wait()
        for key in mine:
            actions.save(self_assessment=copy, answers={key: 3}, comments={}, now=NOW)
        connection.close()

    with ThreadPoolExecutor(2) as devices:
        list(devices.map(device, (keys[::2], keys[1::2])))
    draft.refresh_from_db()
    assert draft.answers == dict.fromkeys(keys, 3)
