"""What people type when they set up a workspace, as clean values."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.colours import colour_in
from core.forms import TOO_LONG, Address, ChoiceRows, OneLine
from core.standing import StandingForm
from core.words import paragraph
from spaces.choosing import group_field, leader_field, where_field
from spaces.logos import LARGEST_FILE, Logo, logo_of
from spaces.models import Group, Person, Role
from spaces.roles import MAY
from spaces.tree import Branch
from spaces.where_asked import Asking


def role_field(roles: Iterable[Role]) -> forms.ChoiceField:
    sentence = _("Choose a role")
    return forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in roles],
        widget=ChoiceRows(explained={role.value: MAY[role] for role in roles}),
        error_messages={"required": sentence, "invalid_choice": sentence},
    )


class WorkspaceForm(StandingForm):
    name = OneLine(
        label=_("Name of the workspace"),
        help_text=_("Usually the name of the organisation you work with. All its members see it."),
        most=120,
        missing=_("Enter a name for the workspace"),
        validators=[MinLengthValidator(2, _("Enter at least two characters"))],
    )


class SecondStepForm(StandingForm):
    needed = forms.TypedChoiceField(
        label=_("How members sign in"),
        choices=[("no", _("As each of them likes")), ("yes", _("With a second step"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two"), "invalid_choice": _("Choose one of the two")},
    )


class PrivacyNoticeForm(StandingForm):
    text = forms.CharField(
        label=_("Privacy notice"),
        help_text=_("An empty line begins a new paragraph. Empty the box to have our usual text again."),
        widget=forms.Textarea({"rows": 18}),
        required=False,
        validators=[MaxLengthValidator(8000, TOO_LONG)],
    )

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")


class LookForm(StandingForm):
    """Of the letters of a workspace."""

    colour = OneLine(
        label=_("Colour"),
        help_text=_("Six digits, such as #0c5160. It stands above the messages and on their button."),
        most=20,
        missing=_("Enter a colour, such as #0c5160"),
    )
    upload = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG, GIF or WebP, up to 1 MB. It is drawn anew, at most 240 pixels wide and 80 high."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.gif,.webp"}),
        error_messages={"empty": _("This file is empty. Choose the one that holds the logo.")},
    )

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.drawn: Logo | None = None
        if has_logo:
            self.fields["is_bare"] = forms.BooleanField(label=_("Take the present logo out"), required=False)

    def clean_colour(self) -> str:
        if colour := colour_in(self.cleaned_data["colour"]):
            return colour
        raise ValidationError(_("Enter a colour as # and six digits or letters from a to f, such as #0c5160"))

    def clean_upload(self) -> None:
        if upload := self.cleaned_data["upload"]:
            self.drawn = logo_of(upload.read(LARGEST_FILE + 1), upload.name)

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"colour": given["colour"], "logo": self.drawn, "is_bare": bool(given.get("is_bare"))}


class OwnerForm(WorkspaceForm):
    """What the operator types to make the first workspace."""

    email = Address()
    owner_name = OneLine(label=_("Name of the owner"), most=150, missing=_("Enter the owner's name"))


class InvitationForm(forms.Form):
    email = Address(help_text=_("The invitation is for this address only: your colleague signs in with it."))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(roles)


class RoleForm(StandingForm):
    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(roles)


class GroupForm(StandingForm):
    name = OneLine(label=_("Name"), most=120, missing=_("Enter a name for the group"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Group.Kind,
        widget=ChoiceRows(
            explained={
                Group.Kind.SYSTEM: _("Several organisations, or people from them, that act together."),
                Group.Kind.ORGANISATION: _("One organisation, or a large part of it."),
                Group.Kind.TEAM: _("People who work together most closely."),
            }
        ),
        error_messages={"required": _("Choose a kind"), "invalid_choice": _("Choose a kind")},
    )

    def __init__(self, *args: Any, branches: Iterable[Branch], people: "QuerySet[Person] | None" = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["parent"] = group_field(
            branches,
            label=_("Inside"),
            nowhere=_("No other group: it is at the top"),
            wrong=_("Choose a group from the list. A group cannot be inside itself or one of its own groups."),
        )
        if people is not None:
            self.fields["leader"] = leader_field(people)


class PersonForm(StandingForm):
    name = OneLine(label=_("Name"), most=150, missing=_("Enter the name of the person"))
    email = Address(help_text=_("One address for each person. Capital letters and +tags make no difference."))

    def __init__(self, *args: Any, branches: Iterable[Branch], asked_in: Sequence[Asking] = (), **kwargs: Any):
        """`asked_in`: the open surveys in which another address can be written as well."""
        super().__init__(*args, **kwargs)
        if asked_in:
            self.fields["in_surveys"] = _in_surveys_field(asked_in)
        self.fields["group"] = where_field(branches)

    def clean_in_surveys(self) -> bool:
        return bool(self.cleaned_data["in_surveys"] == TOO)


TOO, HERE = "too", "here"


def _in_surveys_field(surveys: Sequence[Asking]) -> forms.ChoiceField:
    titles = [one.title for one in surveys]
    return forms.ChoiceField(
        label=_("If you change the address"),
        choices=[
            (TOO, format_lazy(_("Correct it in the open surveys too: {titles}"), titles=", ".join(titles))),
            (HERE, _("Change it here only")),
        ],
        initial=TOO,
        error_messages={"required": _("Choose whether the open surveys take over another address")},
        widget=ChoiceRows(explained=_explained(surveys)),
    )


def _explained(surveys: Sequence[Asking]) -> dict[str, str]:
    """To whom is asked a link goes, to whom leads the report alone."""
    too, here = [], []
    if any(one.people for one in surveys):
        too.append(
            gettext(
                "A new link goes to the new address and begins empty, the earlier one opens the questions no more, and "
                "the earlier address is told."
            )
        )
        here.append(gettext("Letters of these surveys go on to the present address."))
    if any(one.leads for one in surveys):
        too.append(gettext("The report of the groups they lead there goes to the new address."))
        here.append(gettext("The report of the groups they lead there goes to the present address."))
    return {TOO: paragraph(*too), HERE: paragraph(*here)}
