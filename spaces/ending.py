"""What goes with a workspace that is deleted: the floors above say what they keep in it, and take it out."""

from django.dispatch import Signal

from core.seen import Fact, joined
from spaces.models import Workspace

workspace_counted = Signal()  # workspace=; whoever keeps something in it returns Facts
workspace_checked = Signal()  # workspace=; raises ValidationError where it cannot go yet
workspace_ends = Signal()  # workspace=, by=; inside the deleting transaction


def kept_above(workspace: Workspace) -> dict[str, Fact]:
    return joined(workspace_counted.send(sender=Workspace, workspace=workspace))
