"""Step 2: what is asked, and who."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import ChoiceRows, OneLine, set_choices
from diagnostics.checklists.own_version import offered_in
from diagnostics.instrument.translations import spaces_said
from diagnostics.surveys.actions.readiness import PEOPLE
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.drafting.step_form import StepForm
from diagnostics.surveys.recipes import OWN, TEAM_PRESETS, own_choice
from spaces.models import Group, Space
from spaces.tree import Branch

LARGEST_GROUP = 100_000  # people


class PeopleForm(StepForm):
    """Sizes are asked for every group and used where people come in by shared links."""

    step = PEOPLE

    preset = forms.ChoiceField(
        label=gettext_lazy("How much is asked?"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": gettext_lazy("Choose how much is asked"),
            "invalid_choice": gettext_lazy("Choose one of the checklists offered"),
        },
    )
    primary_space = forms.ChoiceField(
        label=gettext_lazy("Which is the primary space?"),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "invalid_choice": gettext_lazy("Choose one of the four spaces"),
        },
    )
    spaces = forms.MultipleChoiceField(
        label=gettext_lazy("A look at other spaces"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": gettext_lazy("Choose among the four spaces")},
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Which languages beside English?"),
        help_text=gettext_lazy(
            "Respondents switch whenever they like. Whoever has a language in your list of people is written to in it."
        ),
        required=False,
        choices=settings.LANGUAGES[1:],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": gettext_lazy("Choose among the languages listed")},
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

    def __init__(self, *args: Any, survey: Survey, branches: Iterable[Branch], **kwargs: Any):
        super().__init__(*args, survey=survey, **kwargs)
        self.groups = {branch.group.public_id: branch.group for branch in branches}
        self.own = {own_choice(one.version): one for one in offered_in(survey.workspace)}
        presets = [(key, preset.name) for key, preset in TEAM_PRESETS.items()]
        set_choices(self, [*presets, *((key, one.name) for key, one in self.own.items())], "preset")
        self.spaces_offered = [(space.key, space) for space in spaces_said(Space.objects.all())]
        set_choices(self, self.spaces_offered, "primary_space", "spaces")
        set_choices(self, [(key, group.name) for key, group in self.groups.items()], "audience")
        for key, group in self.groups.items():
            self.fields[size_name(key)] = _size_field(group)

    @staticmethod
    def of(survey: Survey) -> dict:
        others = [space for space in survey.spaces_asked if space != survey.primary_space_id]
        return {
            "preset": own_choice(survey.own_version) if survey.own_version else survey.preset,
            "primary_space": survey.primary_space_id,
            "spaces": others,
            "languages": survey.spoken[1:],
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

    def clean(self) -> dict[str, Any]:
        """A checklist of one's own has its spaces; of a preset they are chosen here."""
        super().clean()
        given = self.cleaned_data
        if (
            given.get("preset") not in self.own
            and not given.get("primary_space")
            and "primary_space" not in self.errors
        ):
            self.add_error("primary_space", ValidationError(_("Choose the primary space"), code="required"))
        return given

    def values(self) -> dict:
        given = self.cleaned_data
        plain = {field: given[field] for field in ("entry", "list_made_by") if field in given}
        languages = " ".join([settings.LANGUAGE_CODE, *given.get("languages", [])])
        return plain | self._asked() | {"languages": languages, "sizes": self.sizes, "audience": self.chosen}

    def _asked(self) -> dict:
        given = self.cleaned_data
        if own := self.own.get(given.get("preset", "")):
            spaces = list(own.spaces)
            return {
                "preset": OWN,
                "own_version": own.version,
                "primary_space_id": own.primary_space,
                "spaces_asked": spaces,
            }
        primary, others = given.get("primary_space"), given.get("spaces", [])
        asked = [key for key, _space in self.spaces_offered if key == primary or key in others]
        preset = {"preset": given["preset"], "own_version": None} if "preset" in given else {}
        return preset | {"primary_space_id": primary or None, "spaces_asked": asked}


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
