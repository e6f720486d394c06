"""Everything for the room in one file: what is in it, how it is made, and how its making is stopped."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from unittest import mock

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from core.jobs import running
from core.jobs.actions import cancel
from core.jobs.models import Job
from reports.comparisons.actions import Chosen
from reports.comparisons.models import Comparison
from reports.editions.groups import slice_name
from reports.editions.models import ChosenSteps, PublishedSlice
from reports.editions.releasing import release
from reports.files import kinds, pack
from reports.files.asking import ask_for_file
from reports.files.kinds import AGENDA_LENGTHS, FILE_KINDS
from reports.files.making import folder_of, made_document
from reports.files.models import Document
from reports.readings.comparison.comparison import read_comparison
from reports.readings.survey.slice import read_slice
from reports.readings.topics import topics_of_comparison
from reports.writers.pdf.agenda import comparison_agenda, slice_agenda
from tests.parts import HTMX
from tests.reports.pdftext import pages_of, tags_of, text_of
from tests.reports.published import (
    HIGH,
    LOW,
    MANY_DONT_KNOW,
    SPLIT,
    compared,
    four_groups,
    published_survey,
    published_ward,
    slice_of,
)
from tests.reports.stories import made

pytestmark = pytest.mark.usefixtures("instrument")
PACK = Document.Kind.COMPARISON_PACK
WARDS = {f"Ward {number:02}": 6 for number in range(1, 51)}
CLOSED = "2026-12-04"

at_each_pdf: list[Callable] = []  # what happens while a group's PDF is written


def comparison_file(reading) -> bytes:
    return f"comparison {reading.title}".encode()


def group_file(reading) -> bytes:
    for happens in at_each_pdf:
        happens(reading)
    return f"report for {slice_name(reading.slice)}".encode()


@pytest.fixture
def quick_writers() -> Iterator[None]:
    """Short texts in place of PDFs and slides."""
    quick = {
        Document.Kind.COMPARISON_PDF: f"{__name__}.comparison_file",
        Document.Kind.COMPARISON_SLIDES: f"{__name__}.comparison_file",
        Document.Kind.COMPARISON_WORKBOOK: f"{__name__}.comparison_file",
        **dict.fromkeys(pack.OF_A_GROUP, f"{__name__}.group_file"),
    }
    written = {kind: replace(FILE_KINDS[kind], writer=writer) for kind, writer in quick.items()}
    with (
        mock.patch.dict(kinds.FILE_KINDS, written),
        mock.patch.object(pack, "comparison_agenda", lambda reading, minutes: f"agenda {minutes}".encode()),
        mock.patch.object(pack, "slice_agenda", lambda reading, minutes: f"agenda {minutes}".encode()),
    ):
        yield
    at_each_pdf.clear()


@pytest.fixture
def comparison(alice) -> Comparison:
    return four_groups(published_survey(alice))


@pytest.fixture
def wards(alice) -> Comparison:
    """Fifty groups."""
    survey = published_survey(alice, teams=WARDS)
    return compared(survey, *(Chosen((slice_of(survey, ward),)) for ward in WARDS))


def asked(comparison: Comparison, minutes: int = 90) -> Job:
    by = comparison.edition.survey.created_by
    return ask_for_file(of=comparison, kind=PACK, by=by, minutes=minutes)


def packed(comparison: Comparison, minutes: int = 90) -> dict[str, bytes]:
    """Path in the ZIP → content."""
    document = comparison.documents.get(kind=PACK, version=f"4-{minutes}")
    with default_storage.open(document.file.name) as file, zipfile.ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def address(comparison: Comparison, query: str = "?minutes=90") -> str:
    return reverse("reports:comparison_document", args=[comparison.public_id, PACK]) + query


# --- what is in it ---


@pytest.mark.usefixtures("quick_writers")
def test_a_pack_has_everything_for_the_room_under_telling_names(comparison):
    assert made(asked(comparison)).status == Job.Status.DONE
    start = f"TRACE How do we lead here {CLOSED}"
    groups = {LOW, HIGH, SPLIT, MANY_DONT_KNOW, "Other groups in Community services"}
    survey_order = [slice_name(one) for one in comparison.edition.slices.select_related("group")]
    assert list(packed(comparison)) == [
        "Read me first.txt",
        f"{start} Comparison of 4 groups.pdf",
        f"{start} Comparison of 4 groups.pptx",
        f"{start} Comparison of 4 groups.xlsx",
        f"{start} Comparison of 4 groups, Agenda 90 minutes.pdf",
        *(f"Groups/{start} {name}.pdf" for name in survey_order if name in groups),
    ]


@pytest.mark.usefixtures("quick_writers")
def test_every_length_is_a_file_of_its_own(comparison):
    for minutes in AGENDA_LENGTHS:
        made(asked(comparison, minutes))
    agendas = {minutes: [c for c in packed(comparison, minutes).values() if b"agenda" in c] for minutes in (60, 120)}
    assert agendas == {60: [b"agenda 60"], 120: [b"agenda 120"]}
    assert Document.objects.filter(kind=PACK).count() == 3
    assert Document.objects.filter(kind="slice_pdf").count() == 5, "the reports of groups are made once"


@pytest.mark.usefixtures("quick_writers")
def test_the_files_of_groups_are_kept_as_their_own(comparison):
    made(asked(comparison))
    low = Document.objects.get(kind="slice_pdf", slice=slice_of(comparison.edition.survey, LOW))
    with default_storage.open(low.file.name) as file:
        assert file.read() == b"report for Therapies"


@pytest.mark.usefixtures("quick_writers")
def test_what_is_made_already_is_not_written_again(comparison, alice):
    one = slice_of(comparison.edition.survey, LOW)
    made(ask_for_file(of=one, kind="slice_pdf", by=alice))
    written = []
    at_each_pdf.append(lambda reading: written.append(slice_name(reading.slice)))
    made(asked(comparison))
    assert LOW not in written
    assert len(written) == 4
    assert b"report for Therapies" in packed(comparison).values()


@pytest.mark.usefixtures("quick_writers")
def test_the_word_before_says_what_is_there_and_who_may_see_it(comparison):
    made(asked(comparison))
    text = packed(comparison)["Read me first.txt"].decode()
    assert text.count("\r\n") == text.count("\n")
    for words in (
        "How do we lead here?",
        "Agenda (PDF): 90 minutes",
        "Nurses, day and night: Your own grouping: ",
        "No group of fewer than five people has a result of its own",
        "What people wrote is not in them.",
    ):
        assert words in text


def test_the_same_files_make_the_same_bytes_and_no_name_is_lost():
    entries = [("Read me.txt", b"a"), ("Groups/Ward 1.pdf", b"b"), ("Groups/ward 1.pdf", b"c")]
    assert pack.zipped(entries) == pack.zipped(entries)
    with zipfile.ZipFile(io.BytesIO(pack.zipped(entries))) as opened:
        assert opened.namelist() == ["Read me.txt", "Groups/Ward 1.pdf", "Groups/ward 1 (2).pdf"]
        assert opened.testzip() is None


@pytest.mark.usefixtures("quick_writers")
def test_a_group_has_a_pack_too(comparison, alice):
    """Nothing in it but the word before is called as in another group's."""
    one = slice_of(comparison.edition.survey, LOW)
    one.agreements.create(edition=one.edition, what="A round before each night", order=1, written_at=timezone.now())
    assert made(ask_for_file(of=one, kind="slice_pack", by=alice, minutes=60)).status == Job.Status.DONE
    with default_storage.open(one.documents.get(kind="slice_pack").path) as file, zipfile.ZipFile(file) as opened:
        names = opened.namelist()
        text = opened.read(names[0]).decode()
    start = f"TRACE How do we lead here {CLOSED}"
    files = [f"{start} {LOW}.{suffix}" for suffix in ("pdf", "pptx", "xlsx", "png", "svg")]
    named = [f"{start} {LOW}, {what}.pdf" for what in ("What was agreed", "Agenda 60 minutes")]
    assert names == ["Read me first.txt", *files, *named]
    for words in (f"{LOW}\r\n", "Agenda (PDF): 60 minutes", "What was agreed (PDF): for those who were there."):
        assert words in text


