"""Choosing a group or a person: from a list, or by name where a list would be endless."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.words import Words
from spaces.folding import folded
from spaces.models import Person
from spaces.tree import Branch

MOST_TO_CHOOSE_FROM = 200  # in one list: a longer one helps nobody, and weighs more than the rest of the page
MOST_NAMED = 3


def where_field(branches: Iterable[Branch], **kwargs: Any) -> forms.Field:
    words: dict[str, Any] = {
        "label": _("Group"),
        "nowhere": _("No group yet"),
        "wrong": _("Choose a group from the list"),
    }
    return group_field(branches, **words | kwargs)


def group_field(branches: Iterable[Branch], *, nowhere: Words, wrong: Words, **kwargs: Any) -> forms.Field:
    """A list to choose from, or a name to type where the list would be endless."""
    known = list(branches)
    if len(known) > MOST_TO_CHOOSE_FROM:
        return GroupByName(known, nowhere=nowhere, wrong=wrong, **kwargs)
    groups = {branch.group.public_id: branch.group for branch in known}
    return forms.TypedChoiceField(
        choices=[("", nowhere), *((branch.group.public_id, branch.path) for branch in known)],
        coerce=groups.get,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": wrong},
        **kwargs,
    )


class Named(forms.CharField):
    """One out of many, by its name: what is typed must mean one of them."""

    def __init__(self, *, wrong: Words, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=1000, **kwargs)
        self.wrong = wrong

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = self.meant(text)
        if len(found) == 1:
            return found[0][1]
        if not found:
            raise ValidationError(self.wrong)
        shown = "; ".join(label for label, _one in found[:MOST_NAMED])
        if len(found) > MOST_NAMED:
            shown = _("%(these)s and others") % {"these": shown}
        raise ValidationError(_("Several fit. Type one of them in full: %(these)s") % {"these": shown})

    def meant(self, text: str) -> list[tuple[str, Any]]:
        """What `text` can mean, each with the words that mean nothing else."""
        raise NotImplementedError


class GroupByName(Named):
    def __init__(self, branches: Iterable[Branch], *, nowhere: Words, wrong: Words, **kwargs: Any) -> None:
        hint = _("Type its name, or where several have it, its path: Region › Team. Nothing typed means: {nowhere}.")
        super().__init__(wrong=wrong, help_text=format_lazy(hint, nowhere=nowhere), **kwargs)
        self.branches = list(branches)

    def prepare_value(self, value: Any) -> Any:
        return next((branch.path for branch in self.branches if branch.group.public_id == value), value)

    def meant(self, text: str) -> list[tuple[str, Any]]:
        wanted = folded(text)
        paths = [(folded(branch.path), branch) for branch in self.branches]
        found = [branch for path, branch in paths if path == wanted or branch.group.public_id == text]
        found = found or [branch for branch in self.branches if folded(branch.group.name) == wanted]
        found = found or [branch for path, branch in paths if all(word in path for word in wanted.split())]
        return [(branch.path, branch.group) for branch in found]


def leader_field(people: "QuerySet[Person]") -> forms.Field:
    some = list(people[: MOST_TO_CHOOSE_FROM + 1])
    if len(some) > MOST_TO_CHOOSE_FROM:
        return PersonByName(people, label=_("Led by"), wrong=_("Nobody here is called so. Type a name or an address"))
    known = {person.public_id: person for person in some}
    return forms.TypedChoiceField(
        label=_("Led by"),
        choices=[("", _("Not named yet")), *((key, _with_address(person)) for key, person in known.items())],
        coerce=known.get,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose a person from the list")},
    )


class PersonByName(Named):
    def __init__(self, people: "QuerySet[Person]", **kwargs: Any) -> None:
        super().__init__(help_text=_("Type the name or the address. Nothing typed means: not named yet."), **kwargs)
        self.people = people

    def prepare_value(self, value: Any) -> Any:
        person = self.people.filter(public_id=value).first() if value else None
        return _with_address(person) if person else value

    def meant(self, text: str) -> list[tuple[str, Any]]:
        words = folded(text.replace("(", " ").replace(")", " ")).split()
        found = self.people
        for word in words:
            found = found.filter(sought__contains=word)
        some = list(found[: MOST_NAMED + 1])
        exact = [person for person in some if person.sought.split() == words or person.email == text.strip().lower()]
        return [(_with_address(person), person) for person in exact or some]


def _with_address(person: Person) -> str:
    return f"{person.name} ({person.email})"
