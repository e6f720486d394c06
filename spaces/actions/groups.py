"""Verbs on groups and the people in them. What is refused is a ValidationError with a sentence for the reader."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from spaces import where_asked
from spaces.access import lock_workspace
from spaces.mailboxes import mailbox
from spaces.models import Group, Person, Workspace


def check_is_shared(workspace: Workspace) -> None:
    if workspace.is_personal:
        raise ValidationError(
            _("This workspace is yours alone. To keep groups and people, make a new workspace and add them there.")
        )


@transaction.atomic
def create_group(*, workspace: Workspace, name: str, kind: str, by: User, parent: Group | None = None) -> Group:
    workspace = lock_workspace(workspace)
    check_is_shared(workspace)
    group = Group(workspace=workspace, name=name, kind=kind, parent=parent)
    _check_belongs(workspace, parent)
    _check_name_is_free(group, name, parent)
    group.save()
    record(by=by, verb="create_group", obj=group, workspace=workspace, kind=kind)
    return group


@transaction.atomic
def change_group(*, group: Group, name: str, kind: str, parent: Group | None, leader: Person | None, by: User) -> None:
    """All that one form can change about a group; what stays the same is left alone."""
    _change(group, by=by, verb="change_group", name=name, kind=kind, parent=parent, leader=leader)


@transaction.atomic
def rename_group(*, group: Group, name: str, by: User) -> None:
    _change(group, by=by, verb="rename_group", name=name)


@transaction.atomic
def move_group(*, group: Group, parent: Group | None, by: User) -> None:
    _change(group, by=by, verb="move_group", parent=parent)


@transaction.atomic
def name_leader(*, group: Group, leader: Person | None, by: User) -> None:
    _change(group, by=by, verb="name_leader", leader=leader)


def check_can_delete_group(group: Group) -> None:
    if group.children.exists() or group.people.exists():
        raise ValidationError(
            _("%(name)s is not empty. Move or remove its people and the groups inside it first.") % {"name": group}
        )


@transaction.atomic
def delete_group(*, group: Group, by: User) -> None:
    workspace = _lock_and_refresh(group)
    check_can_delete_group(group)
    record(by=by, verb="delete_group", obj=group, workspace=workspace)
    group.delete()


# --- People ------------------------------------------------------------------------------------


@transaction.atomic
def add_person(*, workspace: Workspace, name: str, email: str, by: User, group: Group | None = None) -> Person:
    workspace = lock_workspace(workspace)
    check_is_shared(workspace)
    person = Person(workspace=workspace, name=name, email=email.lower(), group=group)
    _check_belongs(workspace, group)
    _check_mailbox_is_new(person, email)
    person.save()
    record(by=by, verb="add_person", obj=person, workspace=workspace)
    return person


@transaction.atomic
def change_person(
    *, person: Person, name: str, email: str, group: Group | None, by: User, in_surveys: bool = False
) -> None:
    """All that one form can change about a person; what stays the same is left alone. `in_surveys`: another address is
    theirs in what asks them now as well."""
    if in_surveys and email.lower() != person.email:
        where_asked.correct(lock_workspace(person.workspace), person, email.lower(), by=by)
    _change(person, by=by, verb="change_person", name=name, email=email.lower(), group=group)


@transaction.atomic
def place_person(*, person: Person, group: Group | None, by: User) -> None:
    _change(person, by=by, verb="place_person", group=group)


@transaction.atomic
def remove_person(*, person: Person, by: User) -> None:
    workspace = _lock_and_refresh(person)
    record(by=by, verb="remove_person", obj=person, workspace=workspace)
    person.delete()


# --- How something changes, and what must hold then ----------------------------------------------


def _change(subject: Group | Person, *, by: User, verb: str, **proposed: Any) -> None:
    workspace = _lock_and_refresh(subject)
    changes = {field: value for field, value in proposed.items() if getattr(subject, field) != value}
    if not changes:
        return
    _check_changes(subject, workspace, changes)
    for field, value in changes.items():
        setattr(subject, field, value)
    subject.save()
    logged: dict[str, Any] = {field: _code(field, value) for field, value in changes.items()}
    record(by=by, verb=verb, obj=subject, workspace=workspace, **logged)


def _code(field: str, value: Any) -> str | bool | None:
    """What the log may keep of a change: identifiers and codes, never a name or an address."""
    return True if field in ("name", "email") else getattr(value, "public_id", value)


def _check_changes(subject: Group | Person, workspace: Workspace, changes: dict) -> None:
    for value in changes.values():
        if isinstance(value, Group | Person):
            _check_belongs(workspace, value)
    if isinstance(subject, Group) and "parent" in changes:
        _check_makes_no_circle(subject, changes["parent"])
    if isinstance(subject, Group) and changes.keys() & {"name", "parent"}:
        _check_name_is_free(subject, changes.get("name", subject.name), changes.get("parent", subject.parent))
    if isinstance(subject, Person) and "email" in changes:
        _check_mailbox_is_new(subject, changes["email"])


def _lock_and_refresh(subject: Group | Person) -> Workspace:
    workspace = lock_workspace(subject.workspace)
    if not type(subject).objects.filter(pk=subject.pk).exists():
        raise ValidationError(_("%(name)s has been removed in the meantime.") % {"name": subject})
    subject.refresh_from_db()
    return workspace


def _check_belongs(workspace: Workspace, subject: Group | Person | None) -> None:
    if subject and not type(subject).objects.filter(pk=subject.pk, workspace=workspace).exists():
        raise ValidationError(_("%(name)s does not belong to this workspace.") % {"name": subject})


def _check_name_is_free(group: Group, name: str, parent: Group | None) -> None:
    namesakes = Group.objects.filter(workspace=group.workspace, parent=parent, name__iexact=name)
    if namesakes.exclude(pk=group.pk).exists():
        sentence = _("%(place)s has a group called %(name)s already.")
        raise ValidationError({"name": sentence % {"place": parent or group.workspace, "name": name}})


def _check_makes_no_circle(group: Group, parent: Group | None) -> None:
    ancestor = parent
    while ancestor is not None:
        if ancestor == group:
            raise ValidationError(
                {"parent": _("%(name)s cannot be inside itself or inside one of its own groups.") % {"name": group}}
            )
        ancestor = ancestor.parent


def _check_mailbox_is_new(person: Person, email: str) -> None:
    namesakes = Person.objects.filter(workspace=person.workspace, mailbox=mailbox(email)).exclude(pk=person.pk)
    if namesake := namesakes.first():
        sentence = _("%(email)s is the mailbox of %(name)s, who is in this workspace already.")
        raise ValidationError({"email": sentence % {"email": email, "name": namesake}})
