"""Step 1: why, who asks, until when."""

import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.forms import OneLine
from core.zones import listed, moment, zone_choices
from diagnostics.surveys.letters.wording import contact_of
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.closing_time import ClosingDayField, ClosingTimeField
from diagnostics.surveys.pages.drafting.step_form import StepForm, text_area

CLOSING_TIME = datetime.time(17, 0)


class PurposeForm(StepForm):
    title = OneLine(
        label=gettext_lazy("Name of the survey"),
        help_text=gettext_lazy("People see this at the top of every page."),
        most=120,
        missing=gettext_lazy("Enter a name for the survey"),
    )
    asked_by = OneLine(
        label=gettext_lazy("Who asks"),
        help_text=gettext_lazy(
            "A person with their role. Respondents read: “You are asked by Ruth Adeyemi, Director of Community "
            "Services”."
        ),
        most=150,
        missing=gettext_lazy("Enter who asks"),
    )
    purpose = text_area(
        label=gettext_lazy("Why you are asking"),
        help_text=gettext_lazy("In two or three sentences: what the answers are for, and what happens with them."),
        rows=4,
        missing=gettext_lazy("Enter why you are asking"),
    )
    contact = OneLine(
        label=gettext_lazy("Whom respondents can ask"),
        help_text=gettext_lazy("A name with an e-mail address or a telephone number."),
        most=150,
        missing=gettext_lazy("Enter whom respondents can ask"),
    )
    closes_on = ClosingDayField(
        label=gettext_lazy("Closing date"),
        help_text=gettext_lazy(
            "For example 4 12 2026. Two to three weeks are usual. The date can be moved later; that can be taken back."
        ),
        missing=gettext_lazy("Enter a closing date"),
    )
    closes_time = ClosingTimeField()
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Of the closing time and of reminders, which leave at 09:00."),
        choices=zone_choices,
        error_messages={
            "required": gettext_lazy("Choose a time zone from the list"),
            "invalid_choice": gettext_lazy("Choose a time zone from the list"),
        },
    )

    @staticmethod
    def blank(user: User) -> dict:
        return {"contact": contact_of(user), "closes_time": CLOSING_TIME, "time_zone": settings.TIME_ZONE}

    @staticmethod
    def of(survey: Survey) -> dict:
        closes = survey.closes_at and survey.closes_at.astimezone(survey.zone)
        return {
            "title": survey.title,
            "asked_by": survey.asked_by,
            "purpose": survey.purpose,
            "contact": survey.contact,
            "closes_on": closes and closes.date(),
            "closes_time": closes.time() if closes else CLOSING_TIME,
            "time_zone": listed(survey.time_zone),
        }

    def clean(self) -> dict:
        super().clean()
        values = self.cleaned_data
        if {"closes_on", "closes_time", "time_zone"} <= values.keys():
            values["closes_at"] = moment(values["closes_on"], values["closes_time"], values["time_zone"])
            if values["closes_at"] <= timezone.now():
                self.add_error("closes_on", _("Enter a closing date that is still to come"))
        return values

    def values(self) -> dict:
        """With a first closing date come the usual reminders."""
        fields = ("title", "asked_by", "purpose", "contact", "closes_at", "time_zone")
        values = {field: self.cleaned_data[field] for field in fields if field in self.cleaned_data}
        if "closes_at" in values and not (self.survey and self.survey.closes_at):
            today = timezone.now().astimezone(ZoneInfo(values["time_zone"])).date()
            values["reminder_days"] = usual_reminders(today, self.cleaned_data["closes_on"])
        return values


def usual_reminders(today: datetime.date, closes: datetime.date) -> list[str]:
    """Half-way and two days before the close, as ISO dates; none on the first day, and each once.

    >>> usual_reminders(datetime.date(2026, 11, 16), datetime.date(2026, 12, 4))
    ['2026-11-25', '2026-12-02']
    >>> usual_reminders(datetime.date(2026, 11, 16), datetime.date(2026, 11, 18))
    ['2026-11-17']
    """
    days = {today + (closes - today) // 2, closes - datetime.timedelta(days=2)}
    return [day.isoformat() for day in sorted(days) if day > today]
