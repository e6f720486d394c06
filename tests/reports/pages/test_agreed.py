"""What was agreed in the room: who writes it down and who reads it, where it stands, the letter that goes with it."""

import datetime
import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.accounts.models import User
from core.audit.models import Entry
from core.ids import public_id
from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.post.models import Message
from core.quotas.models import Spent
from reports.agreements.models import LONGEST_WHAT, LONGEST_WHO, MOST, Agreement
from reports.comparisons.actions import Chosen
from reports.comparisons.models import Comparison
from reports.editions.links import address_of, make_links
from reports.editions.models import Edition, PublishedSlice
from reports.editions.releasing import release, withdraw_release
from reports.files.asking import ask_for_file
from reports.files.models import Document
from reports.files.purging import PurgeReason, purge_edition
from tests.conftest import make_user
from tests.diagnostics.launched import workspace_of
from tests.pages import tight
from tests.reports.pdftext import pages_of
from tests.reports.published import compared, published_survey, slice_of

pytestmark = pytest.mark.usefixtures("instrument")
TEAMS = {"Reablement": 8, "Therapies": 7, "Night team": 6, "Stroke unit": 8, "Social work": 9}
LEADER = "reablement1@example.org"
WHAT, WHO, DAY = "Look at one board every Monday", "Ana", "2026-12-14"


@pytest.fixture
def edition(alice) -> Edition:
    """Of five teams, released to their leaders, of whom one has an address, and one part to a facilitator."""
    dora = make_user("Dora")
    workspace = workspace_of(alice, facilitator=dora, consultant=make_user("Carol"), leader=make_user("Frida"))
    survey = published_survey(alice, workspace=workspace, teams=TEAMS)
    survey.groups.filter(name="Reablement").update(leader_email=LEADER)
    found = survey.editions.get()
    release(edition=found, by=alice, now=timezone.now(), to_leaders=True)
    release(edition=found, by=alice, now=timezone.now(), to=dora, part=slice_of(survey, "Reablement"))
    return found


@pytest.fixture
def one(edition) -> PublishedSlice:
    return slice_of(edition.survey, "Reablement")


@pytest.fixture
def comparison(edition, one) -> Comparison:
    return compared(edition.survey, Chosen((one,)), Chosen((slice_of(edition.survey, "Therapies"),)))


def page_of(subject) -> str:
    return reverse(f"reports:{subject._meta.model_name.replace('published', '')}_agreed", args=[subject.public_id])


def letter_of(subject) -> str:
    return f"{page_of(subject)}letter/"


def line(what: str = WHAT, who: str = WHO, day: str = DAY, *, of: str = "", seen: str = "") -> dict[str, str]:
    of = of or public_id()
    return {f"what_{of}": what, f"who_{of}": who, f"day_{of}": day, f"seen_{of}": seen}


def sent(browser: Client, subject, *lines: dict[str, str]):
    """As the script sends it: what became of the last line."""
    given = {name: value for one in lines for name, value in one.items()}
    response = browser.post(page_of(subject), given, headers={"Accept": "application/json"})
    return list(response.json()["lines"].values())[-1] if response.status_code == 200 else response.status_code


def made(kind: str, subject, by) -> bytes:
    minutes = 60 if kind == Document.Kind.COMPARISON_PACK else None
    job = ask_for_file(of=subject, kind=kind, by=by, minutes=minutes)
    run_job(job.pk)
    with subject.documents.get(kind=kind).file.open() as file:
        return file.read()


# --- Who writes, who reads ---


def test_whoever_may_present_writes_and_all_other_readers_read(edition, one, comparison, alice, client_for):
    people = {name: make_user(name) for name in ("Charlie",)}
    led = make_user("reablement1")  # the address of its leader
    by_name = {each.name: each for each in User.objects.all()} | people | {"Leader": led}
    for name in ("Alice", "Carol", "Dora", "Leader"):
        assert sent(client_for(by_name[name]), one, line(f"By {name}"))["problems"] == [], name
        assertContains(client_for(by_name[name]).get(page_of(one)), f"By {name}")
    for name, refusal in (("Frida", 403), ("Charlie", 404)):
        assert sent(client_for(by_name[name]), one, line()) == refusal
        assert client_for(by_name[name]).get(page_of(one)).status_code == refusal
        assert client_for(by_name[name]).post(letter_of(one)).status_code == refusal
    assert sent(client_for(by_name["Dora"]), comparison, line()) == 403  # half of it is not released to her
    assert sent(Client(), one, line()) == 401
    assert [found.what for found in one.agreements.all()] == ["By Alice", "By Carol", "By Dora", "By Leader"]
    assert not comparison.agreements.exists()


