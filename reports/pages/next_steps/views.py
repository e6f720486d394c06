"""From a place of a leader's own result to something to try."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted
from diagnostics.self_assessments.models import SelfAssessment
from reports.pages.next_steps.forms import CausesForm
from reports.readings.next_steps.actions import fitting_actions
from reports.readings.next_steps.causes import cause_questions, causes_of
from reports.readings.self_assessment.own_answers import OwnCell
from reports.readings.self_assessment.result import read_result
from reports.self_assessments.access import load_own_result


@get_or_post
@never_cache
def next_step(request: SignedInRequest, public_id: str, condition: str, space: str) -> HttpResponse:
    """Five questions and the actions that fit. What was answered is posted, used for this page and kept nowhere."""
    own = load_own_result(request.user, public_id)
    opened = opened_place(own, condition, space)
    form = CausesForm(posted(request), questions=cause_questions(space))
    causes = causes_of(form.answers())
    context = {
        "own": own,
        "opened": opened,
        "form": form,
        "causes": causes,
        "actions": fitting_actions(
            opened.key, cause=causes.start_with, company=form.company(), indicators=opened.low or opened.between
        ),
        "is_answered": request.method == "POST",
    }
    return render(request, "reports/next_step.html", context)


def opened_place(own: SelfAssessment, condition: str, space: str) -> OwnCell:
    """404 for what was not asked."""
    opened = read_result(own.result).cell(condition, space)
    if opened is None:
        raise Http404
    return opened
