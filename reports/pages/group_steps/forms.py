"""Which next steps of a group go onto slides and into files, as clean values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from core.standing import StandingForm
from reports.files.next_steps import Choice
from reports.readings.next_steps.actions import AT_MOST, ActionView
from reports.readings.next_steps.of_slice import PlaceSteps
from reports.scoring import CellKey


@dataclass(frozen=True)
class Offered:
    """One action with its box."""

    view: ActionView
    value: str
    id: str
    is_ticked: bool


@dataclass(frozen=True)
class Group:
    name: str  # what they are for
    offered: tuple[Offered, ...]
    above: tuple[str, ...]  # titles of those that fit as well and stand there already


@dataclass(frozen=True)
class PlaceFields:
    """One place as it stands in the form."""

    steps: PlaceSteps
    questions: BoundField
    actions: BoundField
    groups: tuple[Group, ...]  # each action once


class NextStepsForm(StandingForm):
    def __init__(self, data: Mapping[str, Any] | None = None, *, steps: Sequence[PlaceSteps]) -> None:
        super().__init__(data)
        self.steps = steps
        for one in steps:
            self.fields[f"questions-{one.key}"] = forms.BooleanField(
                label=_("The five questions"), required=False, initial=one.with_questions
            )
            self.fields[f"actions-{one.key}"] = forms.MultipleChoiceField(
                label=one.cell.place,
                required=False,
                choices=[(key, view.action.title) for key, view in one.offered.items()],
                widget=forms.CheckboxSelectMultiple,
                initial=[key for key in one.offered if key in one.chosen_keys],
                validators=[_few],
            )

    @property
    def choices(self) -> dict[CellKey, Choice]:
        """What the action takes; of a valid form."""
        given = self.cleaned_data
        return {
            one.place: Choice(
                tuple(key for key in one.offered if key in given[f"actions-{one.key}"]), given[f"questions-{one.key}"]
            )
            for one in self.steps
        }

    @property
    def places(self) -> Iterator[PlaceFields]:
        for one in self.steps:
            actions = self[f"actions-{one.key}"]
            yield PlaceFields(one, self[f"questions-{one.key}"], actions, tuple(_groups(one, actions)))


def _groups(steps: PlaceSteps, field: BoundField) -> Iterator[Group]:
    groups = [(_("Fits this place, whatever lies behind it"), steps.fitting)]
    for cause in steps.causes:
        groups.append((_("Where it is: %(cause)s") % {"cause": cause.question.cause.name}, cause.actions))
    ticked, told = field.value() or [], set[str]()
    for name, views in groups:
        new = [(view, view.action.key) for view in views if view.action.key not in told]
        above = tuple(view.action.title for view in views if view.action.key in told)
        told |= {key for _view, key in new}
        yield Group(
            name, tuple(Offered(view, key, f"{field.auto_id}_{key}", key in ticked) for view, key in new), above
        )


def _few(chosen: Sequence[str]) -> None:
    if len(chosen) > AT_MOST:
        raise ValidationError(_("Choose three at most: people cannot take up more at once"))