# --- fifty groups ---


@pytest.mark.usefixtures("quick_writers")
def test_fifty_groups_show_which_is_being_made(wards):
    job, steps = asked(wards), []
    at_each_pdf.append(lambda reading: steps.append(Job.objects.get(pk=job.pk)))
    made(job)
    assert len([name for name in packed(wards) if name.startswith("Groups/")]) == 50
    assert [step.step for step in steps] == [f"PDF {at} of 50: Ward {at:02}" for at in range(1, 51)]
    progress = [step.progress for step in steps]
    assert progress == sorted(progress)
    assert progress[0] < 35
    assert 75 < progress[-1] < 80


@pytest.mark.usefixtures("quick_writers")
def test_stopping_is_noticed_at_the_next_pdf_and_going_on_begins_there(wards):
    job, written = asked(wards), []

    def stop_at_the_seventh(reading) -> None:
        written.append(slice_name(reading.slice))
        if len(written) == 7:
            cancel(job=Job.objects.get(pk=job.pk))

    at_each_pdf.append(stop_at_the_seventh)
    assert made(job).status == Job.Status.CANCELLED
    assert written == [f"Ward {number:02}" for number in range(1, 8)]
    assert Document.objects.filter(kind="slice_pdf").count() == 7
    assert not wards.documents.filter(kind=PACK).exists()

    assert made(asked(wards)).status == Job.Status.DONE
    assert len(written) == 50
    assert len([name for name in packed(wards) if name.startswith("Groups/")]) == 50


@pytest.mark.usefixtures("quick_writers")
def test_two_workers_that_write_the_same_report_leave_one(comparison):
    one = slice_of(comparison.edition.survey, LOW)
    mine, other = (claimed(asked(comparison, minutes=minutes)) for minutes in (60, 120))

    def another_is_quicker(reading) -> None:
        at_each_pdf.clear()
        made_document("slice_pdf", one.public_id, run=other)

    at_each_pdf.append(another_is_quicker)
    made_here = made_document("slice_pdf", one.public_id, run=mine)
    assert made_here == Document.objects.get(kind="slice_pdf")
    assert made_here.file.name.startswith(folder_of(other.job))


