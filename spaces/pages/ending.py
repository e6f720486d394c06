"""Deleting a workspace: what goes is counted first, and its name is typed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.requests import SignedInRequest
from core.forms import OneLine, get_or_post, posted, refusal_of, settled
from core.seen import SeenForm
from spaces.access import load_membership
from spaces.actions.ending import check_can_delete, delete_workspace, facts_of
from spaces.models import Role


class DeleteForm(SeenForm):
    name = OneLine(most=120, widget=forms.TextInput({"autocomplete": "off"}))

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
        form, delete_workspace, workspace=workspace, by=request.user, seen=form.data["seen"]
    ):
        messages.success(request, _("The workspace %(name)s is deleted.") % {"name": workspace.name})
        return redirect("spaces:workspaces")
    context = {
        "workspace": workspace,
        "form": form,
        "facts": [fact for fact in facts.values() if fact.value],
        "refusal": refusal_of(check_can_delete, workspace),
    }
    return render(request, "spaces/delete_workspace.html", context)
