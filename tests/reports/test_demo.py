from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.accounts.models import User
from core.post.models import Message
from diagnostics.self_assessments.models import SelfAssessment
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.letters.sending import INVITATION
from diagnostics.surveys.models import Survey
from reports import demo
from reports.editions.models import PublishedSlice, Release
from reports.self_assessments.models import SelfAssessmentResult
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


def test_demo_has_three_organisations_and_twelve_teams_with_people_and_leaders(loaded):
    teams = Group.objects.filter(kind=Group.Kind.TEAM).select_related("parent__parent")
    found = {name: {} for name in demo.TREE}
    for team in teams:
        found[team.parent.name][team.name] = team.people.count()
    assert found == demo.TREE
    assert {team.parent.parent.name for team in teams} == {demo.NAME}
    assert all(team.leader for team in teams)
    assert Person.objects.values("email").distinct().count() == 1 + sum(sum(sizes.values()) for sizes in found.values())


def test_demo_has_one_survey_closed_and_released(loaded):
    survey = Survey.objects.get(status=Survey.Status.CLOSED)
    edition = survey.editions.get()
    assert (edition.ledger["n"], edition.ledger["k"], edition.ledger["set_aside"]) == (91, 5, 0)  # without leaders
    teams = set(edition.slices.filter(kind=PublishedSlice.Kind.TEAM).values_list("group__name", flat=True))
    assert {name for sizes in demo.TREE.values() for name in sizes} - teams == {"Pharmacy", "Safeguarding"}
    assert edition.comments.count() > 10
    released = Release.objects.filter(edition=edition)
    assert sorted(released.values_list("to__name", "to_leaders", "to_respondents"), key=str) == [
        ("Tomos Rees", False, False),
        (None, False, True),
        (None, True, False),
    ]
    assert not Message.objects.filter(reference__survey=survey.public_id).exists()


def test_what_its_people_answer_is_plausible(loaded):
    edition = Survey.objects.get(status=Survey.Status.CLOSED).editions.get()
    cells = {(cell["condition"], cell["space"]): cell for cell in edition.slices.get(order=0).content["cells"]}
    scores = [cell["score"] for cell in cells.values()]
    assert 1.5 < max(scores) - min(scores) < 3
    assert cells["alignment", "team"]["score"] < cells["task", "team"]["score"]
    assert cells["task", "system"]["n"] < cells["task", "self"]["n"]
    divided = edition.slices.get(group__name="Emergency department").content["cells"]
    assert [cell for cell in divided if cell["split"] and cell["condition"] == "energy"]


def test_demo_has_one_survey_open_and_half_answered(loaded):
    survey = Survey.objects.get(status=Survey.Status.OPEN)
    asked, done = survey.invitations.count(), survey.ballots.count()
    assert 0.4 < done / asked < 0.6
    assert survey.drafts.count() == 1
    assert survey.declines.count() == 1
    assert survey.daily_count.total
    assert survey.closes_at > timezone.now()


def test_its_links_let_somebody_in(loaded, client):
    links = demo.personal_links()
    assert len(links) == 2
    for name, link in links:
        assert Person.objects.filter(name=name).exists()
        assert client.get(urlsplit(link).path, follow=True).status_code == 200


def test_there_are_no_links_once_it_is_closed(loaded):
    survey = Survey.objects.get(status=Survey.Status.OPEN)
    stop_survey(survey=survey, by=None, now=timezone.now())
    assert not demo.personal_links()


@pytest.mark.parametrize(
    ("backend", "letters"),
    [("django.core.mail.backends.filebased.EmailBackend", 39), ("django.core.mail.backends.smtp.EmailBackend", 0)],
)
def test_its_letters_lie_in_the_outbox_and_never_leave_the_machine(instrument, development, settings, backend, letters):
    settings.EMAIL_BACKEND = backend
    call_command("load_demo", verbosity=0)
    assert Message.objects.filter(kind=INVITATION).count() == letters


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
