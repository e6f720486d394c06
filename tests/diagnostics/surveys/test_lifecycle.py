import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.audit.models import Entry
from core.jobs.models import Job
from core.jobs.tasks import run_job
from diagnostics.answering.models import Ballot, Decline, Draft
from diagnostics.signals import survey_stopped
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.actions.deleting import delete_survey
from diagnostics.surveys.actions.readiness import reasons_against
from diagnostics.surveys.audience.tree import tree_of
from diagnostics.surveys.models import Participant, Survey
from diagnostics.surveys.storage import open_storage
from diagnostics.surveys.words import is_usual
from spaces.actions.groups import create_group
from spaces.actions.workspaces import create_personal_workspace
from tests.diagnostics.launched import (
    CLOSES,
    NOW,
    draft_in,
    launched_survey,
    opened,
    teams_in,
    workspace_of,
)

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def draft(alice, instrument) -> Survey:
    workspace = workspace_of(alice)
    return draft_in(workspace, teams_in(workspace, by=alice, led=True), by=alice)


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return opened(launched_survey(alice))


def sentences(draft: Survey, now=NOW) -> list[str]:
    return [reason.sentence for reason in reasons_against(draft, tree_of(draft), now=now)]


# --- Drafts ------------------------------------------------------------------------------------------


def test_a_personal_workspace_has_no_surveys(alice):
    with pytest.raises(ValidationError, match="yours alone"):
        lifecycle.create_draft(workspace=create_personal_workspace(by=alice), by=alice, title="Mine")


def test_a_step_is_saved(draft, alice):
    lifecycle.save_step(survey=draft, step="purpose", by=alice, title="Another name")
    draft.refresh_from_db()
    assert draft.title == "Another name"
    assert Entry.objects.get(verb="change_survey").detail == {"step": "purpose"}


def test_shared_links_raise_k_and_personal_invitations_lower_it(draft, alice):
    lifecycle.save_step(survey=draft, step="people", by=alice, entry="shared")
    draft.refresh_from_db()
    assert draft.k == 10
    lifecycle.save_step(survey=draft, step="people", by=alice, entry="personal")
    draft.refresh_from_db()
    assert draft.k == 5


def test_a_group_without_a_number_cannot_be_asked_by_a_shared_link(draft, alice):
    empty = create_group(
        workspace=draft.workspace, name="Orthotics", kind="team", parent=draft.audience.get(), by=alice
    )
    assert sentences(draft) == []
    lifecycle.save_step(survey=draft, step="people", by=alice, entry="shared")
    draft.refresh_from_db()
    assert sentences(draft) == ["Say how many people the link reaches, or 0 to leave the group out: Orthotics."]
    for number in (0, 12):
        lifecycle.save_step(survey=draft, step="people", by=alice, sizes={empty.public_id: number})
        draft.refresh_from_db()
        assert sentences(draft) == []


def test_a_draft_can_be_deleted(draft, alice):
    delete_survey(survey=draft, by=alice, now=NOW)
    assert not Survey.objects.exists()
    assert Entry.objects.filter(verb="delete_survey", object_id=str(draft.pk)).exists()


def test_what_is_launched_cannot_be_changed(alice, instrument):
    with pytest.raises(ValidationError, match="being launched"):
        lifecycle.save_step(survey=launched_survey(alice), step="purpose", title="New", by=alice)


def test_what_is_open_is_cancelled_before_it_is_deleted(alice, instrument):
    survey = launched_survey(alice)
    with pytest.raises(ValidationError, match="Cancel it first"):
        delete_survey(survey=survey, by=alice, now=NOW)
    lifecycle.cancel_launch(survey=survey, by=alice, now=NOW)
    with pytest.raises(ValidationError, match="are being told"):
        delete_survey(survey=survey, by=alice, now=NOW)
    run_job(Job.objects.get(kind="cancel_survey").pk)
    delete_survey(survey=survey, by=alice, now=NOW)
    assert not Survey.objects.exists()
    assert not Participant.objects.exists()


def test_a_copy_is_a_draft_without_dates_people_or_answers(survey, alice):
    copy = lifecycle.copy_survey(survey=survey, by=alice)
    assert copy.is_draft
    assert (copy.title, copy.primary_space, copy.invitation_text) == (
        survey.title,
        survey.primary_space,
        survey.invitation_text,
    )
    assert list(copy.audience.all()) == list(survey.audience.all())
    assert (copy.closes_at, copy.launched_at, copy.version, copy.public_key) == (None, None, None, None)
    assert not copy.groups.exists()
    assert copy.public_id != survey.public_id


# --- Launching -----------------------------------------------------------------------------------------


