"""What the forms of the four steps have in common."""

from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from core.forms import TOO_LONG
from core.standing import StandingForm
from core.words import Words
from diagnostics.surveys.models import Survey

LONGEST_TEXT = 3_000  # characters
MOST_KEPT = 200_000  # characters of a step that cannot be saved yet


class StepForm(StandingForm):
    """A step may be left half done: then only what is there must be right."""

    def __init__(self, *args: Any, survey: Survey | None = None, **kwargs: Any):
        self.survey = survey
        super().__init__(*args, **kwargs)

    @classmethod
    def as_left(cls, survey: Survey, step: str) -> QueryDict | None:
        """What was typed in this step and could not be saved, as it would be sent again; None where all is saved."""
        if step not in survey.typed:
            return None
        data = QueryDict(mutable=True)
        for name, values in survey.typed[step].items():
            data.setlist(name, values)
        return data

    def typed(self) -> dict[str, list[str]]:
        """What was sent of its own fields, right or wrong."""
        data = cast("QueryDict", self.data)
        names = [name for name in data if any(name == own or name.startswith(f"{own}_") for own in self.fields)]
        return {name: data.getlist(name) for name in names}

    @property
    def is_too_long_to_keep(self) -> bool:
        return sum(len(value) for values in self.typed().values() for value in values) > MOST_KEPT

    @property
    def holds_more(self) -> bool:
        """Whether something was chosen that `values` does not tell."""
        return False

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
