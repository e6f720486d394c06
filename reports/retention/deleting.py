"""Deleting one report before its time, by the owner of the workspace. Its survey stays, with the list of people."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.seen import Fact, Facts, check_seen
from reports.editions.models import Edition
from reports.editions.releasing import lock_edition
from reports.files.purging import PurgeReason, purge_edition, reports_lost_with
from spaces.models import Role

REASONS = (PurgeReason.MISTAKE, PurgeReason.LAW, PurgeReason.UNNEEDED)


def facts_of(edition: Edition) -> Facts:
    return {"lost": Fact(_("what would be lost"), list(reports_lost_with(edition.survey)))}


@transaction.atomic
def delete_report(*, edition: Edition, by: User, reason: PurgeReason, seen: str) -> None:
    lock_edition(edition)
    if not edition.survey.workspace.memberships.filter(user=by, role=Role.OWNER).exists():
        raise PermissionDenied
    check_seen(seen, facts_of(edition), of=edition.public_id)
    purge_edition(edition=edition, by=by, reason=reason)
