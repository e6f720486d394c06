"""What this floor keeps in a workspace, or of an account, and how it goes with them."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.ending import account_counted, account_ends
from core.accounts.models import User
from core.jobs.models import Job
from core.seen import Fact, Facts
from diagnostics.checklists.models import Checklist, ChecklistVersion, Standing
from diagnostics.self_assessments import actions as own
from diagnostics.self_assessments.models import ResultLink, ResultReply, SelfAssessment
from diagnostics.surveys.actions.ending import asking_in, cancel_all, check_can_end, end_survey
from diagnostics.surveys.models import Participant, SharedLink
from spaces.ending import workspace_checked, workspace_counted, workspace_ends, workspace_winds_down
from spaces.models import Workspace

# --- A workspace -----------------------------------------------------------------------------------


def count_in_workspace(workspace: Workspace, **__: Any) -> Facts:
    asked = Participant.objects.filter(survey__workspace=workspace, is_removed=False)
    checklists = Checklist.objects.filter(workspace=workspace)
    standing = Standing.objects.filter(version__checklist__in=checklists).exclude(link=None)
    shared = SharedLink.objects.filter(survey__workspace=workspace)
    counts = {
        "surveys": (_("surveys"), workspace.surveys.count()),
        "open": (_("of these open or planned, which are cancelled at once"), asking_in(workspace).count()),
        "asked": (_("people asked in surveys"), asked.count()),
        "checklists": (_("checklists of its own"), checklists.count() + workspace.checklist_drafts.count()),
        "links": (_("shared links"), standing.count() + shared.count()),
    }
    return {key: Fact(label, count, str(count)) for key, (label, count) in counts.items()}


def wind_down(workspace: Workspace, by: User, now: datetime.datetime, **__: Any) -> None:
    cancel_all(workspace, by=by, now=now)


def check_workspace(workspace: Workspace, **__: Any) -> None:
    check_can_end(workspace)


def end_in_workspace(workspace: Workspace, by: User | None, **__: Any) -> None:
    for survey in workspace.surveys.all():
        end_survey(survey, by=by)
    workspace.checklist_drafts.all().delete()
    _end_checklists(workspace)


def _end_checklists(workspace: Workspace) -> None:
    """What somebody rated themselves by stays with their own result; it belongs to no workspace then."""
    checklists = Checklist.objects.filter(workspace=workspace)
    versions = ChecklistVersion.objects.filter(checklist__in=checklists)
    Standing.objects.filter(version__in=versions).delete()
    versions.exclude(pk__in=_rated_by(versions)).delete()
    checklists.filter(versions=None).delete()
    checklists.update(workspace=None)


def _rated_by(versions: QuerySet[ChecklistVersion]) -> QuerySet[SelfAssessment, Any]:
    return SelfAssessment.objects.filter(version__in=versions).values("version")


# --- An account ------------------------------------------------------------------------------------


def count_of_account(user: User, **__: Any) -> Facts:
    count = user.self_assessments.count()
    shared = SelfAssessment.objects.filter(leader=user, shares__isnull=False).distinct().count()
    links = ResultLink.objects.standing().filter(self_assessment__leader=user).count()
    replies = ResultReply.objects.filter(link__self_assessment__leader=user).count()
    return {
        "self_assessments": Fact(_("self-assessments of your own"), count, str(count)),
        "shared": Fact(_("of these shared with others"), shared, str(shared)),
        "result_links": Fact(_("links that open one of them"), links, str(links)),
        "replies": Fact(_("replies to them"), replies, str(replies)),
    }


def end_of_account(user: User, **__: Any) -> None:
    for one in user.self_assessments.all():
        Job.objects.filter(subject=one.public_id).delete()
        own.delete(self_assessment=one, by=user)


def connect() -> None:
    workspace_counted.connect(count_in_workspace, dispatch_uid="diagnostics.count_in_workspace")
    workspace_winds_down.connect(wind_down, dispatch_uid="diagnostics.wind_down")
    workspace_checked.connect(check_workspace, dispatch_uid="diagnostics.check_workspace")
    workspace_ends.connect(end_in_workspace, dispatch_uid="diagnostics.end_in_workspace")
    account_counted.connect(count_of_account, dispatch_uid="diagnostics.count_of_account")
    account_ends.connect(end_of_account, dispatch_uid="diagnostics.end_of_account")
