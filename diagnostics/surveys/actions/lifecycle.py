"""Verbs on a survey, from its draft to its end. What is refused is a ValidationError with sentences for the reader."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.jobs.actions import ask
from core.quotas.actions import spend
from core.seen import check_seen
from diagnostics.signals import survey_stopped
from diagnostics.surveys.actions import facts
from diagnostics.surveys.actions.kept_letters import first_texts
from diagnostics.surveys.actions.proposals import KINDS, propose, still_proposed
from diagnostics.surveys.actions.readiness import MESSAGES, reasons_against
from diagnostics.surveys.actions.work_ahead import ask_for_work_ahead, ask_to_open
from diagnostics.surveys.audience.copying import copy_into
from diagnostics.surveys.audience.tree import people_asked, tree_of
from diagnostics.surveys.history.remembering import remember_lists
from diagnostics.surveys.history.resemblance import resembling
from diagnostics.surveys.job_names import CANCEL_SURVEY
from diagnostics.surveys.letters.allowed import spend_letters
from diagnostics.surveys.models import Survey
from diagnostics.surveys.recipes import version_to_ask
from diagnostics.surveys.statuses import Status, advance, check_can_become, lock_survey, sentence_of
from diagnostics.surveys.storage import empty_storage
from diagnostics.surveys.words import with_words
from spaces.access import lock_workspace
from spaces.actions.groups import check_is_shared
from spaces.ending import check_stays
from spaces.models import Group, Workspace

COPIED = (
    *("title", "purpose", "asked_by", "contact", "time_zone", "working_days_only"),
    *("preset", "own_version", "primary_space", "spaces_asked", "entry", "sizes", "joined", "list_made_by"),
    *("languages", "words"),
    *("invitation_subject", "invitation_text", "reminder_subject", "reminder_text"),
    "is_from_nobody",
    *("k", "comments_at", "releases_to_respondents"),
)
DATES = {"opens_at", "closes_at", "time_zone", "working_days_only"}  # reminders are proposed by these


# --- A draft ---------------------------------------------------------------------------------------


@transaction.atomic
def create_draft(*, workspace: Workspace, by: User, proposes: bool = False, **purpose: Any) -> Survey:
    """`proposes`: the usual reminders come with its closing date."""
    check_is_shared(workspace)
    spend("drafts", person=by.pk, workspace=workspace.pk)
    texts = first_texts(workspace)
    survey = Survey(workspace=workspace, created_by=by, **(texts.pop(settings.LANGUAGE_CODE) | purpose))
    for language, said in texts.items():
        survey.words = with_words(survey, language, said)
    if proposes and survey.closes_at:
        propose(survey, now=timezone.now(), kinds=KINDS)
    survey.save()
    record(by=by, verb="create_survey", obj=survey, workspace=workspace)
    return survey


@transaction.atomic
def save_step(*, survey: Survey, step: str, by: User, audience: Iterable[Group] | None = None, **values: Any) -> Survey:
    """What one step of the wizard holds; `audience` only with the step that chooses it."""
    locked = lock_survey(survey)
    check_is_draft(locked)
    if "entry" in values and values["entry"] != locked.entry:
        locked.entry = values["entry"]
        values.setdefault("k", locked.least_k)
    if "reminder_days" in values:
        values["proposed_reminders"] = still_proposed(locked, values["reminder_days"])
    had_a_date = locked.closes_at is not None
    for field, value in values.items():
        setattr(locked, field, value)
    locked.typed.pop(step, None)
    fields = {*values, "typed"}
    if DATES & values.keys() and locked.closes_at and "reminder_days" not in values:
        fields |= {*propose(locked, now=timezone.now(), kinds=None if had_a_date else KINDS)}
    locked.save(update_fields=fields)
    if audience is not None:
        locked.audience.set(audience)
    record(by=by, verb="change_survey", obj=locked, workspace=locked.workspace, step=step)
    return locked


@transaction.atomic
def keep_typed(*, survey: Survey, step: str, typed: Mapping[str, list[str]], by: User) -> None:
    """What was typed in a step that cannot be saved as it is: it stands there again when somebody comes back."""
    locked = lock_survey(survey)
    check_is_draft(locked)
    locked.typed[step] = dict(typed)
    locked.save(update_fields=["typed"])
    record(by=by, verb="change_survey", obj=locked, workspace=locked.workspace, step=step)


@transaction.atomic
def save_words(*, survey: Survey, language: str, texts: Mapping[str, str], by: User) -> None:
    """What somebody wrote in another language: field → text."""
    locked = lock_survey(survey)
    check_is_draft(locked)
    locked.words = with_words(locked, language, texts)
    locked.save(update_fields=["words"])
    record(by=by, verb="change_survey", obj=locked, workspace=locked.workspace, step=MESSAGES)


def check_is_draft(survey: Survey) -> None:
    if not survey.is_draft:
        raise ValidationError(sentence_of(survey))


@transaction.atomic
def copy_survey(*, survey: Survey, by: User) -> Survey:
    """A new draft with the same settings and audience; without dates, people or answers."""
    spend("drafts", person=by.pk, workspace=survey.workspace_id)
    return copy_of(survey, by=by)


def copy_of(survey: Survey, *, by: User) -> Survey:
    copied = {field: getattr(survey, field) for field in COPIED}
    copy = Survey.objects.create(workspace=survey.workspace, created_by=by, **copied)
    copy.audience.set(survey.audience.all())
    record(by=by, verb="copy_survey", obj=copy, workspace=copy.workspace, copied=survey.public_id)
    return copy


# --- Launching ---------------------------------------------------------------------------------------


@transaction.atomic
def launch_survey(*, survey: Survey, by: User, now: datetime.datetime, seen: str | None = None) -> Survey:
    """Copy tree and people as they are now; a worker makes the keys, opens the survey and invites, at its start.

    `seen`: what whoever launches it saw (`facts.of_launch`), where somebody pressed the button.

    From here on the database refuses to change what respondents are promised.
    """
    check_stays(lock_workspace(survey.workspace))  # of two launches at once, the second knows the first
    locked = lock_survey(survey)
    next_status = Status.PLANNED if locked.opens_at else Status.LAUNCHING
    check_can_become(locked, next_status)
    nodes = tree_of(locked)
    if reasons := reasons_against(locked, nodes, now=now):
        raise ValidationError([reason.sentence for reason in reasons])
    near = resembling(locked, nodes, now=now)
    if seen is not None:
        check_seen(seen, facts.of_launch(locked, nodes, near), of=locked.public_id)
    if locked.is_personal:
        spend_letters(locked, people_asked(nodes), by=by)
    version = version_to_ask(locked, now=now)
    copy_into(locked, nodes, words_only={one.leaf.key for one in near})
    remember_lists(locked, nodes, now=now)
    told = {"kept_months": locked.workspace.kept_months}
    advance(locked, next_status, version=version, launched_at=now, typed={}, writer=locked.writer or by, **told)
    record(by=by, verb="launch_survey", obj=locked, workspace=locked.workspace, now=now, k=locked.k)
    ask_to_open(locked, by=by)
    return locked


@transaction.atomic
def cancel_launch(*, survey: Survey, by: User, now: datetime.datetime) -> Survey:
    """Nothing will be published: answers go now, a worker destroys the keys and tells those who were invited."""
    locked = lock_survey(survey)
    advance(locked, Status.CANCELLED, stopped_at=now)
    record(by=by, verb="cancel_survey", obj=locked, workspace=locked.workspace, now=now)
    ask(kind=CANCEL_SURVEY, subject=locked.public_id, by=by)
    empty_storage(locked)
    return locked


# --- While it is open ----------------------------------------------------------------------------------


@transaction.atomic
def extend_survey(*, survey: Survey, closes_at: datetime.datetime, by: User, now: datetime.datetime) -> Survey:
    """A later close for everybody; never once the closing date has come."""
    locked = lock_survey(survey)
    check_can_extend(locked, now=now)
    if closes_at <= locked.closing_moment:
        raise ValidationError({"closes_at": _("Choose a date after the present closing date.")})
    locked.extended_from, locked.closes_at = locked.closing_moment, closes_at
    locked.save(update_fields=["closes_at", "extended_from", *propose(locked, now=now)])
    ask_for_work_ahead(locked)
    record(by=by, verb="extend_survey", obj=locked, workspace=locked.workspace, now=now)
    return locked


@transaction.atomic
def take_extension_back(*, survey: Survey, by: User, now: datetime.datetime) -> Survey:
    """The closing date that stood before, as long as it is to come."""
    locked = lock_survey(survey)
    check_can_extend(locked, now=now)
    if not may_take_extension_back(locked, now=now):
        raise ValidationError(_("The earlier closing date has come, so the later one stays."))
    locked.closes_at, locked.extended_from = locked.extended_from, None
    locked.save(update_fields=["closes_at", "extended_from", *propose(locked, now=now)])
    ask_for_work_ahead(locked)
    record(by=by, verb="take_extension_back", obj=locked, workspace=locked.workspace, now=now)
    return locked


def may_take_extension_back(survey: Survey, *, now: datetime.datetime) -> bool:
    return survey.status == Status.OPEN and survey.extended_from is not None and survey.extended_from > now


def check_can_extend(survey: Survey, *, now: datetime.datetime) -> None:
    if survey.status != Status.OPEN:
        raise ValidationError(sentence_of(survey))
    if survey.closing_moment <= now:
        raise ValidationError(_("The closing date has come, so it can no longer change."))


@transaction.atomic
def stop_survey(*, survey: Survey, by: User | None, now: datetime.datetime) -> Survey:
    """No more answers from here on; who makes the report learns of it in this transaction."""
    locked = lock_survey(survey)
    advance(locked, Status.STOPPED, stopped_at=now)
    record(by=by, verb="stop_survey", obj=locked, workspace=locked.workspace, now=now)
    survey_stopped.send(sender=Survey, survey=locked)
    return locked
