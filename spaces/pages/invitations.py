"""The page behind the link in an invitation."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.forms import get_or_post
from spaces.actions.workspaces import accept_invitation
from spaces.invitations import Standing, find_invitation, standing
from spaces.models import ColleagueInvitation, Role
from spaces.roles import MAY


@login_not_required
@get_or_post
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Names the workspace only to somebody who has shown that the invited address is theirs."""
    invited = find_invitation(token)
    now = timezone.now()
    found = standing(invited, request.user, now=now)
    if invited and found == Standing.MEMBER:
        return redirect(invited.workspace)
    if request.method == "POST":
        return _answered(request, token, invited if found == Standing.WELCOME else None, now)
    context: dict[str, Any] = {"standing": found.value, "invitation": None, "may": ""}
    if invited and found == Standing.WELCOME:
        context |= {"invitation": invited, "may": MAY[Role(invited.role)]}
    return render(request, "spaces/invitation.html", context, status=410 if found == Standing.USELESS else 200)


def _answered(
    request: HttpRequest, token: str, invited: ColleagueInvitation | None, now: datetime.datetime
) -> HttpResponse:
    if invited is None or not request.user.is_authenticated:
        return redirect("spaces:invitation", token)
    try:
        membership = accept_invitation(invitation=invited, by=request.user, now=now)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("spaces:invitation", token)
    messages.success(request, _("You are now a member of %(workspace)s.") % {"workspace": membership.workspace})
    return redirect(membership.workspace)