@pytest.mark.usefixtures("quick_writers")
def test_a_worker_that_was_stopped_keeps_no_report_once_another_has_begun(comparison):
    """The other clears the folder: a report kept now might be one whose file is gone."""
    one = slice_of(comparison.edition.survey, LOW)
    job = asked(comparison)
    stopped = claimed(job)

    def another_begins(reading) -> None:
        cancel(job=job)
        claimed(asked(comparison))

    at_each_pdf.append(another_begins)
    with pytest.raises(running.Superseded):
        made_document("slice_pdf", one.public_id, run=stopped)
    assert not Document.objects.filter(kind="slice_pdf").exists()
    assert default_storage.listdir(folder_of(job))[1] == []


def claimed(job: Job) -> running.Run:
    return running.claim(job.pk, now=timezone.now())


# --- asking for it and fetching it ---


def test_the_page_offers_a_pack_for_each_length(comparison, alice, client_for):
    page = client_for(alice).get(reverse("reports:comparison", args=[comparison.public_id]))
    for minutes in AGENDA_LENGTHS:
        assertContains(page, f'hx-post="{address(comparison, f"?minutes={minutes}")}"')


@pytest.mark.usefixtures("quick_writers")
def test_a_pack_is_asked_for_and_fetched_with_its_length(comparison, alice, client_for):
    client = client_for(alice)
    assertContains(client.post(address(comparison), headers=HTMX), "The pack is waiting for its turn.")
    job = made(Job.objects.get(kind=PACK))
    assert job.version == "4-90"
    assertContains(client.get(reverse("jobs:progress", args=[job.public_id])), f'href="{address(comparison)}"')
    file = client.get(address(comparison))
    assert zipfile.ZipFile(io.BytesIO(file.getvalue())).testzip() is None
    assert file["Content-Type"] == "application/zip"
    assert f"{CLOSED} Comparison of 4 groups 90 minutes.zip" in file["Content-Disposition"]
    assertRedirects(
        client.get(address(comparison, "?minutes=60")), reverse("reports:comparison", args=[comparison.public_id])
    )


@pytest.mark.parametrize("query", ["", "?minutes=75", "?minutes=ninety", "?minutes=-90"])
def test_other_lengths_do_not_exist(comparison, alice, client_for, query):
    client = client_for(alice)
    assert client.get(address(comparison, query)).status_code == 404
    assert client.post(address(comparison, query)).status_code == 404
    assert not Job.objects.filter(kind=PACK).exists()


def test_a_pack_is_for_those_who_may_see_all_of_its_groups(comparison, alice, bob, client_for):
    edition = comparison.edition
    edition.survey.workspace.memberships.create(user=bob, role="facilitator")
    for name in (LOW, HIGH):
        part = slice_of(edition.survey, name)
        release(edition=edition, by=alice, now=timezone.now(), to=bob, part=part)
    assert client_for(bob).post(address(comparison)).status_code == 403
    assert not Job.objects.filter(kind=PACK).exists()


# --- the agenda ---


@pytest.fixture
def agenda(comparison) -> bytes:
    return comparison_agenda(read_comparison(comparison), 90)


def test_an_agenda_is_tagged_with_a_table_headings_and_title(agenda):
    with pikepdf.open(io.BytesIO(agenda)) as opened:
        assert len(opened.pages) <= 2
        assert opened.Root.Lang == "en-GB"
        assert opened.docinfo["/Title"] == "Agenda for 90 minutes: How do we lead here?, Comparison of 4 groups"
    names = [name for name, _alt in tags_of(agenda)]
    assert names.count("H1") == 1
    assert names.count("H2") == 7
    assert names.count("TH") == 3 * names.count("Table") > 0, "a table that goes on overleaf has heads there too"


def test_an_agenda_does_not_close_on_a_page_by_itself(alice):
    """With two things to try in each place it is a little longer than two pages."""
    one = published_ward(alice, lambda *_where: 2, picks=("task", "energy"))
    for steps in read_slice(one).next_steps:
        condition, space = steps.place
        ChosenSteps.objects.create(
            slice=one, condition=condition, space=space, actions=list(steps.offered)[:2], with_questions=True
        )
    last = pages_of(slice_agenda(read_slice(PublishedSlice.objects.for_reading().get(pk=one.pk)), 90))[-1]
    assert "minutes together" in last
    assert "Agree one thing to try" in last


def test_an_agenda_says_what_when_and_with_which_question(agenda, comparison):
    text = text_of(agenda)
    for words in ("Agenda for 90 minutes", "0:00", "1:25", "Look inside your own group first", "Who begins", "By when"):
        assert words in text
    for topic in topics_of_comparison(read_comparison(comparison)):
        assert topic.cell.place in text
        assert topic.questions[0] in text
