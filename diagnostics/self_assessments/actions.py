"""Verbs on a self-assessment. What is refused is a ValidationError with a sentence for the reader."""

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.jobs.actions import ask
from core.quotas.actions import spend
from diagnostics.checklists.actions.presets import publish_preset
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.checklists.own_version import behind, offered_to
from diagnostics.checklists.presets import Recipe
from diagnostics.questionnaire.turns import Turn, is_overtaken, with_turn
from diagnostics.self_assessments import letters
from diagnostics.self_assessments.forgetting import forget_sharing
from diagnostics.self_assessments.models import KEPT_FOR, Rated, SelfAssessment, Share, Unkept
from diagnostics.signals import self_assessment_submitted
from diagnostics.surveys.letters.allowed import spend_letters
from spaces.access import colleagues_of
from spaces.models import Membership, Role

FORGET_UNKEPT = "forget_unkept"  # version: the moment at which it is done
CLEARED_EVERY = datetime.timedelta(minutes=10)

CHANGING = ["answers", "comments", "matters_most", "turns", "saved_at", "submitted_at"]


@transaction.atomic
def start(
    *, leader: User, primary_space: str, preset: str, spaces: Iterable[str], now: datetime.datetime
) -> SelfAssessment:
    """A new draft, or the leader's untouched one of the same questions: pressing twice starts once.

    Raises UnfitRecipe where the preset and the spaces do not go together.
    """
    recipe = Recipe(preset, primary_space, tuple(spaces))
    return _start(leader, publish_preset(recipe=recipe, now=now), primary_space, now)


@transaction.atomic
def start_own(*, leader: User, version: ChecklistVersion, now: datetime.datetime) -> SelfAssessment:
    """The same of a checklist that a workspace of theirs offers; its primary space is the version's."""
    if version.pk not in {one.version.pk for one in offered_to(leader)}:
        raise ValidationError(_("This checklist is offered no longer. Choose another one."))
    return _start(leader, version, version.content["primary_space"], now)


@transaction.atomic
def start_by_link(*, leader: User, link: str, now: datetime.datetime) -> SelfAssessment:
    """From a checklist whose link they were given; where it says so, they join its workspace as leader."""
    found = behind(link)
    if found is None:
        raise ValidationError(_("This link is in use no longer. Ask whoever gave it to you."))
    workspace = found.version.checklist.workspace
    if workspace and found.version.standing.joins:
        _member, is_new = Membership.objects.get_or_create(
            workspace=workspace, user=leader, defaults={"role": Role.LEADER}
        )
        if is_new:
            record(by=leader, verb="join_by_checklist", obj=workspace, workspace=workspace, now=now)
    return _start(leader, found.version, found.primary_space, now)


@transaction.atomic
def begin(
    *, client: str, begun: Iterable[str], primary_space: str, preset: str, spaces: Iterable[str], now: datetime.datetime
) -> Unkept:
    """One without an account, or the untouched one of the same questions among those `begun` in this browser.

    `client`: the address it is begun from, of which only a count is kept.
    """
    version = publish_preset(recipe=Recipe(preset, primary_space, tuple(spaces)), now=now)
    here = Unkept.objects.there(now).filter(public_id__in=begun, version=version)
    if found := here.filter(submitted_at=None, saved_at=None).first():
        return found
    spend("begun", client=client, site=True)
    unkept = Unkept.objects.create(version=version, primary_space_id=primary_space, started_at=now)
    at = _next_clearing(unkept.ends_at)
    ask(kind=FORGET_UNKEPT, subject="all", version=at.isoformat(), not_before=at)
    return unkept


