"""What a leader chooses before a self-assessment, and whom they share it with."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import ChoiceRows, set_choices
from diagnostics.checklists.presets import PRESETS, Preset, Recipe, estimated_minutes
from diagnostics.checklists.source import SPACES
from diagnostics.instrument.translations import spaces_said
from spaces.models import Space


@dataclass(frozen=True)
class Length:
    spaces: int
    statements: int
    minutes: int

    def __str__(self) -> str:
        statements = ngettext("%(count)s statement", "%(count)s statements", self.statements) % {
            "count": self.statements
        }
        minutes = ngettext("about %(count)s minute", "about %(count)s minutes", self.minutes) % {"count": self.minutes}
        return gettext("%(statements)s, %(minutes)s") % {"statements": statements, "minutes": minutes}


@dataclass(frozen=True)
class Offer:
    """A preset as it is offered for a self-assessment."""

    preset: Preset

    @property
    def lengths(self) -> list[Length]:
        """For four spaces, three, two and one; which of them is the primary one makes no difference."""
        return [_length(self.preset, SPACES[:count]) for count in range(len(SPACES), 0, -1)]


def _length(preset: Preset, spaces: tuple[str, ...]) -> Length:
    statements = Recipe(preset.key, spaces[0], spaces).statement_count
    return Length(len(spaces), statements, estimated_minutes(statements))


OFFERED = {key: Offer(preset) for key, preset in PRESETS.items() if not preset.is_about_named_leader}
DEFAULT = "focused"


class StartForm(forms.Form):
    """Which space the work is in now has no answer to begin with; the rest has."""

    primary_space = forms.ChoiceField(
        label=_("Which space is your work in now?"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose the space your work is in now"),
            "invalid_choice": _("Choose the space your work is in now"),
        },
    )
    spaces = forms.MultipleChoiceField(
        label=_("Which spaces do you want to rate?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": _("Choose among the four spaces")},
    )
    preset = forms.ChoiceField(
        label=_("How much do you want to be asked?"),
        choices=list(OFFERED.items()),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose how much you want to be asked"),
            "invalid_choice": _("Choose one of the lengths offered"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        spaces = [(space.key, space) for space in spaces_said(Space.objects.all())]
        set_choices(self, spaces, "primary_space", "spaces")

    def clean(self) -> dict:
        """The space the work is in is always rated."""
        super().clean()
        chosen = self.cleaned_data
        primary = chosen.get("primary_space")
        if primary and primary not in chosen.get("spaces", []):
            chosen["spaces"] = [*chosen.get("spaces", []), primary]
        return chosen


class ReaderForm(forms.Form):
    """One of `people`."""

    reader = forms.ModelChoiceField(
        label=_("Whom do you want to show it to?"),
        queryset=User.objects.none(),
        empty_label=None,
        widget=ChoiceRows({}),
        error_messages={
            "required": _("Choose one person"),
            "invalid_choice": _("Choose somebody from the list"),
        },
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[User]", self.fields["reader"])
        field.queryset = people
        cast("ChoiceRows", field.widget).explained = _addresses_of_namesakes(people)


def _addresses_of_namesakes(people: QuerySet[User]) -> dict[str, str]:
    """Only where a name does not say who is meant: a result may not reach the wrong person."""
    how_often = Counter(person.name for person in people)
    return {str(person.pk): person.email for person in people if how_often[person.name] > 1}
