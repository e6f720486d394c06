import pytest
from django.core.exceptions import ValidationError

from core.audit.models import Entry
from core.jobs.models import Job
from diagnostics.answering.models import Ballot
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.actions.participants import add_participant, correct_address, remove_participant
from diagnostics.surveys.models import Invitation, Participant, Survey, SurveyGroup
from diagnostics.surveys.storage import open_storage
from tests.diagnostics.launched import NOW, launched_survey, opened


@pytest.fixture
def survey(alice, instrument) -> Survey:
    survey = opened(launched_survey(alice))
    open_storage(survey)
    for invitation in survey.invitations.all():
        invitation.token_hash = f"hash of {invitation.pk}"
        invitation.save()
    return survey


@pytest.fixture
def pharmacy(survey) -> SurveyGroup:
    return survey.groups.get(name="Pharmacy")


def person(survey: Survey, name: str = "Pharmacy 1") -> Participant:
    return survey.participants.get(name=name)


def work(invitation: Invitation) -> Job | None:
    return Job.objects.filter(
        kind="correct_address", subject=invitation.public_id, version=str(invitation.version)
    ).first()


# --- Late ------------------------------------------------------------------------------------------------


def test_somebody_late_is_invited_and_does_not_count(survey, pharmacy, alice):
    late = add_participant(survey=survey, group=pharmacy, name="Sam Late", email="Sam+x@Example.org", by=alice)
    assert (late.is_late, late.counts, late.mailbox) == (True, False, "sam@example.org")
    assert late.invitation.token_hash is None
    assert work(late.invitation)


def test_a_mailbox_is_asked_once(survey, pharmacy, alice):
    with pytest.raises(ValidationError, match="on the list"):
        add_participant(survey=survey, group=pharmacy, name="Again", email="Pharmacy1+2@example.org", by=alice)


def test_people_stand_in_leaf_groups_of_this_survey(survey, alice):
    for group in (survey.groups.get(order=0), launched_survey(alice).groups.get(name="Pharmacy")):
        with pytest.raises(ValidationError, match="no groups inside"):
            add_participant(survey=survey, group=group, name="Sam", email="sam@example.org", by=alice)


def test_nobody_is_added_to_a_survey_by_shared_link(alice, instrument):
    survey = opened(launched_survey(alice, entry="shared", k=10))
    with pytest.raises(ValidationError, match="by a shared link"):
        add_participant(
            survey=survey, group=survey.groups.get(name="Pharmacy"), name="Sam", email="sam@example.org", by=alice
        )


# --- Removed ---------------------------------------------------------------------------------------------


def test_removing_takes_name_address_and_link_and_leaves_ballots(survey, pharmacy, alice):
    Ballot.objects.create(survey=survey, tag="theirs or another’s", mark="mark", sealed=b"x")
    remove_participant(participant=person(survey), by=alice)
    gone = Participant.objects.select_related("invitation").get(is_removed=True)
    assert (gone.group, gone.name, gone.email) == (pharmacy, "", "")
    assert (gone.invitation.token_hash, gone.invitation.has_bounced, gone.invitation.version) == (None, False, 1)
    assert Entry.objects.get(verb="remove_participant").detail == {"survey": survey.public_id}
    assert not Job.objects.exclude(kind__in=["open_survey", "forget_lists"]).exists()
    assert Ballot.objects.count() == 1
    assert pharmacy.counted == 5


def test_who_was_removed_cannot_answer_again_by_another_way(survey, pharmacy, alice):
    remove_participant(participant=person(survey), by=alice)
    with pytest.raises(ValidationError, match="was removed"):
        add_participant(survey=survey, group=pharmacy, name="Back", email="pharmacy1@example.org", by=alice)


def test_removing_twice_is_refused(survey, alice):
    leaving = person(survey)
    remove_participant(participant=leaving, by=alice)
    with pytest.raises(ValidationError, match="removed from the survey"):
        remove_participant(participant=leaving, by=alice)


# --- Corrected -------------------------------------------------------------------------------------------


def test_a_corrected_address_gets_a_new_link_by_a_worker(survey, alice):
    somebody = person(survey)
    before = somebody.invitation.token_hash
    correct_address(participant=somebody, email="New@example.org", by=alice)
    invitation = Invitation.objects.get(participant=somebody)
    assert (invitation.version, invitation.token_hash) == (2, before)
    assert work(invitation)
    assert person(survey).email == "new@example.org"


@pytest.mark.parametrize(
    ("email", "sentence"), [("pharmacy2@example.org", "on the list"), ("PHARMACY1@example.org", "present address")]
)
def test_a_correction_needs_an_address_that_nobody_has(survey, alice, email, sentence):
    with pytest.raises(ValidationError, match=sentence):
        correct_address(participant=person(survey), email=email, by=alice)


def test_the_same_mailbox_may_be_spelt_another_way(survey, alice):
    correct_address(participant=person(survey), email="pharmacy1+work@example.org", by=alice)
    assert person(survey).email == "pharmacy1+work@example.org"


# --- Closed ----------------------------------------------------------------------------------------------


def test_nobody_is_added_removed_or_corrected_after_the_end(survey, pharmacy, alice):
    somebody = person(survey)
    stop_survey(survey=survey, by=alice, now=NOW)
    for verb in (
        lambda: add_participant(survey=survey, group=pharmacy, name="Sam", email="sam@example.org", by=alice),
        lambda: remove_participant(participant=somebody, by=alice),
        lambda: correct_address(participant=somebody, email="new@example.org", by=alice),
    ):
        with pytest.raises(ValidationError, match="takes no more answers"):
            verb()


def test_the_log_holds_no_name_and_no_address(survey, pharmacy, alice):
    late = add_participant(survey=survey, group=pharmacy, name="Sam Late", email="sam@example.org", by=alice)
    correct_address(participant=late, email="sam.late@example.org", by=alice)
    remove_participant(participant=late, by=alice)
    assert not any("sam" in str(entry.detail).lower() for entry in Entry.objects.all())
