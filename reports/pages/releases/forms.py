"""To whom a report is released, as clean values."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ChoiceRows, set_choices
from core.seen import SeenForm
from core.words import Words
from reports.editions.models import PublishedSlice
from spaces.models import Membership

LEADERS, RESPONDENTS, EVERYTHING = "leaders", "respondents", ""


class ReleaseForm(SeenForm):
    reader = forms.ChoiceField(label=_("To whom?"), error_messages={"required": _("Choose who will see it")})
    part = forms.ChoiceField(
        label=_("Which part?"),
        required=False,
        help_text=_("Leaders see the groups they lead; all who were asked see the whole survey."),
    )
    with_comments = forms.ChoiceField(
        label=_("With what people wrote?"),
        choices=[("no", _("Without the comments")), ("yes", _("With the comments"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the comments go with it")},
    )

    def __init__(
        self,
        *args: Any,
        facilitators: Iterable[Membership],
        slices: Iterable[tuple[PublishedSlice, str]],
        leaders: int,
        **kwargs: Any,
    ) -> None:
        """`slices` with their names; `leaders`: how many of the groups with a report name a leader."""
        super().__init__(*args, **kwargs)
        self.facilitators = {member.public_id: member.user for member in facilitators}
        self.slices = {one.public_id: one for one, _name in slices}
        explained: dict[str, Words] = {
            LEADERS: _("Each sees the groups they lead. Groups here that name a leader: %(leaders)s.")
            % {"leaders": leaders},
            RESPONDENTS: _("Their own link then opens the result of the whole survey, without any group."),
        }
        readers = [(LEADERS, _("Leaders of groups")), (RESPONDENTS, _("All who were asked"))]
        people = [(key, str(user)) for key, user in self.facilitators.items()]
        explained |= dict.fromkeys(self.facilitators, _("Facilitator in this workspace"))
        self.fields["reader"].widget = ChoiceRows(explained)
        set_choices(self, [*people, *readers], "reader")
        parts = [(one.public_id, name) for one, name in slices]
        set_choices(self, [(EVERYTHING, _("Everything")), *parts], "part")

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if given.get("reader") == RESPONDENTS and given.get("part"):
            self.add_error("part", _("Choose “Everything”: all who were asked see the whole survey, never one group"))
        return given

    @property
    def wanted(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "to": self.facilitators.get(given["reader"]),
            "to_leaders": given["reader"] == LEADERS,
            "to_respondents": given["reader"] == RESPONDENTS,
            "part": self.slices.get(given["part"]),
            "with_comments": given["with_comments"] == "yes",
        }
