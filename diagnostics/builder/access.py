"""Who may come in: owner and consultants of a workspace see its versions; of its drafts their own and those shared.

What somebody left behind who manages nothing there any more is the owner's.
"""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.accounts.models import User
from diagnostics.checklists.models import ChecklistDraft, ChecklistVersion, Standing
from spaces.access import load_membership
from spaces.models import MANAGERS, Role, Workspace


class Published(Exception):
    """Somebody asks for a draft that has become a version."""

    def __init__(self, version: ChecklistVersion) -> None:
        self.version = version
        super().__init__()


def load_workspace(user: User, public_id: str) -> Workspace:
    return load_membership(user, public_id, *MANAGERS).workspace


def drafts_of(user: User, workspace: Workspace) -> QuerySet[ChecklistDraft]:
    """Those the user began and those shared with the user; for the owner also those left behind."""
    own = Q(created_by=user) | Q(shared_with=user)
    if workspace.memberships.filter(user=user, role=Role.OWNER).exists():
        there = workspace.memberships.filter(role__in=MANAGERS).values("user")
        own |= Q(created_by=None) | ~Q(created_by__in=there)
    return workspace.checklist_drafts.filter(own).select_related("changed_by", "started_from").distinct()


def load_draft(user: User, public_id: str) -> ChecklistDraft:
    """With its workspace: 404 for whoever has no part in it, 403 for a member who no longer manages.

    Raises Published where it has become a version that the user may see."""
    draft = ChecklistDraft.objects.select_related("workspace", "checklist").filter(public_id=public_id).first()
    if draft is None:
        standing = get_object_or_404(Standing.objects.select_related("version__checklist"), draft=public_id)
        raise Published(load_version(user, standing.version.checklist.key, standing.version.number))
    load_membership(user, draft.workspace.public_id, *MANAGERS)
    if not drafts_of(user, draft.workspace).filter(pk=draft.pk).exists():
        raise Http404
    return draft


def load_version(user: User, key: str, number: int) -> ChecklistVersion:
    """A version of a workspace's own, with its standing."""
    versions = ChecklistVersion.objects.select_related("checklist__workspace", "standing__published_by")
    version = get_object_or_404(versions, checklist__key=key, number=number, checklist__workspace__isnull=False)
    workspace = version.checklist.workspace
    assert workspace is not None  # noqa: S101 — as was asked for
    load_membership(user, workspace.public_id, *MANAGERS)
    return version
