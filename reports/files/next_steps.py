"""Choosing which next steps of a group are shown and handed out; files that show others are made anew."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import transaction

from core.accounts.models import User
from core.audit.actions import record
from core.jobs import actions as jobs
from core.jobs.models import Job, JobQuerySet
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice
from reports.files.kinds import FILE_KINDS, job_kind
from reports.files.models import Document
from reports.files.subjects import COMPARISON, SLICE, Subject
from reports.scoring import CellKey


class Choice(NamedTuple):
    """Of one place."""

    actions: tuple[str, ...]  # keys, in the order in which they are offered
    with_questions: bool


@transaction.atomic
def choose_next_steps(*, of: PublishedSlice, choices: Mapping[CellKey, Choice], by: User) -> None:
    """Of the places named, the others stay as they are. Where all is as it was, nothing happens.

    The slice is locked: a worker that ends a file of it comes before this, and the file goes, or after, and begins
    again. Packs are locked before it, as their workers do.
    """
    packs = [one.public_id for one in Comparison.objects.filter(edition=of.edition) if of.public_id in one.slice_ids]
    kinds = [job_kind(kind) for kind, one in FILE_KINDS.items() if one.is_pack]
    list(Job.objects.select_for_update().filter(kind__in=kinds, subject__in=[*packs, of.public_id]))
    PublishedSlice.objects.select_for_update().get(pk=of.pk)
    saved = of.chosen_steps.all()
    before = {(one.condition, one.space): Choice(tuple(one.actions), one.with_questions) for one in saved}
    if all(before.get(place) == choice for place, choice in choices.items()):
        return
    for (condition, space), choice in choices.items():
        of.chosen_steps.update_or_create(
            condition=condition,
            space=space,
            defaults={"actions": list(choice.actions), "with_questions": choice.with_questions},
        )
    survey = of.edition.survey
    record(by=by, verb="choose_next_steps", obj=of, workspace=survey.workspace, survey=survey.public_id)
    _make_anew(SLICE, [of.public_id])
    _make_anew(COMPARISON, packs)


def _make_anew(subject: Subject, public_ids: Collection[str]) -> None:
    """What is there goes, with its file; what is being made begins again."""
    kinds = _kinds(subject)
    Document.objects.filter(**{f"{subject.name}__public_id__in": public_ids}, kind__in=kinds).delete()
    work = _work(subject, public_ids)
    work.filter(status=Job.Status.DONE).delete()
    for job in work.open().select_related("requested_by"):
        jobs.cancel(job=job)
        jobs.ask(kind=job.kind, subject=job.subject, version=job.version, by=job.requested_by)


def _work(subject: Subject, public_ids: Collection[str]) -> JobQuerySet:
    return Job.objects.filter(kind__in=map(job_kind, _kinds(subject)), subject__in=public_ids)


def _kinds(subject: Subject) -> list[str]:
    return [kind for kind, one in FILE_KINDS.items() if one.shows_next_steps and one.of is subject]
