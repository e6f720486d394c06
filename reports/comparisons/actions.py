"""Choosing what to compare."""

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from reports.comparisons.access import sees_everybody
from reports.comparisons.models import Comparison
from reports.editions.access import Sight
from reports.editions.groups import grouping_of, slice_name
from reports.editions.models import Edition, PublishedSlice

LEAST, MOST = 2, 60


@dataclass(frozen=True)
class Chosen:
    """A group of a comparison: one slice, or several under a name of the reader's own."""

    slices: tuple[PublishedSlice, ...]
    name: str = ""


@transaction.atomic
def compare_groups(
    *, edition: Edition, chosen: Sequence[Chosen], sight: Sight, by: User, now: datetime.datetime, name: str = ""
) -> Comparison:
    """The comparison of these groups, in the order of the survey; made once under each name.

    Differences from everybody else are in it where `sight` is of the whole edition, and the close that made it judged
    them. Raises ValidationError with a sentence for the user.
    """
    groups = sorted((one for one in chosen if one.slices), key=_in_survey_order)
    _check(edition, groups)
    stored = [
        {"name": one.name, "slices": [part.public_id for part in sorted(one.slices, key=lambda part: part.order)]}
        for one in groups
    ]
    choice = hashlib.sha256(json.dumps(stored, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return Comparison.objects.get_or_create(
        edition=edition,
        is_against_others=edition.judges_groups and sees_everybody(edition, sight),
        choice=choice,
        name=name,
        defaults={"groups": stored, "made_by": by, "created_at": now},
    )[0]


def _in_survey_order(one: Chosen) -> tuple[list[int], str]:
    return sorted(part.order for part in one.slices), one.name


def _check(edition: Edition, groups: Sequence[Chosen]) -> None:
    if len(groups) < LEAST:
        raise ValidationError(_("Choose at least two groups to compare"))
    if len(groups) > MOST:
        raise ValidationError(_("Choose at most %(most)s groups, or count some together") % {"most": MOST})
    grouping = grouping_of(edition)
    for one in groups:
        if len(one.slices) > 1 and not one.name:
            raise ValidationError(_("Name the groups that you count together"))
        atoms = [grouping.atoms_in([part]) for part in one.slices]
        if sum(map(len, atoms)) > len(set().union(*atoms)):
            names = ", ".join(slice_name(part) for part in one.slices)
            raise ValidationError(
                _("One of these groups is part of another: %(names)s. Nobody may be counted twice; choose one of them.")
                % {"names": names}
            )
