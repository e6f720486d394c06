"""Who else sees an edition: releasing, taking back, what is taken out of comments before; and the end of an edition."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from reports.editions.models import Edition, PublishedComment, PublishedSlice, Release
from spaces.models import Membership, Role


@transaction.atomic
def release(
    *,
    edition: Edition,
    by: User,
    now: datetime.datetime,
    to: User | None = None,
    to_leaders: bool = False,
    to_respondents: bool = False,
    part: PublishedSlice | None = None,
    with_comments: bool = False,
) -> Release:
    """To one facilitator, to the leaders of groups, or to all who were asked. `part`: one slice, else all of it.

    What stands released already is not released twice. Raises ValidationError with a sentence for the user.
    """
    lock_edition(edition)
    check_can_release(edition=edition, to=to, part=part, to_respondents=to_respondents)
    wanted = {
        "slice": part,
        "to": to,
        "to_leaders": to_leaders,
        "to_respondents": to_respondents,
        "with_comments": with_comments,
    }
    for same in edition.releases.standing().select_related("slice", "to"):
        if all(getattr(same, name) == value for name, value in wanted.items()):
            return same
    made = Release.objects.create(edition=edition, **wanted, released_by=by, released_at=now)
    record(
        by=by,
        verb="release_edition",
        obj=edition,
        workspace=edition.survey.workspace,
        now=now,
        survey=edition.survey.public_id,
        release=made.pk,
        slice=part.pk if part else None,
        to=to.pk if to else None,
        to_leaders=to_leaders,
        to_respondents=to_respondents,
        with_comments=with_comments,
    )
    return made


def check_can_release(
    *, edition: Edition, to: User | None, part: PublishedSlice | None, to_respondents: bool = False
) -> None:
    if part and part.edition_id != edition.pk:
        raise ValidationError(_("This group is not in this report."))
    if part and to_respondents:
        raise ValidationError(_("Everybody who was asked sees the whole survey, never one group."))
    if to and not facilitators_of(edition).filter(user=to).exists():
        raise ValidationError(_("Reports are released to facilitators of this workspace."))


def facilitators_of(edition: Edition) -> models.QuerySet[Membership]:
    theirs = Membership.objects.filter(workspace=edition.survey.workspace_id, role=Role.FACILITATOR)
    return theirs.select_related("user").order_by("user__name", "user__email")


@transaction.atomic
def withdraw_release(*, release: Release, by: User, now: datetime.datetime) -> None:
    """Closed at once for whom it was open; a second time changes nothing."""
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if locked.taken_back_at:
        return
    locked.taken_back_at = now
    locked.save(update_fields=["taken_back_at"])
    edition = release.edition
    survey = edition.survey
    record(
        by=by,
        verb="take_back_release",
        obj=edition,
        workspace=survey.workspace,
        now=now,
        survey=survey.public_id,
        release=release.pk,
    )


def are_comments_released(edition: Edition) -> bool:
    return edition.releases.standing().filter(with_comments=True).exists()


def check_can_redact(comment: PublishedComment) -> None:
    """Before anybody else reads it: whoever has read a comment must be able to find it again."""
    if are_comments_released(comment.edition):
        raise ValidationError(
            _("The comments have been released. Take that back first; then this one can be taken out.")
        )


@transaction.atomic
def redact_comment(*, comment: PublishedComment, by: User) -> None:
    """The text goes for good; that there was one stays."""
    lock_edition(comment.edition)
    check_can_redact(comment)
    comment.text, comment.is_redacted = "", True
    comment.save(update_fields=["text", "is_redacted"])
    survey = comment.edition.survey
    record(by=by, verb="redact_comment", obj=comment, workspace=survey.workspace, survey=survey.public_id)


def lock_edition(edition: Edition) -> None:
    """One change at a time to who sees it and what of it is left."""
    Edition.objects.select_for_update().get(pk=edition.pk)