def _next_clearing(end: datetime.datetime) -> datetime.datetime:
    """One piece of work for all whose day ends within the same minutes.

    >>> _next_clearing(datetime.datetime(2026, 11, 25, 14, 23, tzinfo=datetime.UTC)).isoformat()
    '2026-11-25T14:30:00+00:00'
    """
    every = CLEARED_EVERY.total_seconds()
    return datetime.datetime.fromtimestamp(-(-end.timestamp() // every) * every, tz=datetime.UTC)


@transaction.atomic
def keep(*, unkept: Unkept, leader: User) -> SelfAssessment | None:
    """It is theirs from now on, at the same address; one that was submitted is scored. None where it has gone."""
    found = Unkept.objects.select_for_update().filter(pk=unkept.pk).first()
    if found is None:
        return None
    given = {field.attname: getattr(found, field.attname) for field in Unkept._meta.concrete_fields}
    del given["id"]
    found.delete()
    kept = SelfAssessment.objects.create(leader=leader, **given)
    if kept.submitted_at:
        self_assessment_submitted.send(sender=SelfAssessment, self_assessment=kept)
    return kept


def forget_unkept(*, now: datetime.datetime) -> None:
    """All whose day is over."""
    Unkept.objects.filter(started_at__lte=now - KEPT_FOR).delete()


def _start(leader: User, version: ChecklistVersion, primary_space: str, now: datetime.datetime) -> SelfAssessment:
    User.objects.select_for_update().get(pk=leader.pk)
    untouched = leader.self_assessments.filter(version=version, submitted_at=None, saved_at=None)
    if found := untouched.first():
        return found
    spend("drafts", person=leader.pk)
    return leader.self_assessments.create(version=version, primary_space_id=primary_space, started_at=now)


@transaction.atomic
def save(
    *,
    self_assessment: Rated,
    answers: dict[str, int],
    comments: dict[str, str],
    matters_most: list[str] | None = None,
    turn: Turn | None = None,
    now: datetime.datetime,
) -> None:
    """Add what was given to what stands there, so that two devices lose nothing to each other.

    An empty comment takes the comment back; `matters_most` None leaves the choice as it is. Where a later save of the
    same page was quicker, nothing changes.
    """
    _lock(self_assessment)
    check_is_open(self_assessment)
    if is_overtaken(self_assessment.turns, turn):
        return
    self_assessment.answers |= answers
    self_assessment.comments = _without_empty(self_assessment.comments | comments)
    if matters_most is not None:
        self_assessment.matters_most = matters_most
    self_assessment.turns = with_turn(self_assessment.turns, turn)
    self_assessment.saved_at = now
    self_assessment.save(update_fields=["answers", "comments", "matters_most", "turns", "saved_at"])


def _without_empty(comments: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in comments.items() if text}


def check_is_open(self_assessment: Rated) -> None:
    if self_assessment.submitted_at:
        raise ValidationError(_("This self-assessment has been submitted, so its answers can no longer change."))


@transaction.atomic
def submit(*, self_assessment: Rated, now: datetime.datetime) -> None:
    """Finish it; submitting twice is submitting once. One that is not kept yet is scored where it is shown."""
    _lock(self_assessment)
    if self_assessment.submitted_at:
        return
    check_can_submit(self_assessment)
    self_assessment.submitted_at = now
    self_assessment.save(update_fields=["submitted_at"])
    if isinstance(self_assessment, SelfAssessment):
        self_assessment_submitted.send(sender=SelfAssessment, self_assessment=self_assessment)


def check_can_submit(self_assessment: Rated) -> None:
    if not self_assessment.answers:
        raise ValidationError(_("Rate at least one statement before you submit. Everything may be changed until then."))


@transaction.atomic
def share(
    *, self_assessment: SelfAssessment, reader: User, by: User, now: datetime.datetime, by_letter: bool = False
) -> Share:
    """Show it to one colleague, until it is taken back; `by_letter` tells them, once however often it is shared."""
    check_can_share(self_assessment)
    if not colleagues_of(by).filter(pk=reader.pk).exists():
        raise ValidationError(_("You can share it with people who are in a workspace with you."))
    given, is_new = Share.objects.get_or_create(
        self_assessment=self_assessment, reader=reader, defaults={"shared_at": now}
    )
    if is_new:
        record(by=by, verb="share_self_assessment", obj=self_assessment, reader=reader.pk)
        if by_letter and not letters.has_been_told(given):
            spend_letters(None, 1, by=by)
            letters.tell_reader(given)
    return given


def check_can_share(self_assessment: SelfAssessment) -> None:
    if not self_assessment.submitted_at:
        raise ValidationError(_("Submit your self-assessment first. Then you can share it."))


@transaction.atomic
def take_back(*, self_assessment: SelfAssessment, reader: User, by: User) -> None:
    """Stop showing it to that person; taking back twice changes nothing."""
    taken, _rows = self_assessment.shares.filter(reader=reader).delete()
    if taken:
        record(by=by, verb="take_back_self_assessment", obj=self_assessment, reader=reader.pk)


@transaction.atomic
def delete(*, self_assessment: Rated, by: User | AnonymousUser) -> None:
    """Remove answers, comments, results, files, shares, links and what was replied; only the audit line stays, and of
    what nobody kept nothing.

    Locked first: a worker that is about to store a file of it then comes before this, or finds nothing.
    """
    type(self_assessment)._default_manager.select_for_update().filter(pk=self_assessment.pk).first()
    if isinstance(self_assessment, SelfAssessment) and isinstance(by, User):
        record(by=by, verb="delete_self_assessment", obj=self_assessment)
        forget_sharing(self_assessment)
    self_assessment.delete()


def _lock(self_assessment: Rated) -> None:
    """Read what stands there now and hold it until the transaction ends."""
    rows = type(self_assessment)._default_manager.select_for_update()
    try:
        self_assessment.refresh_from_db(fields=CHANGING, from_queryset=rows)
    except ObjectDoesNotExist:
        raise ValidationError(_("This self-assessment has been deleted.")) from None
