"""Letters about a release: who gets one, when, and what its link opens."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.audit.models import Entry
from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.post.bounces.noting import note_returned
from core.post.bounces.reasons import Reason
from core.post.models import Message
from diagnostics.surveys.models import Survey
from reports.editions.letters import SEND_RELEASE_LETTERS, check_can_write, plan_letters
from reports.editions.models import Edition, PublishedSlice, Release, ReleaseLetters, ReportLink
from reports.editions.releasing import release, withdraw_release
from reports.files.models import Document
from tests.diagnostics.launched import workspace_of
from tests.pages import press, tight
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers

pytestmark = pytest.mark.usefixtures("instrument")
NURSES, PHARMACY = "District nursing", "Pharmacy"
LEADERS = ["district-nursing1@example.org", "pharmacy1@example.org"]


@pytest.fixture
def edition(alice, bob) -> Edition:
    """Two teams with leaders and a report; the third team is too small for one, and its leader has none."""
    survey = open_for_answers(alice, workspace=workspace_of(alice, consultant=bob), led=True)
    answer(invitations_of(survey, NURSES), everything(4, OQ_task_helps="On the wall."))
    answer(invitations_of(survey, PHARMACY), everything(2))
    return close(survey).editions.get()


@pytest.fixture
def to_leaders(edition, alice) -> Release:
    return release(edition=edition, by=alice, now=timezone.now(), to_leaders=True)


@pytest.fixture
def to_all(edition, alice) -> Release:
    return release(edition=edition, by=alice, now=timezone.now(), to_respondents=True)


def write_page(one: Release) -> str:
    return reverse("reports:release_letters", args=[one.edition.public_id, one.public_id])


def send() -> list:
    for kind in (SEND_RELEASE_LETTERS, "send_message"):
        for job in Job.objects.filter(kind=kind, status=Job.Status.QUEUED):
            run_job(job.pk)
    return sorted(mail.outbox, key=lambda letter: letter.to)


def written(one: Release, by) -> list:
    now = timezone.now()
    plan_letters(release=one, leave_at=now, by=by, now=now)
    return send()


def link_in(letter) -> str:
    return re.search(r"https?://[^/\s]+(/reports/\S+)", letter.body)[1]


def part(name: str) -> PublishedSlice:
    return PublishedSlice.objects.get(group__name=name)


# --- Asking for them ---


def test_a_release_leads_to_its_letters_with_their_number(edition, alice, client_for):
    browser = client_for(alice)
    fields = {"reader": "leaders", "part": "", "with_comments": "no"}
    page = press(browser, reverse("reports:release", args=[edition.public_id]), follow=True, **fields)
    assert page.redirect_chain[-1][0] == write_page(Release.objects.get())
    said = tight(page)
    assert "2 leaders get a letter each" in said
    assert all(address in said for address in LEADERS)
    press(browser, write_page(Release.objects.get()), when="now")
    assert [letter.to for letter in send()] == [[address] for address in LEADERS]
    assert "sent on" in tight(browser.get(reverse("reports:release", args=[edition.public_id])))
    assert Entry.objects.filter(verb="plan_release_letters").count() == 1
    again = tight(browser.get(write_page(Release.objects.get()), follow=True))
    assert "Nobody gets a second one." in again


def test_all_who_were_asked_get_the_same_letter_whether_or_not_they_took_part(to_all, alice):
    letters = written(to_all, alice)
    asked = to_all.edition.survey.participants.values_list("email", flat=True)
    assert [letter.to[0] for letter in letters] == sorted(asked)
    assert len({(letter.subject, letter.body) for letter in letters}) == 1
    page = Client().get(link_in(letters[0]))
    assert "people answered" in tight(page)
    assert (page["Referrer-Policy"], dict(page.cookies)) == ("no-referrer", {})


def test_nobody_is_written_to_where_the_release_shows_nothing(alice):
    survey = open_for_answers(alice)
    answer(invitations_of(survey, NURSES)[:3], everything(4))
    made = release(edition=close(survey).editions.get(), by=alice, now=timezone.now(), to_respondents=True)
    with pytest.raises(Exception, match="Nobody who could be written to"):
        check_can_write(made)


def test_letters_are_planned_and_stopped(to_leaders, alice, client_for):
    browser, day = client_for(alice), timezone.localdate() + datetime.timedelta(days=3)
    typed = {"when": "later", "day_day": day.day, "day_month": day.month, "day_year": day.year, "time": "08:30"}
    early = press(browser, write_page(to_leaders), **(typed | {"day_year": day.year - 1}))
    assert early.status_code == 422
    assert 'value="08:30"' in early.content.decode()
    press(browser, write_page(to_leaders), **typed)
    plan = ReleaseLetters.objects.get()
    assert plan.leave_at.astimezone(to_leaders.edition.survey.zone).strftime("%H:%M") == "08:30"
    job = Job.objects.get(kind=SEND_RELEASE_LETTERS)
    assert job.not_before == plan.leave_at
    address = reverse("reports:release", args=[to_leaders.edition.public_id])
    assert "planned for" in tight(browser.get(address))
    browser.post(reverse("reports:stop_release_letters", args=[to_leaders.edition.public_id, to_leaders.public_id]))
    Job.objects.filter(pk=job.pk).update(not_before=None)
    assert send() == []
    assert not ReleaseLetters.objects.exists()


def test_letters_that_came_back_are_named_beside_their_release(to_leaders, alice, client_for):
    written(to_leaders, alice)
    letter = Message.objects.get(to=LEADERS[0])
    sent = Job.objects.get(kind="send_message", subject=str(letter.pk))
    note_returned(sent.public_id, Reason.UNKNOWN, now=timezone.now())
    said = tight(client_for(alice).get(reverse("reports:release", args=[to_leaders.edition.public_id])))
    assert "1 could not be delivered" in said
    assert (LEADERS[0] in said, LEADERS[1] in said) == (True, False)


def test_a_letter_that_was_not_seen_is_not_sent(to_leaders, alice, client_for):
    """Somebody else leads a group since the page was opened."""
    browser = client_for(alice)
    seen = browser.get(write_page(to_leaders)).context["form"].fields["seen"].initial
    group = part(PHARMACY).group
    group.leader_email = "new@example.org"
    group.save()
    page = browser.post(write_page(to_leaders), {"seen": seen, "when": "now"})
    assert "Changed since you looked" in tight(page)
    assert not ReleaseLetters.objects.exists()


def test_nobody_gets_a_second_letter_and_none_leaves_of_what_was_taken_back(to_leaders, to_all, alice):
    now = timezone.now()
    for one in (to_leaders, to_all):
        plan_letters(release=one, leave_at=now, by=alice, now=now)
    withdraw_release(release=to_all, by=alice, now=now)
    send()
    Job.objects.filter(kind=SEND_RELEASE_LETTERS).update(status=Job.Status.QUEUED)
    assert [letter.to[0] for letter in send()] == LEADERS
    assert not Message.objects.filter(status=Message.Status.QUEUED).exists()


# --- What the link of a leader opens ---


def opened(letter) -> Client:
    browser = Client()
    assert browser.get(link_in(letter)).status_code == 302
    return browser


def test_a_leaders_link_opens_their_report_and_nothing_else(to_leaders, alice):
    [nurses, _pharmacy] = written(to_leaders, alice)
    browser = Client()
    page = browser.get(link_in(nurses), follow=True)
    assert page.redirect_chain == [(reverse("reports:slice", args=[part(NURSES).public_id]), 302)]
    assert "You read this by the link in your letter." in tight(page)
    assert "On the wall" not in tight(page)
    elsewhere = [
        reverse("reports:slice", args=[part(PHARMACY).public_id]),
        reverse("reports:slice", args=[part("Community services").public_id]),
    ]
    assert [browser.get(address).status_code for address in elsewhere] == [404, 404]
    assert browser.get(reverse("reports:statements", args=[part(NURSES).public_id, "task", "team"])).status_code == 200
    assert browser.get(reverse("reports:present", args=[part(NURSES).public_id])).status_code == 200
    assert browser.session.get_expire_at_browser_close()
    for closed in ("reports:list", "surveys:home", "self_assessments:list"):
        assert browser.get(reverse(closed)).headers["Location"].startswith("/accounts/login/")
    assert browser.get(reverse("reports:document", args=["any", "pdf"])).headers["Location"].startswith("/accounts/")


def test_its_files_are_made_and_fetched_without_an_account(to_leaders, alice):
    browser = opened(written(to_leaders, alice)[0])
    address = reverse("reports:slice_document", args=[part(NURSES).public_id, "slice_csv"])
    progress = browser.post(address)
    job = Job.objects.get(kind="slice_csv")
    assert progress.headers["Location"] == reverse("jobs:progress", args=[job.public_id])
    assert browser.get(progress.headers["Location"]).status_code == 200
    run_job(job.pk)
    assert job.requested_by is None
    assert Document.objects.filter(kind="slice_csv").count() == 1
    assert browser.get(address).getvalue().startswith(b"\xef\xbb\xbf")
    other = Job.objects.exclude(kind="slice_csv").first()
    assert browser.get(reverse("jobs:progress", args=[other.public_id])).headers["Location"].startswith("/accounts/")


@pytest.mark.parametrize("how", ["taken back", "ended"])
def test_a_link_ends_with_its_release_and_by_itself(how, to_leaders, alice):
    [letter, _other] = written(to_leaders, alice)
    browser = opened(letter)
    if how == "ended":
        ReportLink.objects.update(ends_at=timezone.now())
    else:
        withdraw_release(release=to_leaders, by=alice, now=timezone.now())
    address = reverse("reports:slice", args=[part(NURSES).public_id])
    assert browser.get(address).headers["Location"].startswith("/accounts/login/")
    ended = browser.get(link_in(letter))
    assert (ended.status_code, "This link opens no report" in tight(ended)) == (410, True)


def test_a_link_adds_to_what_an_account_sees(to_leaders, alice, charlie, client_for):
    browser = client_for(charlie)
    browser.get(link_in(written(to_leaders, alice)[0]))
    assert browser.get(reverse("reports:slice", args=[part(NURSES).public_id])).status_code == 200
    assert browser.get(reverse("reports:slice", args=[part(PHARMACY).public_id])).status_code == 404


def test_no_token_is_stored_and_a_retry_sends_the_same(to_leaders, alice):
    [letter, _other] = written(to_leaders, alice)
    token = link_in(letter).strip("/").rpartition("/")[2]
    rows = (
        str(list(ReportLink.objects.values())) + str(list(Message.objects.values())) + str(list(Job.objects.values()))
    )
    assert token not in str(rows)
    Message.objects.filter(to=letter.to[0]).update(status=Message.Status.QUEUED)
    Job.objects.filter(kind="send_message").update(status=Job.Status.QUEUED)
    assert {one.body for one in send() if one.to == letter.to} == {letter.body}


def test_the_survey_of_a_link_is_that_of_its_edition(to_leaders, alice):
    """A leader of several groups finds them on one page."""
    Survey.objects.get().groups.filter(name=PHARMACY).update(leader_email=LEADERS[0].upper())
    [letter] = written(to_leaders, alice)
    page = Client().get(link_in(letter), follow=True)
    assert page.redirect_chain[-1][0] == reverse("reports:survey", args=[Survey.objects.get().public_id])
    said = tight(page)
    assert (NURSES in said, PHARMACY in said, "Compare groups" in said) == (True, True, False)
