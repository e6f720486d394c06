import pytest
from django.core.management import CommandError, call_command

from core.accounts.models import User
from diagnostics.self_assessments.models import SelfAssessment
from reports import demo
from reports.models import SelfAssessmentResult
from spaces.models import Group, Person, Role, Workspace


@pytest.fixture
def development(settings):
    settings.DEBUG = True


@pytest.fixture
def loaded(instrument, development):
    call_command("load_demo", verbosity=0)
    return Workspace.objects.get(is_personal=False)


def test_demo_has_one_person_in_each_role(loaded):
    assert {member.role: member.user.name for member in loaded.memberships.all()} == demo.CAST


def test_demo_has_a_tree_with_people_and_leaders(loaded):
    teams = Group.objects.filter(kind=Group.Kind.TEAM)
    assert {team.name for team in teams} == set(demo.TREE)
    assert all(team.leader and team.parent.name == "Community services" for team in teams)
    assert Person.objects.count() == 1 + sum(map(len, demo.TREE.values()))


def test_demo_has_two_results_four_months_apart_and_a_draft(loaded):
    ruth = User.objects.get(name=demo.CAST[Role.LEADER])
    finished = SelfAssessment.objects.filter(leader=ruth, submitted_at__isnull=False).order_by("submitted_at")
    first, last = finished
    assert 115 < (last.submitted_at - first.submitted_at).days < 130
    started = SelfAssessment.objects.get(leader=ruth, submitted_at=None)
    assert 0 < len(started.answers) < len(started.version.statement_keys)
    assert [share.reader.name for share in last.shares.all()] == [demo.CAST[Role.FACILITATOR]]
    assert not first.shares.exists()


def test_demo_shows_the_map_of_the_design(loaded):
    cells = SelfAssessmentResult.objects.order_by("created_at").last().cells
    assert [cell["score"] for cell in cells] == [
        4.3, 4.0, 3.5, 3.0,
        3.6, 4.0, 3.0, 2.5,
        2.3, 3.5, 3.0, 2.0,
        3.9, 4.5, 4.0, None,
        4.4, 4.0, 3.5, 3.0,
    ]  # fmt: skip


def test_demo_is_loaded_once(loaded):
    call_command("load_demo", verbosity=0)
    assert Workspace.objects.filter(is_personal=False).count() == 1
    assert SelfAssessment.objects.count() == 3


def test_demo_people_can_sign_in(loaded, client):
    for name in demo.CAST.values():
        page = client.post("/accounts/login/", {"login": demo.address(name), "password": demo.PASSWORD})
        assert page.status_code == 302
        client.logout()


def test_demo_show_only_prints(development, db, capsys):
    call_command("load_demo", show=True)
    printed = capsys.readouterr().out
    assert demo.PASSWORD in printed
    assert all(demo.address(name) in printed for name in demo.CAST.values())
    assert not User.objects.exists()


def test_demo_stays_off_production(db, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="development"):
        call_command("load_demo")
    assert not User.objects.exists()
