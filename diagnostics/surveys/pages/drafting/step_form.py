"""What the forms of the four steps have in common."""

import json
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from core.forms import TOO_LONG
from core.standing import NOTHING, STOOD, Marks, StandingForm, mark_of, marks_in
from core.words import Words
from diagnostics.surveys.models import Survey

LONGEST_TEXT = 3_000  # characters
MOST_KEPT = 200_000  # characters of a step that cannot be saved yet


TYPED = "typed"  # the mark of what could not be saved


class StepForm(StandingForm):
    """A step may be left half done: then only what is there must be right.

    Whoever had it open when a colleague typed what could not be saved yet is shown that before theirs takes its place.
    """

    step = ""
    has_unseen = False  # whether such words are shown for the first time

    def __init__(self, *args: Any, survey: Survey | None = None, **kwargs: Any):
        self.survey = survey
        super().__init__(*args, **kwargs)

    @property
    def left(self) -> dict[str, list[str]] | None:
        return self.survey.typed.get(self.step) if self.survey else None

    def marks(self) -> Marks:
        return super().marks() | {TYPED: mark_of(self.left)}

    def clashes(self, stood: Marks) -> Marks:
        told = super().clashes(stood)
        if self.survey and self.left and mark_of(self.left) != stood.get(TYPED, NOTHING):
            told[TYPED] = mark_of(self.left)
            sent = {name: mark_of(value) for name, value in self.cleaned_data.items()}
            for name in [name for name in self.fields if name != STOOD]:
                theirs = self._typed_in(self.as_left(self.survey, self.step), name)
                if mark_of(theirs) not in (NOTHING, mark_of(self.standing(name)), sent.get(name)):
                    self.say_meanwhile(name, theirs)
                    self.has_unseen = True
        return told

    def _typed_in(self, data: QueryDict | None, name: str) -> Any:
        field = self.fields[name]
        typed = field.widget.value_from_datadict(data or {}, {}, name)
        try:
            return field.clean(typed)
        except ValidationError:
            return " ".join(filter(None, typed)) if isinstance(typed, list) else typed

    @classmethod
    def as_left(cls, survey: Survey, step: str) -> QueryDict | None:
        """What was typed in this step and could not be saved, as it would be sent again; None where all is saved."""
        if step not in survey.typed:
            return None
        data = QueryDict(mutable=True)
        for name, values in survey.typed[step].items():
            data.setlist(name, values)
        if stood := marks_in(data.get(STOOD, "")):  # whoever has it before them has seen it
            data[STOOD] = json.dumps(stood | {TYPED: mark_of(survey.typed[step])})
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
