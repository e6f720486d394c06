"""The models of every subject of this app, gathered where Django looks for them."""

from diagnostics.checklists.models import Checklist, ChecklistVersion
from diagnostics.instrument.models import (
    Condition,
    Example,
    Indicator,
    LeaderRole,
    ObserverFrame,
    OpenQuestion,
    Scale,
    Statement,
)
from diagnostics.self_assessments.models import SelfAssessment, Share

__all__ = [
    "Checklist",
    "ChecklistVersion",
    "Condition",
    "Example",
    "Indicator",
    "LeaderRole",
    "ObserverFrame",
    "OpenQuestion",
    "Scale",
    "SelfAssessment",
    "Share",
    "Statement",
]
