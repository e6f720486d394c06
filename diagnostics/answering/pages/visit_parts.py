"""What pages of a visit by a shared link have besides: a script that watches over it, the way to one's own link.

On a personal link they are empty: its pages stay as they are.
"""

from django.template.loader import render_to_string
from django.urls import reverse

from diagnostics.answering.cookies import AWAKE
from diagnostics.answering.languages import choices
from diagnostics.answering.respondents import Respondent


def visit_parts(respondent: Respondent) -> dict[str, str]:
    """`visit_script`, `visit_note` and `languages`, as HTML."""
    return {
        "visit_script": visit_script(respondent),
        "visit_note": _visit_note(respondent),
        "languages": _languages(respondent),
    }


def _languages(respondent: Respondent) -> str:
    found = choices(respondent.link)
    return render_to_string("answering/languages.html", {"choices": found, "form": "rating"}) if found else ""


def visit_script(respondent: Respondent, *, waits: bool = False) -> str:
    """For the head of a page. A page that waits for a result stays, however long nobody touches it."""
    if not respondent.is_visitor:
        return ""
    context = {
        "rest": reverse("answering:rest", args=[respondent.link.survey_public_id]),
        "has_begun": bool(respondent.token),
        "idle": 0 if waits else AWAKE,
    }
    return render_to_string("answering/visit_script.html", context)


def _visit_note(respondent: Respondent) -> str:
    return render_to_string("answering/visit_note.html") if respondent.is_visit else ""
