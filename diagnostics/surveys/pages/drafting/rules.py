"""Step 4: what is locked at launch."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import ChoiceRows, set_choices
from diagnostics.surveys.models import K_PERSONAL, K_SHARED, Survey
from diagnostics.surveys.pages.drafting.step_form import StepForm


class RulesForm(StepForm):
    survey: Survey

    k = forms.TypedChoiceField(
        label=gettext_lazy("From how many answers does a group have a result?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose from how many answers a group has a result")},
    )
    comments_at = forms.ChoiceField(
        label=gettext_lazy("Where are comments shown?"),
        choices=Survey.CommentsAt,
        widget=ChoiceRows(
            explained={
                Survey.CommentsAt.GROUPS: gettext_lazy(
                    "Comments are shown in the report of a group from ten answers on. Those of smaller groups join a "
                    "larger one."
                ),
                Survey.CommentsAt.WHOLE: gettext_lazy("Comments are shown together in the report of the whole survey."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose where comments are shown")},
    )
    releases_to_respondents = forms.TypedChoiceField(
        label=gettext_lazy("Do respondents see the results?"),
        coerce=lambda value: value == "yes",
        choices=[
            ("yes", gettext_lazy("Yes, by itself when the survey closes")),
            ("no", gettext_lazy("Not by itself")),
        ],
        widget=ChoiceRows(
            explained={
                "yes": gettext_lazy("Their link leads to a page of results from then on. They are told so beforehand."),
                "no": gettext_lazy("You decide after the close, and can still show them."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose whether respondents see the results")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = list(_minima(self.survey))
        set_choices(self, choices, "k")
        self.fields["k"].widget = ChoiceRows(explained=_minima_explained(), choices=choices)

    @staticmethod
    def of(survey: Survey) -> dict:
        return {
            "k": survey.k,
            "comments_at": survey.comments_at,
            "releases_to_respondents": "yes" if survey.releases_to_respondents else "no",
        }


def _minima(survey: Survey) -> Iterator[tuple[int, str]]:
    if survey.is_personal:
        yield K_PERSONAL, _("From five")
    yield K_SHARED, _("From ten")


def _minima_explained() -> dict[str, str]:
    return {
        str(K_PERSONAL): _("The least that is allowed with personal invitations."),
        str(K_SHARED): _("Fewer groups have a result of their own, and each says more. The least with shared links."),
    }
