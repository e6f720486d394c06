"""What the forms of the four steps have in common."""

import datetime
import hashlib
import json
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.forms import TOO_LONG
from core.words import Words
from diagnostics.surveys.models import Survey

LONGEST_TEXT = 3_000  # characters
MOST_KEPT = 200_000  # characters of a step that cannot be saved yet
STOOD = "stood"


class StepForm(forms.Form):
    """A step may be left half done: then only what is there must be right.

    It carries marks of what stood in its fields when it was loaded. What was left alone stays as a colleague saved it
    meanwhile; where both changed the same, the second is shown the first's before theirs takes its place.
    """

    stood = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, survey: Survey | None = None, **kwargs: Any):
        self.survey = survey
        super().__init__(*args, **kwargs)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        return self._marks() if field_name == STOOD else super().get_initial_for_field(field, field_name)

    def _marks(self) -> str:
        """Of whatever holds something; what is not named held nothing."""
        marks = {name: _mark(self._standing(name)) for name in self.fields if name != STOOD}
        return json.dumps({name: mark for name, mark in marks.items() if mark != NOTHING} | {STOOD: NOTHING})

    def _standing(self, name: str) -> Any:
        """What is saved, as the form would have it."""
        field = self.fields[name]
        saved = super().get_initial_for_field(field, name)
        try:
            return field.clean(field.widget.decompress(saved) if isinstance(field, forms.MultiValueField) else saved)
        except ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        super().clean()
        stood = _read(self.cleaned_data.pop(STOOD, ""))
        for name in [name for name in self.cleaned_data if stood and name in self.fields]:
            now, before = self._standing(name), stood.get(name, NOTHING)
            if _mark(now) in (before, _mark(self.cleaned_data[name])):
                continue
            if _mark(self.cleaned_data[name]) == before:
                self.cleaned_data[name] = now
            else:
                self.add_error(name, _meanwhile(now))
        if self.errors:  # whoever sends it again has seen what stands there now
            data = cast("QueryDict", self.data).copy()
            data[STOOD] = self._marks()
            self.data = data
        return self.cleaned_data

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


def _mark(value: Any) -> str:
    """Of a value; texts have one kind of line end, times no seconds, and what is empty is all the same."""
    if isinstance(value, str):
        value = "\n".join(value.splitlines())
    if isinstance(value, datetime.time):
        value = f"{value:%H:%M}"
    return hashlib.sha256(json.dumps(value or None, default=str).encode()).hexdigest()[:12]


NOTHING = _mark(None)


def _read(stood: str) -> dict[str, str]:
    try:
        marks = json.loads(stood or "{}")
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


def _meanwhile(now: Any) -> str:
    if isinstance(now, datetime.date):
        now = f"{now.day} {now.month} {now.year}"
    if isinstance(now, str) and now:
        said = _("It was changed meanwhile, to “%(now)s”. Save again to have yours instead")
        return said % {"now": now}
    return _("It was changed meanwhile. Save again to have yours instead")


def text_area(*, rows: int, missing: Words, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        error_messages={"required": missing},
        **kwargs,
    )
