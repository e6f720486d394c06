"""Closing a survey: the only reader of ballots. Killed anywhere and run again, it ends in the same published hash.

Ballots are opened one after the other, and of each no more is kept than its answers in a byte each: a million fit into
a gigabyte. What is worked out stays in memory until one transaction writes it all and deletes the ballots; only then do
the keys go. So there are always either ballots with their keys, or an edition without ballots.
"""

import datetime
import time
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.jobs.models import Job
from core.jobs.runs import GiveUp, Run
from core.keys.store import KeyDestroyed
from core.post.actions import forget_numbered
from diagnostics.sealing.boxes import open_ballots
from diagnostics.surveys.answered import asked_by_group, ballot_tags
from diagnostics.surveys.history.resemblance import words_only_leaves
from diagnostics.surveys.keys import destroy_keys, link_key, private_key
from diagnostics.surveys.letters.sending import letters_of
from diagnostics.surveys.models import Survey, SurveyGroup
from diagnostics.surveys.statuses import Status, advance, lock_survey
from diagnostics.surveys.storage import drop_storage, empty_storage
from reports.editions.models import Edition, PublishedComment, PublishedSlice, Release
from reports.editions.releasing import facilitators_of
from reports.publish import Publication, publish_edition, set_aside
from reports.publish.responses import Responses, responses_of
from reports.scoring import METHOD

AT_ONCE = 1_000  # rows per statement
BALLOTS = 200  # the same, of which each takes several kilobytes
OFTEN = 1.0  # seconds between two words of progress

One = TypeVar("One")


DESTROYED = gettext_lazy(
    "The keys of this survey have been destroyed, so nobody can open its answers any more. That happens where the site "
    "was set back to a moment before the survey was closed; a later backup of the site may hold its report. Those who "
    "run this site can look for it."
)


def close_survey(run: Run) -> None:
    survey = Survey.objects.select_related("version").filter(public_id=run.job.subject).first()
    if survey is None or survey.status != Status.STOPPED:
        return
    if not survey.editions.exists():
        publication = publication_of(survey, opened_ballots(survey, run), run)
        forget_all_letters(survey, run)
        run.beat(85, _("Writing the report"))
        store(survey, publication, run, now=timezone.now())
    run.beat(95, _("Destroying the keys"))
    destroy_keys(survey)
    drop_storage(survey)
    with run.finishing():
        advance(lock_survey(survey), Status.CLOSED, closed_at=timezone.now())


def what_is_there(job: Job) -> str:
    """Of a survey that could not be closed."""
    survey = Survey.objects.filter(public_id=job.subject).first()
    if survey is None:
        return ""
    if survey.editions.exists():
        return _("The report is written; what is left is to destroy the keys.")
    if survey.ballots.exists():
        return _("Its sealed answers are still stored.")
    return _("No answers are stored for it.")


def opened_ballots(survey: Survey, run: Run) -> Responses:
    return responses_of(_opened(survey, run), survey.asked_version.statement_keys)


def _opened(survey: Survey, run: Run) -> Iterator[dict[str, Any]]:
    """In the order of their tags, which is that of chance; without those withdrawn."""
    try:
        key = private_key(survey)
    except KeyDestroyed:
        raise GiveUp(DESTROYED) from None
    known = _known(survey, run) if survey.is_personal else None
    opened = open_ballots(_sealed(survey, known), key)
    for ballot in _told(opened, run, _("Opening the answers"), of=survey.ballots.count(), start=10, end=50):
        if not ballot.get("withdrawn"):
            yield ballot


def _sealed(survey: Survey, known: Container[str] | None) -> Iterator[bytes | memoryview]:
    """By personal invitation only what an invitation's own ballot holds: what a link handed in after an earlier version
    of it had is named otherwise, and counts nowhere.

    Asked for anew from where the last ones end: a cursor outside a transaction would first copy all of them.
    """
    ballots, last = survey.ballots.order_by("tag").values_list("tag", "sealed"), ""
    while some := ballots.filter(tag__gt=last)[:BALLOTS]:
        for tag, sealed in some:
            if known is None or tag in known:
                yield sealed
        last = some[len(some) - 1][0]


def _known(survey: Survey, run: Run) -> frozenset[str]:
    tags, asked = ballot_tags(survey, link_key(survey)), survey.invitations.count()
    return frozenset(_told(tags, run, _("Opening the answers"), of=asked, start=1, end=10))


