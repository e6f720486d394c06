"""What is asked before a short survey in the room starts."""

import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import ChoiceRows, OneLine
from diagnostics.instrument.translations import spaces_said
from diagnostics.surveys.models import K_SHARED
from spaces.models import Space

MOST_PEOPLE = 500
USUAL = 60  # minutes
LASTS = {  # minutes, at the latest to the end of the day or for an hour
    30: gettext_lazy("Half an hour"),
    USUAL: gettext_lazy("An hour"),
    180: gettext_lazy("Three hours"),
    24 * 60: gettext_lazy("For the rest of the day"),
}


class RoomForm(forms.Form):
    title = OneLine(
        label=gettext_lazy("Name of the survey"),
        help_text=gettext_lazy("People see it on their phones: “Leadership team, 4 December”."),
        most=120,
        missing=gettext_lazy("Enter a name for the survey"),
    )
    space = forms.ModelChoiceField(
        label=gettext_lazy("What are the five statements about?"),
        queryset=Space.objects.all(),
        initial="team",
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose what the statements are about"),
            "invalid_choice": gettext_lazy("Choose one of the four spaces"),
        },
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many people will answer?"),
        help_text=gettext_lazy(
            "Count them: no more can start than that, one on each device, so that nobody can answer for many. A result "
            "needs ten answers."
        ),
        min_value=K_SHARED,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    lasts = forms.TypedChoiceField(
        label=gettext_lazy("How long may it stay open?"),
        help_text=gettext_lazy(
            "You close it yourself when everybody has answered. If you do not, it closes by itself then, and at the "
            "end of the day at the latest. Begun late in the evening, it still has an hour."
        ),
        choices=list(LASTS.items()),
        coerce=lambda minutes: datetime.timedelta(minutes=int(minutes)),
        initial=USUAL,
        error_messages={"required": gettext_lazy("Choose how long it may stay open")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        spaces = spaces_said(Space.objects.all())
        field = cast("forms.ModelChoiceField[Space]", self.fields["space"])
        explained = {space.key: space.definition for space in spaces}
        field.widget = ChoiceRows(explained, choices=[(space.key, space.name) for space in spaces])
        self.fields["people"].error_messages |= {
            "required": _("Enter how many people will answer"),
            "invalid": _("Enter how many people will answer, as a number"),
            "min_value": _("With fewer than ten people there can be no result. Talk about the statements instead."),
            "max_value": _("Enter a number of at most %(most)s") % {"most": MOST_PEOPLE},
        }
