"""What is typed on the pages of an open survey, as clean values."""

import datetime
from collections.abc import Sequence
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from core.forms import Address, DatePartsField, OneLine, SharedForm
from core.post.registry import Rendered
from core.seen import SeenForm
from core.standing import StandingForm
from core.zones import moment
from diagnostics.surveys.audience.elsewhere import asked_elsewhere
from diagnostics.surveys.letters.placeholders import faults_of
from diagnostics.surveys.letters.wording import REMINDER, letter
from diagnostics.surveys.models import Survey, SurveyGroup
from diagnostics.surveys.pages.asked_elsewhere import sentences_of
from diagnostics.surveys.pages.closing_time import ClosingDayField, ClosingTimeField, StartDayField, StartTimeField
from diagnostics.surveys.pages.dashboard.finding import MOST_CHOICES
from diagnostics.surveys.pages.drafting.step_form import text_area
from diagnostics.surveys.words import given_in, mark_in
from spaces.mailboxes import mailbox

SUBJECT, TEXT = "reminder_subject", "reminder_text"


class ExtensionForm(StandingForm):
    closes_on = ClosingDayField(label=_("New closing date"), missing=_("Enter a closing date"))
    closes_time = ClosingTimeField()

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any):
        closes = survey.closing_moment.astimezone(survey.zone)
        initial = {"closes_on": closes.date(), "closes_time": closes.time()}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        self.fields["closes_on"].help_text = _("A day after %(day)s. The date moves for everybody.") % {
            "day": f"{closes:%d %m %Y}".replace(" 0", " ").lstrip("0")
        }
        self.fields["closes_time"].help_text = _("In %(zone)s") % {"zone": survey.zone.place}
        self.survey = survey

    def closes_at(self) -> datetime.datetime:
        given = self.cleaned_data
        return moment(given["closes_on"], given["closes_time"], self.survey.time_zone)


class StartForm(StandingForm):
    opens_on = StartDayField(label=_("Day of the start"), missing=_("Enter the day of the start"))
    opens_time = StartTimeField()

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any):
        opens = (survey.opens_at or survey.closing_moment).astimezone(survey.zone)
        initial = {"opens_on": opens.date(), "opens_time": opens.time()}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        self.fields["opens_time"].help_text = _("In %(zone)s") % {"zone": survey.zone.place}
        self.survey = survey

    def opens_at(self) -> datetime.datetime:
        given = self.cleaned_data
        return moment(given["opens_on"], given["opens_time"], self.survey.time_zone)


class ReminderWordsForm(SharedForm):
    """Subject and text of the reminder, in each language of the survey; what stands empty in another is read as in the
    first, or as the usual text."""

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.survey = survey
        for language in survey.spoken:
            self._add(language, is_first=language == survey.spoken[0])

    def _add(self, language: str, *, is_first: bool) -> None:
        missing = {SUBJECT: _("Enter the subject of the reminder"), TEXT: _("Enter the text of the reminder")}
        labels = {SUBJECT: _("Subject"), TEXT: _("Text")}
        named = "" if len(self.survey.spoken) == 1 else f" ({get_language_info(language)['name_local']})"
        fields = {
            SUBJECT: OneLine(most=150, missing=missing[SUBJECT], required=is_first),
            TEXT: text_area(rows=8, missing=missing[TEXT], required=is_first),
        }
        for name, field in fields.items():
            field.label = f"{labels[name]}{named}"
            stands = getattr(self.survey, name) if is_first else given_in(self.survey, name, language)
            self.add(name if is_first else f"{name}.{language}", field, stands)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name, text in list(self.cleaned_data.items()):
            for sentence in faults_of(text, is_subject=name.startswith(SUBJECT)):
                self.add_error(name, sentence)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        reworded = copy(self.survey)
        reworded.reminder_subject, reworded.reminder_text = given[SUBJECT], given[TEXT]
        words = {language: self._words_in(reworded, language) for language in self.survey.spoken[1:]}
        return {SUBJECT: given[SUBJECT], TEXT: given[TEXT], "words": words}

    def _words_in(self, reworded: Survey, language: str) -> dict[str, dict[str, str]]:
        texts = {name: self.cleaned_data[f"{name}.{language}"] for name in (SUBJECT, TEXT)}
        return {name: {"text": text, "of": mark_in(reworded, name)} for name, text in texts.items()}

    def letters(self, *, name: str) -> list[Rendered]:
        """As they would be read, once for each language: with what was typed where that is fit, else as it stands."""
        shown = copy(self.survey)
        if self.is_bound:
            values = self.values()
            shown.reminder_words = values.pop("words")
            shown.reminder_subject, shown.reminder_text = values[SUBJECT], values[TEXT]
        return [_read_in(language, shown, name) for language in self.survey.spoken]


