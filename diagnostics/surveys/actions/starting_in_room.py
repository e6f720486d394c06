"""A short survey in the room: one statement for each condition, one link, closed and shown while people are there.

It is a pulse by shared link like any other, launched by the same actions; only its form asks less.
"""

import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.zones import moment
from diagnostics.surveys.actions.lifecycle import create_draft, launch_survey, save_step
from diagnostics.surveys.actions.readiness import PEOPLE
from diagnostics.surveys.audience.tree import ROOM
from diagnostics.surveys.letters.wording import contact_of
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import Status
from spaces.access import lock_workspace
from spaces.models import Space, Workspace

LAST_MINUTE = datetime.time(23, 59)  # of the day on which it was started
LATE_IN_THE_EVENING = datetime.timedelta(hours=1)  # that it may stay open all the same


@transaction.atomic
def start_in_room(
    *,
    workspace: Workspace,
    title: str,
    space: Space,
    people: int,
    lasts: datetime.timedelta,
    zone: str,
    by: User,
    now: datetime.datetime,
) -> Survey:
    """Launched at once. `people`: as many can start. A second click leads to what the first one started."""
    lock_workspace(workspace)
    if started := _started(workspace, title, by):
        return started
    draft = create_draft(
        workspace=workspace,
        by=by,
        title=title,
        is_in_room=True,
        asked_by=str(by),
        contact=contact_of(by),
        purpose=_("To see together how the five conditions stand, as soon as everybody has answered, and to talk."),
        closes_at=_closing(now, lasts, zone),
        time_zone=zone,
    )
    draft = save_step(
        survey=draft,
        step=PEOPLE,
        by=by,
        preset="pulse",
        primary_space_id=space.key,
        spaces_asked=[space.key],
        entry=Survey.Entry.SHARED,
        sizes={ROOM: people},
        releases_to_respondents=True,
    )
    return launch_survey(survey=draft, by=by, now=now)


def _started(workspace: Workspace, title: str, by: User) -> Survey | None:
    theirs = workspace.surveys.filter(is_in_room=True, created_by=by, title=title)
    return theirs.filter(status__in=[Status.LAUNCHING, Status.OPEN]).first()


def _closing(now: datetime.datetime, lasts: datetime.timedelta, zone: str) -> datetime.datetime:
    """At the latest at the end of the day, or after an hour where the day is nearly over."""
    end_of_day = moment(now.astimezone(ZoneInfo(zone)).date(), LAST_MINUTE, zone)
    return min(now + lasts, max(end_of_day, now + LATE_IN_THE_EVENING))
