"""Closing: once, whatever happens on the way; and afterwards no whole person is left."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from core.jobs import registry
from core.jobs.models import Job
from core.jobs.running import perform
from core.jobs.runs import Run
from core.keys import mark
from core.keys.store import KeyDestroyed
from core.post.models import Message
from diagnostics.answering.models import Ballot, Decline, Draft
from diagnostics.answering.respondents import respondent_of
from diagnostics.answering.submitting import decline, withdraw
from diagnostics.sealing.tokens import token
from diagnostics.surveys.actions.many import remove_many
from diagnostics.surveys.actions.participants import correct_address
from diagnostics.surveys.job_names import CLOSE_SURVEY, CORRECT_ADDRESS
from diagnostics.surveys.keys import destroy_keys, link_key, private_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, Survey
from reports.editions import closing
from reports.editions.models import Edition, PublishedComment, PublishedSlice, PurgePermit, Release
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers, run_job, save_draft, stop

pytestmark = pytest.mark.usefixtures("instrument")
NURSES, PHARMACY, PODIATRY = "District nursing", "Pharmacy", "Podiatry"
COMMENT = {"OQ_task_helps": "We write it on the wall."}


class Killed(BaseException):
    """As a SIGKILL: nothing in the code may catch it."""


@pytest.fixture
def answered(alice) -> Survey:
    """Eight nurses, six pharmacists and three podiatrists have answered."""
    survey = open_for_answers(alice)
    answer(invitations_of(survey, NURSES), everything(4, **COMMENT), picks=("task", "route"))
    answer(invitations_of(survey, PHARMACY), everything(2), picks=("route", "energy"))
    answer(invitations_of(survey, PODIATRY), everything(3))
    return survey


def labels(survey: Survey) -> list[tuple[str, str, int]]:
    slices = PublishedSlice.objects.filter(edition__survey=survey).select_related("group")
    return [(one.kind, one.group.name, one.n) for one in slices]


def test_a_survey_ends_in_an_edition(answered):
    survey = close(answered)

    assert survey.status == Survey.Status.CLOSED
    assert labels(survey) == [
        ("group", "Community services", 14),
        ("team", NURSES, 8),
        ("team", PHARMACY, 6),
    ]
    edition = survey.editions.get()
    assert (edition.ledger["k"], edition.ledger["n"], edition.ledger["smallest"]) == (5, 14, 6)
    nurses = edition.slices.get(group__name=NURSES).content["cells"]
    assert {cell["score"] for cell in nurses} == {4.0}


def test_after_a_failure_a_page_says_what_was_found_and_who_can_help(answered, settings, tmp_path):
    """Each harm by itself, and the last cannot be put right."""
    store, aside = settings.KEY_STORE, tmp_path / "aside"
    assert mark.look() == mark.Found.OK
    stop(answered)

    def tried() -> Job:
        Job.objects.filter(kind=CLOSE_SURVEY).update(not_before=None)
        run_job(CLOSE_SURVEY, answered)
        return Job.objects.get(kind=CLOSE_SURVEY)

    store.rename(aside)
    job = tried()
    assert job.step.startswith("The folder with the keys of surveys is not there, though it was.")
    assert "Those who run this site can bring it back. Its sealed answers are still stored. It is tried" in job.step
    store.mkdir()
    assert "is not the one that was used so far" in tried().step
    store.rmdir()
    aside.rename(store)
    for key in store.glob("*.key"):
        key.rename(tmp_path / key.name)
    assert "If those who run this site have a copy of the keys" in tried().step
    for key in tmp_path.glob("*.key"):
        key.rename(store / key.name)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(closing, "destroy_keys", lambda survey: 1 / 0)
        assert "went wrong. The report is written; what is left is to destroy the keys. It is" in tried().step
    assert registry.needing_a_hand().filter(kind=CLOSE_SURVEY).exists()
    assert tried().status == Job.Status.DONE


def test_a_survey_whose_keys_were_destroyed_before_its_close_ends_with_a_sentence(answered):
    """As where the site was set back to a moment before it."""
    stop(answered)
    destroy_keys(answered)
    run_job(CLOSE_SURVEY, answered)
    job = Job.objects.get(kind=CLOSE_SURVEY)
    assert (job.status, "nobody can open its answers any more" in job.error) == (Job.Status.FAILED, True)


def test_afterwards_no_whole_person_is_left(alice):
    """Somebody began and did not submit, one would rather not take part, one letter came back."""
    survey = open_for_answers(alice)
    answer(invitations_of(survey, NURSES), everything(4, **COMMENT))
    begun, declined, bounced = invitations_of(survey, PODIATRY)
    save_draft(begun, everything(3))
    decline(respondent=respondent_of(token_of(declined, link_key(survey))))
    Invitation.objects.filter(pk=bounced.pk).update(has_bounced=True)

    survey = close(survey)

    assert not Ballot.objects.exists()
    assert not Draft.objects.exists()
    assert not Decline.objects.exists()
    assert not Message.objects.exists()
    assert not Invitation.objects.filter(has_bounced=True).exists()
    for key in (private_key, link_key):
        with pytest.raises(KeyDestroyed):
            key(survey)


@pytest.mark.parametrize("neighbours", [3, 6])
def test_whoever_is_left_with_too_few_changes_no_number_of_the_report(alice, neighbours):
    """Four of eight nurses have answered when all but one are removed: five in the report would name the one."""

    def close_after(has_answered: bool) -> tuple[list[tuple[str, str, int]], dict]:
        survey = open_for_answers(alice)
        left, *others = invitations_of(survey, NURSES)
        answer([*others[:4], *invitations_of(survey, PODIATRY)], everything(4))
        answer(invitations_of(survey, PHARMACY)[:neighbours], everything(4))
        remove_many(survey=survey, people=[one.participant_id for one in others], by=alice)
        answer([left] * has_answered, everything(4))
        survey = close(survey)
        ledger = survey.editions.get().ledger
        return labels(survey), {key: ledger[key] for key in ("n", "smallest", "turnout", "set_aside") if key in ledger}

    told = close_after(has_answered=False)
    assert close_after(has_answered=True) == told
    assert told[0][-1] == (("other groups", "Community services", 6) if neighbours == 3 else ("team", PHARMACY, 6))


def rows() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_a_close_adds_what_is_published_and_nothing_else(answered):
    """No table holds an answer afterwards: what grew is the report, its comments and the record of the close."""
    before = rows()

    close(answered)

    grown = {label for label, number in rows().items() if number > before[label]}
    assert grown == {"reports.Edition", "reports.PublishedSlice", "reports.PublishedComment", "audit.Entry"}
    left = {label for label, number in rows().items() if number < before[label]}
    assert {"diagnostics.Ballot"} <= left


def test_comments_stand_at_the_node_of_their_ten(answered):
    survey = close(answered)
    comments = PublishedComment.objects.filter(edition__survey=survey).select_related("group")

    assert {(one.group.name, one.text) for one in comments} == {("Community services", COMMENT["OQ_task_helps"])}
    assert comments.count() == 8


def test_with_too_few_answers_the_edition_says_so_and_nothing_else(alice):
    survey = open_for_answers(alice)
    answer(invitations_of(survey, NURSES)[:4], everything(4, **COMMENT))

    edition = close(survey).editions.get()

    assert (edition.slices.count(), edition.comments.count(), edition.ledger["n"]) == (0, 0, 0)


def test_withdrawn_answers_count_for_nothing(answered):
    gone = invitations_of(answered, PHARMACY)[:2]
    for invitation in gone:
        withdraw(respondent=respondent_of(token(link_key(answered), invitation.public_id, invitation.version)))

    assert labels(close(answered)) == [
        ("group", "Community services", 15),
        ("other groups", "Community services", 7),
        ("team", NURSES, 8),
    ]


def test_the_survey_may_release_itself_to_those_who_answered(alice):
    survey = open_for_answers(alice, releases_to_respondents=True)
    answer(invitations_of(survey, NURSES), everything(4))

    close(survey)

    assert Release.objects.get().to_respondents


STEPS = [
    "opened_ballots",
    "publication_of",
    "forget_all_letters",
    "write_edition",
    "_forget_people",
    "store",
    "destroy_keys",
]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_step_it_ends_in_the_same_hash(answered, monkeypatch, step, moment):
    expected = expected_hash(answered)
    survey = stop(answered)
    done = getattr(closing, step)

    def dies(*args, **kwargs):
        if moment == "after":
            done(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(closing, step, dies)
        with pytest.raises(Killed):
            run_job(CLOSE_SURVEY, survey)
    Job.objects.filter(kind=CLOSE_SURVEY).update(status=Job.Status.QUEUED, heartbeat_at=None)
    survey = run_job(CLOSE_SURVEY, survey)

    assert survey.status == Survey.Status.CLOSED
    assert Edition.objects.get().content_hash == expected
    assert not Ballot.objects.exists()


def expected_hash(survey: Survey) -> str:
    """What the edition's hash must be, worked out while the ballots are there."""
    with transaction.atomic():
        stopped = stop(survey)
        run = type("Run", (), {"beat": lambda *_: None})()
        publication = closing.publication_of(stopped, closing.opened_ballots(stopped, run), run)
        transaction.set_rollback(True)
    return publication.content_hash