def _read_in(language: str, survey: Survey, name: str) -> Rendered:
    with translation.override(language):
        return letter(survey, REMINDER, name=name, link=gettext("(the personal link goes here)"))


class ReminderForm(forms.Form):
    day = DatePartsField(
        label=_("Day"),
        help_text=_("It leaves at 09:00 and goes to whoever has not answered by then."),
        missing=_("Enter the day of the reminder"),
    )


class GroupField(forms.CharField):
    """One of the groups in which people are asked. Of very many the name is typed: a list of them all helps nobody."""

    def __init__(self, *, leaves: Sequence[tuple[SurveyGroup, str]], **kwargs: Any) -> None:
        super().__init__(error_messages={"required": _("Choose a group from the list")}, **kwargs)
        self.leaves = leaves
        if len(leaves) <= MOST_CHOICES:
            choices = [("", _("Choose a group")), *((group.public_id, path) for group, path in leaves)]
            self.widget = forms.Select(choices=choices)
        else:
            self.help_text = _("Type its name, or the part of it that no other group has.")

    def clean(self, value: Any) -> SurveyGroup:
        wanted = super().clean(value)
        if chosen := next((group for group, path in self.leaves if wanted in (group.public_id, path)), None):
            return chosen
        found = [group for group, path in self.leaves if wanted.casefold() in path.casefold()]
        exact = [group for group in found if group.name.casefold() == wanted.casefold()]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if not found:
            raise ValidationError(self.error_messages["required"], code="required")
        words = {"number": len(found), "name": wanted}
        raise ValidationError(_("%(number)s groups have “%(name)s” in their name. Type more of it.") % words)


class NewParticipantForm(forms.Form):
    name = OneLine(label=_("Name"), most=150, missing=_("Enter the name of the person"))
    email = Address(help_text=_("The invitation goes there, with a personal link."))
    known = forms.CharField(required=False, widget=forms.HiddenInput)  # the address whose other surveys were shown

    def __init__(self, *args: Any, groups: Sequence[tuple[SurveyGroup, str]], survey: Survey, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.survey = survey
        self.fields["group"] = GroupField(label=_("Group"), leaves=groups)

    def clean(self) -> dict[str, Any]:
        """Whoever is asked in another survey just now may be added: once that has been read."""
        given = super().clean() or {}
        seen, email = given.pop("known", ""), given.get("email", "")
        if email and seen != email and (others := asked_elsewhere(self.survey, {mailbox(email)})):
            self.add_error(None, [*sentences_of(others), _("Press the button once more to add this person here too.")])
            self.data = dict(self.data.items()) | {"known": email}
        return given


class MoveForm(SeenForm):
    group: SurveyGroup

    def __init__(self, *args: Any, leaves: Sequence[tuple[SurveyGroup, str]], now: SurveyGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(group, path) for group, path in leaves if group != now]
        self.fields["group"] = GroupField(label=_("New group"), leaves=others)

    def clean_group(self) -> SurveyGroup:
        self.group = self.cleaned_data["group"]
        return self.group


class AddressForm(StandingForm):
    email = Address()
    in_people = forms.BooleanField(
        label=_("Correct the address among the people of the workspace, too"), required=False, initial=True
    )

    def __init__(self, *args: Any, is_in_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_in_people:
            del self.fields["in_people"]
