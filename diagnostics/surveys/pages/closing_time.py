"""The hour at which a survey closes, as it is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ClosingTimeField(forms.TimeField):
    def __init__(self) -> None:
        sentence = _("Enter a closing time, such as 17:00")
        super().__init__(
            label=_("Closing time"),
            input_formats=["%H:%M", "%H.%M", "%H"],
            widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"required": sentence, "invalid": sentence},
        )
