"""Verbs on the checklists of a workspace. What is refused is a ValidationError with sentences for the reader."""

import datetime
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.ids import public_id
from core.quotas.actions import spend
from diagnostics.checklists.compiling import compiled
from diagnostics.checklists.content import content_hash
from diagnostics.checklists.drafting import settled
from diagnostics.checklists.models import Checklist, ChecklistDraft, ChecklistVersion, Review, Standing
from diagnostics.checklists.readiness import reasons_against
from diagnostics.checklists.schema import Malformed, plain, source_of
from diagnostics.checklists.source import Source
from spaces.access import lock_workspace
from spaces.actions.groups import check_is_shared
from spaces.models import MANAGERS, Membership, Role, Workspace

UNREADABLE = "unreadable"  # what two people did together cannot stand; the draft is as it was

# --- Drafts ------------------------------------------------------------------------------------------


@transaction.atomic
def begin(
    *,
    workspace: Workspace,
    by: User,
    source: Source,
    now: datetime.datetime,
    started_from: ChecklistVersion | None = None,
) -> ChecklistDraft:
    """A draft of a new checklist, or of the next version where it starts from one of this workspace's own."""
    check_is_shared(workspace)
    spend("drafts", person=by.pk, workspace=workspace.pk)
    continues = started_from.checklist if started_from and started_from.checklist.workspace_id == workspace.pk else None
    draft = ChecklistDraft.objects.create(
        workspace=workspace,
        checklist=continues,
        started_from=started_from,
        name=source.name,
        form=plain(source),
        created_by=by,
        changed_by=by,
        changed_at=now,
    )
    record(by=by, verb="begin_checklist", obj=draft, workspace=workspace, now=now)
    return draft


@transaction.atomic
def change(
    *, draft: ChecklistDraft, by: User, to: Callable[[Source], Source], now: datetime.datetime
) -> ChecklistDraft:
    """What `to` makes of the draft as it stands now, whoever changed it meanwhile."""
    locked = _lock(draft)
    locked.form = plain(to(source_of(locked.form)))
    try:
        locked.name = source_of(locked.form).name
    except Malformed as unreadable:
        raise ValidationError(unreadable.problems[0].sentence, code=UNREADABLE) from None
    locked.changed_by, locked.changed_at = by, now
    locked.save(update_fields=["name", "form", "changed_by", "changed_at"])
    return locked


@transaction.atomic
def share(*, draft: ChecklistDraft, readers: Iterable[User], by: User) -> None:
    """With these colleagues, who may change it too, and with nobody else."""
    locked = _lock(draft)
    managers = User.objects.filter(memberships__workspace=locked.workspace, memberships__role__in=MANAGERS)
    keeps = locked.shared_with.filter(pk=by.pk)  # nobody takes themself off
    chosen = list(managers.filter(Q(pk__in=[reader.pk for reader in readers]) | Q(pk__in=keeps)).distinct())
    locked.shared_with.set(chosen)
    record(by=by, verb="share_checklist", obj=locked, workspace=locked.workspace, readers=len(chosen))


@transaction.atomic
def delete(*, draft: ChecklistDraft, by: User) -> None:
    locked = _lock(draft)
    record(by=by, verb="delete_checklist_draft", obj=locked, workspace=locked.workspace)
    locked.delete()


def _lock(draft: ChecklistDraft) -> ChecklistDraft:
    try:
        return ChecklistDraft.objects.select_for_update().get(pk=draft.pk)
    except ChecklistDraft.DoesNotExist:
        raise ValidationError(_("This draft has been published or deleted meanwhile.")) from None


# --- Versions ------------------------------------------------------------------------------------------


@transaction.atomic
def publish(*, draft: ChecklistDraft, by: User, now: datetime.datetime) -> ChecklistVersion:
    """The next version, for good; the draft is gone."""
    workspace = lock_workspace(draft.workspace)
    locked = _lock(draft)
    source = settled(source_of(locked.form))
    if reasons := reasons_against(source):
        raise ValidationError([reason.sentence for reason in reasons])
    version = _next_version(locked, source, workspace, now=now)
    Standing.objects.create(version=version, published_by=by, draft=locked.public_id)
    record(by=by, verb="publish_checklist", obj=version, workspace=workspace, now=now, number=version.number)
    locked.delete()
    return version


