"""Where one is among the four steps."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diagnostics.surveys.actions.readiness import CHECK, MESSAGES, PEOPLE, PURPOSE, STEPS
from diagnostics.surveys.models import Survey

TITLES = {
    PURPOSE: _("Purpose and dates"),
    PEOPLE: _("Questions and people"),
    MESSAGES: _("Messages"),
    CHECK: _("Check and launch"),
}


@dataclass(frozen=True)
class Step:
    number: int
    title: Promise
    url: str  # "" for those to come
    is_now: bool


def step_context(current: str, survey: Survey | None = None) -> dict:
    """`steps` for the head of the page, and its neighbours."""
    position = STEPS.index(current)
    steps = [
        Step(
            number=number,
            title=TITLES[key],
            url=reverse("surveys:step", args=[survey.public_id, key]) if survey and number <= position else "",
            is_now=key == current,
        )
        for number, key in enumerate(STEPS, start=1)
    ]
    return {"steps": steps, "step": steps[position], "before": steps[position - 1] if position else None}
