"""What is answered where a page may not be entered: a page that says why, or a sentence for the page's script."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, HttpResponseStopPolling

from core.forms import posted_fields
from core.requests import HtmxRequest
from diagnostics.answering.respondents import Respondent, Standing
from diagnostics.questionnaire.form import LINK, LOADED, MARK, VISIT
from diagnostics.surveys.models import SharedLink, Survey

NOT_ENTERED = {MARK, VISIT, LOADED, "to"}  # fields of a page that say nothing of what somebody answered
OTHER_LINK = 412

# With a respondent and no standing: the page that is posted belongs to another link than theirs.
Refusal = Callable[[HtmxRequest, Respondent | None, Standing | None], HttpResponse]


def elsewhere(request: HtmxRequest, respondent: Respondent | None, standing: Standing | None) -> HttpResponse:
    """The page that says why not this one."""
    if respondent is None:
        return _open_again(request, status=401)
    if standing is None:
        return _open_again(request, status=OTHER_LINK)
    survey = respondent.link.survey_public_id
    if standing == Standing.DONE:
        return redirect("answering:thanks", survey)
    if standing == Standing.OPEN:
        return redirect("answering:welcome", survey)
    if respondent.link.status == Survey.Status.CLOSED and request.method != "POST":
        return redirect("reports:results", survey)  # that page says so where nothing is released
    status = 409 if request.method == "POST" else 410
    return not_open(request, respondent.survey, standing, status=status)


def _open_again(request: HtmxRequest, *, status: int) -> HttpResponse:
    """With what was entered, to be sent again."""
    fields = [(name, value) for name, value in posted_fields(request) if name != LINK]
    context = {
        "fields": fields,
        "has_entered": any(name not in NOT_ENTERED for name, _value in fields),
        "is_other_link": status == OTHER_LINK,
    }
    return render(request, "answering/open_again.html", context, status=status)


def not_open(request: HtmxRequest, survey: Survey, standing: Standing | None, *, status: int) -> HttpResponse:
    return render(request, "answering/not_open.html", {"survey": survey, "standing": standing}, status=status)


def still_waiting(request: HtmxRequest, respondent: Respondent | None, standing: Standing | None) -> HttpResponse:
    """For a page that asks again and again whether the survey in the room has come to its end; then it is led there."""
    if not request.htmx:
        return elsewhere(request, respondent, standing)
    if respondent is None:
        return HttpResponseStopPolling()
    if respondent.link.status in (Survey.Status.OPEN, Survey.Status.STOPPED):
        return HttpResponse(status=204)
    return HttpResponseClientRedirect(reverse("answering:thanks", args=[respondent.link.survey_public_id]))


def no_place_left(request: HttpRequest, respondent: Respondent, *, goes_on: bool = False) -> HttpResponse:
    """As many have started by this shared link as were announced. `goes_on`: one of them on this device."""
    if not request.accepts("text/html"):
        sentence = _("Not saved: all places are taken. Tell whoever runs this survey: “I cannot get in.”")
        return JsonResponse({"sentence": sentence}, status=409)
    link = SharedLink.objects.select_related("survey__workspace").get(group_id=respondent.link.group_id)
    context = {"survey": link.survey, "places": link.place_count, "goes_on": goes_on}
    return render(request, "answering/full.html", context, status=409)


def refused_as_json(_request: HttpRequest, respondent: Respondent | None, standing: Standing | None) -> HttpResponse:
    """The same for the page's script, which shows the sentence."""
    if respondent is None:
        sentence = _("Not saved: this page has been idle for long. Open your link again, and keep this page open.")
        return JsonResponse({"sentence": sentence}, status=401)
    if standing is None:
        sentence = _(
            "Not saved: another link was opened in this browser. Open your own link again, and keep this page open."
        )
        return JsonResponse({"sentence": sentence}, status=OTHER_LINK)
    if standing == Standing.DONE:
        return JsonResponse({"sentence": _("Not saved: your answers have been submitted already.")}, status=409)
    return JsonResponse({"sentence": _("Not saved: this survey takes no more answers.")}, status=409)
