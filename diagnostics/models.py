"""The models of every subject of this app, gathered where Django looks for them."""

from diagnostics.answering.models import Ballot, Draft, KeptCell, KeptPicks, Place
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
from diagnostics.surveys.models import Invitation, Participant, SharedLink, Survey, SurveyGroup

__all__ = [
    "Ballot",
    "Checklist",
    "ChecklistVersion",
    "Condition",
    "Draft",
    "Example",
    "Indicator",
    "Invitation",
    "KeptCell",
    "KeptPicks",
    "LeaderRole",
    "ObserverFrame",
    "OpenQuestion",
    "Participant",
    "Place",
    "Scale",
    "SelfAssessment",
    "Share",
    "SharedLink",
    "Statement",
    "Survey",
    "SurveyGroup",
]
