"""Verbs on the letters that a workspace keeps for its surveys to come."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from diagnostics.surveys.models import KeptLetters
from diagnostics.surveys.usual import usual_texts
from diagnostics.surveys.words import LETTERS
from spaces.access import lock_workspace
from spaces.actions.groups import check_is_shared
from spaces.models import Workspace

Texts = Mapping[str, str]  # each of LETTERS → what it says


@transaction.atomic
def keep_letters(
    *, workspace: Workspace, name: str, language: str, texts: Texts, by: User, is_default: bool = False
) -> KeptLetters:
    lock_workspace(workspace)
    check_is_shared(workspace)
    kept = KeptLetters(workspace=workspace, name=name, language=language, is_default=is_default, **texts)
    _check_is_new(kept)
    _settle(kept)
    record(by=by, verb="keep_letters", obj=kept, workspace=workspace)
    return kept


@transaction.atomic
def change_letters(*, kept: KeptLetters, by: User, **changes: Any) -> None:
    lock_workspace(kept.workspace)
    kept = _still_there(kept)
    for field, value in changes.items():
        setattr(kept, field, value)
    _check_is_new(kept)
    _settle(kept)
    record(by=by, verb="change_letters", obj=kept, workspace=kept.workspace)


@transaction.atomic
def delete_letters(*, kept: KeptLetters, by: User) -> None:
    """Surveys that were begun with them stay as they are."""
    lock_workspace(kept.workspace)
    kept = _still_there(kept)
    record(by=by, verb="delete_letters", obj=kept, workspace=kept.workspace)
    kept.delete()


def _still_there(kept: KeptLetters) -> KeptLetters:
    fresh = KeptLetters.objects.select_related("workspace").filter(pk=kept.pk).first()
    if fresh is None:
        raise ValidationError(_("These messages have been deleted in the meantime."))
    return fresh


def _check_is_new(kept: KeptLetters) -> None:
    namesakes = KeptLetters.objects.filter(workspace=kept.workspace, name__iexact=kept.name, language=kept.language)
    if namesakes.exclude(pk=kept.pk).exists():
        raise ValidationError(
            {"name": _("Messages called “%(name)s” are kept already. Choose another name.") % {"name": kept.name}}
        )


def _settle(kept: KeptLetters) -> None:
    """New surveys begin with one of each language at most."""
    if kept.is_default:
        others = KeptLetters.objects.filter(workspace=kept.workspace, language=kept.language, is_default=True)
        others.exclude(pk=kept.pk).update(is_default=False)
    kept.save()


# --- What a new survey begins with ---------------------------------------------------------------


def first_texts(workspace: Workspace) -> dict[str, dict[str, str]]:
    """Language → texts: in the first language always, the usual ones where none are kept; in others as far as kept."""
    with translation.override(settings.LANGUAGE_CODE):  # that of its letters as they stand, whoever prepares them
        usual = usual_texts()
    kept = KeptLetters.objects.filter(workspace=workspace, is_default=True)
    return {settings.LANGUAGE_CODE: usual} | {one.language: texts_of(one) for one in kept}


def texts_of(kept: KeptLetters) -> dict[str, str]:
    return {field: getattr(kept, field) for field in LETTERS}
