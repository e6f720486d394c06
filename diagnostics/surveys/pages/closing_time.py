"""The days and the hours at which a survey starts and closes, as they are typed."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DatePartsField
from core.words import Words

MIDNIGHT = datetime.time(0, 0)


class DayOfSurveyField(DatePartsField):
    """A slip in the year would keep a survey open for ever, or have it begin in another life."""

    beyond: Words

    def clean(self, value: Any) -> datetime.date | None:
        day = super().clean(value)
        last = timezone.localdate().year + 1
        if day and day.year > last:
            words = {"year": day.year, "last": last}
            raise ValidationError(self.beyond % words)
        return day


class ClosingDayField(DayOfSurveyField):
    beyond = gettext_lazy("Check the year: %(year)s. A survey closes in %(last)s at the latest.")


class StartDayField(DayOfSurveyField):
    beyond = gettext_lazy("Check the year: %(year)s. A survey starts in %(last)s at the latest.")


class HourField(forms.TimeField):
    def __init__(self, *, sentence: Words, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%H"],
            widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"required": sentence, "invalid": sentence},
            **kwargs,
        )


class StartTimeField(HourField):
    def __init__(self, **kwargs: Any) -> None:
        sentence = gettext_lazy("Enter a time for the start, such as 09:00")
        super().__init__(label=gettext_lazy("Time of the start"), sentence=sentence, **kwargs)


class ClosingTimeField(HourField):
    def __init__(self) -> None:
        sentence = gettext_lazy("Enter a closing time, such as 17:00")
        super().__init__(label=gettext_lazy("Closing time"), sentence=sentence)

    def clean(self, value: Any) -> datetime.time | None:
        time = super().clean(value)
        if time == MIDNIGHT:
            raise ValidationError(_("At 00:00 that day only begins. Enter 23:59 for its end"))
        return time
