"""Kept letters, put in the place of what stands in a form. Nothing is saved by that."""

from django.contrib import messages
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.accounts.requests import SignedInRequest
from diagnostics.surveys.actions.kept_letters import texts_of
from diagnostics.surveys.models import KeptLetters, Survey

TAKE = "take"  # the button


def kept_for(survey: Survey, language: str) -> list[KeptLetters]:
    return list(survey.workspace.kept_letters.filter(language=language))


def with_taken(sent: QueryDict | None, request: SignedInRequest, kept: list[KeptLetters]) -> QueryDict | None:
    """What was sent, with the texts of the letters that somebody takes."""
    if sent is None or TAKE not in request.POST:
        return sent
    sent = sent.copy()
    for one in kept:
        if one.public_id == sent.get("kept"):
            for field, text in texts_of(one).items():
                sent[field] = text
            messages.info(request, _("These are the messages “%(name)s”. Nothing is saved yet.") % {"name": one.name})
    return sent


def taking(request: SignedInRequest, kept: list[KeptLetters]) -> dict:
    """For surveys/take_letters.html."""
    return {"kept": kept, "taken": request.POST.get("kept", "")}