def test_a_launch_copies_tree_people_and_leaders(draft, alice):
    survey = lifecycle.launch_survey(survey=draft, by=alice, now=NOW)
    assert survey.status == Survey.Status.LAUNCHING
    assert [(group.order, group.name, group.parent and group.parent.name) for group in survey.groups.all()] == [
        (0, "Community services", None),
        (1, "District nursing", "Community services"),
        (2, "Pharmacy", "Community services"),
        (3, "Podiatry", "Community services"),
    ]
    assert [group.counted for group in survey.groups.all()] == [0, 7, 5, 2]
    led = survey.participants.filter(is_group_leader=True)
    assert {person.name for person in led} == {"District nursing 1", "Pharmacy 1", "Podiatry 1"}
    assert not any(person.counts for person in led)
    assert survey.groups.get(name="Pharmacy").leader_email == "pharmacy1@example.org"


def test_a_launch_copies_the_language_in_which_each_is_written_to(draft, alice):
    draft.workspace.people.filter(name="Pharmacy 2").update(language="cy")
    draft.workspace.people.filter(name="Pharmacy 3").update(language="de")
    lifecycle.save_step(survey=draft, step="people", by=alice, languages="en-gb cy")
    draft.refresh_from_db()
    survey = lifecycle.launch_survey(survey=draft, by=alice, now=NOW)
    assert survey.participants.get(name="Pharmacy 2").language == "cy"
    assert set(survey.participants.exclude(name="Pharmacy 2").values_list("language", flat=True)) == {"en-gb"}


def test_a_launch_invites_everybody_once_and_makes_no_link_itself(draft, alice):
    survey = lifecycle.launch_survey(survey=draft, by=alice, now=NOW)
    assert survey.invitations.count() == survey.participants.count() == 17
    assert set(survey.invitations.values_list("version", "token_hash")) == {(1, None)}
    assert survey.public_key is None
    assert Job.objects.get(kind="open_survey").subject == survey.public_id


def test_a_launch_publishes_exactly_what_was_chosen(draft, alice):
    survey = lifecycle.launch_survey(survey=draft, by=alice, now=NOW)
    assert survey.version.published_at == NOW
    assert len(survey.version.statement_keys) == 10


def test_what_happens_in_the_workspace_later_changes_no_survey(draft, alice):
    survey = lifecycle.launch_survey(survey=draft, by=alice, now=NOW)
    draft.workspace.people.all().delete()
    draft.workspace.groups.filter(parent__isnull=False).delete()
    assert survey.participants.count() == 17
    assert survey.groups.count() == 4


def test_shared_links_reach_leaf_groups_and_no_addresses_are_copied(alice, instrument):
    survey = launched_survey(alice, entry="shared", k=10)
    assert not survey.participants.exists()
    links = {link.group.name: link.invited_count for link in survey.shared_links.all()}
    assert links == {"District nursing": 8, "Pharmacy": 6, "Podiatry": 3}
    assert len({link.token for link in survey.shared_links.all()}) == 3