def _next_version(
    draft: ChecklistDraft, source: Source, workspace: Workspace, *, now: datetime.datetime
) -> ChecklistVersion:
    content = compiled(source)
    others = workspace.checklists.exclude(pk=draft.checklist.pk) if draft.checklist else workspace.checklists.all()
    if others.filter(name__iexact=source.name).exists():
        sentence = _("Another checklist here is called “%(name)s”. Give this one another name, or change that one.")
        raise ValidationError(sentence % {"name": source.name})
    checklist = draft.checklist or Checklist.objects.create(workspace=workspace, name=source.name)
    if same := checklist.versions.filter(content_hash=content_hash(content)).first():
        raise ValidationError(
            _("Nothing differs from version %(number)s, which is published already.") % {"number": same.number}
        )
    Checklist.objects.filter(pk=checklist.pk).update(name=source.name)
    return checklist.versions.create(
        number=(checklist.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        content=content,
        content_hash=content_hash(content),
        published_at=now,
    )


@transaction.atomic
def retire(*, version: ChecklistVersion, by: User, now: datetime.datetime) -> None:
    """Offered no longer; surveys and self-assessments that use it go on."""
    gone = {"is_for_leaders": False, "link": None, "joins_by": None}
    if Standing.objects.filter(version=version, retired_at=None).update(retired_at=now, **gone):
        record(by=by, verb="retire_checklist", obj=version, workspace=version.checklist.workspace, now=now)


@transaction.atomic
def offer_again(*, version: ChecklistVersion, by: User) -> None:
    if Standing.objects.filter(version=version).exclude(retired_at=None).update(retired_at=None):
        record(by=by, verb="offer_checklist_again", obj=version, workspace=version.checklist.workspace)


@transaction.atomic
def offer_to_leaders(*, version: ChecklistVersion, is_offered: bool, by: User) -> None:
    """Whether the members of the workspace may start a self-assessment from it."""
    if not Standing.objects.filter(version=version, retired_at=None).update(is_for_leaders=is_offered):
        raise ValidationError(_("This version is offered no longer. Offer it again first."))
    record(by=by, verb="offer_checklist", obj=version, workspace=version.checklist.workspace, is_offered=is_offered)


@transaction.atomic
def hand_out_link(*, version: ChecklistVersion, joins: bool, by: User) -> str:
    """A link by which anybody may start a self-assessment from it; the one that is handed out already stays good.

    `joins`: whoever comes by it joins the workspace as leader, which only its owner can want, and only while they are.
    """
    workspace = version.checklist.workspace
    if joins and not Membership.objects.filter(workspace=workspace, user=by, role=Role.OWNER).exists():
        raise ValidationError(_("Only the owner of the workspace can let people join by a link."))
    standing = Standing.objects.select_for_update().get(version=version)
    if standing.retired_at:
        raise ValidationError(_("This version is offered no longer. Offer it again first."))
    standing.link, standing.joins_by = standing.link or public_id(), by if joins else None
    standing.save(update_fields=["link", "joins_by"])
    record(
        by=by,
        verb="hand_out_joining_checklist" if joins else "hand_out_checklist",
        obj=version,
        workspace=workspace,
    )
    return standing.link


@transaction.atomic
def end_link(*, version: ChecklistVersion, by: User) -> None:
    """What was begun by it goes on, and whoever joined stays."""
    Standing.objects.filter(version=version).update(link=None, joins_by=None)
    record(by=by, verb="end_checklist_link", obj=version, workspace=version.checklist.workspace)


# --- Translations ------------------------------------------------------------------------------------------


@transaction.atomic
def tick_off(*, workspace: Workspace, language: str, is_reviewed: bool, by: User, now: datetime.datetime) -> None:
    """Whether practitioners here have read the translation: until then its readers are told that none has."""
    if is_reviewed:
        Review.objects.get_or_create(workspace=workspace, language=language, defaults={"by": by, "at": now})
    else:
        Review.objects.filter(workspace=workspace, language=language).delete()
    record(by=by, verb="review_translation", obj=workspace, workspace=workspace, language=language, is_so=is_reviewed)
