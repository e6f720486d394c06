"""An intention in its leader's own words, and how it went."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import TOO_LONG, ChoiceRows, DatePartsField
from reports.intentions.models import Intention

LONGEST = 600  # characters
LATEST = datetime.timedelta(days=366)


class IntentionForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What you mean to do"),
        help_text=gettext_lazy("In your own words. Nobody else can read them."),
        validators=[MaxLengthValidator(LONGEST, TOO_LONG)],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what you mean to do")},
    )
    day = DatePartsField(
        label=gettext_lazy("By when"), missing=gettext_lazy("Enter the day by which you want to have done it")
    )
    wants_reminder = forms.BooleanField(
        label=gettext_lazy("Remind me on that morning"),
        help_text=gettext_lazy("One e-mail to your address. It says that there is something, and not what."),
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, can_be_reminded: bool, earliest: datetime.date, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.earliest = earliest
        if not can_be_reminded:
            self.fields["wants_reminder"].disabled = True
            self.fields["wants_reminder"].initial = False
            self.fields["wants_reminder"].help_text = _(
                "To be reminded, confirm your address on your account page first."
            )

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if day < self.earliest:
            raise ValidationError(_("Choose a day to come"))
        if day > timezone.localdate() + LATEST:
            raise ValidationError(_("Check the year: %(year)s. Choose a day within a year") % {"year": day.year})
        return day


class LookBackForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=Intention.Outcome.choices,
        widget=ChoiceRows({}),
        error_messages={"required": gettext_lazy("Choose how it went")},
    )
    looking_back = forms.CharField(
        label=gettext_lazy("What did you see?"),
        help_text=gettext_lazy("If you like, a sentence or two. Nobody else can read it."),
        required=False,
        validators=[MaxLengthValidator(LONGEST, TOO_LONG)],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
