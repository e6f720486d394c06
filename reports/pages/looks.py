"""What the log of a workspace keeps of reading: that a member opened a report or fetched a file of it.

Never of respondents, of leaders who come by a link, or of self-assessments.
"""

from core.accounts.requests import SignedInRequest
from core.audit.actions import record_look
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice
from reports.files.subjects import HasFiles


def note_opened(request: SignedInRequest, one: PublishedSlice | Comparison, *, is_member: bool) -> None:
    if is_member and request.method == "GET":
        survey = one.edition.survey
        record_look(by=request.user, verb="open_report", obj=one, workspace=survey.workspace, survey=survey.public_id)


def note_fetched(request: SignedInRequest, one: HasFiles, kind: str) -> None:
    if not isinstance(one, PublishedSlice | Comparison) or not request.user.is_authenticated:
        return
    survey = one.edition.survey
    if request.method == "GET" and survey.workspace.memberships.filter(user=request.user).exists():
        where, named = survey.workspace, survey.public_id
        record_look(by=request.user, verb="fetch_file", obj=one, workspace=where, survey=named, file=kind)
