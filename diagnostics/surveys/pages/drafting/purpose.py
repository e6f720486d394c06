"""Step 1: why, who asks, until when."""

import datetime

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.forms import ChoiceRows, OneLine
from core.zones import listed, moment, zone_choices
from diagnostics.surveys.actions.readiness import PURPOSE
from diagnostics.surveys.actions.starting import wrong_start
from diagnostics.surveys.letters.wording import contact_of
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.closing_time import ClosingDayField, ClosingTimeField, StartDayField, StartTimeField
from diagnostics.surveys.pages.drafting.step_form import StepForm, text_area

CLOSING_TIME, STARTING_TIME = datetime.time(17, 0), datetime.time(9, 0)
AT_ONCE, PLANNED = "now", "planned"


class PurposeForm(StepForm):
    step = PURPOSE

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
    starts = forms.ChoiceField(
        label=gettext_lazy("When do invitations go?"),
        choices=[(AT_ONCE, gettext_lazy("Now, with the launch")), (PLANNED, gettext_lazy("On a day and at an hour"))],
        widget=ChoiceRows(
            explained={
                AT_ONCE: gettext_lazy("As soon as you launch it in step 4."),
                PLANNED: gettext_lazy(
                    "You launch it before; until then nobody is written to, and you can move the start or take the "
                    "launch back."
                ),
            }
        ),
        error_messages={"required": gettext_lazy("Choose when invitations go")},
    )
    opens_on = StartDayField(
        label=gettext_lazy("Day of the start"),
        missing=gettext_lazy("Enter the day of the start"),
    )
    opens_time = StartTimeField(
        help_text=gettext_lazy("Letters leave between 07:00 and 20:00, in the time zone below.")
    )
    working_days_only = forms.BooleanField(
        label=gettext_lazy("Invitations and reminders leave from Monday to Friday only"), required=False
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
        return {
            "contact": contact_of(user),
            "starts": AT_ONCE,
            "opens_time": STARTING_TIME,
            "closes_time": CLOSING_TIME,
            "time_zone": settings.TIME_ZONE,
        }

    @staticmethod
    def of(survey: Survey) -> dict:
        opens, closes = (each and each.astimezone(survey.zone) for each in (survey.opens_at, survey.closes_at))
        return {
            "title": survey.title,
            "asked_by": survey.asked_by,
            "purpose": survey.purpose,
            "contact": survey.contact,
            "starts": PLANNED if opens else AT_ONCE,
            "opens_on": opens and opens.date(),
            "opens_time": opens.time() if opens else STARTING_TIME,
            "working_days_only": survey.working_days_only,
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
        if values.get("starts") == PLANNED:
            self._clean_start(values)
        else:
            self._forget_start(values)
        return values

    def _forget_start(self, values: dict) -> None:
        """Whatever stands in its boxes, which are not shown then."""
        for name in ("opens_on", "opens_time"):
            self.errors.pop(name, None)
            values.pop(name, None)
        if values.get("starts") == AT_ONCE:
            values["opens_at"] = None

    def _clean_start(self, values: dict) -> None:
        if {"opens_on", "opens_time", "time_zone"} <= values.keys():
            opens_at = moment(values["opens_on"], values["opens_time"], values["time_zone"])
            if sentence := wrong_start(self._as_typed(), opens_at, now=timezone.now()):
                self.add_error("opens_on", sentence)
            else:
                values["opens_at"] = opens_at

    def _as_typed(self) -> Survey:
        """As much of the survey as its start depends on."""
        typed = Survey(entry=self.survey.entry) if self.survey else Survey()
        for field in ("closes_at", "time_zone", "working_days_only"):
            setattr(typed, field, self.cleaned_data.get(field))
        return typed

    @property
    def holds_more(self) -> bool:
        """A start that is to be planned is not one at once."""
        return self.cleaned_data.get("starts") == PLANNED and "opens_at" not in self.cleaned_data

    def values(self) -> dict:
        fields = ("title", "asked_by", "purpose", "contact", "opens_at", "closes_at", "time_zone", "working_days_only")
        return {field: self.cleaned_data[field] for field in fields if field in self.cleaned_data}
