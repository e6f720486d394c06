"""Step 2: what is asked, and who."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import ChoiceRows, OneLine, set_choices
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.drafting.step_form import StepForm
from diagnostics.surveys.recipes import TEAM_PRESETS
from spaces.models import Group, Space
from spaces.tree import Branch

LARGEST_GROUP = 100_000  # people


class PeopleForm(StepForm):
    """Sizes are asked for every group and used where people come in by shared links."""

    preset = forms.ChoiceField(
        label=gettext_lazy("How much is asked?"),
        choices=[(key, preset.name) for key, preset in TEAM_PRESETS.items()],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": gettext_lazy("Choose how much is asked"),
            "invalid_choice": gettext_lazy("Choose one of the four presets"),
        },
    )
    primary_space = forms.ChoiceField(
        label=gettext_lazy("Which is the primary space?"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": gettext_lazy("Choose the primary space"),
            "invalid_choice": gettext_lazy("Choose one of the four spaces"),
        },
    )
    spaces = forms.MultipleChoiceField(
        label=gettext_lazy("A look at other spaces"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": gettext_lazy("Choose among the four spaces")},
    )
    audience = forms.MultipleChoiceField(
        label=gettext_lazy("Who is asked?"),
        error_messages={
            "required": gettext_lazy("Choose at least one group"),
            "invalid_choice": gettext_lazy("Choose groups from the list. One of them has been deleted meanwhile"),
        },
    )
    entry = forms.ChoiceField(
        label=gettext_lazy("How do people get in?"),
        choices=Survey.Entry,
        widget=ChoiceRows(
            explained={
                Survey.Entry.PERSONAL: gettext_lazy(
                    "One e-mail for each person. Reminders go by themselves to whoever has not answered. You see "
                    "numbers, never names."
                ),
                Survey.Entry.SHARED: gettext_lazy(
                    "You hand out one link for each group, on a poster or by a message of your own. Nobody can be "
                    "reminded, and a result needs ten answers."
                ),
            }
        ),
        error_messages={"required": gettext_lazy("Choose how people get in")},
    )
    list_made_by = OneLine(
        label=gettext_lazy("Who made the list of groups and people?"),
        help_text=gettext_lazy("Respondents read: “The list was made by Helen Marsh, from the staff list of May”."),
        most=150,
        missing=gettext_lazy("Enter who made the list"),
    )

    def __init__(self, *args: Any, branches: Iterable[Branch], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.groups = {branch.group.public_id: branch.group for branch in branches}
        self.spaces_offered = [(space.key, space) for space in Space.objects.all()]
        set_choices(self, self.spaces_offered, "primary_space", "spaces")
        set_choices(self, [(key, group.name) for key, group in self.groups.items()], "audience")
        for key, group in self.groups.items():
            self.fields[size_name(key)] = _size_field(group)

    @staticmethod
    def of(survey: Survey) -> dict:
        others = [space for space in survey.spaces_asked if space != survey.primary_space_id]
        return {
            "preset": survey.preset,
            "primary_space": survey.primary_space_id,
            "spaces": others,
            "audience": list(survey.audience.values_list("public_id", flat=True)),
            "entry": survey.entry,
            "list_made_by": survey.list_made_by,
            **{size_name(key): size for key, size in survey.sizes.items()},
        }

    @property
    def sizes(self) -> dict[str, int]:
        given = {key: self.cleaned_data.get(size_name(key)) for key in self.groups}
        return {key: size for key, size in given.items() if size is not None}

    @property
    def chosen(self) -> list[Group]:
        return [self.groups[key] for key in self.cleaned_data.get("audience", [])]

    def values(self) -> dict:
        given = self.cleaned_data
        primary = given.get("primary_space")
        others = given.get("spaces", [])
        asked = [key for key, _space in self.spaces_offered if key == primary or key in others]
        plain = {field: given[field] for field in ("preset", "entry", "list_made_by") if field in given}
        return plain | {
            "primary_space_id": primary or None,
            "spaces_asked": asked,
            "sizes": self.sizes,
            "audience": self.chosen,
        }


def size_name(group: str) -> str:
    """What the box for the size of a group (a public id) is called in the form."""
    return f"size-{group}"


def _size_field(group: Group) -> forms.IntegerField:
    wrong = _("Enter how many people %(group)s has, as a number") % {"group": group.name}
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST_GROUP,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )
