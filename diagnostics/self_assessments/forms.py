"""What a leader chooses before a self-assessment, and whom they share it with."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import TOO_LONG, Address, ChoiceRows, OneLine, SharedForm, set_choices
from diagnostics.checklists.presets import PRESETS, Preset, Recipe
from diagnostics.checklists.source import SPACES
from diagnostics.instrument.translations import spaces_said
from diagnostics.self_assessments.linking import LASTS
from diagnostics.self_assessments.models import ResultReply
from spaces.models import Space


@dataclass(frozen=True)
class Length:
    spaces: int
    statements: int
    minutes: int

    def __str__(self) -> str:
        statements = ngettext("%(count)s statement", "%(count)s statements", self.statements) % {
            "count": self.statements
        }
        minutes = ngettext("about %(count)s minute", "about %(count)s minutes", self.minutes) % {"count": self.minutes}
        return gettext("%(statements)s, %(minutes)s") % {"statements": statements, "minutes": minutes}


@dataclass(frozen=True)
class Offer:
    """A preset as it is offered for a self-assessment."""

    preset: Preset

    @property
    def lengths(self) -> list[Length]:
        """For four spaces, three, two and one: the longest of each number, so that nobody is promised too little."""
        return [_longest(self.preset, count) for count in range(len(SPACES), 0, -1)]


def _longest(preset: Preset, count: int) -> Length:
    recipes = [Recipe(preset.key, one, chosen) for chosen in combinations(SPACES, count) for one in chosen]
    return Length(count, recipes[0].statement_count, max(recipe.minutes for recipe in recipes))


OFFERED = {key: Offer(preset) for key, preset in PRESETS.items() if not preset.is_about_named_leader}
DEFAULT = "focused"
REPLY_MOST = 2000  # characters


class StartForm(forms.Form):
    """Which space the work is in now has no answer to begin with; the rest has."""

    primary_space = forms.ChoiceField(
        label=_("Which space is your work in now?"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose the space your work is in now"),
            "invalid_choice": _("Choose the space your work is in now"),
        },
    )
    spaces = forms.MultipleChoiceField(
        label=_("Which spaces do you want to rate?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": _("Choose among the four spaces")},
    )
    preset = forms.ChoiceField(
        label=_("How much do you want to be asked?"),
        choices=list(OFFERED.items()),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose how much you want to be asked"),
            "invalid_choice": _("Choose one of the lengths offered"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        spaces = [(space.key, space) for space in spaces_said(Space.objects.all())]
        set_choices(self, spaces, "primary_space", "spaces")

    def clean(self) -> dict:
        """The space the work is in is always rated."""
        super().clean()
        chosen = self.cleaned_data
        primary = chosen.get("primary_space")
        if primary and primary not in chosen.get("spaces", []):
            chosen["spaces"] = [*chosen.get("spaces", []), primary]
        return chosen


class ReaderForm(forms.Form):
    """One of `people`."""

    reader = forms.ModelChoiceField(
        label=_("Whom do you want to show it to?"),
        queryset=User.objects.none(),
        empty_label=None,
        widget=ChoiceRows({}),
        error_messages={
            "required": _("Choose one person"),
            "invalid_choice": _("Choose somebody from the list"),
        },
    )

    by_letter = forms.BooleanField(
        label=_("Tell them by a message that leads here and asks them to sign in"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[User]", self.fields["reader"])
        field.queryset = people
        cast("ChoiceRows", field.widget).explained = _addresses_of_namesakes(people)


def _addresses_of_namesakes(people: QuerySet[User]) -> dict[str, str]:
    """Only where a name does not say who is meant: a result may not reach the wrong person."""
    how_often = Counter(person.name for person in people)
    return {str(person.pk): person.email for person in people if how_often[person.name] > 1}


class LinkForm(forms.Form):
    """What a link shows, for how long, and to whom it may be sent."""

    meant_for = OneLine(
        label=_("Whom is it for?"),
        help_text=_("For example: my coach. Only you see this. Make a link of its own for each person."),
        most=80,
        required=False,
    )
    days = forms.TypedChoiceField(
        label=_("How long should it work?"),
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose how long it should work"),
            "invalid_choice": _("Choose one of the times offered"),
        },
    )
    with_answers = forms.BooleanField(
        label=_("Each of your answers: every statement, and how you rated it"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    with_comments = forms.BooleanField(
        label=_("Your comments, word for word. Look first whether they name others"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    send_to = Address(
        required=False,
        help_text=_(
            "Leave this empty to pass the link on yourself. Otherwise one message goes there, with your name, the link "
            "and nothing that you have typed."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["send_to"].label = _("Send it to an e-mail address")
        lasting = [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in LASTS]
        set_choices(self, lasting, "days")


class ReplyForm(SharedForm):
    """By one of perhaps several people who have the same link: nobody's words go unseen."""

    def __init__(self, *args: Any, reply: ResultReply | None, leader: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = OneLine(
            label=_("Your name"),
            help_text=_("As %(leader)s knows you.") % {"leader": leader},
            most=80,
            missing=_("Enter your name"),
        )
        text = forms.CharField(
            label=_("Your reply"),
            widget=forms.Textarea(attrs={"rows": 8}),
            validators=[MaxLengthValidator(REPLY_MOST, TOO_LONG)],
            error_messages={"required": _("Write your reply, or leave this page as it is")},
        )
        self.add("name", name, reply.name if reply else "")
        self.add("text", text, reply.text if reply else "")
