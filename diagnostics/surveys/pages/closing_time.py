"""The day and the hour at which a survey closes, as they are typed."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DatePartsField

MIDNIGHT = datetime.time(0, 0)


class ClosingDayField(DatePartsField):
    """A slip in the year would keep a survey open for ever, since its date never moves back."""

    def clean(self, value: Any) -> datetime.date | None:
        day = super().clean(value)
        last = timezone.localdate().year + 1
        if day and day.year > last:
            words = {"year": day.year, "last": last}
            raise ValidationError(_("Check the year: %(year)s. A survey closes in %(last)s at the latest.") % words)
        return day


class ClosingTimeField(forms.TimeField):
    def __init__(self) -> None:
        sentence = gettext_lazy("Enter a closing time, such as 17:00")
        super().__init__(
            label=gettext_lazy("Closing time"),
            input_formats=["%H:%M", "%H.%M", "%H"],
            widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"required": sentence, "invalid": sentence},
        )

    def clean(self, value: Any) -> datetime.time | None:
        time = super().clean(value)
        if time == MIDNIGHT:
            raise ValidationError(_("At 00:00 that day only begins. Enter 23:59 for its end"))
        return time
