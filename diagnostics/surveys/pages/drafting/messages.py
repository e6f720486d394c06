"""Step 3: what invitations and reminders say, and when reminders leave."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DatePartsField, OneLine
from diagnostics.surveys.actions.reminders import MOST_REMINDERS
from diagnostics.surveys.letters.wording import LETTERS, PLACEHOLDERS, unknown_names
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.drafting.step_form import StepForm, text_area

TEXTS = tuple(f"{kind}_{part}" for kind in LETTERS for part in ("subject", "text"))


class MessagesForm(StepForm):
    survey: Survey

    invitation_subject = OneLine(
        label=gettext_lazy("Subject"), most=150, missing=gettext_lazy("Enter the subject of the invitation")
    )
    invitation_text = text_area(
        label=gettext_lazy("Text"), rows=8, missing=gettext_lazy("Enter the text of the invitation")
    )
    reminder_subject = OneLine(
        label=gettext_lazy("Subject"), most=150, missing=gettext_lazy("Enter the subject of the reminder")
    )
    reminder_text = text_area(
        label=gettext_lazy("Text"), rows=8, missing=gettext_lazy("Enter the text of the reminder")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_REMINDERS + 1):
            self.fields[f"reminder_{number}"] = DatePartsField(
                label=_("Reminder %(number)s") % {"number": number}, required=False, missing=""
            )

    @staticmethod
    def of(survey: Survey) -> dict:
        days = enumerate(map(datetime.date.fromisoformat, survey.reminder_days), start=1)
        return {text: getattr(survey, text) for text in TEXTS} | {f"reminder_{number}": day for number, day in days}

    @property
    def letters(self) -> list[tuple[str, list]]:
        """The fields of each letter, for the page."""
        return [(kind, [self[f"{kind}_subject"], self[f"{kind}_text"]]) for kind in LETTERS]

    @property
    def reminders(self) -> list:
        return [self[f"reminder_{number}"] for number in range(1, MOST_REMINDERS + 1)]

    def clean(self) -> dict:
        super().clean()
        values = self.cleaned_data
        for name in TEXTS:
            for unknown in unknown_names(values.get(name, "")):
                self.add_error(name, stands_for_nothing(unknown))
        for number in range(1, MOST_REMINDERS + 1):
            if sentence := self._wrong_day(values.get(f"reminder_{number}")):
                self.add_error(f"reminder_{number}", sentence)
        return values

    def _wrong_day(self, day: datetime.date | None) -> str:
        if day and day <= timezone.now().astimezone(self.survey.zone).date():
            return _("Enter a day after today")
        if day and self.survey.closes_at and day > self.survey.closes_at.astimezone(self.survey.zone).date():
            return _("Enter a day before the survey closes")
        return ""

    def values(self) -> dict:
        given = self.cleaned_data
        days = sorted({day for name, day in given.items() if name.startswith("reminder_") and _is_day(day)})
        texts = {name: given[name] for name in TEXTS if name in given}
        return texts | {"reminder_days": [day.isoformat() for day in days]}


def _is_day(value: object) -> bool:
    return isinstance(value, datetime.date)


def stands_for_nothing(name: str) -> str:
    known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
    return _("Nothing is filled in for {%(name)s}. These are filled in: %(known)s") % {"name": name, "known": known}
