"""The models of every subject of this app, gathered where Django looks for them."""

from diagnostics.answering.models import Ballot, Decline, Draft, Place
from diagnostics.checklists.models import Checklist, ChecklistDraft, ChecklistVersion, Review, Standing
from diagnostics.instrument.models import (
    Condition,
    Example,
    Indicator,
    LeaderFrame,
    LeaderRole,
    ObserverFrame,
    OpenQuestion,
    Research,
    Scale,
    Statement,
)
from diagnostics.self_assessments.models import SelfAssessment, Share, Unkept
from diagnostics.surveys.history.models import AddressChange, AskedLeaf
from diagnostics.surveys.models import Invitation, LinkRequest, Participant, Reminding, SharedLink, Survey, SurveyGroup

__all__ = [
    "AddressChange",
    "AskedLeaf",
    "Ballot",
    "Checklist",
    "ChecklistDraft",
    "ChecklistVersion",
    "Condition",
    "Decline",
    "Draft",
    "Example",
    "Indicator",
    "Invitation",
    "LeaderFrame",
    "LeaderRole",
    "LinkRequest",
    "ObserverFrame",
    "OpenQuestion",
    "Participant",
    "Place",
    "Reminding",
    "Research",
    "Review",
    "Scale",
    "SelfAssessment",
    "Share",
    "SharedLink",
    "Standing",
    "Statement",
    "Survey",
    "SurveyGroup",
    "Unkept",
]
