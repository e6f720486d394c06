"""Forms of something that several people may have open at once."""

import datetime
import hashlib
import json
from collections.abc import Hashable, Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

STOOD = "stood"  # the field that carries the marks

Marks = dict[str, str]  # by field


class StandingForm(forms.Form):
    """It carries marks of what stood in its fields when it was loaded; `initial` is what stands now.

    What was left alone stays as a colleague saved it meanwhile; where both changed the same, the second is shown the
    first's before theirs takes its place.
    """

    stood = forms.CharField(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == STOOD:
            return json.dumps(self.marks())
        return super().get_initial_for_field(field, field_name)

    def marks(self) -> Marks:
        """Of whatever holds something; what is not named held nothing."""
        marks = {name: mark_of(self.standing(name)) for name in self.fields if name != STOOD}
        return {name: mark for name, mark in marks.items() if mark != NOTHING} | {STOOD: NOTHING}

    def standing(self, name: str) -> Any:
        """What is saved, as the form would have it."""
        field = self.fields[name]
        saved = field.prepare_value(super().get_initial_for_field(field, name))
        try:
            return field.clean(field.widget.decompress(saved) if isinstance(field, forms.MultiValueField) else saved)
        except ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        super().clean()
        stood = marks_in(self.cleaned_data.pop(STOOD, ""))
        if stood and (told := self.clashes(stood)):  # whoever sends it again has seen what stands there now
            data = cast("QueryDict", self.data).copy()
            data[STOOD] = json.dumps(stood | told)
            self.data = data
        return self.cleaned_data

    def clashes(self, stood: Marks) -> Marks:
        """What others changed as well is said at its field; answers the marks of that."""
        told = {}
        for name in [name for name in self.cleaned_data if name in self.fields]:
            now, before = self.standing(name), stood.get(name, NOTHING)
            if mark_of(now) in (before, mark_of(self.cleaned_data[name])):
                continue
            if mark_of(self.cleaned_data[name]) == before:
                self.cleaned_data[name] = now
            else:
                self.say_meanwhile(name, now)
                told[name] = mark_of(now)
        return told

    def say_meanwhile(self, name: str, now: Any) -> None:
        if shown := _shown(self.fields[name], now):
            said = _("It was changed meanwhile, to “%(now)s”. Save again to have yours instead")
            self.add_error(name, said % {"now": shown})
        else:
            self.add_error(name, _("It was changed meanwhile. Save again to have yours instead"))


def mark_of(value: Any) -> str:
    """Of a value; texts have one kind of line end, times no seconds, and what is empty is all the same."""
    if isinstance(value, str):
        value = "\n".join(value.splitlines())
    if isinstance(value, datetime.time):
        value = f"{value:%H:%M}"
    return hashlib.sha256(json.dumps(value or None, default=_plain).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    if isinstance(value, QuerySet):
        return sorted(map(_plain, value))
    return getattr(value, "public_id", value.pk) if isinstance(value, Model) else str(value)


NOTHING = mark_of(None)


def marks_in(stood: str) -> Marks:
    try:
        marks = json.loads(stood or "{}")
    except (ValueError, RecursionError):
        return {}
    return marks if isinstance(marks, dict) else {}


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(value, datetime.date):
        return f"{value.day} {value.month} {value.year}"
    if isinstance(field, forms.ChoiceField):
        key = getattr(value, "public_id", "" if value is None else value)
        labels = dict(flatten_choices(cast("Iterable[Any]", field.choices)))
        return str(labels.get(key, "")) if isinstance(key, Hashable) else ""
    return str(value) if isinstance(value, str | Model) else ""
