"""Words that exist once in the world, as comment, as answer and as the secret of a link; then everything fails that can
fail while they are on their way. They are found where they belong and nowhere else.
"""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.db.models import F
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.running import perform
from core.post.models import Message
from core.post.sending import SEND
from diagnostics.answering import drafts, submitting
from diagnostics.answering.pages import arriving, rating
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.job_names import CLOSE_SURVEY, SEND_REMINDERS
from diagnostics.surveys.letters import sending
from diagnostics.surveys.models import Survey
from reports.editions import closing
from tests.surveys_loop import everywhere
from tests.surveys_loop.phones import Phone, links_in_letters, token_in
from tests.surveys_loop.taking_part import invited

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof]

COMMENTED = "OQ_task_helps"


@dataclass
class Witness:
    """Somebody with words of their own, and everything that is written meanwhile."""

    survey: Survey
    link: str
    written: object
    folders: tuple
    comment: str
    rating: str  # nobody's rating: a field that was tampered with

    @property
    def words(self) -> dict[str, str]:
        return {"comment": self.comment, "answer": self.rating, "token": token_in(self.link)}

    def answers(self) -> dict[str, str]:
        return dict.fromkeys(self.survey.version.statement_keys, "3") | {COMMENTED: self.comment}

    def finds(self) -> set[tuple[str, str]]:
        """(which word, where)."""
        return {(name, where) for where, text in self._places() for name, word in self.words.items() if word in text}

    def _places(self) -> Iterator[tuple[str, str]]:
        yield "log", self.written.getvalue()
        yield "Redis", everywhere.of_redis()
        yield "cache", everywhere.of_cache()
        yield from everywhere.of_tables()
        yield from everywhere.of_files(*self.folders)
        for letter in mail.outbox:
            if letter.to == ["operator@example.org"]:
                yield "letter to those who run the site", f"{letter.subject} {letter.body} {letter.alternatives}"


@pytest.fixture
def witness(transactional_db, instrument, alice, settings) -> Iterator[Witness]:
    settings.ADMINS = [("Operator", "operator@example.org")]
    survey = invited(alice, people=8, teams=1)
    link = next(iter(links_in_letters().values()))
    folders = (settings.MEDIA_ROOT, settings.OUTBOX, settings.KEY_STORE)
    with everywhere.all_that_is_logged() as written:
        yield Witness(survey, link, written, folders, secrets.token_hex(16), secrets.token_hex(16))


# --- While answers are on their way ---


def quoting(*values, **named) -> None:
    """As `int("…")` does."""
    raise ValueError(f"invalid: {values[:1]} {named}")


def disk_is_full(execute, sql, params, many, context):
    """In the words of PostgreSQL, which quotes the statement."""
    if sql.lstrip().startswith(("INSERT INTO diagnostics", "UPDATE diagnostics")):
        raise OperationalError(f"could not extend file: No space left on device\nLINE 1: {sql} {params}")
    return execute(sql, params, many, context)


FAILURES: dict[str, tuple[object, str, Callable]] = {
    "the link is opened": (arriving, "respondent_of", quoting),
    "a page reads what was posted": (rating, "read_post", quoting),
    "a draft is locked": (drafts, "lock_draft", quoting),
    "a draft is opened": (drafts, "unlock_draft", quoting),
    "a ballot is sealed": (submitting, "seal", quoting),
    "a page is drawn": (rating, "framed_page", quoting),
}


@pytest.mark.parametrize("when", FAILURES)
def test_a_failure_while_somebody_answers_leaves_no_word(witness, monkeypatch, when):
    phone = Phone(witness.link)
    phone.save(witness.answers())
    monkeypatch.setattr(*FAILURES[when])

    pages = whole_way(phone, witness)

    assert 500 in {page.status_code for page in pages}
    assert "ERROR django.request" in witness.written.getvalue()
    assert "ValueError" in witness.written.getvalue()
    assert not shown_on_errors(pages, witness)
    assert not witness.finds()


def whole_way(phone: Phone, witness: Witness) -> list:
    """Every page once, with everything on it."""
    first = f"{phone.home}rate/task/"
    wrong = {next(iter(witness.survey.version.statement_keys)): witness.rating}
    return [
        phone.browser.get(witness.link),
        phone.start(),
        phone.browser.get(first),
        phone.post(f"{phone.home}save/", witness.answers(), seen=first),
        phone.post(first, wrong | {COMMENTED: witness.comment}, seen=first),
        phone.browser.get(f"{phone.home}review/"),
        phone.post(f"{phone.home}submit/", {"matters_most": "", "to": "submit"}, seen=f"{phone.home}review/"),
        phone.post(f"{phone.home}decline/", {}, seen=f"{phone.home}decline/"),
    ]


def shown_on_errors(pages: list, witness: Witness) -> set[str]:
    failed = [page.content.decode() for page in pages if page.status_code >= 500]
    return {name for page in failed for name, word in witness.words.items() if word in page}


