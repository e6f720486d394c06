"""What goes with a workspace that is deleted: the floors above say what they keep in it, and take it out."""

from django.core.exceptions import ValidationError
from django.dispatch import Signal
from django.utils.translation import gettext as _

from core.seen import Fact, joined
from spaces.models import Workspace

workspace_counted = Signal()  # workspace=; whoever keeps something in it returns Facts
workspace_winds_down = Signal()  # workspace=, by=, now=; its owner deletes it: what is under way stops, or a
# ValidationError says why it cannot yet
workspace_checked = Signal()  # workspace=; raises ValidationError where it cannot go yet
workspace_ends = Signal()  # workspace=, by=; inside the deleting transaction


def kept_above(workspace: Workspace) -> dict[str, Fact]:
    return joined(workspace_counted.send(sender=Workspace, workspace=workspace))


def check_stays(workspace: Workspace) -> None:
    """Whether something may begin here that others are asked to take part in."""
    if workspace.ends_at is not None:
        raise ValidationError(
            _("This workspace is about to be deleted, so nobody can be asked from it. The owner can still keep it.")
        )
