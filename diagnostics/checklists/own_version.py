"""A workspace's own version where a recipe could stand: both say what is asked."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.models import User
from diagnostics.checklists.compiling import source_from
from diagnostics.checklists.drafting import standing
from diagnostics.checklists.duration import minutes_of
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.checklists.translating import said_in
from spaces.access import memberships_of
from spaces.models import Workspace


@dataclass(frozen=True)
class OwnVersion:
    version: ChecklistVersion

    @property
    def name(self) -> str:
        words = {"name": self.version.checklist.name, "number": self.version.number}
        return _("%(name)s, version %(number)s") % words

    @property
    def description(self) -> str:
        return _("A checklist of this workspace, with its own spaces and words.")

    @property
    def primary_space(self) -> str:
        return str(self.version.content["primary_space"])

    @property
    def spaces(self) -> tuple[str, ...]:
        return tuple(space["key"] for space in self.version.spaces)

    @property
    def statement_count(self) -> int:
        return len(self.version.statement_keys)

    @property
    def minutes(self) -> int:
        return minutes_of(said_in(self.version.content, get_language() or ""))

    @property
    def words(self) -> str:
        """How much of it is not the model's."""
        asked = list(source_from(self.version.content).asked())
        standings = [standing(one, space) for one, space in asked]
        counts = {
            "count": len(asked),
            "own": standings.count("own"),
            "reworded": len(asked) - standings.count("own") - standings.count("model"),
        }
        return _("Statements: %(count)s; of its own: %(own)s; of the model in other words: %(reworded)s.") % counts

    def statement_keys(self) -> tuple[str, ...]:
        """In page order."""
        return self.version.statement_keys


def offered_in(workspace: Workspace) -> list[OwnVersion]:
    """The published versions of a workspace that are offered, by name, newest first."""
    found = ChecklistVersion.objects.filter(checklist__workspace=workspace, standing__retired_at=None)
    ordered = found.select_related("checklist").order_by("checklist__name", "checklist", "-number")
    return [OwnVersion(version) for version in ordered]


def offered_to(leader: User) -> list[OwnVersion]:
    """Those that a workspace of theirs offers for self-assessments."""
    found = ChecklistVersion.objects.filter(
        checklist__workspace__memberships__in=memberships_of(leader),
        standing__retired_at=None,
        standing__is_for_leaders=True,
    )
    ordered = found.select_related("checklist__workspace").order_by("checklist__name", "checklist", "-number")
    return [OwnVersion(version) for version in ordered]


def behind(link: str) -> OwnVersion | None:
    """What a link that was handed out leads to; None where it was ended, or never made."""
    versions = ChecklistVersion.objects.select_related("checklist__workspace", "standing")
    found = versions.filter(standing__link=link, standing__retired_at=None).first()
    return OwnVersion(found) if found else None
