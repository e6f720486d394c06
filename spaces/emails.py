"""The message that invites a colleague, rendered in the worker at the moment it leaves."""

from django.conf import settings
from django.template.defaultfilters import date
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from core.post.registry import Rendered, register
from core.words import unlinked
from spaces.invitations import invitation_link
from spaces.looks import look_of, writer_of
from spaces.models import ColleagueInvitation, Role, Workspace
from spaces.roles import MAY

INVITING = "spaces.colleague_invitation"
ENDING = "spaces.ending"


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


def ending(reference: dict, language: str) -> Rendered | None:
    """That a workspace is being deleted, to those who manage it; nothing where it was kept or has gone meanwhile."""
    workspace = Workspace.objects.filter(public_id=reference["workspace"], ends_at__isnull=False).first()
    if workspace is None or workspace.ends_at is None:
        return None
    link = settings.SITE_URL + workspace.get_absolute_url()
    with override(language):
        words = {
            "workspace": unlinked(workspace.name),
            "day": date(timezone.localtime(workspace.ends_at), gettext("j F Y")),
            "link": link,
        }
        text = gettext(
            "Hello,\n\n"
            "the owner of %(workspace)s deletes it. On %(day)s all that is in it goes for good: surveys, reports, "
            "files, lists of people, groups and checklists. Surveys that were open are cancelled already, and the "
            "people asked are told.\n\n"
            "Download before that day what you may keep. Until then its owner can still keep the workspace.\n\n"
            "%(link)s\n"
        )
        subject = gettext("%(workspace)s will be deleted on %(day)s") % words
        return Rendered(subject, text % words, link=link, button=_("Open the workspace"), look=look_of(workspace))


def register_all() -> None:
    register(INVITING, colleague_invitation)
    register(ENDING, ending)
