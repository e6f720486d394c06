"""What a launched survey holds in its workspace: a list that came in before it is not taken back."""

import datetime

from spaces.importing.actions.undoing import hold_when
from spaces.models import Workspace


def launched_since(workspace: Workspace, then: datetime.datetime) -> bool:
    return workspace.surveys.filter(launched_at__gt=then).exists()


def connect() -> None:
    hold_when(launched_since)
