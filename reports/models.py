"""The tables of this app, which Django looks for here; everything else imports them from their own rooms."""

from reports.agreements.models import Agreement
from reports.comparisons.models import Comparison
from reports.counts.models import DailyCount
from reports.editions.models import (
    ChosenSteps,
    Edition,
    GoneReport,
    PublishedComment,
    PublishedSlice,
    PurgePermit,
    Release,
    ReleaseLetters,
    ReportLink,
)
from reports.files.models import Document
from reports.intentions.models import Intention, NextTime
from reports.retention.models import Going
from reports.self_assessments.models import SelfAssessmentResult

__all__ = [
    "Agreement",
    "ChosenSteps",
    "Comparison",
    "DailyCount",
    "Document",
    "Edition",
    "Going",
    "GoneReport",
    "Intention",
    "NextTime",
    "PublishedComment",
    "PublishedSlice",
    "PurgePermit",
    "Release",
    "ReleaseLetters",
    "ReportLink",
    "SelfAssessmentResult",
]
