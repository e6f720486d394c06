"""Where one is among the four steps."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diagnostics.surveys.actions.readiness import CHECK, MESSAGES, PEOPLE, PURPOSE, STEPS
from diagnostics.surveys.models import Survey

GO = "go"  # the name of the buttons that keep a step and lead to another
TITLES = {
    PURPOSE: _("Purpose and dates"),
    PEOPLE: _("Questions and people"),
    MESSAGES: _("Messages"),
    CHECK: _("Check and launch"),
}


@dataclass(frozen=True)
class Step:
    key: str
    number: int
    title: Promise
    url: str  # "" for those to come
    is_now: bool


def step_context(current: str, survey: Survey | None = None) -> dict:
    """`steps` for the head of the page, its neighbours, and the form that is kept when somebody goes to another."""
    position = STEPS.index(current)
    steps = [
        Step(
            key=key,
            number=number,
            title=TITLES[key],
            url=reverse("surveys:step", args=[survey.public_id, key]) if survey and number <= position else "",
            is_now=key == current,
        )
        for number, key in enumerate(STEPS, start=1)
    ]
    return {
        "steps": steps,
        "step": steps[position],
        "before": steps[position - 1] if position else None,
        "form_id": "rules" if current == CHECK else "step",
    }
