"""Every address of the results, for everybody who might try it."""

import pytest
from django.test import Client
from django.urls import reverse

from core.jobs.models import Job
from diagnostics.self_assessments.models import Share
from reports.files.asking import ask_for_file
from reports.files.models import Document
from reports.urls import of_self_assessment
from spaces.actions.workspaces import create_workspace
from spaces.models import Membership, Role
from tests.conftest import make_user
from tests.reports.stories import draft, made, submitted

ROUTES = {
    "self_assessment": [()],
    "figure": [()],
    "document": [("pdf",), ("png",), ("svg",)],
}
PLACE = ("task", "team")
LEADER_S = {"own_answers": PLACE, "next_step": PLACE, "keep_intention": PLACE, "next_time": ()}
ELSEWHERE = {"over_time", "begun", "begun_place"}  # where there is an earlier one; where there is no leader yet
ADDRESSES = [(name, extra) for name, extras in ROUTES.items() for extra in extras]
INSIDERS = ("leader", "reader")
OUTSIDERS = ("charlie", "colleague", "workspace owner", "staff", "former reader")


@pytest.fixture
def own(instrument, ruth, now):
    finished = submitted(ruth, now=now)
    for kind in ("figure", "svg"):
        made(ask_for_file(of=finished, kind=kind, by=ruth))
    return finished


@pytest.fixture
def everybody(own, ruth, charlie, now):
    """The owner of a workspace and a colleague share it with the leader; staff runs the site."""
    people = {name: make_user(name.title().replace(" ", "")) for name in ("reader", *OUTSIDERS[1:])}
    workspace = create_workspace(name="Northmoor", by=people["workspace owner"])
    for user in (ruth, people["colleague"], people["reader"]):
        Membership.objects.create(workspace=workspace, user=user, role=Role.LEADER)
    people["staff"].is_staff = people["staff"].is_superuser = True
    people["staff"].save()
    Share.objects.create(self_assessment=own, reader=people["reader"], shared_at=now)
    Share.objects.create(self_assessment=own, reader=people["former reader"], shared_at=now).delete()
    return {"leader": ruth, "charlie": charlie} | people


def address(self_assessment, name: str, extra: tuple[str, ...]) -> str:
    return reverse(f"reports:{name}", args=[self_assessment.public_id, *extra])


def test_the_matrix_knows_every_route():
    assert {pattern.name for pattern in of_self_assessment} == {*ROUTES, *LEADER_S, *ELSEWHERE}


@pytest.mark.parametrize("who", ["reader", *OUTSIDERS])
def test_what_a_leader_answered_and_means_to_do_is_nobody_else_s(own, everybody, client_for, who):
    client = client_for(everybody[who])
    for name, extra in LEADER_S.items():
        method = client.post if name == "next_time" else client.get
        assert method(address(own, name, extra)).status_code == 404
    assert client.post(address(own, "document", ("pdf_answers",))).status_code == 404


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_find_nothing(own, everybody, client_for, who, method):
    jobs, client = Job.objects.count(), client_for(everybody[who])
    for name, extra in ADDRESSES:
        answer = getattr(client, method)(address(own, name, extra))
        expected = 405 if (name, method) in NOT_OFFERED else 404
        assert answer.status_code == expected, (name, extra)
    assert Job.objects.count() == jobs


NOT_OFFERED = {("self_assessment", "post")}


@pytest.mark.parametrize("who", INSIDERS)
def test_insiders_read_everything(own, everybody, client_for, who):
    client = client_for(everybody[who])
    found = {}
    for name, extra in ADDRESSES:
        answer = client.get(address(own, name, extra))
        found[name, extra] = answer.status_code
        b"".join(answer)  # a file is closed when it has been read
    assert found == {
        ("self_assessment", ()): 200,
        ("figure", ()): 200 if who == "leader" else 204,
        ("document", ("pdf",)): 302,
        ("document", ("png",)): 302,
        ("document", ("svg",)): 200,
    }


@pytest.mark.parametrize("who", INSIDERS)
def test_insiders_may_ask_for_every_file(own, everybody, client_for, who):
    client = client_for(everybody[who])
    for name, extra in ADDRESSES[1:]:
        assert client.post(address(own, name, extra)).status_code == 302
    assert Job.objects.filter(subject=own.public_id, requested_by=everybody[who]).count() >= 2


def test_strangers_are_asked_to_sign_in(own):
    jobs = Job.objects.count()
    for name, extra in ADDRESSES:
        answer = Client().get(address(own, name, extra))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")
        assert Client().post(address(own, name, extra)).status_code == 401
    assert Job.objects.count() == jobs


@pytest.mark.parametrize("who", ["leader", *OUTSIDERS])
def test_a_draft_has_no_result(everybody, client_for, ruth, now, who):
    started = draft(ruth, now=now)
    if who != "leader":
        Share.objects.create(self_assessment=started, reader=everybody[who], shared_at=now)
    client = client_for(everybody[who])
    assert client.get(address(started, "self_assessment", ())).status_code == (302 if who == "leader" else 404)
    assert client.get(address(started, "figure", ())).status_code == 404
    assert client.post(address(started, "document", ("pdf",))).status_code == 404
    assert not Job.objects.filter(subject=started.public_id).exists()


def test_other_methods_are_refused(own, ruth, client_for):
    for name, extra in ADDRESSES:
        for method in ("put", "patch", "delete"):
            assert getattr(client_for(ruth), method)(address(own, name, extra)).status_code == 405


@pytest.mark.parametrize("who", [*INSIDERS, *OUTSIDERS])
def test_progress_is_seen_by_those_who_may_read(own, everybody, client_for, who):
    job = ask_for_file(of=own, kind=Document.Kind.PDF, by=own.leader)
    answer = client_for(everybody[who]).get(f"/jobs/{job.public_id}/")
    assert answer.status_code == (200 if who in INSIDERS else 404)


def test_asking_needs_the_token_of_the_page(own, ruth):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ruth, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(address(own, "document", ("pdf",))).status_code == 403
