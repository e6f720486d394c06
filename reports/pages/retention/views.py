"""For how long a workspace keeps what its surveys leave, what goes when, and deleting one report before its time."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from core.accounts.requests import SignedInRequest
from core.forms import ChoiceRows, get_or_post, posted, settled
from core.seen import SeenForm
from core.standing import StandingForm
from reports.editions.access import load_edition
from reports.files.purging import PurgeReason
from reports.pages.retention.page import ending_surveys
from reports.retention import deleting
from spaces.access import load_membership
from spaces.actions.workspaces import change_retention
from spaces.keeping import KEPT_MONTHS, TOLD_BEFORE, kept_for, span_of
from spaces.models import Role

AT_ONCE = 50  # surveys on a page


class RetentionForm(StandingForm):
    months = forms.TypedChoiceField(
        label=gettext_lazy("How long after their close"),
        help_text=gettext_lazy(
            "A longer time counts for surveys that are launched from now on: those who were asked before were told the "
            "present one. A shorter time counts for all."
        ),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose a time from the list"),
            "invalid_choice": gettext_lazy("Choose a time from the list"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [(months, span_of(months)) for months in KEPT_MONTHS]  # type: ignore[attr-defined]


@get_or_post
@never_cache
def retention(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, Role.OWNER).workspace
    form = RetentionForm(posted(request), initial={"months": workspace.kept_months})
    if form.is_valid() and settled(form, change_retention, workspace=workspace, by=request.user, **form.cleaned_data):
        messages.success(request, _("Saved. Everybody who is asked from now on reads it before they begin."))
        return redirect("reports:retention", public_id)
    rows = Paginator(ending_surveys(workspace), AT_ONCE)
    context = {
        "workspace": workspace,
        "form": form,
        "sentence": kept_for(workspace.kept_months),
        "days": TOLD_BEFORE.days,
        "page": rows.get_page(request.GET.get("page")),
    }
    return render(request, "reports/retention.html", context, status=422 if form.errors else 200)


class ReasonForm(SeenForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The reason stands in the log, and where members look for the report."),
        choices=[(one.value, one.label) for one in deleting.REASONS],
        widget=ChoiceRows({}),
        error_messages={
            "required": gettext_lazy("Choose a reason"),
            "invalid_choice": gettext_lazy("Choose a reason"),
        },
    )


@get_or_post
@never_cache
def delete_report(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Of a survey that stays, with its list: so that later surveys of nearly the same people are still compared."""
    edition = load_edition(request.user, public_id)
    survey = edition.survey
    load_membership(request.user, survey.workspace.public_id, Role.OWNER)
    facts = deleting.facts_of(edition)
    form = ReasonForm(posted(request), facts=facts, of=edition.public_id)
    if form.is_valid() and settled(
        form,
        deleting.delete_report,
        edition=edition,
        by=request.user,
        reason=PurgeReason(form.cleaned_data["reason"]),
        seen=form.data["seen"],
    ):
        messages.success(request, _("The report of “%(title)s” is deleted.") % {"title": survey.title})
        return redirect("surveys:dashboard", survey.public_id)
    context = {
        "survey": survey,
        "workspace": survey.workspace,
        "form": form,
        "lost": facts["lost"].value,
    }
    return render(request, "reports/delete_report.html", context, status=422 if form.errors else 200)