def test_a_letters_link_reads_only_whoever_has_opened_it(edition, one, alice, charlie, client_for):
    sent(client_for(alice), one, line())
    to_leaders = edition.releases.get(to_leaders=True)
    [link] = [each for each in make_links(to_leaders, [LEADER], now=timezone.now()) if each.address]
    address = address_of(link).partition("/reports/")
    for browser in (Client(), client_for(charlie)):
        browser.get(f"/reports/{address[2]}")
        for page in (page_of(one), reverse("reports:slice", args=[one.public_id]), present(one), notes(one)):
            response = browser.get(page)
            assertContains(response, WHAT)
            assertNotContains(response, "<textarea")
        assert browser.post(page_of(one), line()).status_code == 403
        assert browser.get(letter_of(one)).status_code in {302, 403}
    assert one.agreements.count() == 1


def present(one) -> str:
    return reverse("reports:present", args=[one.public_id])


def notes(one) -> str:
    return reverse("reports:present_notes", args=[one.public_id])


def test_what_is_taken_back_is_neither_read_nor_written_any_more(edition, one, alice, client_for):
    dora = User.objects.get(name="Dora")
    sent(client_for(dora), one, line())
    for each in edition.releases.standing():
        withdraw_release(release=each, by=alice, now=timezone.now())
    assert sent(client_for(dora), one, line("Another")) == 403
    assertContains(client_for(alice).get(page_of(one)), WHAT)


# --- Line by line ---


def test_a_line_is_there_once_changes_and_is_taken_away(one, alice, client_for):
    browser, of = client_for(alice), public_id()
    first = sent(browser, one, line(of=of))
    assert sent(browser, one, line(of=of)) == first  # the answer had not come
    changed = sent(browser, one, line("Every  \n Tuesday", "", "", of=of, seen=first["seen"]))
    kept = one.agreements.get()
    assert (kept.what, kept.who, kept.by_day, kept.written_by) == ("Every Tuesday", "", None, alice)
    assert sent(browser, one, line("", "", "", of=of, seen=changed["seen"])) == {"seen": "", "problems": []}
    assert not one.agreements.exists()
    assert [entry.verb for entry in Entry.objects.order_by("pk")][-2:] == ["agree", "take_away_agreement"]
    assert WHO not in str(list(Entry.objects.values()))


def test_what_cannot_be_saved_says_why_and_nothing_else_is_lost(one, comparison, alice, client_for):
    browser = client_for(alice)
    elsewhere = public_id()
    sent(browser, comparison, line(of=elsewhere))
    for given, sentence in (
        (line("x" * (LONGEST_WHAT + 1)), "Shorten this to 300 characters"),
        (line(who="x" * (LONGEST_WHO + 1)), "Who begins: Shorten this to 120 characters"),
        (line(day="2026-02-30"), "By when: Enter a date that exists"),
        (line(day="0026-02-03"), "Check the year"),
        (line("", WHO), "Say what is to be done"),
        (line(of=elsewhere), "could not be saved"),
    ):
        assert sentence in sent(browser, one, given)["problems"][0]
    assert Agreement.objects.count() == 1
    wrong, right = line("", WHO), line("Right")
    response = browser.post(page_of(one), wrong | right)  # without script: all at once
    assertContains(response, "Say what is to be done", status_code=422)
    assertContains(response, f'value="{WHO}"', status_code=422)
    assert one.agreements.get().what == "Right"
    assertRedirects(browser.post(page_of(one), line("More")), page_of(one))


def test_ten_lines_are_enough(one, alice, client_for):
    browser = client_for(alice)
    for number in range(MOST):
        assert sent(browser, one, line(f"Number {number}"))["problems"] == []
    assert "Take one away first" in sent(browser, one, line("One more"))["problems"][0]
    assert one.agreements.count() == MOST


def test_two_people_in_one_line_lose_nothing_to_each_other(edition, one, alice, client_for):
    of, carol = public_id(), User.objects.get(name="Carol")
    first = sent(client_for(alice), one, line(of=of))
    sent(client_for(carol), one, line("Every Friday", of=of, seen=first["seen"]))
    refused = sent(client_for(alice), one, line("Every Sunday", of=of, seen=first["seen"]))
    assert "Every Friday" in refused["problems"][0]
    assert one.agreements.get().what == "Every Friday"
    assert sent(client_for(alice), one, line("Every Sunday", of=of, seen=refused["seen"]))["problems"] == []
    sent(client_for(carol), one, line("", "", "", of=of, seen=one.agreements.get().written_at.isoformat()))
    assert "taken away meanwhile" in sent(client_for(alice), one, line("Late", of=of, seen="before"))["problems"][0]


# --- Where it stands ---


def test_the_report_the_slides_the_pdf_and_the_pack_say_it(edition, one, comparison, alice, client_for):
    browser = client_for(alice)
    for subject, name in ((one, "slice"), (comparison, "comparison")):
        page = reverse(f"reports:{name}", args=[subject.public_id])
        assertNotContains(browser.get(page), f"files/{name}_agreed/")
        sent(browser, subject, line(f"{WHAT} <b>", "Ana & Bo"))
        told = tight(browser.get(page))
        for words in (f"{WHAT} &lt;b&gt;</th>", "Ana &amp; Bo</td>", "14 December 2026</td>"):
            assert words in told
        assert f"files/{name}_agreed/" in told
        [pdf] = pages_of(made(f"{name}_agreed", subject, alice))
        assert "14 December 2026" in pdf
        saved = browser.get(reverse(f"reports:{name}_document", args=[subject.public_id, f"{name}_agreed"]))
        saved.getvalue()
        assert "What was agreed.pdf" in saved["Content-Disposition"], "not as the report is called"


