"""How well the statements of a survey worked, for owner and consultants."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from reports.editions.access import load_edition
from reports.readings.survey.evidence import read_evidence


@require_safe
@never_cache
def evidence(request: SignedInRequest, public_id: str) -> HttpResponse:
    edition = load_edition(request.user, public_id)
    return render(request, "reports/evidence.html", {"reading": read_evidence(edition)})
