"""One change of a workspace at a time."""

from spaces.models import Workspace


def lock_workspace(workspace: Workspace) -> Workspace:
    """Wait for whoever is changing this workspace, then read it afresh; only inside a transaction.

    Every action on members, groups and people begins here, so that no check is overtaken by another request
    (two hand-overs, two moves that would close a circle). SQLite serialises by itself.
    """
    return Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
