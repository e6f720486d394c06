"""The posters of all groups of a survey: asked for, and fetched once they are made."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post
from diagnostics.surveys.access import load_survey
from reports.files.names import posters_name
from reports.files.posters import ask_for_posters, check_can_print, path_of, version_of


@get_or_post
def posters(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """POST has them made, GET fetches them; where there are none it leads back to the links."""
    survey = load_survey(request.user, public_id)
    try:
        check_can_print(survey)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("surveys:dashboard", public_id)
    if request.method == "POST":
        return redirect("jobs:progress", ask_for_posters(survey=survey, by=request.user).public_id)
    path = path_of(survey, version_of(survey))
    if not default_storage.exists(path):
        return redirect("surveys:dashboard", public_id)
    name = posters_name(survey.title, "pdf")
    response = FileResponse(default_storage.open(path), as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response
