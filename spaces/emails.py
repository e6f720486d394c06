"""The message that invites a colleague, rendered in the worker at the moment it leaves."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.post.registry import Rendered, register
from core.words import unlinked
from spaces.invitations import invitation_link
from spaces.looks import look_of, writer_of
from spaces.models import ColleagueInvitation, Role
from spaces.roles import MAY

INVITING = "spaces.colleague_invitation"


def colleague_invitation(reference: dict, language: str) -> Rendered | None:
    invitations = ColleagueInvitation.objects.open(timezone.now()).select_related("workspace", "invited_by")
    invitation = invitations.filter(public_id=reference["invitation"]).first()
    if invitation is None:
        return None
    workspace, link = invitation.workspace, invitation_link(invitation)
    context = {
        "invitation": invitation,
        "workspace": unlinked(workspace.name),
        "inviter": unlinked(str(invitation.invited_by)) if invitation.invited_by else "",
        "may": MAY[Role(invitation.role)],
        "link": link,
    }
    with override(language):
        subject, _rest, text = (
            render_to_string("spaces/email/colleague_invitation.txt", context).strip().partition("\n")
        )
        return Rendered(
            subject.strip(),
            text.strip() + "\n",
            link=link,
            button=_("Open the invitation"),
            writer=writer_of(workspace, invitation.invited_by),
            look=look_of(workspace),
        )


def register_all() -> None:
    register(INVITING, colleague_invitation)
