"""The count of an open survey: by a worker, from keys, once a day."""

import datetime

import pytest
from django.urls import reverse

from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.keys.store import key_store
from diagnostics.answering.places import take_place
from diagnostics.answering.submitting import withdraw
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.actions.many import remove_many
from diagnostics.surveys.actions.moving import move_participant
from diagnostics.surveys.actions.participants import correct_address, remove_participant
from diagnostics.surveys.actions.work_ahead import next_count
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Participant, Survey
from reports.counts.models import DailyCount
from spaces.actions.many import remove_people
from tests.diagnostics.launched import NOW, open_survey_now
from tests.diagnostics.respondents import respondent, submitted

pytestmark = pytest.mark.django_db

TEAMS = {"District nursing": 12, "Pharmacy": 6, "Podiatry": 3}


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return open_survey_now(alice, teams=TEAMS)


def tokens(survey: Survey, team: str) -> list[str]:
    asked = survey.invitations.filter(participant__group__name=team).order_by("pk").select_related("survey")
    return [token_of(one, link_key(survey)) for one in asked]


def count(survey: Survey) -> DailyCount:
    """The next morning has come."""
    job = Job.objects.filter(kind="count_answers", subject=survey.public_id).latest("pk")
    Job.objects.filter(pk=job.pk).update(status=Job.Status.QUEUED, not_before=None)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE
    return DailyCount.objects.get(survey=survey)


def by_name(counted: DailyCount) -> dict[str, int | None]:
    names = dict(counted.survey.groups.values_list("public_id", "name"))
    return {names[key]: step for key, step in counted.groups.items()}


def test_steps_of_groups_and_their_sum(survey):
    for token in [
        *tokens(survey, "District nursing")[:11],
        *tokens(survey, "Pharmacy")[:4],
        *tokens(survey, "Podiatry"),
    ]:
        submitted(token)
    counted = count(survey)
    assert by_name(counted) == {"District nursing": 10, "Pharmacy": None}
    assert counted.total == 10


def test_leaders_and_late_people_are_in_no_number(survey):
    everybody = tokens(survey, "Pharmacy")
    Participant.objects.filter(name__in=["Pharmacy 1", "Pharmacy 2"]).update(is_late=True)
    for token in everybody:
        submitted(token)
    assert by_name(count(survey)) == {"District nursing": None}  # only four of Pharmacy count


def test_what_was_taken_back_and_whoever_was_removed_count_still(survey, alice):
    theirs = tokens(survey, "Pharmacy")
    for token in theirs[:5]:
        submitted(token)
    withdraw(respondent=respondent(theirs[0]))
    remove_participant(participant=survey.participants.get(name="Pharmacy 2"), by=alice)
    assert by_name(count(survey))["Pharmacy"] == 5


def removed_each(survey, people, alice):
    for one in people:
        remove_participant(participant=one, by=alice)


def removed_at_once(survey, people, alice):
    remove_many(survey=survey, people=[one.pk for one in people], by=alice)


def taken_out_among_people(survey, people, alice):
    known = survey.workspace.people.filter(mailbox__in=[one.mailbox for one in people])
    remove_people(workspace=survey.workspace, people=list(known), take_out=True, by=alice)


def moved_each(survey, people, alice):
    group = survey.groups.get(name="District nursing")
    for one in people:
        move_participant(participant=one, group=group, by=alice)


@pytest.mark.parametrize("taken", [removed_each, removed_at_once, taken_out_among_people, moved_each])
def test_whoever_is_left_with_too_few_changes_no_number(survey, alice, client_for, taken):
    """The consultant takes out all but one, and watches the count."""
    client, page = client_for(alice), reverse("reports:counts", args=[survey.public_id])
    left, *others = tokens(survey, "Pharmacy")
    for token in [*tokens(survey, "District nursing")[:7], *others[:4]]:
        submitted(token)
    assert by_name(count(survey)) == {"District nursing": 5, "Pharmacy": None}
    taken(survey, list(survey.participants.filter(group__name="Pharmacy").exclude(name="Pharmacy 1")), alice)
    before, seen = count(survey), client.get(page).context
    submitted(left)
    after, now = count(survey), client.get(page).context
    assert by_name(before) == {"District nursing": 5}
    assert (before.groups, before.total) == (after.groups, after.total)
    assert (seen["rows"], seen["total"]) == (now["rows"], now["total"])


def test_a_group_keeps_its_count_while_enough_are_left(survey, alice):
    for token in tokens(survey, "Pharmacy")[1:]:
        submitted(token)
    remove_participant(participant=survey.participants.get(name="Pharmacy 2"), by=alice)
    assert by_name(count(survey))["Pharmacy"] == 5


def test_a_second_answer_by_a_link_that_was_sent_anew_counts_once(survey, alice):
    theirs = tokens(survey, "Pharmacy")
    for token in theirs[:4]:
        submitted(token)
    moved = survey.participants.get(name="Pharmacy 1")
    correct_address(participant=moved, email="mine@example.org", by=alice)
    run_job(Job.objects.get(kind="correct_address").pk)
    submitted(tokens(survey, "Pharmacy")[0])
    assert survey.ballots.count() == 5
    assert by_name(count(survey))["Pharmacy"] is None


def test_each_count_asks_for_the_next_until_the_survey_stops(survey, alice):
    asked = Job.objects.filter(kind="count_answers")
    assert asked.count() == 1
    count(survey)
    stop_survey(survey=survey, by=alice, now=NOW)
    before = asked.count()
    count(survey)
    assert asked.count() == before


def test_without_the_keys_nothing_is_counted(survey):
    key_store().destroy(f"survey-{survey.public_id}-link")
    job = Job.objects.get(kind="count_answers")
    Job.objects.update(not_before=None)
    run_job(job.pk)
    assert not DailyCount.objects.exists()


def test_nobody_waits_for_a_count_in_the_room(alice, instrument):
    open_survey_now(alice, entry="shared", k=10, is_in_room=True, sizes={"room": 12}, preset="pulse")
    assert not Job.objects.filter(kind="count_answers").exists()


def test_by_shared_link_there_is_one_number(alice, instrument):
    survey = open_survey_now(alice, entry="shared", k=10, sizes={}, teams={"District nursing": 12})
    link = survey.shared_links.get()
    for _ in range(11):
        visit = respondent(link.token).started()
        take_place(visit)
        submitted(visit.secret)
    counted = count(survey)
    assert (counted.groups, counted.total) == ({}, 10)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-16T05:59:00+00:00", "2026-11-16T06:00:00+00:00"),
        ("2026-11-16T06:00:00+00:00", "2026-11-17T06:00:00+00:00"),
        ("2027-03-27T12:00:00+00:00", "2027-03-28T05:00:00+00:00"),  # summer time begins in the night
    ],
)
def test_it_is_six_in_the_morning_where_the_survey_is(survey, now, then):
    moment = next_count(survey, datetime.datetime.fromisoformat(now))
    assert moment == datetime.datetime.fromisoformat(then)


def test_between_two_counts_no_page_moves(survey, client_for, alice):
    client, page = client_for(alice), reverse("reports:counts", args=[survey.public_id])
    count(survey)
    before = client.get(page, headers={"HX-Request": "true"}).content
    for token in tokens(survey, "District nursing"):
        submitted(token)
        assert client.get(page, headers={"HX-Request": "true"}).content == before
    count(survey)
    assert "10 or more" in client.get(page, headers={"HX-Request": "true"}).content.decode()
