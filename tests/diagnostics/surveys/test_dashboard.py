"""The pages of a survey that was launched: who may come in, what they do, and what they never tell."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.post.models import Message
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.actions.reminders import plan_reminder
from diagnostics.surveys.models import Invitation, Participant, Survey
from diagnostics.surveys.pages.dashboard.urls import of_launched
from tests.conftest import make_user
from tests.diagnostics.launched import launched_survey, workspace_of
from tests.diagnostics.respondents import open_survey, submitted
from tests.pages import filled_in, press, seen_on
from tests.parts import HTMX, assert_part_equals_page

ROUTES = {  # name: methods
    "dashboard": "GET",
    "change_date": "GET POST",
    "close_now": "GET POST",
    "cancel": "GET POST",
    "move_start": "GET POST",
    "start_now": "GET POST",
    "take_launch_back": "GET POST",
    "remind_now": "GET POST",
    "reword_reminders": "GET POST",
    "new_reminder": "GET POST",
    "drop_reminder": "POST",
    "participants": "GET",
    "new_participant": "GET POST",
    "participants_in": "GET",
    "participants_by_group": "GET",
    "many_participants": "GET POST",
    "failed_addresses": "GET POST",
    "move_participant": "GET POST",
    "participant": "GET POST",
    "remove_participant": "GET POST",
    "poster": "GET",
}
BEFORE_THE_START = {"move_start", "start_now", "take_launch_back"}  # an open survey leads back to the dashboard
MANAGERS = {"alice": 200, "bob": 200, "dora": 403, "erik": 403, "charlie": 404, "anonymous": 302}


@pytest.fixture
def today() -> datetime.date:
    return timezone.now().date()


@pytest.fixture
def workspace(alice, bob):
    members = {"facilitator": make_user("Dora"), "leader": make_user("Erik")}
    return workspace_of(alice, consultant=bob, **members)


@pytest.fixture
def opened(alice, workspace, instrument, today):
    """Open since yesterday for two weeks, with a reminder in a week."""
    now = timezone.now()
    return open_survey(
        alice,
        workspace=workspace,
        now=now - datetime.timedelta(days=1),
        closes_at=now + datetime.timedelta(days=14),
        reminder_days=[(today + datetime.timedelta(days=7)).isoformat()],
    )


@pytest.fixture
def shared(alice, workspace, instrument):
    now = timezone.now()
    return open_survey(
        alice,
        workspace=workspace_of(alice, name="Southmoor"),
        now=now - datetime.timedelta(days=1),
        closes_at=now + datetime.timedelta(days=14),
        entry="shared",
        k=10,
    )


@pytest.fixture
def survey(opened) -> Survey:
    return opened.survey


def address(name: str, survey: Survey) -> str:
    known = {
        "public_id": survey.public_id,
        "group_id": survey.groups.get(name="Pharmacy").public_id,
        "invitation_id": person(survey).invitation.public_id if survey.is_personal else "none",
        "day": survey.reminder_days[0] if survey.reminder_days else "none",
    }
    pattern = next(each for each in of_launched if each.name == name)
    needed = {"public_id", *pattern.pattern.converters}
    query = f"?do=away&who={known['invitation_id']}" if name == "many_participants" else ""
    return reverse(f"surveys:{name}", kwargs={key: known[key] for key in needed}) + query


def person(survey: Survey, name: str = "Pharmacy 1") -> Participant:
    return survey.participants.select_related("invitation").get(name=name)


def date_of(day: datetime.date, name: str = "closes_on") -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


# --- Who may come in ----------------------------------------------------------------------------------


def test_every_route_is_listed():
    assert set(ROUTES) == {each.name for each in of_launched}


@pytest.fixture
def browser(request, client_for, workspace):
    def browser_of(who: str) -> Client:
        if who == "anonymous":
            return Client()
        return client_for(request.getfixturevalue(who) if who in {"alice", "bob", "charlie"} else known[who])

    known = {member.user.name.lower(): member.user for member in workspace.memberships.select_related("user")}
    return browser_of


@pytest.mark.parametrize("who", MANAGERS)
def test_owner_and_consultant_come_in(browser, opened, who):
    client = browser(who)
    for name, methods in ROUTES.items():
        if name not in {"poster", *BEFORE_THE_START} and "GET" in methods:
            assert client.get(address(name, opened.survey)).status_code == MANAGERS[who], name
    assert client.get(reverse("reports:counts", args=[opened.survey.public_id])).status_code == MANAGERS[who]


@pytest.mark.parametrize("who", ["dora", "erik", "charlie"])
def test_nobody_else_sends(browser, opened, who):
    client, before = browser(who), Survey.objects.values().get()
    for name, methods in ROUTES.items():
        if "POST" in methods:
            assert client.post(address(name, opened.survey)).status_code == MANAGERS[who], name
    assert Survey.objects.values().get() == before
    assert survey_people(opened.survey) == 17


def survey_people(survey: Survey) -> int:
    return survey.participants.filter(is_removed=False).count()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_other_method_is_answered(client_for, alice, survey, method):
    client = client_for(alice)
    for name, methods in ROUTES.items():
        if method.upper() not in methods:
            assert getattr(client, method)(address(name, survey)).status_code == 405, name


def test_looking_changes_nothing(client_for, alice, survey, django_assert_max_num_queries):
    client = client_for(alice)
    counts = reverse("reports:counts", args=[survey.public_id])
    for page in [*(address(name, survey) for name, methods in ROUTES.items() if "GET" in methods), counts]:
        with django_assert_max_num_queries(14) as asked:
            client.get(page)
        assert [query for query in asked.captured_queries if not query["sql"].lstrip().startswith("SELECT")] == [], page


def test_people_of_another_survey_are_not_found(client_for, alice, survey, shared):
    other = launched_survey(alice, workspace=workspace_of(alice, name="Eastmoor"))
    client = client_for(alice)
    for name in ("participant", "remove_participant"):
        foreign = reverse(f"surveys:{name}", args=[survey.public_id, person(other).invitation.public_id])
        assert client.get(foreign).status_code == 404
    foreign = reverse("surveys:participants_in", args=[survey.public_id, other.groups.get(name="Pharmacy").public_id])
    assert client.get(foreign).status_code == 404
    foreign = reverse("surveys:poster", args=[shared.survey.public_id, other.groups.get(name="Pharmacy").public_id])
    assert client.get(foreign).status_code == 404


# --- What it tells ------------------------------------------------------------------------------------


def texts(client, survey: Survey) -> list[str]:
    """Every page of the survey as Alice sees it, without what changes from view to view."""
    pages = [address(name, survey) for name, methods in ROUTES.items() if "GET" in methods and name != "poster"]
    pages = [page for page in pages if "/start/" not in page]
    pages += [
        reverse("surveys:participant", args=[survey.public_id, each.public_id])
        for each in Invitation.objects.filter(survey=survey, participant__is_removed=False).order_by("pk")
    ]
    counts = reverse("reports:counts", args=[survey.public_id])
    answers = [client.get(page) for page in pages] + [client.get(counts), client.get(counts, headers=HTMX)]
    assert {answer.status_code for answer in answers} == {200}
    changing = r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|X-CSRFToken[^}]*|Counts at \d\d:\d\d'
    return [re.sub(changing, "", answer.content.decode()) for answer in answers]


def test_no_page_moves_while_people_answer(client_for, alice, opened):
    """Alice looks at every page after the first submit, on both sides of every step, and after the last: until the next
    count nothing changes anywhere. In `test_sequence` somebody reads between all others."""
    client = client_for(alice)
    before = texts(client, opened.survey)
    for number, token in enumerate(opened.tokens, start=1):
        submitted(token)
        if number in {1, 4, 5, 9, 10, len(opened.tokens)}:
            assert texts(client, opened.survey) == before


def test_the_part_is_what_the_page_holds(client_for, alice, survey):
    client, counts = client_for(alice), reverse("reports:counts", args=[survey.public_id])
    assert_part_equals_page(client, counts)


def test_by_shared_link_there_is_one_number_in_steps(client_for, alice, shared):
    client, counts = client_for(alice), reverse("reports:counts", args=[shared.survey.public_id])
    said = client.get(counts, headers=HTMX).content.decode()
    assert "Answers are counted once a day" in said
    assert "<table" not in said


def test_a_draft_has_no_dashboard_and_no_counts(client_for, alice, survey):
    copy = client_for(alice)
    copy.post(reverse("surveys:copy", args=[survey.public_id]))
    draft = Survey.objects.get(status="draft")
    assert copy.get(reverse("surveys:dashboard", args=[draft.public_id])).url.endswith("/step/purpose/")
    assert copy.get(reverse("reports:counts", args=[draft.public_id])).status_code == 404


def test_a_dashboard_whose_survey_closes_before_it_has_the_counts_is_read_again(client_for, alice, survey):
    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.CLOSED)
    client, counts = client_for(alice), reverse("reports:counts", args=[survey.public_id])
    assert client.get(counts, headers=HTMX)["HX-Refresh"] == "true"
    assert client.get(counts).status_code == 404


def test_addresses_that_failed_are_named(client_for, alice, survey):
    Invitation.objects.filter(participant__name="Pharmacy 1").update(has_bounced=True)
    for name in ("dashboard", "failed_addresses"):
        said = client_for(alice).get(address(name, survey)).content.decode()
        assert "pharmacy1@example.org" in said
        assert "pharmacy2@example.org" not in said


# --- What can be done ------------------------------------------------------------------------------------


def test_the_date_moves_later(client_for, alice, survey, today):
    later = today + datetime.timedelta(days=30)
    answer = client_for(alice).post(address("change_date", survey), date_of(later) | {"closes_time": "12:30"})
    assert answer.status_code == 302
    survey.refresh_from_db()
    assert survey.closes_at.astimezone(survey.zone).replace(tzinfo=None) == datetime.datetime.combine(
        later, datetime.time(12, 30)
    )
    assert Job.objects.filter(kind="close_on_date", not_before=survey.closes_at).count() == 1


@pytest.mark.parametrize("days", [2, -2])
def test_the_date_never_moves_earlier(client_for, alice, survey, today, days):
    earlier, before = today + datetime.timedelta(days=days), survey.closes_at
    answer = client_for(alice).post(address("change_date", survey), date_of(earlier) | {"closes_time": "12:30"})
    assert answer.status_code == 422
    survey.refresh_from_db()
    assert survey.closes_at == before


def test_once_the_closing_date_has_come_it_stays(client_for, alice, survey, today):
    Survey.objects.filter(pk=survey.pk).update(closes_at=timezone.now() - datetime.timedelta(minutes=1))
    later = today + datetime.timedelta(days=30)
    answer = client_for(alice).post(
        address("change_date", survey), date_of(later) | {"closes_time": "12:30"}, follow=True
    )
    assert "can no longer change" in answer.content.decode()
    survey.refresh_from_db()
    assert survey.closes_at < timezone.now()


def test_a_survey_is_closed_as_it_was_seen(client_for, alice, survey):
    client = client_for(alice)
    seen = seen_on(client.get(address("close_now", survey)))
    Survey.objects.filter(pk=survey.pk).update(closes_at=survey.closes_at + datetime.timedelta(days=7))
    refused = client.post(address("close_now", survey), {"seen": seen})
    assert refused.status_code == 422
    assert "when it closes, from “" in refused.content.decode()
    survey.refresh_from_db()
    assert survey.status == Survey.Status.OPEN


def test_a_later_date_is_taken_back_while_the_earlier_one_is_to_come(client_for, alice, survey):
    client, before = client_for(alice), survey.closes_at
    later = (before + datetime.timedelta(days=10)).astimezone(survey.zone)
    parts = date_of(later.date()) | {"closes_time": "17:00"}
    assert client.post(address("change_date", survey), parts).status_code == 302
    assert "Take the later date back" in client.get(address("change_date", survey)).content.decode()
    client.post(address("change_date", survey), {"take_back": "1"})
    survey.refresh_from_db()
    assert (survey.closes_at, survey.extended_from) == (before, None)
    assert "Take the later date back" not in client.get(address("change_date", survey)).content.decode()
    Survey.objects.filter(pk=survey.pk).update(extended_from=timezone.now() - datetime.timedelta(hours=1))
    refused = client.post(address("change_date", survey), {"take_back": "1"}, follow=True).content.decode()
    assert "The earlier closing date has come, so the later one stays." in refused


def test_close_now_asks_first(client_for, alice, survey):
    client = client_for(alice)
    assert "cannot be opened again" in client.get(address("close_now", survey)).content.decode()
    press(client, address("close_now", survey))
    survey.refresh_from_db()
    assert survey.status == Survey.Status.STOPPED
    assert "No more answers are taken" in client.get(address("dashboard", survey)).content.decode()


def test_cancelling_asks_first(client_for, alice, survey):
    client = client_for(alice)
    assert "Nothing will be reported" in client.get(address("cancel", survey)).content.decode()
    press(client, address("cancel", survey))
    survey.refresh_from_db()
    assert survey.status == Survey.Status.CANCELLED
    assert "nothing will be reported" in client.get(address("dashboard", survey)).content.decode()


@pytest.mark.parametrize("name", [name for name in ROUTES if name not in {"dashboard", "poster"}])
def test_what_comes_too_late_is_told_so(client_for, alice, survey, name):
    stop_survey(survey=survey, by=alice, now=timezone.now())
    method = "get" if "GET" in ROUTES[name] else "post"
    answer = getattr(client_for(alice), method)(address(name, survey))
    assert (answer.status_code, answer.url) == (302, address("dashboard", survey))


def test_a_reminder_is_planned_and_taken_out(client_for, alice, survey, today):
    day, client = today + datetime.timedelta(days=3), client_for(alice)
    assert client.post(address("new_reminder", survey), date_of(day, "day")).status_code == 302
    survey.refresh_from_db()
    assert day.isoformat() in survey.reminder_days
    assert Job.objects.filter(kind="send_reminders", version=day.isoformat()).exists()
    client.post(reverse("surveys:drop_reminder", args=[survey.public_id, day.isoformat()]))
    survey.refresh_from_db()
    assert day.isoformat() not in survey.reminder_days


@pytest.mark.parametrize("days", [-1, 7, 20], ids=["yesterday", "planned already", "after the close"])
def test_a_reminder_has_its_own_day_before_the_close(client_for, alice, survey, today, days):
    answer = client_for(alice).post(
        address("new_reminder", survey), date_of(today + datetime.timedelta(days=days), "day")
    )
    assert answer.status_code == 422


def test_more_than_three_reminders_ahead_are_refused(client_for, alice, survey, today):
    for days in (3, 4):
        plan_reminder(survey=survey, day=today + datetime.timedelta(days=days), by=alice, now=timezone.now())
    answer = client_for(alice).post(address("new_reminder", survey), date_of(today + datetime.timedelta(days=5), "day"))
    assert answer.status_code == 422
    assert "Take one out first" in answer.content.decode()


def test_somebody_is_added(client_for, alice, survey):
    new = {"name": "Sam Late", "email": "sam@example.org", "group": survey.groups.get(name="Podiatry").public_id}
    client = client_for(alice)
    answer = client.post(address("new_participant", survey), new, follow=True)
    assert "Sam Late is invited." in answer.content.decode()
    assert person(survey, "Sam Late").is_late
    assert client.post(address("new_participant", survey), new).status_code == 422


@pytest.mark.parametrize(
    ("email", "verb"), [("pharmacy1@example.org", "send_again"), ("right@example.org", "correct_address")]
)
def test_an_invitation_is_sent_again(client_for, alice, survey, email, verb):
    client_for(alice).post(address("participant", survey), {"email": email})
    invitation = person(survey).invitation
    assert (invitation.version, person(survey).email) == (2, email)
    assert Job.objects.filter(kind="correct_address", subject=invitation.public_id, version="2").exists()


def test_an_address_that_a_colleague_corrected_is_not_changed_back_by_an_earlier_page(client_for, alice, survey):
    client, page = client_for(alice), address("participant", survey)
    sent = filled_in(client.get(page))
    client.post(page, sent | {"email": "right@example.org"})
    client.post(page, sent)
    assert person(survey).email == "right@example.org"


def test_an_address_of_somebody_else_is_refused(client_for, alice, survey):
    answer = client_for(alice).post(address("participant", survey), {"email": "pharmacy2@example.org"})
    assert answer.status_code == 422
    assert person(survey).invitation.version == 1


def test_somebody_is_removed(client_for, alice, survey):
    client, group = client_for(alice), address("participants_in", survey)
    press(client, address("remove_participant", survey))
    assert survey_people(survey) == 16
    assert "pharmacy1@example.org" not in client.get(group).content.decode()
    assert (
        "1 person was removed." in client.get(reverse("surveys:participants", args=[survey.public_id])).content.decode()
    )


def test_words_that_come_after_the_close_are_given_back(client_for, alice, survey):
    client = client_for(alice)
    stop_survey(survey=survey, by=alice, now=timezone.now())
    for name in ("new_participant", "reword_reminders"):
        late = client.post(address(name, survey), {"name": "Sam Late", "reminder_text": "Dear {name},\nhurry."})
        assert late.status_code == 409
        assert "This survey takes no more answers" in late.content.decode()
        assert ">Sam Late\n\nDear {name},\nhurry.</textarea>" in late.content.decode().replace("\r", "")
    assert client.post(address("remind_now", survey), {"seen": "x"}).status_code == 302


# --- Shared links ------------------------------------------------------------------------------------------


def test_every_group_has_its_link_as_a_code_and_a_poster(client_for, alice, shared, settings):
    settings.SITE_URL = "https://trace.example.org"
    client = client_for(alice)
    for link in shared.survey.shared_links.select_related("group"):
        page = client.get(address("dashboard", shared.survey), {"group": link.group.public_id}).content.decode()
        paper = client.get(reverse("surveys:poster", args=[shared.survey.public_id, link.group.public_id]))
        for said in (page, paper.content.decode()):
            assert f"https://trace.example.org/s/{link.token}/" in said
            assert 'class="qr-code"' in said


def test_a_survey_by_personal_invitation_has_no_poster(client_for, alice, survey):
    assert client_for(alice).get(address("poster", survey)).status_code == 404


def test_by_shared_link_nobody_is_added_or_reminded(client_for, alice, shared):
    client = client_for(alice)
    for name in ("participants", "new_participant", "new_reminder"):
        answer = client.get(reverse(f"surveys:{name}", args=[shared.survey.public_id]), follow=True)
        assert "by a shared link" in answer.content.decode()
    assert not Message.objects.exists()


# --- The launch is watched -----------------------------------------------------------------------------------


def test_the_launch_is_watched(client_for, alice, bob, charlie, instrument):
    survey = launched_survey(alice, closes_at=timezone.now() + datetime.timedelta(days=9), now=timezone.now())
    job, page = Job.objects.get(kind="open_survey"), reverse("surveys:dashboard", args=[survey.public_id])
    progress = reverse("jobs:progress", args=[job.public_id])
    assert progress in client_for(alice).get(page).content.decode()
    assert client_for(alice).get(progress, headers=HTMX).status_code == 200
    assert client_for(charlie).get(progress, headers=HTMX).status_code == 404
    run_job(job.pk)
    assert "Response" in client_for(alice).get(page).content.decode()
    assert page in client_for(alice).get(progress, headers=HTMX).content.decode()


def test_a_launch_that_ends_while_the_page_is_read_is_shown_as_open(client_for, alice, instrument, monkeypatch):
    survey = launched_survey(alice, closes_at=timezone.now() + datetime.timedelta(days=9), now=timezone.now())
    monkeypatch.setattr("diagnostics.surveys.pages.dashboard.overview.load_survey", lambda *_asked: survey)
    run_job(Job.objects.get(kind="open_survey").pk)
    assert survey.status == Survey.Status.LAUNCHING
    shown = client_for(alice).get(reverse("surveys:dashboard", args=[survey.public_id])).content.decode()
    assert "Being launched" not in shown
    assert "Close now" in shown
