"""Deleting a workspace: what goes is counted first, its name is typed, and for some days it can be kept after all."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.accounts.requests import SignedInRequest
from core.forms import ChoiceRows, OneLine, get_or_post, posted, refusal_of, settled
from core.seen import SeenForm
from spaces.access import load_membership
from spaces.actions.ending import check_can_plan, facts_of, keep_workspace, plan_end
from spaces.keeping import WAITING, EndReason
from spaces.models import Role


class DeleteForm(SeenForm):
    name = OneLine(most=120, widget=forms.TextInput({"autocomplete": "off"}))
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=EndReason.choices,
        widget=ChoiceRows({}),
        error_messages={
            "required": gettext_lazy("Choose a reason"),
            "invalid_choice": gettext_lazy("Choose a reason"),
        },
    )

    def __init__(self, *args: Any, called: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.called = called
        self.fields["name"].label = gettext_lazy("Name of the workspace")
        self.fields["name"].help_text = _("To be sure, type it as it is: %(name)s") % {"name": called}
        self.fields["name"].error_messages["required"] = _("Type the name of the workspace")

    def clean_name(self) -> str:
        given: str = self.cleaned_data["name"]
        if given.casefold() != " ".join(self.called.split()).casefold():
            raise ValidationError(_("This is not its name. Type it as it stands above."))
        return given


@get_or_post
def delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, Role.OWNER).workspace
    facts = facts_of(workspace)
    form = DeleteForm(posted(request), called=workspace.name, facts=facts, of=public_id)
    if form.is_valid() and settled(
        form,
        plan_end,
        workspace=workspace,
        by=request.user,
        reason=form.cleaned_data["reason"],
        seen=form.data["seen"],
        now=timezone.now(),
    ):
        messages.success(request, _("The workspace will be deleted. Until then you can keep it after all."))
        return redirect(workspace)
    context = {
        "workspace": workspace,
        "form": form,
        "facts": [fact for fact in facts.values() if fact.value],
        "days": WAITING.days,
        "refusal": refusal_of(check_can_plan, workspace),
    }
    return render(request, "spaces/delete_workspace.html", context)


@require_POST
def keep(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, Role.OWNER).workspace
    keep_workspace(workspace=workspace, by=request.user)
    messages.success(request, _("The workspace stays. Surveys that were cancelled stay cancelled."))
    return redirect(workspace)
