"""What people wrote stands in files of its own kind: for readers whose release carries it, while it does."""

import io
from collections.abc import Iterator
from dataclasses import replace
from unittest import mock

import pytest
from django.urls import reverse
from pptx import Presentation

from core.jobs.models import Job
from reports.editions.models import Edition, PublishedComment, PublishedSlice
from reports.editions.releasing import redact_comment, release, withdraw_release
from reports.files import kinds
from reports.files.asking import ask_for_file
from reports.files.kinds import FILE_KINDS, kinds_to_keep
from reports.files.models import Document
from reports.files.subjects import SLICE
from reports.readings.survey.comments import Commented, read_commented
from reports.writers.pdf.survey import commented_pdf, slice_pdf
from reports.writers.powerpoint.deck import commented_slides, slice_slides
from spaces.models import Role
from tests.conftest import make_user
from tests.reports.pdftext import text_of
from tests.reports.published import LOW, published_survey, slice_of
from tests.reports.stories import made

pytestmark = pytest.mark.usefixtures("instrument", "quick_writers")
WORDS, OTHER_WORDS = "Nobody ever asks the night shift.", "Ask us in the morning."
CARRYING = [kind for kind, one in FILE_KINDS.items() if one.is_for_some and one.of is SLICE]


def words_of(read) -> bytes:
    """In place of every writer of a group's files."""
    answered = read.answered if isinstance(read, Commented) else ()
    return " ".join(comment.text for one in answered for comment in one.every).encode() or b"figures"


@pytest.fixture
def quick_writers() -> Iterator[None]:
    quick = {
        kind: replace(one, writer=f"{__name__}.words_of")
        for kind, one in FILE_KINDS.items()
        if one.of is SLICE and not one.is_pack
    }
    with mock.patch.dict(kinds.FILE_KINDS, quick):
        yield


@pytest.fixture
def one(alice) -> PublishedSlice:
    survey = published_survey(alice)
    low = slice_of(survey, LOW)
    question = next(iter(read_commented(low).reading.questionnaire.questions))
    for order, text in enumerate((WORDS, OTHER_WORDS)):
        PublishedComment.objects.create(edition=low.edition, group=low.group, question=question, order=order, text=text)
    return low


@pytest.fixture
def edition(one) -> Edition:
    return one.edition


@pytest.fixture
def with_them(edition, alice, now):
    """A facilitator to whom the report is released with comments."""
    return reader(edition, "Dora", by=alice, now=now, with_comments=True)


@pytest.fixture
def without(edition, alice, now):
    """Another, to whom it is released without."""
    return reader(edition, "Fay", by=alice, now=now, with_comments=False)


def reader(edition: Edition, name: str, *, by, now, with_comments: bool):
    user = make_user(name)
    edition.survey.workspace.memberships.create(user=user, role=Role.FACILITATOR)
    release(edition=edition, by=by, now=now, to=user, with_comments=with_comments)
    return user


def address(one: PublishedSlice, kind: str) -> str:
    query = "?minutes=90" if FILE_KINDS[kind].lengths else ""
    return reverse("reports:slice_document", args=[one.public_id, kind]) + query


def fetched(client, one: PublishedSlice, kind: str) -> bytes:
    return b"".join(client.get(address(one, kind)).streaming_content)


def test_whoever_has_no_comments_never_gets_a_file_with_them(one, with_them, without, client_for, now):
    told, silent = client_for(with_them), client_for(without)
    for kind in CARRYING:
        assert told.post(address(one, kind)).status_code == 302
        job = made(Job.objects.get(subject=one.public_id, kind=kind))
        assert WORDS.encode() in fetched(told, one, kind)
        assert silent.get(address(one, kind)).status_code == silent.post(address(one, kind)).status_code == 404
        assert told.get(f"/jobs/{job.public_id}/").status_code == 200
        assert silent.get(f"/jobs/{job.public_id}/").status_code == 404
        assert address(one, kind) not in silent.get(reverse("reports:slice", args=[one.public_id])).content.decode()
        assert address(one, kind) in told.get(reverse("reports:slice", args=[one.public_id])).content.decode()
    one.agreements.create(edition=one.edition, what="A round before each night", order=1, written_at=now)
    silent.post(reverse("reports:all_slice_documents", args=[one.public_id]))
    told.post(reverse("reports:all_slice_documents", args=[one.public_id]))
    silent.post(address(one, Document.Kind.SLICE_PACK))
    for job in Job.objects.filter(subject=one.public_id).exclude(kind__in=["slice_figure", *CARRYING]):
        made(job)
    for kind in kinds_to_keep(SLICE):
        assert WORDS.encode() not in fetched(silent, one, kind), "made by whom- and for whomever"


def test_before_a_release_carries_them_and_after_it_is_taken_back_nobody_has_such_a_file(one, alice, now, client_for):
    edition, client, [kind, *_others] = one.edition, client_for(alice), CARRYING
    assert client.post(address(one, kind)).status_code == 404
    carried = release(edition=edition, by=alice, now=now, to_leaders=True, with_comments=True)
    job = ask_for_file(of=one, kind=kind, by=alice)
    taken = mock.Mock(side_effect=lambda read: withdraw_release(release=carried, by=alice, now=now) or b"too late")
    with mock.patch.object(kinds, "import_string", return_value=taken):
        assert made(job).error == "Its comments are not released any more."
    assert not Document.objects.filter(kind=kind).exists()

    release(edition=edition, by=alice, now=now, to_leaders=True, with_comments=True)
    made(ask_for_file(of=one, kind=kind, by=alice))
    assert WORDS.encode() in fetched(client, one, kind)
    withdraw_release(release=edition.releases.standing().get(), by=alice, now=now)
    assert client.get(address(one, kind)).status_code == 404

    redact_comment(comment=PublishedComment.objects.get(text=WORDS), by=alice)
    release(edition=edition, by=alice, now=now, to_leaders=True, with_comments=True)
    assert client.get(address(one, kind)).status_code == 302, "the old file is gone"
    made(ask_for_file(of=one, kind=kind, by=alice))
    again = fetched(client, one, kind)
    assert WORDS.encode() not in again
    assert OTHER_WORDS.encode() in again


def test_a_comment_taken_out_while_a_file_is_made_is_in_no_file(one, edition, alice, now):
    release(edition=edition, by=alice, now=now, to_leaders=True, with_comments=True)
    job = ask_for_file(of=one, kind=CARRYING[0], by=alice)

    def taken_out(_read) -> bytes:
        withdraw_release(release=edition.releases.standing().get(), by=alice, now=now)
        redact_comment(comment=PublishedComment.objects.get(text=WORDS), by=alice)
        release(edition=edition, by=alice, now=now, to_leaders=True, with_comments=True)
        return WORDS.encode()

    with mock.patch.object(kinds, "import_string", return_value=taken_out), pytest.raises(Job.DoesNotExist):
        made(job)
    assert not Document.objects.filter(kind=CARRYING[0]).exists()


def test_report_and_slides_say_them_word_for_word_and_the_others_do_not(one):
    commented = read_commented(one)
    assert text_of(commented_pdf(commented)).count(WORDS) == 1
    assert WORDS not in text_of(slice_pdf(commented.reading))
    said, plain = (slides_text(content) for content in (commented_slides(commented), slice_slides(commented.reading)))
    assert WORDS in said
    assert WORDS not in plain


def slides_text(content: bytes) -> str:
    shapes = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes]
    return " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
