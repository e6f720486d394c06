"""Finding people of an open survey: by name, address, group and what became of their letter, never by an answer."""

from collections.abc import Sequence

from django import forms
from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.forms import OneLine
from core.post.standings import Standing
from diagnostics.surveys.letters.sending import has_not_left
from diagnostics.surveys.models import Invitation, Participant, Survey, SurveyGroup

AT_ONCE = 50  # people on a page
MOST_CHOICES = 200  # groups in a list to choose from; beyond, their names are searched


class Letter(models.TextChoices):
    """What is known of the invitation. Of reminders nothing is noted."""

    FAILED = "failed", _("Not delivered")
    WAITING = Standing.WAITING.value, Standing.WAITING.label
    PUT_OFF = Standing.PUT_OFF.value, Standing.PUT_OFF.label
    SENT = Standing.SENT.value, Standing.SENT.label


AWAY = "away"


class PeopleFilter(forms.Form):
    q = OneLine(label=_("Name or address"), most=150, required=False)
    group = forms.CharField(label=_("Group"), max_length=200, required=False)
    letter = forms.ChoiceField(
        label=_("The letter"),
        choices=[("", _("Everybody")), *Letter.choices, (AWAY, _("Marked as away"))],
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, data: QueryDict, *, survey: Survey, leaves: Sequence[tuple[SurveyGroup, str]]) -> None:
        super().__init__(data)
        self.survey, self.leaves = survey, leaves
        if len(leaves) <= MOST_CHOICES:
            choices = [("", _("All groups")), *((group.public_id, path) for group, path in leaves)]
            self.fields["group"].widget = forms.Select({"class": "form-select"}, choices)
        else:
            self.fields["group"].widget.attrs["class"] = "form-control"
            self.fields["group"].label = _("Name of the group, or part of it")
        self.fields["q"].widget.attrs["class"] = "form-control"
        self.full_clean()

    @property
    def given(self) -> dict[str, str]:
        """What is looked for, for addresses and hidden fields."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def found(self) -> QuerySet[Participant]:
        """With invitation and group."""
        given = self.cleaned_data
        people = asked_in(self.survey)
        if words := given.get("q"):
            people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
        if group := given.get("group"):
            people = people.filter(group__in=self._groups(group))
        if letter := given.get("letter"):
            people = people.filter(is_away=True) if letter == AWAY else people.filter(Q(("letter", letter)))
        return people

    def _groups(self, wanted: str) -> list[SurveyGroup]:
        one = [group for group, _path in self.leaves if group.public_id == wanted]
        return one or [group for group, path in self.leaves if wanted.casefold() in path.casefold()]


def asked_in(survey: Survey) -> QuerySet[Participant]:
    """Everybody on the list, with invitation and group, by name; each with the state of their `letter`."""
    people = survey.participants.filter(is_removed=False).select_related("invitation", "group")
    waiting, put_off = (
        Invitation.objects.filter(has_not_left(survey, standing), survey=survey)
        for standing in (Standing.WAITING, Standing.PUT_OFF)
    )
    letter = Case(
        When(invitation__has_bounced=True, then=Value(Letter.FAILED.value)),
        When(invitation__in=put_off, then=Value(Letter.PUT_OFF.value)),
        When(invitation__in=waiting, then=Value(Letter.WAITING.value)),
        default=Value(Letter.SENT.value),
        output_field=models.CharField(),
    )
    return people.annotate(letter=letter).order_by("name", "email", "pk")