def _told(several: Iterable[One], run: Run, step: str, *, of: int, start: int, end: int) -> Iterator[One]:
    """One after the other, and now and then how many of them are done, from `start` to `end` per cent."""
    run.beat(start, step)
    last = time.monotonic()
    for number, one in enumerate(several):
        yield one
        if time.monotonic() - last >= OFTEN:
            last = time.monotonic()
            run.beat(start + (end - start) * min(number, of) // max(of, 1), step)


def publication_of(survey: Survey, heard: Responses, run: Run) -> Publication:
    tell = partial(run.beat, 50, _("Putting small groups together and working out the figures"))
    tell()
    version = survey.asked_version
    cells = version.cells
    asked = asked_by_group(survey) if survey.is_personal else None
    heard = heard if asked is None else _counted_where_asked(heard, asked)
    heard = set_aside(heard, heard.flags, cells)
    stopped_at = cast("datetime.datetime", survey.stopped_at)  # only a stopped survey is closed
    return publish_edition(
        parents=parents_of(survey),
        responses=heard,
        cells=cells,
        k=survey.k,
        comments_for_whole_only=survey.comments_at == Survey.CommentsAt.WHOLE,
        comment_key=link_key(survey),
        facts={"cut_off": stopped_at.isoformat(), "checklist": version.content_hash},
        asked=asked,
        words_only=words_only_leaves(survey),
        primary=version.content["primary_space"],
        is_open_link=not survey.is_personal,
        tell=tell,
    )


def _counted_where_asked(heard: Responses, asked: Container[str]) -> Responses:
    """Where too few are left to answer no number counts anybody, as while the survey was open: what is said of a group
    before and after people left its list would tell who answered since."""
    counts = (counts and group in asked for group, counts in zip(heard.groups, heard.counts, strict=True))
    return replace(heard, counts=tuple(counts))


def parents_of(survey: Survey) -> dict[str, str | None]:
    """The copied tree by public id, parents first."""
    return dict(survey.groups.values_list("public_id", "parent__public_id"))


def forget_all_letters(survey: Survey, run: Run) -> None:
    """Some at a time, and before the report is stored: that takes one short transaction, and says that all is done."""
    letters = list(letters_of(survey).values_list("pk", flat=True))
    parts = [letters[start : start + AT_ONCE] for start in range(0, len(letters), AT_ONCE)]
    for some in _told(parts, run, _("Forgetting who was written to"), of=len(parts), start=70, end=85):
        forget_numbered(some)


@transaction.atomic
def store(survey: Survey, publication: Publication, run: Run, *, now: datetime.datetime) -> Edition:
    """All of it, or nothing where another worker has taken over."""
    lock_survey(survey)
    edition = write_edition(survey, publication, now=now)
    run.beat(90, _("Writing the report"))
    _forget_people(survey)
    return edition


def write_edition(survey: Survey, publication: Publication, *, now: datetime.datetime) -> Edition:
    """Sealed rows, comments, and the releases that were promised."""
    edition = Edition.objects.create(
        survey=survey,
        method_version=METHOD.version,
        parameters=METHOD.parameters(),
        ledger=publication.ledger,
        content_hash=publication.content_hash,
        published_at=now,
    )
    groups = {group.public_id: group for group in survey.groups.all()}
    PublishedSlice.objects.bulk_create(
        [
            PublishedSlice(
                edition=edition,
                order=order,
                kind=one.kind,
                group=groups[one.node],
                n=one.n,
                content=one.content.stored(),
            )
            for order, one in enumerate(publication.slices)
        ],
        batch_size=AT_ONCE,
    )
    PublishedComment.objects.bulk_create(_comments(edition, publication, groups), batch_size=AT_ONCE)
    _release(edition)
    return edition


def _release(edition: Edition) -> None:
    """By itself, as it was promised; of a survey in the room also to the facilitator who held it."""
    survey = edition.survey
    if survey.releases_to_respondents:
        Release.objects.create(edition=edition, to_respondents=True, released_at=edition.published_at)
    if survey.is_in_room and facilitators_of(edition).filter(user=survey.created_by_id).exists():
        Release.objects.create(edition=edition, to_id=survey.created_by_id, released_at=edition.published_at)


def _comments(edition: Edition, publication: Publication, groups: dict[str, SurveyGroup]) -> Iterable[PublishedComment]:
    for order, comment in enumerate(publication.comments):
        yield PublishedComment(
            edition=edition, group=groups[comment.node], question=comment.question, order=order, text=comment.text
        )


def _forget_people(survey: Survey) -> None:
    """No ballot, no draft: from here on no answer of anybody is stored. Every invitation is written anew, so that not
    even the number of the transaction that wrote one last tells it from another."""
    survey.invitations.update(has_bounced=False)
    empty_storage(survey)
