"""Who may read a comparison: whoever may read every slice in it, and, for differences, every slice of the edition."""

from django.shortcuts import get_object_or_404

from core.accounts.models import User
from reports.comparisons.models import Comparison
from reports.editions.access import Sight, refuse, sight_of
from reports.editions.models import Edition


def load_comparison(user: User, public_id: str) -> tuple[Comparison, Sight]:
    """404 for an outsider, 403 for a member to whom a part of it is not released."""
    comparison = get_object_or_404(Comparison.objects.for_reading(), public_id=public_id)
    sight = sight_of(user, comparison.edition)
    if not sees_comparison(comparison, sight):
        refuse(sight)
    return comparison, sight


def can_rename(comparison: Comparison, sight: Sight, user: User) -> bool:
    """Whoever made it; and owner and consultants, who answer for the report."""
    return sight.is_manager or comparison.made_by_id == user.pk


def sees_comparison(comparison: Comparison, sight: Sight) -> bool:
    return all(sight.sees(one) for one in comparison.edition.slices.light() if comparison.shows(one))


def sees_everybody(edition: Edition, sight: Sight) -> bool:
    """Whether a reader may see a group set against everybody else."""
    return all(sight.sees(one) for one in edition.slices.light())
