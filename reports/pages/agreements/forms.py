"""Lines of what was agreed and addresses, as clean values."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import OneLine
from core.seen import SeenForm
from core.words import some_of
from reports.agreements.models import LONGEST_WHAT, LONGEST_WHO

BETWEEN = re.compile(r"[\s,;<>]+")  # addresses, as they are pasted
MOST_ADDRESSES = 60
YEARS = (2000, 2100)


class Day(forms.DateField):
    """As a browser's own control sends it; in text where it has none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
            error_messages={"invalid": gettext_lazy("Enter a date that exists, such as 4/12/2026")},
            **kwargs,
        )

    def clean(self, value: Any) -> datetime.date | None:
        day = super().clean(value)
        if day and not YEARS[0] <= day.year < YEARS[1]:
            raise ValidationError(_("Check the year"))
        return day


class LineForm(forms.Form):
    """One line. What nothing stands in is a line that is not there."""

    what = OneLine(most=LONGEST_WHAT, required=False)
    who = OneLine(most=LONGEST_WHO, required=False)
    day = Day()
    seen = forms.CharField(required=False)


class LetterForm(SeenForm):
    addresses = forms.CharField(
        label=gettext_lazy("To whom? E-mail addresses of those who were there and want it"),
        help_text=gettext_lazy(
            "One on each line, or with commas between. They are used for this letter, and kept nowhere after it has "
            "left."
        ),
        widget=forms.Textarea({"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter at least one e-mail address")},
    )

    def clean_addresses(self) -> list[str]:
        """Each once, in lower case; words around an address, such as a name, are not in the way.

        A line without any is a slip, and nobody would notice that its letter never left.
        """
        given = self.cleaned_data["addresses"]
        words = [word for word in BETWEEN.split(given.lower()) if "@" in word]
        found = list(dict.fromkeys(words))
        if not found:
            raise ValidationError(_("Enter at least one e-mail address"))
        wrong = [line.strip() for line in given.splitlines() if line.strip(" ,;") and "@" not in line]
        for address in found:
            try:
                validate_email(address)
            except ValidationError:
                wrong.append(address)
        if wrong:
            said = _("Mend what is not an e-mail address: %(addresses)s")
            raise ValidationError(said % {"addresses": some_of(wrong)})
        if len(found) > MOST_ADDRESSES:
            said = _("These are %(number)s addresses; at most %(most)s letters leave at once. Send them in parts.")
            raise ValidationError(said % {"number": len(found), "most": MOST_ADDRESSES})
        return found
