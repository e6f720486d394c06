"""What somebody does about their letters, without a link: they want no reminders, or have lost the letter."""

from contextlib import suppress

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import respond_429
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from core.accounts import counts
from core.forms import Address, get_or_post, posted
from core.quotas.actions import nameless
from core.requests import HtmxRequest
from diagnostics.answering.submitting import decline_by_tag
from diagnostics.surveys.actions.asking_for_link import ask_for_link
from diagnostics.surveys.letters.no_reminders import tag_in
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import SurveyNotOpen
from spaces.mailboxes import mailbox

ON_ITS_WAY = "asked"


class LostLinkForm(forms.Form):
    email = Address(help_text=_("The one to which you were invited."))


@csrf_exempt
@login_not_required
@never_cache
@get_or_post
def no_reminders(request: HtmxRequest, survey: str, sealed: str) -> HttpResponse:
    """Asks first; a mailbox posts at once. The same for everybody, whatever they have answered."""
    tag = tag_in(survey, sealed)
    found = Survey.objects.filter(public_id=survey).first()
    if not tag or found is None:
        return render(request, "answering/useless.html", status=410)
    if request.method == "POST":
        with suppress(SurveyNotOpen):  # then none follows anyhow
            decline_by_tag(found.pk, tag)
    return render(request, "answering/no_reminders.html", {"survey": found, "is_done": request.method == "POST"})


@login_not_required
@never_cache
@get_or_post
def lost_link(request: HtmxRequest, survey: str = "") -> HttpResponse:
    """The same answer for everybody, as quickly for everybody: nobody learns here who is invited."""
    asked_about = Survey.objects.filter(public_id=survey).first() if survey else None
    if survey and (asked_about is None or not asked_about.is_personal):
        raise Http404
    form = LostLinkForm(posted(request))
    if form.is_valid():
        client = nameless(get_adapter().get_client_ip(request))
        if not counts.count("lost-links", client=client):
            return respond_429(request)
        email = form.cleaned_data["email"]
        if counts.count("lost-links-of-one", account=mailbox(email)):  # any that is typed, as a hash
            ask_for_link(email=email, survey=asked_about)
        return redirect(f"{request.path}?{ON_ITS_WAY}")
    context = {"form": form, "is_asked": ON_ITS_WAY in request.GET and request.method != "POST"}
    return render(request, "answering/lost_link.html", context, status=422 if form.errors else 200)
