"""Verbs on many people of an open survey at once; what is true of each of them stands in `participants`."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.batches import batched
from diagnostics.surveys.actions.participants import AT_ONCE, ask_for_new_links, lock_open, take_off_the_list
from diagnostics.surveys.letters.allowed import spend_letters
from diagnostics.surveys.models import Participant, Survey


@transaction.atomic
def send_again_to_many(*, survey: Survey, people: Collection[int], by: User) -> int:
    """`people`: ids, as in all verbs here. Whoever is away gets nothing. How many were written to."""
    locked, found = _lock(survey, people)
    here = [one.pk for one in found if not one.is_away]
    spend_letters(locked, len(here), by=by)
    ask_for_new_links(locked, here, by)
    _record(locked, verb="send_again_to_many", people=len(here), by=by)
    return len(here)


@transaction.atomic
def remove_many(*, survey: Survey, people: Collection[int], by: User) -> int:
    locked, found = _lock(survey, people)
    take_off_the_list(locked, found)
    _record(locked, verb="remove_many", people=len(found), by=by)
    return len(found)


@transaction.atomic
def mark_away(*, survey: Survey, people: Collection[int], by: User) -> int:
    """They stay on the list with their links; no reminder goes to them until they are marked as back."""
    return _mark(survey, people, verb="mark_away", by=by, is_away=True)


@transaction.atomic
def mark_back(*, survey: Survey, people: Collection[int], by: User) -> int:
    return _mark(survey, people, verb="mark_back", by=by, is_away=False)


def _mark(survey: Survey, people: Collection[int], *, verb: str, by: User, is_away: bool) -> int:
    locked, found = _lock(survey, people)
    changed = [one.pk for one in found if one.is_away != is_away]
    for some in batched(changed, AT_ONCE):
        Participant.objects.filter(pk__in=some).update(is_away=is_away)
    _record(locked, verb=verb, people=len(changed), by=by)
    return len(changed)


def _lock(survey: Survey, people: Collection[int]) -> tuple[Survey, list[Participant]]:
    """The survey, and those of these people who are still on its list."""
    locked = lock_open(survey)
    asked = locked.participants.filter(is_removed=False).select_related("group__survey__workspace", "invitation")
    found = [one for some in batched(people, AT_ONCE) for one in asked.filter(pk__in=some)]
    if not found:
        raise ValidationError(_("None of these people is on the list any more."))
    return locked, found


def _record(survey: Survey, *, verb: str, people: int, by: User) -> None:
    record(by=by, verb=verb, obj=survey, workspace=survey.workspace, survey=survey.public_id, people=people)