def test_progress_grows_and_is_told_while_boxes_are_opened_and_letters_forgotten(answered, monkeypatch):
    monkeypatch.setattr(closing, "OFTEN", 0)
    monkeypatch.setattr(closing, "BALLOTS", 4)
    told = []
    beat = Run.beat
    monkeypatch.setattr(Run, "beat", lambda run, *said: told.append(said) or beat(run, *said))

    survey = close(answered)

    assert survey.editions.get().ledger["n"] == 14
    progress = [percent for percent, _step in told]
    assert progress == sorted(progress)
    assert len({percent for percent in progress if 1 < percent < 50}) > 10
    assert sum(step == "Forgetting who was written to" for _percent, step in told) > 1


def test_a_second_close_changes_nothing(answered):
    survey = close(answered)
    before = Edition.objects.get().content_hash
    Job.objects.filter(kind=CLOSE_SURVEY).update(status=Job.Status.QUEUED)

    perform(Job.objects.get(kind=CLOSE_SURVEY).pk)

    assert Edition.objects.get().content_hash == before
    assert Survey.objects.get(pk=survey.pk).closed_at == survey.closed_at


def test_a_worker_that_was_superseded_stores_nothing(answered, monkeypatch):
    survey = stop(answered)
    write = closing.write_edition

    def another_takes_over(*args, **kwargs):
        edition = write(*args, **kwargs)
        Job.objects.filter(kind=CLOSE_SURVEY).update(claim=99)
        return edition

    monkeypatch.setattr(closing, "write_edition", another_takes_over)
    run_job(CLOSE_SURVEY, survey)

    assert not Edition.objects.exists()
    assert Ballot.objects.count() == 17


