"""Choosing which next steps of a group go onto slides, into files and onto the agenda."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted
from reports.editions.access import load_slice
from reports.editions.groups import slice_name
from reports.files.next_steps import choose_next_steps
from reports.pages.group_steps.forms import NextStepsForm
from reports.readings.survey.slice import read_slice


@get_or_post
@never_cache
def choose(request: SignedInRequest, public_id: str) -> HttpResponse:
    """For those who may hold the conversation; nothing to choose where no place comes first."""
    one, sight = load_slice(request.user, public_id)
    if not sight.can_host:
        raise PermissionDenied
    reading = read_slice(one)
    form = NextStepsForm(posted(request), steps=reading.next_steps)
    if form.is_valid():
        choose_next_steps(of=one, choices=form.choices, by=request.user)
        messages.success(
            request, _("Saved. Slides and files show these next steps; what was made before is made anew.")
        )
        return redirect("reports:slice", public_id)  # to its top, where it says so
    return render(request, "reports/next_steps.html", {"form": form, "reading": reading, "title": slice_name(one)})
