"""Finding people and groups, and what is to be done with those chosen."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.seen import SeenForm
from core.words import Words
from spaces.choosing import leader_field, where_field
from spaces.finding import Which, WhichGroups
from spaces.models import Person
from spaces.tree import Branch


class FindPeopleForm(forms.Form):
    """Of a page that is looked at: the filter stands in its address."""

    words = forms.CharField(label=_("Name or address"), required=False, max_length=200, widget=forms.SearchInput)
    which = forms.ChoiceField(label=_("Who"), choices=[("", _("Everybody")), *Which.choices], required=False)

    def __init__(self, *args: Any, branches: Iterable[Branch], **kwargs: Any):
        super().__init__(*args, **kwargs)
        wrong = _("There is no such group here")
        self.fields["group"] = where_field(branches, label=_("In the group"), nowhere=_("Any group"), wrong=wrong)
        self.order_fields(["words", "group", "which"])


class FindGroupsForm(forms.Form):
    words = forms.CharField(label=_("Name of the group, or of who leads it"), required=False, max_length=200)
    which = forms.ChoiceField(label=_("Which"), choices=[("", _("All groups")), *WhichGroups.choices], required=False)


class MoveForm(SeenForm):
    def __init__(self, *args: Any, branches: Iterable[Branch], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["group"] = where_field(branches, label=_("To the group"), nowhere=_("No group"))


class RemoveForm(SeenForm):
    def __init__(self, *args: Any, running: Sequence[str], **kwargs: Any):
        """`running`: titles of what asks them now."""
        super().__init__(*args, **kwargs)
        if running:
            self.fields["take_out"] = forms.BooleanField(label=_take_out_words(running), initial=True, required=False)


def _take_out_words(titles: Sequence[str]) -> Words:
    return format_lazy(_("Take them out of the open surveys as well: {titles}"), titles=", ".join(titles))


class NameLeadersForm(SeenForm):
    def __init__(self, *args: Any, branches: Iterable[Branch], **kwargs: Any):
        super().__init__(*args, **kwargs)
        nowhere = _("The group each of them is in")
        self.fields["group"] = where_field(branches, label=_("Leads"), nowhere=nowhere)


class LeadForm(SeenForm):
    def __init__(self, *args: Any, people: "QuerySet[Person]", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["leader"] = leader_field(people)