def test_a_full_disk_leaves_no_word(witness, figure):
    phone = Phone(witness.link)
    phone.save(witness.answers())
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(disk_is_full))
        pages = whole_way(phone, witness)

    assert 500 in {page.status_code for page in pages}
    assert not shown_on_errors(pages, witness)
    assert not witness.finds()
    figure("sentinels", f"view, action, job, full disk on {connection.vendor}", "comment, answer, token: found nowhere")


@pytest.mark.sqlite
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a bound on the size of a database is SQLite's")
def test_a_disk_that_is_really_full_leaves_no_word(witness):
    phone = Phone(witness.link)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        pages = whole_way(phone, witness)
        cursor.execute("PRAGMA max_page_count = 1073741823")

    assert 500 in {page.status_code for page in pages}
    assert not shown_on_errors(pages, witness)
    assert not witness.finds()


def test_what_is_too_long_or_unreadable_leaves_no_word(witness, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.ADMINS = 4_000, []
    phone = Phone(witness.link)
    first = phone.start()["Location"]
    refused = [
        phone.post(f"{phone.home}save/", {COMMENTED: witness.comment * 200}, seen=first),
        phone.browser.get(f"{witness.link}{witness.comment}/"),
        phone.browser.get(witness.link, headers={"Host": "elsewhere.example.org"}),
    ]
    for fields in ({COMMENTED: f"{witness.comment}\0"}, {f"{witness.comment}\0": "1"}):
        phone.post(f"{phone.home}save/", fields, seen=first)

    assert {page.status_code for page in refused} <= {400, 404, 413, 422}
    assert not witness.finds()


# --- While workers work ---


def handed_in(witness: Witness) -> None:
    phone = Phone(witness.link)
    phone.save(witness.answers())
    assert phone.hand_in()


def worked(kind: str, subject: str | None = None) -> Job:
    jobs = Job.objects.filter(kind=kind) if subject is None else Job.objects.filter(kind=kind, subject=subject)
    jobs.update(not_before=None)
    job = jobs.latest("pk")
    perform(job.pk)
    job.refresh_from_db()
    return job


def test_a_close_that_fails_leaves_no_word(witness, alice, monkeypatch):
    handed_in(witness)
    monkeypatch.setattr(
        closing, "publish_edition", lambda **named: quoting([one.comments for one in [named["responses"]]])
    )
    stop_survey(survey=witness.survey, by=alice, now=timezone.now())

    job = worked(CLOSE_SURVEY)

    assert (job.status, job.failures) == (Job.Status.QUEUED, 1)
    assert "ValueError" in witness.written.getvalue()
    assert not witness.finds()


@pytest.mark.parametrize("failure", [quoting, lambda *args, **named: mail_is_down(args, named)])
def test_a_letter_that_cannot_be_written_or_sent_leaves_no_word(witness, monkeypatch, failure):
    render = sending.wording.letter
    monkeypatch.setattr(sending.wording, "letter", lambda *args, **named: failure(render(*args, **named)))
    Message.objects.update(status=Message.Status.QUEUED)
    Job.objects.filter(kind=SEND).update(status=Job.Status.QUEUED, claim=F("claim"), rung_at=None)

    letter, reminders = worked(SEND), worked(SEND_REMINDERS)

    assert {letter.status, reminders.status} <= {Job.Status.FAILED, Job.Status.QUEUED}
    assert not witness.finds()


def mail_is_down(*letter) -> None:
    raise OSError(f"the server did not take {letter}")


# --- Negative controls ---


def test_control_a_log_of_local_names_is_caught(witness, monkeypatch):
    hand_in = rating.hand_in

    def logs_its_locals(respondent, **named):
        logging.getLogger("somewhere.else").error("Handing in: %r", locals())
        return hand_in(respondent=respondent, **named)

    monkeypatch.setattr(rating, "hand_in", logs_its_locals)
    handed_in(witness)
    assert ("token", "log") in witness.finds()


def test_control_the_words_of_an_error_are_caught(witness, monkeypatch):
    """As they were told before the filter left them out."""
    monkeypatch.setattr("trace_site.logs.RespondentsUnseen.filter", lambda _self, _record: True)
    phone = Phone(witness.link)
    monkeypatch.setattr(rating, "read_post", quoting)
    whole_way(phone, witness)
    assert ("comment", "log") in witness.finds()


def test_control_an_answer_in_a_table_or_a_file_is_caught(witness, settings):
    Message.objects.create(kind="any", to="a@example.org", language="en-gb", reference={"said": witness.comment})
    (settings.KEY_STORE / "left").write_text(witness.words["token"])
    assert ("comment", "table post_message") in witness.finds()
    assert ("token", str(settings.KEY_STORE / "left")) in witness.finds()
