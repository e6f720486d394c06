"""A respondent's page of one condition together with its frame, drawn once and filled in.

Where something has to be corrected the page is rendered like any other, by the same templates.
"""

from collections.abc import Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString

from diagnostics.answering.drafts import Saved
from diagnostics.answering.pages.head import status, trace
from diagnostics.questionnaire.cached import Slot, filled, mark
from diagnostics.questionnaire.context import page_context
from diagnostics.questionnaire.loaded import of_page
from diagnostics.questionnaire.progress import page_progress
from diagnostics.questionnaire.questionnaire import Questionnaire
from diagnostics.questionnaire.rails import Given, page_html, short_count

TEMPLATE = "answering/drawn_condition.html"
TEXTS = ("about", "asked_in", "home", "action", "save", "mark", "csrf_token")
OF_A_VISIT = ("visit_script", "visit_note", "languages")
PARTS = ("rails", "trace", "status", "loaded", "count_short", *OF_A_VISIT)


def framed_page(
    questionnaire: Questionnaire,
    condition: str,
    saved: Saved,
    *,
    comment_help: str,
    texts: Mapping[str, str],
    parts: Mapping[str, str],
) -> SafeString:
    """`texts`: a value for each of TEXTS; `parts`: HTML for each of OF_A_VISIT."""
    steps = page_progress(questionnaire, saved.answers)
    values: dict[Slot, str] = {(name,): escape(texts[name]) for name in TEXTS}
    values |= {(name,): parts[name] for name in OF_A_VISIT}
    here = next(step for step in steps if step.condition == condition)
    values["count_short",] = short_count(here.given, here.asked)
    values["loaded",] = of_page(questionnaire, condition, saved)
    values["rails",] = page_html(questionnaire, condition, Given(saved.answers, saved.comments, comment_help))
    values["trace",] = trace(steps, here=condition)
    values["status",] = status(saved.saved_at)
    return filled(TEMPLATE, questionnaire, condition, values, marked=_marked)


def _marked(questionnaire: Questionnaire, condition: str) -> dict:
    context = page_context(questionnaire, condition, Saved(), comment_help="")
    return context | {name: mark(name) for name in (*TEXTS, *PARTS)}
