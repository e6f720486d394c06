"""A site that was in use before versions of links were told apart: open surveys go on with the links sent."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from core import guards
from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.keys.store import key_store
from diagnostics.answering.drafts import saved_by
from diagnostics.answering.submitting import has_declined, withdraw
from diagnostics.sealing.boxes import lock_draft, open_ballot, seal
from diagnostics.surveys.actions.participants import correct_address
from diagnostics.surveys.keys import link_key, private_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, Survey
from tests.diagnostics.launched import open_survey_now
from tests.diagnostics.respondents import respondent, submitted

BEFORE = [("diagnostics", "0002_in_the_room"), ("reports", "0002_comparisons")]

pytestmark = pytest.mark.django_db(transaction=True)


def migrated(to):
    """Guards are lifted meanwhile, as by `migrate`, which puts them back at its end."""
    for config in apps.get_app_configs():
        lifted = getattr(config, "guards", ())
        guards.remove([one for one in lifted if one.table in connection.introspection.table_names()])
    MigrationExecutor(connection).migrate(to)
    if to != BEFORE:
        guards.install([one for config in apps.get_app_configs() for one in getattr(config, "guards", ())])
    return MigrationExecutor(connection).loader.project_state(to).apps


def derived(secret: bytes, purpose: str) -> bytes:
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()


def old_token(key: bytes, invitation: str) -> str:
    """As it was made then."""
    return urlsafe_b64encode(derived(key, f"link:{invitation}:1")[:20]).rstrip(b"=").decode()


@pytest.fixture
def upgraded(alice, instrument):
    """Somebody has begun, somebody has handed in, somebody would rather not; then the upgrade, first without keys."""
    survey = open_survey_now(alice)
    key, now = link_key(survey), MigrationExecutor(connection).loader.graph.leaf_nodes()
    names = list(survey.invitations.order_by("pk").values_list("public_id", flat=True))
    group = survey.groups.get(name="District nursing").public_id
    tokens = [old_token(key, name) for name in names]
    then = migrated(BEFORE)
    old = {name: then.get_model("diagnostics", name) for name in ("Invitation", "Draft", "Ballot")}
    for name, token in zip(names, tokens, strict=True):
        hashed = hashlib.sha256(token.encode()).hexdigest()
        old["Invitation"].objects.filter(public_id=name).update(token_hash=hashed)
    begun, done = tokens[:2]
    old["Draft"].objects.create(
        survey_id=survey.pk,
        tag=derived(begun.encode(), "draft").hex(),
        sealed=lock_draft({"answers": {"T5.team": 4}}, derived(begun.encode(), "draft key"), survey.ballot_size),
    )
    ballot = {"group": group, "counts": True, "answers": {"T5.team": 5}}
    old["Ballot"].objects.create(
        survey_id=survey.pk,
        tag=derived(done.encode(), "ballot").hex(),
        sealed=seal(ballot, survey.public_key, survey.ballot_size),
    )
    old["Invitation"].objects.filter(public_id=names[1]).update(status="done")
    old["Invitation"].objects.filter(public_id=names[2]).update(is_reminded=False)
    said = without_keys(now)
    migrated(now)
    return Survey.objects.get(pk=survey.pk), tokens, said


def without_keys(now) -> str:
    """With what sentence the upgrade stops."""
    folder = key_store().folder
    folder.rename(folder.with_name("elsewhere"))
    try:
        with pytest.raises(SystemExit) as stopped:
            migrated(now)
    finally:
        folder.with_name("elsewhere").rename(folder)
    return str(stopped.value)


def test_a_site_goes_on_after_its_upgrade(upgraded, alice, subtests):
    """There is one upgrade for all of it, as each way through all migrations takes long."""
    survey, tokens, said = upgraded
    with subtests.test("without the keys it stops with a sentence"):
        assert "as the user of the workers" in said
    with subtests.test("an open survey goes on with its links"), undone():
        check_that_an_open_survey_goes_on_with_its_links(survey, tokens)
    with subtests.test("a new link opens nothing of it and adds no second answer"), undone():
        check_that_a_new_link_opens_nothing_of_it_and_adds_no_second_answer(survey, tokens, alice)


@contextmanager
def undone() -> Iterator[None]:
    """So that what is tried next finds the site as the upgrade left it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def check_that_an_open_survey_goes_on_with_its_links(survey, tokens):
    begun, done, declined, *others = tokens
    assert saved_by(respondent(begun)).answers == {"T5.team": 4}
    submitted(begun)
    assert not has_declined(respondent(done))
    assert has_declined(respondent(declined))
    submitted(others[0])
    assert survey.ballots.count() == 3
    withdraw(respondent=respondent(done))
    own = survey.ballots.get(tag=derived(done.encode(), "ballot").hex())
    assert open_ballot(own.sealed, private_key(survey)) == {"withdrawn": True}


def check_that_a_new_link_opens_nothing_of_it_and_adds_no_second_answer(survey, tokens, alice):
    done = tokens[1]
    invitation = Invitation.objects.order_by("pk")[1]
    correct_address(participant=invitation.participant, email="mine@example.org", by=alice)
    run_job(Job.objects.get(kind="correct_address").pk)
    invitation.refresh_from_db()
    assert respondent(done)  # it can still take back what it handed in
    new = token_of(invitation, link_key(survey))
    assert not saved_by(respondent(new)).answers
    submitted(new, T5_team="1")
    withdraw(respondent=respondent(new))
    own = survey.ballots.get(tag=derived(done.encode(), "ballot").hex())
    assert open_ballot(own.sealed, private_key(survey))["answers"] == {"T5.team": 5}
