"""Step 3: what invitations and reminders say, who they come from, and when reminders leave."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DatePartsField, OneLine, set_choices
from diagnostics.surveys.actions.proposals import is_proposed
from diagnostics.surveys.actions.readiness import MESSAGES
from diagnostics.surveys.actions.reminders import MOST_REMINDERS
from diagnostics.surveys.hours import is_day_for_letters
from diagnostics.surveys.letters.placeholders import faults_of
from diagnostics.surveys.letters.wording import LETTERS
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.drafting.step_form import StepForm, text_area
from diagnostics.surveys.words import to_change
from spaces.looks import reachable_members

TEXTS = tuple(f"{kind}_{part}" for kind in LETTERS for part in ("subject", "text"))
LAUNCHER, NOBODY = "launcher", "nobody"  # where no member is named
LONGEST_NAME = 80


class MessagesForm(StepForm):
    step = MESSAGES
    survey: Survey

    sender = forms.ChoiceField(
        label=gettext_lazy("Who are they from?"),
        help_text=gettext_lazy(
            "The name stands before that of this site, and replies to the invitation go to their address, which people "
            "see then. Replies to reminders go to nobody: even “I am away” would tell who has not answered."
        ),
        error_messages={
            "required": gettext_lazy("Choose who the messages are from"),
            "invalid_choice": gettext_lazy("Choose somebody from the list: this member is not there any more"),
        },
    )
    invitation_subject = OneLine(
        label=gettext_lazy("Subject"), most=150, missing=gettext_lazy("Enter the subject of the invitation")
    )
    invitation_text = text_area(
        label=gettext_lazy("Text"), rows=14, missing=gettext_lazy("Enter the text of the invitation")
    )
    reminder_subject = OneLine(
        label=gettext_lazy("Subject"), most=150, missing=gettext_lazy("Enter the subject of the reminder")
    )
    reminder_text = text_area(
        label=gettext_lazy("Text"), rows=14, missing=gettext_lazy("Enter the text of the reminder")
    )

    keep_as = OneLine(
        label=gettext_lazy("Keep them for later surveys as"),
        help_text=gettext_lazy("A name, such as “Friendly, with thanks”."),
        most=LONGEST_NAME,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = {member.public_id: member for member in reachable_members(self.survey.workspace)}
        set_choices(self, self._senders(), "sender")
        self.fields["sender"].required = not self.is_bound or "sender" in self.data  # where it is not asked, it stays
        for number in range(1, MOST_REMINDERS + 1):
            self.fields[f"reminder_{number}"] = DatePartsField(
                label=_("Reminder %(number)s") % {"number": number},
                help_text=self._whose(self.initial.get(f"reminder_{number}")),
                required=False,
                missing="",
            )

    def _senders(self) -> list[tuple[str, Any]]:
        members = [
            (key, f"{member.user.name}, {member.get_role_display()}")
            for key, member in self.members.items()
            if member.user.name
        ]
        nobody = _("The workspace alone: no reply arrives")
        return [(LAUNCHER, _("Whoever launches the survey")), *members, (NOBODY, nobody)]

    def _whose(self, day: datetime.date | None) -> str:
        if day is None:
            return ""
        if is_proposed(self.survey, day.isoformat()):
            return _("Proposed: it moves with the dates until you change it.")
        return _("Yours: it stays when the dates change.")

    @staticmethod
    def of(survey: Survey) -> dict:
        days = enumerate(map(datetime.date.fromisoformat, survey.reminder_days), start=1)
        texts = {text: to_change(survey, text) for text in TEXTS}
        return texts | {"sender": sender_in(survey)} | {f"reminder_{number}": day for number, day in days}

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
            for sentence in faults_of(values.get(name, ""), is_subject=name.endswith("_subject")):
                self.add_error(name, sentence)
        for number in range(1, MOST_REMINDERS + 1):
            if sentence := self._wrong_day(values.get(f"reminder_{number}")):
                self.add_error(f"reminder_{number}", sentence)
        return values

    def _wrong_day(self, day: datetime.date | None) -> str:
        if day and day <= timezone.now().astimezone(self.survey.zone).date():
            return _("Enter a day after today")
        if day and self.survey.opens_at and day <= self.survey.opens_at.astimezone(self.survey.zone).date():
            return _("Enter a day after the start")
        if day and not is_day_for_letters(self.survey, day):
            return _("Letters leave on working days only. Enter a day from Monday to Friday")
        if day and self.survey.closes_at and day > self.survey.closes_at.astimezone(self.survey.zone).date():
            return _("Enter a day before the survey closes")
        return ""

    def values(self) -> dict:
        given = self.cleaned_data
        days = sorted({day for name, day in given.items() if name.startswith("reminder_") and _is_day(day)})
        return self.texts | self._sender() | {"reminder_days": [day.isoformat() for day in days]}

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TEXTS if name in self.cleaned_data}

    def _sender(self) -> dict[str, Any]:
        if not (chosen := self.cleaned_data.get("sender")):
            return {}
        member = self.members.get(chosen)
        return {"writer": member.user if member else None, "is_from_nobody": chosen == NOBODY}


def _is_day(value: object) -> bool:
    return isinstance(value, datetime.date)


def sender_in(survey: Survey) -> str:
    """The choice that stands for whom it is from."""
    if survey.is_from_nobody:
        return NOBODY
    members = survey.workspace.memberships.filter(user=survey.writer_id) if survey.writer_id else None
    return (members.values_list("public_id", flat=True).first() if members else None) or LAUNCHER
