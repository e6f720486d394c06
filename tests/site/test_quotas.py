"""Each limit as somebody meets it: on the real page, with a sentence, and with what they entered still there."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import User
from core.jobs.models import Job
from core.post.models import Message
from diagnostics.checklists.models import ChecklistDraft
from diagnostics.self_assessments.models import SelfAssessment, Unkept
from diagnostics.surveys.actions.lifecycle import extend_survey
from diagnostics.surveys.models import Survey
from spaces.models import ColleagueInvitation, PeopleList, Workspace
from tests.diagnostics.launched import CLOSES, NOW, draft_in, launched_survey, opened, teams_in, workspace_of
from tests.pages import press, tight
from tests.parts import HTMX
from tests.reports.stories import submitted

RULES = {"k": "5", "comments_at": "whole", "releases_to_respondents": "yes"}
WHOM = "write to those who run this site: help@example.org"
UNTIL = "There is room again from"


@pytest.fixture(autouse=True)
def contact(settings):
    settings.SITE_CONTACT = "help@example.org"


@pytest.fixture
def one(settings):
    """Lets everybody have one of something, or as many as said."""

    def allow(quota: str, *holders: str, most: int = 1) -> None:
        held = dict.fromkeys(holders, (most, datetime.timedelta(days=1)))
        settings.QUOTAS = settings.QUOTAS | {quota: held}

    return allow


def test_self_assessments_without_account_are_counted_by_client_and_for_the_whole_site(one, instrument):
    """What was chosen is still there to be sent again; whoever has begun one comes back to it."""
    start = reverse("self_assessments:start")
    chosen = {"primary_space": "team", "spaces": ["team"], "preset": "pulse"}
    one("begun", "client")
    first = Client()
    assert first.post(start, chosen).status_code == first.post(start, chosen).status_code == 302
    refused = Client().post(start, chosen)
    assert_refused(refused, "From one place at most 1 self-assessments can be begun", 'value="pulse"', status=429)
    assert Client(REMOTE_ADDR="192.0.2.7").post(start, chosen).status_code == 302
    one("begun", "site")
    assert Client(REMOTE_ADDR="192.0.2.8").post(start, chosen).status_code == 302
    refused = Client(REMOTE_ADDR="192.0.2.9").post(start, chosen)
    assert_refused(refused, "On this site at most 1 self-assessments", "With an account you can begin one", status=429)
    assert Unkept.objects.count() == 3


@pytest.fixture
def workspace(alice, instrument) -> Workspace:
    return workspace_of(alice)


@pytest.fixture
def browser(alice, client_for) -> Client:
    return client_for(alice)


def assert_refused(page, *sentences: str, status: int = 200) -> None:
    text = tight(page)
    assert [part for part in (*sentences, UNTIL, WHOM) if part not in text] == []
    assert page.status_code == status


def test_invitations(browser, workspace, one):
    one("invitations", "person")
    address = reverse("spaces:invite", args=[workspace.public_id])
    browser.post(address, {"email": "first@example.org", "role": "consultant"})
    page = browser.post(address, {"email": "second@example.org", "role": "consultant"})
    assert_refused(page, "One person can invite at most 1 colleagues within 24 hours.", 'value="second@example.org"')
    assert ColleagueInvitation.objects.count() == Message.objects.count() == 1


def test_workspaces(browser, workspace, one):
    one("workspaces", "person")
    for name in ("First", "Second"):
        page = browser.post(reverse("spaces:new_workspace"), {"name": name})
    assert_refused(page, "One person can make at most 1 workspaces", 'value="Second"')


def test_lists(browser, workspace, one):
    one("imports", "workspace")
    address = reverse("spaces:import_people", args=[workspace.public_id])
    for name in ("First", "Second"):
        page = browser.post(address, {"pasted": f"Name\tE-mail\n{name} Person\t{name}@example.org\n"})
    assert_refused(page, "Into one workspace at most 1 lists can be brought", "Second Person")
    assert PeopleList.objects.count() == 1


@pytest.fixture
def draft(workspace, alice) -> Survey:
    closes = timezone.now() + datetime.timedelta(days=20)
    return draft_in(workspace, teams_in(workspace, by=alice), by=alice, closes_at=closes)


def launch(browser, draft: Survey):
    return press(browser, reverse("surveys:step", args=[draft.public_id, "check"]), **RULES, launch="1")


def test_letters_of_a_launch(browser, draft, one):
    one("letters", "workspace", most=16)
    page = launch(browser, draft)
    assert "at most 16 letters can be sent within 24 hours. This would be 17 at once." in tight(page)
    draft.refresh_from_db()
    assert (draft.is_draft, page.status_code) == (True, 422)
    one("letters", "workspace", most=17)
    assert launch(browser, draft).status_code == 302


def test_letters_to_people_who_are_added(browser, draft, one):
    one("letters", "person", most=18)
    assert launch(browser, draft).status_code == 302
    team = opened(draft).groups.get(name="Podiatry")
    person = {"group": team.public_id, "name": "Late Lee", "email": "late@example.org"}
    address = reverse("surveys:new_participant", args=[draft.public_id])
    assert browser.post(address, person).status_code == 302
    page = browser.post(address, person | {"name": "Later Lee", "email": "later@example.org"})
    assert_refused(page, "One person can have at most 18 letters sent", 'value="Later Lee"', status=422)


def test_no_letters_by_somebody_whose_address_is_not_confirmed(browser, draft, alice):
    alice.emailaddress_set.update(verified=False)
    page = launch(browser, draft)
    assert (page.status_code, "Confirm your e-mail address first" in tight(page)) == (422, True)
    page = browser.get(reverse("spaces:invite", args=[draft.workspace.public_id]))
    assert "until then nothing that you write is sent to others" in tight(page)
    assert not Message.objects.exists()


def test_drafts_of_surveys(browser, draft, one):
    one("drafts", "person", most=2)  # one of them is the draft that there is
    copy = reverse("surveys:copy", args=[draft.public_id])
    assert browser.post(copy).status_code == 302
    address = reverse("surveys:new", args=[draft.workspace.public_id])
    page = browser.post(address, {"title": "Another one", "purpose": "To see", "leave": "1"})
    assert_refused(page, "One person can begin at most 2 drafts", 'value="Another one"', status=422)
    assert Survey.objects.count() == 2


def test_drafts_of_self_assessments_and_checklists(browser, workspace, one):
    one("drafts", "person")
    address = reverse("self_assessments:start")
    chosen = {"primary_space": "team", "preset": "brief", "spaces": ["team"]}
    assert browser.post(address, chosen).status_code == 302
    assert_refused(browser.post(address, chosen | {"preset": "focused"}), "at most 1 drafts", status=429)
    address = reverse("checklists:start", args=[workspace.public_id])
    page = browser.post(address, {"name": "Ward leaders", "begin": "nothing"})
    assert_refused(page, "at most 1 drafts", 'value="Ward leaders"', status=422)
    assert (SelfAssessment.objects.count(), ChecklistDraft.objects.count()) == (1, 0)


def test_files_and_work_done_again(instrument, alice, browser, now, one):
    own = submitted(alice, now=now)
    one("files", "person")
    one("jobs", "person")
    address = f"/reports/self-assessments/{own.public_id}/files/"
    for _again in range(2):  # the same file, asked for twice, is one
        assert browser.post(f"{address}pdf/").status_code == 302
    assert_refused(browser.post(f"{address}svg/"), "One person can have at most 1 files made", status=429)
    part = browser.post(f"{address}svg/", headers=HTMX)
    assert_refused(part, 'role="alert"')
    assert "<html" not in part.content.decode()
    job = Job.objects.get(kind="self_assessment_pdf")
    for _again in range(2):
        Job.objects.filter(pk=job.pk).update(status=Job.Status.FAILED)
        page = browser.post(reverse("jobs:retry", args=[job.public_id]))
    assert_refused(page, "One person can have work done again at most 1 times", status=429)


@pytest.mark.parametrize("holder", ["person", "workspace"])
def test_posters_are_files_and_the_same_ones_are_one(instrument, alice, browser, one, holder):
    survey = opened(launched_survey(alice, entry="shared", k=10))
    one("files", holder)
    address = reverse("reports:posters", args=[survey.public_id])
    for _again in range(2):
        assert browser.post(address).status_code == 302
    extend_survey(survey=survey, closes_at=CLOSES.replace(day=18), by=alice, now=NOW)
    assert_refused(browser.post(address), f"ne {holder} ", "at most 1 files", status=429)


def test_handing_a_self_assessment_in_is_never_stopped(instrument, alice, now, one):
    for quota in ("files", "jobs", "letters"):
        one(quota, "person", "workspace", most=0)
    assert submitted(alice, now=now).submitted_at


def sign_up(name: str, **client: str):
    form = {"name": name, "email": f"{name.lower()}@example.org", "password1": "a-word-of-her-own"}
    return Client(**client).post(reverse("account_signup"), form)


def test_sign_ups_from_one_place(db, one):
    one("sign-ups", "client")
    assert sign_up("Dana", REMOTE_ADDR="192.0.2.1").status_code == 302
    page = sign_up("Erin", REMOTE_ADDR="192.0.2.1")
    assert_refused(page, "From one place at most 1 accounts can be made", 'value="erin@example.org"')
    assert sign_up("Fred", REMOTE_ADDR="192.0.2.2").status_code == 302
    assert User.objects.count() == 2


def test_a_new_password_is_never_stopped_by_what_others_do(alice, one):
    for quota in ("letters", "jobs", "sign-ups"):
        one(quota, "person", "workspace", "client", most=0)
    cache.clear()
    Client().post(reverse("account_reset_password"), {"email": alice.email})
    assert Message.objects.get().kind == "account.password_reset_key"
    assert Job.objects.get().kind == "send_now"
