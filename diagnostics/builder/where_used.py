"""Where the versions of a workspace are used: in its surveys. Of self-assessments not even the number is told: of a
link that was handed to one person it would say whether they began."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics.checklists.models import ChecklistVersion
from diagnostics.surveys.models import Survey


@dataclass(frozen=True)
class Use:
    surveys: tuple[Survey, ...]

    @property
    def words(self) -> str:
        count = len(self.surveys)
        if not count:
            return _("in no survey yet")
        return ngettext("%(count)s survey", "%(count)s surveys", count) % {"count": count}


def uses(versions: Iterable[ChecklistVersion]) -> Mapping[int, Use]:
    """Version → where it is used."""
    surveys: dict[int, list[Survey]] = {version.pk: [] for version in versions}
    for survey in Survey.objects.filter(own_version__in=surveys):
        surveys[survey.own_version_id or 0].append(survey)
    return {key: Use(tuple(found)) for key, found in surveys.items()}