def test_what_a_link_hands_in_after_an_earlier_version_of_it_had_counts_nowhere(alice):
    """A consultant has the links of all six pharmacists sent to themselves and answers 1 throughout."""
    survey = open_for_answers(alice)
    answer(invitations_of(survey, PHARMACY), everything(5))
    for number, person in enumerate(survey.participants.filter(group__name=PHARMACY)):
        correct_address(participant=person, email=f"mine{number}@example.org", by=alice)
        perform(Job.objects.get(kind=CORRECT_ADDRESS, subject=person.invitation.public_id).pk)
    answer(invitations_of(survey, PHARMACY), everything(1))
    assert Ballot.objects.count() == 12
    survey = close(survey)
    (team,) = [one for one in PublishedSlice.objects.all() if one.kind == "team"]
    assert team.n == 6
    assert {cell.figures.level for cell in team.figures.cells.values()} == {"firmly"}


@pytest.mark.parametrize("table", ["reports_edition", "reports_publishedslice"])
@pytest.mark.parametrize("change", ["UPDATE {} SET public_id = public_id", "DELETE FROM {}"])
def test_sealed_rows_refuse_to_change(answered, table, change):
    close(answered)

    with pytest.raises(DatabaseError, match="never change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_a_permit_opens_one_edition_for_purging(answered):
    close(answered)
    edition = Edition.objects.get()
    with transaction.atomic():
        PurgePermit.objects.create(edition_id=edition.pk)
        edition.slices.all().delete()
        edition.delete()
        PurgePermit.objects.all().delete()

    assert not Edition.objects.exists()
