"""What is typed on the pages of an open survey, as clean values."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.forms import Address, DatePartsField, OneLine
from core.seen import SeenForm
from core.zones import moment
from diagnostics.surveys.actions.sending_again import facts_of_failed
from diagnostics.surveys.models import Survey, SurveyGroup
from diagnostics.surveys.pages.closing_time import ClosingDayField, ClosingTimeField


class ExtensionForm(forms.Form):
    closes_on = ClosingDayField(label=_("New closing date"), missing=_("Enter a closing date"))
    closes_time = ClosingTimeField()

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any):
        closes = survey.closing_moment.astimezone(survey.zone)
        initial = {"closes_on": closes.date(), "closes_time": closes.time()}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        self.fields["closes_on"].help_text = _("A day after %(day)s. The date moves for everybody.") % {
            "day": f"{closes:%d %m %Y}".replace(" 0", " ").lstrip("0")
        }
        self.fields["closes_time"].help_text = _("In %(zone)s") % {"zone": survey.zone.place}
        self.survey = survey

    def closes_at(self) -> datetime.datetime:
        given = self.cleaned_data
        return moment(given["closes_on"], given["closes_time"], self.survey.time_zone)


class ReminderForm(forms.Form):
    day = DatePartsField(
        label=_("Day"),
        help_text=_("It leaves at 09:00 and goes to whoever has not answered by then."),
        missing=_("Enter the day of the reminder"),
    )


class NewParticipantForm(forms.Form):
    name = OneLine(label=_("Name"), most=150, missing=_("Enter the name of the person"))
    email = Address(help_text=_("The invitation goes there, with a personal link."))

    def __init__(self, *args: Any, groups: Iterable[tuple[SurveyGroup, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        known = {group.public_id: group for group, _path in groups}
        sentence = _("Choose a group from the list")
        self.fields["group"] = forms.TypedChoiceField(
            label=_("Group"),
            choices=[("", _("Choose a group")), *((group.public_id, path) for group, path in groups)],
            coerce=known.get,
            error_messages={"required": sentence, "invalid_choice": sentence},
        )


class AddressForm(forms.Form):
    email = Address()


def all_again_form(survey: Survey, posted: QueryDict | None) -> SeenForm:
    """The button that writes to all addresses that failed."""
    return SeenForm(posted, facts=facts_of_failed(survey), of=f"{survey.public_id} failed")
