"""The log of a workspace as its owner and consultants read it: who did what and when, newest first."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from core.accounts.models import User
from core.audit.ageing import LOOKS
from core.audit.models import Entry
from diagnostics.surveys.history.models import AddressChange
from diagnostics.surveys.models import Participant, Survey
from reports.editions.models import Edition, PublishedComment
from reports.pages.audit.names import known_to
from reports.pages.audit.sentences import sentence_of, verbs_of
from spaces.models import Workspace


@dataclass(frozen=True)
class Line:
    at: datetime.datetime
    sentence: str
    addresses: AddressChange | None  # for owners

    @property
    def day(self) -> datetime.date:
        """In the zone of the site."""
        return timezone.localdate(self.at)


def lines_of(
    workspace: Workspace, *, survey: Survey | None = None, who: User | None = None, kind: str = ""
) -> QuerySet[Entry]:
    """Without a `kind`, all that was changed."""
    entries = Entry.objects.filter(workspace_id=workspace.pk)
    if who:
        entries = entries.filter(actor_id=who.pk)
    if survey:
        entries = entries.filter(_about(survey))
    entries = entries.filter(verb__in=verbs_of(kind)) if kind else entries.exclude(verb__in=LOOKS)
    return entries.order_by("-at", "-pk")


def _about(survey: Survey) -> Q:
    """Lines that name it, or something of it that is still there."""
    parts: dict[str, QuerySet] = {
        "diagnostics.participant": Participant.objects.filter(survey=survey),
        "reports.edition": Edition.objects.filter(survey=survey),
        "reports.publishedcomment": PublishedComment.objects.filter(edition__survey=survey),
    }
    about = Q(object_kind="diagnostics.survey", object_id=str(survey.pk)) | Q(detail__survey=survey.public_id)
    for kind, rows in parts.items():
        about |= Q(object_kind=kind, object_id__in=_as_text(rows))
    return about


def _as_text(rows: QuerySet[Model]) -> QuerySet:
    return rows.values(as_text=Cast("pk", CharField()))


def read(entries: Sequence[Entry], workspace: Workspace, *, is_owner: bool) -> list[Line]:
    """Old and new addresses are not even looked up for anybody but the owner."""
    known = known_to(entries, workspace)
    changes = AddressChange.objects.filter(entry__in=entries, survey__workspace=workspace) if is_owner else ()
    addresses = {change.entry_id: change for change in changes}
    return [Line(entry.at, sentence_of(entry, known.words(entry)), addresses.get(entry.pk)) for entry in entries]
