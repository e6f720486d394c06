"""Who and what the lines of the log are about, as far as it is still there. The log itself holds ids only."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import date
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.models import Entry
from diagnostics.checklists.models import ChecklistDraft, ChecklistVersion
from diagnostics.checklists.own_version import OwnVersion
from diagnostics.surveys.models import KeptLetters, Participant, Survey
from diagnostics.surveys.pages.drafting.frame import TITLES
from reports.editions.groups import slice_name
from reports.editions.models import Edition, PublishedComment, PublishedSlice
from reports.files.kinds import FILE_KINDS
from reports.files.purging import PurgeReason
from spaces.keeping import EndReason
from spaces.models import ColleagueInvitation, Group, Membership, Person, Role, Workspace

Words = dict[str, str]
Ids = set[str]

DETAILS = {
    "role",
    "before",
    "after",
    "reason",
    "step",
    "day",
    "k",
    "added",
    "changed",
    "groups",
    "left",
    "removed",
    "count",
    "people",
    "months",
    "months_before",
    "end_reason",
    "file",
}
TO_WHOM = {"name": "user", "reader": "to"}  # word of a sentence → the detail with the id of an account


@dataclass(frozen=True)
class Known:
    """All names that the lines of one page need."""

    users: dict[int, str]  # by id
    objects: dict[tuple[str, str], Words]  # by kind and id
    titles: dict[str, str]  # by public id of the survey that a line names

    def words(self, entry: Entry) -> Words:
        """Without entries for what is not there any more, and without 'who' where the site did it by itself."""
        found: dict[str, str | None] = {
            "survey": self.titles.get(entry.detail.get("survey", "")),
            **self.objects.get((entry.object_kind, entry.object_id), {}),
            **{word: _detail(word, entry.detail[word]) for word in DETAILS & entry.detail.keys()},
            **self._people(entry),
        }
        return {word: name for word, name in found.items() if name is not None}

    def _people(self, entry: Entry) -> Words:
        found = {word: self.users.get(entry.detail.get(key) or 0) for word, key in TO_WHOM.items()}
        if entry.actor_id is not None:
            found["who"] = self.users.get(entry.actor_id, _("Somebody whose account is gone"))
        return {word: name for word, name in found.items() if name}


def known_to(entries: Iterable[Entry], workspace: Workspace) -> Known:
    """One question for each kind of object."""
    wanted: dict[str, Ids] = {}
    for entry in entries:
        wanted.setdefault(entry.object_kind, set()).add(entry.object_id)
    found = {kind: LOOK_UPS[kind](ids, workspace) for kind, ids in wanted.items() if kind in LOOK_UPS}
    objects = {(kind, str(pk)): words for kind, names in found.items() for pk, words in names.items()}
    return Known(_users(entries), objects, _titles(entries, workspace))


def _users(entries: Iterable[Entry]) -> dict[int, str]:
    """Whoever did something, or to whom it was done."""
    ids = {one for entry in entries for one in (entry.actor_id, *map(entry.detail.get, TO_WHOM.values())) if one}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}


def _titles(entries: Iterable[Entry], workspace: Workspace) -> dict[str, str]:
    named = {entry.detail["survey"] for entry in entries if "survey" in entry.detail}
    return dict(workspace.surveys.filter(public_id__in=named).values_list("public_id", "title"))


def _detail(word: str, value: int | str) -> str | None:
    if word in ("role", "before", "after"):
        return str(Role(str(value)).label)
    if word == "reason":
        return str(PurgeReason(str(value)).label)
    if word == "file":
        return str(FILE_KINDS[str(value)].label) if value in FILE_KINDS else None
    if word == "end_reason":
        return str(EndReason(str(value)).label)
    if word == "step":
        return str(TITLES[str(value)]) if value in TITLES else None
    return date(datetime.date.fromisoformat(str(value)), _("j F Y")) if word == "day" else str(value)


def _groups(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    return {group.pk: {"name": group.name} for group in Group.objects.filter(pk__in=ids, workspace=workspace)}


def _people(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    return {person.pk: {"name": person.name} for person in Person.objects.filter(pk__in=ids, workspace=workspace)}


def _members(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    members = Membership.objects.filter(pk__in=ids, workspace=workspace).select_related("user")
    return {member.pk: {"name": str(member.user)} for member in members}


def _offers(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    offers = ColleagueInvitation.objects.filter(pk__in=ids, workspace=workspace)
    return {offer.pk: {"address": offer.email} for offer in offers}


def _surveys(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    rows = Survey.objects.filter(pk__in=ids, workspace=workspace).values_list("pk", "title")
    return {pk: {"survey": title} for pk, title in rows}


def _kept_letters(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    return {kept.pk: {"name": kept.name} for kept in KeptLetters.objects.filter(pk__in=ids, workspace=workspace)}


def _participants(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    rows = Participant.objects.filter(pk__in=ids, survey__workspace=workspace)
    names = rows.values_list("pk", "name", "survey__title")
    return {pk: {"survey": title} | ({"name": name} if name else {}) for pk, name, title in names}


def _editions(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    rows = Edition.objects.filter(pk__in=ids, survey__workspace=workspace).values_list("pk", "survey__title")
    return {pk: {"survey": title} for pk, title in rows}


def _slices(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    slices = PublishedSlice.objects.light().filter(pk__in=ids, edition__survey__workspace=workspace)
    return {one.pk: {"group": slice_name(one)} for one in slices}


def _comments(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    comments = PublishedComment.objects.filter(pk__in=ids, edition__survey__workspace=workspace)
    return {pk: {"survey": title} for pk, title in comments.values_list("pk", "edition__survey__title")}


def _drafts(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    rows = ChecklistDraft.objects.filter(pk__in=ids, workspace=workspace).values_list("pk", "name")
    return {pk: {"checklist": name} for pk, name in rows}


def _versions(ids: Ids, workspace: Workspace) -> Mapping[int, Words]:
    versions = ChecklistVersion.objects.filter(pk__in=ids, checklist__workspace=workspace).select_related("checklist")
    return {one.pk: {"checklist": OwnVersion(one).name} for one in versions.defer("content")}


LOOK_UPS: dict[str, Callable[[Ids, Workspace], Mapping[Any, Words]]] = {
    "spaces.group": _groups,
    "spaces.person": _people,
    "spaces.membership": _members,
    "spaces.colleagueinvitation": _offers,
    "diagnostics.survey": _surveys,
    "diagnostics.keptletters": _kept_letters,
    "diagnostics.participant": _participants,
    "diagnostics.checklistdraft": _drafts,
    "diagnostics.checklistversion": _versions,
    "reports.edition": _editions,
    "reports.publishedslice": _slices,
    "reports.publishedcomment": _comments,
}
