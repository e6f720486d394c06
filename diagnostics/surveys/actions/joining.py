"""Groups of a draft that are asked as one, so that together they have a result of their own."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from diagnostics.surveys.actions.lifecycle import check_is_draft
from diagnostics.surveys.audience.tree import LONGEST, are_neighbours, leaves, tree_of
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import lock_survey


@transaction.atomic
def join_groups(*, survey: Survey, groups: Iterable[str], name: str, by: User) -> None:
    """`groups` are keys of neighbouring leaves; what was joined before may be joined further."""
    locked = lock_survey(survey)
    check_is_draft(locked)
    parts = [node for node in leaves(tree_of(locked)) if node.key in set(groups)]
    if not are_neighbours(parts):
        raise ValidationError(_("Choose two or more groups that are side by side in the same larger group."))
    if not 0 < len(name) <= LONGEST:
        raise ValidationError(
            _("Enter a name for the joined group, of at most %(most)s characters.") % {"most": LONGEST}
        )
    keys = {part.key for part in parts}
    earlier = [merger for merger in locked.joined if not keys & set(merger["groups"])]
    absorbed = {key for merger in locked.joined if keys & set(merger["groups"]) for key in merger["groups"]}
    _save(locked, [*earlier, {"name": name, "groups": sorted(keys | absorbed)}], verb="join_groups", by=by)


@transaction.atomic
def part_groups(*, survey: Survey, group: str, by: User) -> None:
    """Take apart what stands under this key."""
    locked = lock_survey(survey)
    check_is_draft(locked)
    _save(locked, [merger for merger in locked.joined if group not in merger["groups"]], verb="part_groups", by=by)


def _save(survey: Survey, joined: list[dict], *, verb: str, by: User) -> None:
    survey.joined = joined
    survey.save(update_fields=["joined"])
    record(by=by, verb=verb, obj=survey, workspace=survey.workspace)
