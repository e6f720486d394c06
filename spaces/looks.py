"""How the letters of a workspace look, and who of its members may be written to."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet

from core.accounts.models import User
from core.post.registry import Look, Writer
from spaces.models import Membership, Workspace, WorkspaceLook

USUAL = Look()


def look_of(workspace: Workspace) -> Look:
    """Comes with one query, or none where the look was fetched with the workspace."""
    look = kept_look(workspace)
    return Look(
        name=workspace.name,
        colour=look.colour or USUAL.colour,
        logo=bytes(look.logo),
        logo_size=(look.width, look.height),
    )


def kept_look(workspace: Workspace) -> WorkspaceLook:
    """Its row, or an empty one that is not saved."""
    try:
        return workspace.look
    except WorkspaceLook.DoesNotExist:
        return WorkspaceLook(workspace=workspace)


# --- Who asks ------------------------------------------------------------------------------------


def reachable_members(workspace: Workspace) -> QuerySet[Membership]:
    """Whose address is confirmed: replies may go there."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("user"), verified=True, email__iexact=OuterRef("user__email"))
    members = workspace.memberships.filter(Exists(confirmed), user__is_active=True)
    return members.select_related("user").order_by("user__name", "pk")


def writer_of(workspace: Workspace, user: User | None) -> Writer:
    """A member who can be reached; else the workspace itself, and nobody reads replies."""
    if user is None or not reachable_members(workspace).filter(user=user).exists():
        return Writer(workspace.name)
    return Writer(user.name or workspace.name, reply_to=user.email)
