"""The page of the log of a workspace."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from core.zones import Zone
from diagnostics.surveys.models import Survey
from reports.pages.audit.page import lines_of, read
from reports.pages.audit.sentences import KindOfChange
from spaces.access import load_membership
from spaces.models import MANAGERS, Workspace

AT_ONCE = 50  # lines on a page


class SurveyField(forms.ModelChoiceField):
    """Surveys of one name are told apart by their day."""

    def label_from_instance(self, survey: Survey) -> str:
        if survey.launched_at is None:
            return gettext("%(title)s (draft)") % {"title": survey.title}
        words = {"title": survey.title, "day": date(survey.launched_at.astimezone(survey.zone), gettext("j F Y"))}
        return gettext("%(title)s, launched on %(day)s") % words


class FilterForm(forms.Form):
    survey = SurveyField(
        label=_("Survey"),
        queryset=Survey.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("All, and the workspace itself"),
    )
    who = forms.ModelChoiceField(
        label=_("By"), queryset=User.objects.none(), required=False, empty_label=_("Everybody, and the site itself")
    )
    kind = forms.ChoiceField(
        label=_("What was done"), choices=[("", _("All changes")), *KindOfChange.choices], required=False
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("SurveyField", self.fields["survey"]).queryset = workspace.surveys.all()
        members = User.objects.filter(memberships__workspace=workspace).order_by("name", "email")
        cast("forms.ModelChoiceField", self.fields["who"]).queryset = members
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


@require_safe
@never_cache
def audit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """For owner and consultants of a shared workspace; a personal one has no log to share."""
    membership = load_membership(request.user, public_id, *MANAGERS)
    workspace = membership.workspace
    if workspace.is_personal:
        raise Http404
    form = FilterForm(request.GET, workspace=workspace)
    if not form.is_valid():
        raise Http404
    page = Paginator(lines_of(workspace, **form.cleaned_data), AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "workspace": workspace,
        "form": form,
        "is_filtered": any(form.cleaned_data.values()),
        "page": page,
        "lines": read(list(page.object_list), workspace, is_owner=membership.is_owner),
        "is_owner": membership.is_owner,
        "zone": Zone(settings.TIME_ZONE).place,
    }
    return render(request, "reports/audit.html", context)