def test_files_are_made_again_when_it_has_changed(one, alice, client_for):
    browser, of = client_for(alice), public_id()
    first = sent(browser, one, line(of=of))
    made(Document.Kind.SLICE_AGREED, one, alice)
    kept = made(Document.Kind.SLICE_CSV, one, alice)
    sent(browser, one, line("Every Friday", of=of, seen=first["seen"]))
    assert [document.kind for document in one.documents.all()] == [Document.Kind.SLICE_CSV]
    assert kept
    [text] = pages_of(made(Document.Kind.SLICE_AGREED, one, alice))
    assert "Every Friday" in text
    assert WHAT not in text


def test_what_was_agreed_leaves_no_page_with_stray_lines(one, alice, now):
    """As many as there may be, of one, two and three rows: the room to write would end overleaf."""
    for order in range(MOST):
        what = f"{WHAT}, " * (3, 1, 5)[order % 3]
        one.agreements.create(edition=one.edition, what=what, who=WHO, order=order, written_at=now)
    pages = pages_of(made(Document.Kind.SLICE_AGREED, one, alice))
    assert sum(WHAT in page for page in pages) == 1
    assert "When you look at it again" in pages[-1]
    assert "What will you keep, change or let go?" in pages[-1]


def test_it_goes_with_its_edition(edition, one, comparison, alice, client_for):
    for subject in (one, comparison):
        sent(client_for(alice), subject, line())
    purge_edition(edition=edition, by=alice, reason=PurgeReason.MISTAKE)
    assert not Agreement.objects.exists()


# --- The letter ---


def posted(browser: Client, subject, addresses: str):
    seen = re.search(r'name="seen" value="([^"]*)"', browser.get(letter_of(subject)).content.decode())
    return browser.post(letter_of(subject), {"addresses": addresses, "seen": seen[1] if seen else ""})


def send_letters() -> None:
    for job in Job.objects.filter(kind="send_message", status=Job.Status.QUEUED):
        run_job(job.pk)


def test_a_letter_goes_to_those_who_want_it_and_no_address_stays(one, alice, client_for):
    browser = client_for(alice)
    assertRedirects(browser.get(letter_of(one)), page_of(one))  # nothing to send yet
    sent(browser, one, line("Read https://evil.example/now together"))
    before = Spent.objects.get(quota="letters", holder=f"person:{alice.pk}").amount
    answer = posted(browser, one, "Ana Bo <ANA@example.org>; bo@example.org\nana@example.org")
    assertRedirects(answer, page_of(one))
    assert Message.objects.count() == 2
    send_letters()
    assert {letter.to[0] for letter in mail.outbox} == {"ana@example.org", "bo@example.org"}
    letter = mail.outbox[0]
    assert letter.subject.startswith("What was agreed: ")
    for words in ("Reablement", "Who begins: Ana", "By when: 14 December 2026", "Alice sends it", "is not kept"):
        assert words in letter.body
    assert "://" not in letter.body
    assert not Message.objects.exists()
    assert "ana@" not in str([*Job.objects.values(), *Entry.objects.values()])
    assert Spent.objects.get(quota="letters", holder=f"person:{alice.pk}").amount == before + 2
    assert Entry.objects.get(verb="send_agreed").detail["people"] == 2


def test_no_address_stays_either_where_the_letter_is_refused(one, alice, client_for, monkeypatch):
    browser = client_for(alice)
    sent(browser, one, line())
    posted(browser, one, "gone@example.org")

    def refuse(*_args, **_more):
        raise SMTPRecipientsRefused({"gone@example.org": (550, b"5.1.1 unknown")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    for _ in range(3):
        Job.objects.update(not_before=None)
        send_letters()
    assert not Message.objects.exists()


def test_a_letter_says_what_was_seen_to_addresses_that_are_some(one, alice, client_for, settings):
    browser = client_for(alice)
    sent(browser, one, line())
    for addresses, sentence in (
        ("", "Enter at least one"),
        ("nobody", "Enter at least one"),
        ("a@b", "Mend what is not an e-mail address: a@b"),
        ("Bo\r\nana@example.org", "Mend what is not an e-mail address: Bo"),
        (" ".join(f"a{number}@example.org" for number in range(61)), "at most 60"),
    ):
        assertContains(posted(browser, one, addresses), sentence, status_code=422)
    stale = {"addresses": "ana@example.org", "seen": ""}
    assertContains(browser.post(letter_of(one), stale), "Look at this once more", status_code=422)
    settings.QUOTAS = settings.QUOTAS | {"letters": {"person": (1, datetime.timedelta(days=1))}}
    refused = posted(browser, one, "ana@example.org bo@example.org")
    assertContains(refused, "at most 1 letters", status_code=422)
    assertContains(refused, "ana@example.org", status_code=422)
    assert not Message.objects.exists()
