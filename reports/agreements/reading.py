"""What was agreed, as letters and files say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.surveys.models import Survey
from reports.agreements.access import Agreed
from reports.agreements.models import Agreement
from reports.comparisons.models import Comparison
from reports.editions.groups import told_name
from reports.editions.models import Edition
from reports.readings.comparison.comparison import title_of as title_of_comparison


@dataclass(frozen=True)
class AgreedReading:
    subject: Agreed
    lines: Sequence[Agreement]

    @property
    def edition(self) -> Edition:
        return self.subject.edition

    @property
    def survey(self) -> Survey:
        return self.subject.edition.survey

    @property
    def title(self) -> str:
        return title_of(self.subject)


def title_of(subject: Agreed) -> str:
    """Whose report it was that people talked about."""
    return title_of_comparison(subject) if isinstance(subject, Comparison) else told_name(subject)