def test_a_second_click_launches_nothing_more(draft, alice):
    lifecycle.launch_survey(survey=draft, by=alice, now=NOW)
    with pytest.raises(ValidationError, match="being launched"):
        lifecycle.launch_survey(survey=draft, by=alice, now=NOW)
    assert draft.groups.count() == 4


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"purpose": ""}, "Say why you are asking."),
        ({"asked_by": ""}, "Say who asks."),
        ({"contact": ""}, "Say whom respondents can ask."),
        ({"closes_at": None}, "Choose a closing date."),
        ({"closes_at": NOW}, "The closing date has passed. Choose a later one."),
        ({"primary_space": None}, "Choose the primary space."),
        ({"list_made_by": ""}, "Say who made the list of groups and people."),
        ({"invitation_text": ""}, "Write the invitation."),
        ({"reminder_text": "", "reminder_days": ["2026-11-20"]}, "Write the reminder, or plan none."),
        ({"reminder_days": ["2026-11-16"]}, "A reminder is planned for today or earlier. Choose a later day."),
        (
            {"reminder_days": ["2026-12-05"]},
            "A reminder is planned for after the closing date. Choose an earlier day.",
        ),
        (
            {"invitation_text": "Dear {nmae}"},
            "The messages contain {nmae}, for which nothing is filled in. Correct it or take it out.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_launched(alice, instrument, changes, sentence):
    workspace = workspace_of(alice)
    draft = draft_in(workspace, teams_in(workspace, by=alice), by=alice, **changes)
    assert sentences(draft) == [sentence]
    with pytest.raises(ValidationError) as refusal:
        lifecycle.launch_survey(survey=draft, by=alice, now=NOW)
    assert refusal.value.messages == [sentence]
    draft.refresh_from_db()
    assert draft.is_draft
    assert not draft.groups.exists()


def test_a_survey_needs_groups(alice, instrument):
    draft = draft_in(workspace_of(alice), by=alice)
    assert sentences(draft) == ["Choose the groups that are asked."]


def test_a_survey_needs_people_in_its_groups(alice, instrument):
    workspace = workspace_of(alice)
    whole = teams_in(workspace, by=alice)
    workspace.people.all().delete()
    assert sentences(draft_in(workspace, whole, by=alice)) == ["There is nobody in the groups you have chosen."]


def test_fewer_people_than_k_can_never_have_a_result(alice, instrument):
    workspace = workspace_of(alice)
    whole = teams_in(workspace, by=alice, teams={"Podiatry": 4})
    assert sentences(draft_in(workspace, whole, by=alice)) == ["Only 4 people are asked. A result needs 5."]


def test_leaders_are_not_among_the_k(alice, instrument):
    workspace = workspace_of(alice)
    whole = teams_in(workspace, by=alice, teams={"Podiatry": 5}, led=True)
    assert sentences(draft_in(workspace, whole, by=alice)) == [
        "Only 5 people are asked, and leaders of the groups do not count. A result needs 5 others."
    ]


def test_shared_links_need_no_messages(alice, instrument):
    workspace = workspace_of(alice)
    whole = teams_in(workspace, by=alice)
    draft = draft_in(workspace, whole, by=alice, entry="shared", k=10, invitation_text="", reminder_text="")
    assert sentences(draft) == []


# --- Cancelling ------------------------------------------------------------------------------------------


def test_cancelling_destroys_answers_at_once_and_asks_for_the_rest(survey, alice):
    open_storage(survey)
    Ballot.objects.create(survey=survey, tag="a", mark="m", sealed=b"x")
    Draft.objects.create(survey=survey, tag="b", sealed=b"x")
    Decline.objects.create(survey=survey, tag="c")
    lifecycle.cancel_launch(survey=survey, by=alice, now=NOW)
    survey.refresh_from_db()
    assert survey.status == Survey.Status.CANCELLED
    assert not Ballot.objects.exists()
    assert not Draft.objects.exists()
    assert not Decline.objects.exists()
    assert Job.objects.get(kind="cancel_survey").subject == survey.public_id


def test_a_survey_that_is_being_launched_can_be_cancelled(alice, instrument):
    survey = lifecycle.cancel_launch(survey=launched_survey(alice), by=alice, now=NOW)
    assert survey.status == Survey.Status.CANCELLED


def test_a_stopped_survey_cannot_be_cancelled(survey, alice):
    lifecycle.stop_survey(survey=survey, by=alice, now=NOW)
    with pytest.raises(ValidationError, match="its report is being made"):
        lifecycle.cancel_launch(survey=survey, by=alice, now=NOW)


# --- Extending and stopping --------------------------------------------------------------------------------


def test_the_close_moves_later_for_everybody(survey, alice):
    lifecycle.extend_survey(survey=survey, closes_at=CLOSES + HOUR, by=alice, now=CLOSES - HOUR)
    survey.refresh_from_db()
    assert survey.closes_at == CLOSES + HOUR


def test_the_close_never_moves_earlier(survey, alice):
    with pytest.raises(ValidationError, match="after the present closing date"):
        lifecycle.extend_survey(survey=survey, closes_at=CLOSES - HOUR, by=alice, now=NOW)


def test_once_the_date_has_come_it_cannot_move(survey, alice):
    with pytest.raises(ValidationError, match="has come"):
        lifecycle.extend_survey(survey=survey, closes_at=CLOSES + HOUR, by=alice, now=CLOSES)


def test_stopping_tells_the_floor_above_in_the_same_transaction(survey, alice):
    heard = []
    listener = lambda survey, **_: heard.append(survey.status)  # noqa: E731
    survey_stopped.connect(listener)
    try:
        lifecycle.stop_survey(survey=survey, by=alice, now=NOW)
    finally:
        survey_stopped.disconnect(listener)
    assert heard == ["stopped"]
    survey.refresh_from_db()
    assert survey.stopped_at == NOW


def test_stopping_twice_is_refused(survey, alice):
    lifecycle.stop_survey(survey=survey, by=None, now=NOW)
    with pytest.raises(ValidationError, match="takes no more answers"):
        lifecycle.stop_survey(survey=survey, by=alice, now=NOW)


def test_letters_begin_in_the_surveys_first_language_whoever_prepares_them(alice):
    with translation.override("de"):
        draft = lifecycle.create_draft(workspace=workspace_of(alice), by=alice, title="Ours")
    assert "invited" in draft.invitation_text
    draft.invitation_text = draft.invitation_text.replace("\n", "\r\n")  # as a form sends it
    assert is_usual(draft, "invitation_text")
