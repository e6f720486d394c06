"""What the forms of the four steps have in common."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from core.forms import TOO_LONG
from core.words import Words
from diagnostics.surveys.models import Survey

LONGEST_TEXT = 3_000  # characters


class StepForm(forms.Form):
    """A step may be left half done: then only what is there must be right."""

    def __init__(self, *args: Any, survey: Survey | None = None, **kwargs: Any):
        self.survey = survey
        super().__init__(*args, **kwargs)

    @property
    def is_only_incomplete(self) -> bool:
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        return codes <= {"required"}

    def values(self) -> dict:
        """The survey's fields as far as they are known."""
        return self.cleaned_data


def text_area(*, rows: int, missing: Words, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        error_messages={"required": missing},
        **kwargs,
    )
