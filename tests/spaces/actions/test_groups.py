import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from spaces.actions import groups
from spaces.mailboxes import mailbox
from spaces.models import Group, Person


def changed(subject, **proposed) -> dict:
    """What a form would send: all as it is, but for what is proposed."""
    fields = ("name", "kind", "parent", "leader") if isinstance(subject, Group) else ("name", "email", "group")
    return {field: getattr(subject, field) for field in fields} | proposed


def last_entry() -> Entry:
    return Entry.objects.latest("pk")


def test_a_group_is_made_at_the_top_or_inside_another(organisation, team):
    assert (organisation.parent, team.parent) == (None, organisation)
    assert last_entry().verb == "create_group"


def test_a_name_is_taken_once_in_each_place_in_any_case(workspace, organisation, team, alice):
    with pytest.raises(ValidationError, match="Community services has a group called PHARMACY already"):
        groups.create_group(workspace=workspace, name="PHARMACY", kind="team", parent=organisation, by=alice)
    assert groups.create_group(workspace=workspace, name="Pharmacy", kind="team", by=alice)


def test_a_parent_of_another_workspace_is_refused(personal, organisation, alice):
    elsewhere = Group.objects.create(workspace=personal, name="Elsewhere")
    with pytest.raises(ValidationError, match="does not belong"):
        groups.move_group(group=organisation, parent=elsewhere, by=alice)


def test_a_personal_workspace_holds_no_groups_and_no_people(personal, alice):
    with pytest.raises(ValidationError, match="yours alone"):
        groups.create_group(workspace=personal, name="Team", kind="team", by=alice)
    with pytest.raises(ValidationError, match="yours alone"):
        groups.add_person(workspace=personal, name="Ruth", email="ruth@northmoor.org", by=alice)


def test_a_group_cannot_stand_inside_itself_or_its_own_groups(workspace, organisation, team, alice):
    deeper = groups.create_group(workspace=workspace, name="Night shift", kind="team", parent=team, by=alice)
    for parent in (organisation, team, deeper):
        with pytest.raises(ValidationError, match="cannot be inside itself"):
            groups.move_group(group=organisation, parent=parent, by=alice)
    groups.move_group(group=deeper, parent=organisation, by=alice)
    assert deeper.parent == organisation


def test_a_group_moves_and_is_renamed_at_once_where_either_alone_would_clash(workspace, organisation, team, alice):
    groups.create_group(workspace=workspace, name="Pharmacy", kind="team", by=alice)
    groups.create_group(workspace=workspace, name="Dispensary", kind="team", parent=organisation, by=alice)
    groups.change_group(group=team, by=alice, **changed(team, name="Dispensary", parent=None))
    assert (team.name, team.parent) == ("Dispensary", None)


def test_only_what_differs_is_logged_and_no_name(team, ruth, alice):
    groups.change_group(group=team, by=alice, **changed(team, name="Dispensary", leader=ruth))
    assert last_entry().detail == {"name": True, "leader": ruth.public_id}
    before = Entry.objects.count()
    groups.change_group(group=team, by=alice, **changed(team))
    assert Entry.objects.count() == before


def test_each_verb_of_a_group(team, ruth, alice):
    groups.rename_group(group=team, name="Dispensary", by=alice)
    groups.move_group(group=team, parent=None, by=alice)
    groups.name_leader(group=team, leader=ruth, by=alice)
    saved = Group.objects.get(pk=team.pk)
    assert (saved.name, saved.parent, saved.leader) == ("Dispensary", None, ruth)
    verbs = Entry.objects.order_by("-pk").values_list("verb", flat=True)[:3]
    assert list(verbs) == ["name_leader", "move_group", "rename_group"]


def test_only_an_empty_group_is_deleted(organisation, team, ruth, alice):
    for group in (organisation, team):
        with pytest.raises(ValidationError, match="is not empty"):
            groups.delete_group(group=group, by=alice)
    groups.place_person(person=ruth, group=None, by=alice)
    groups.delete_group(group=team, by=alice)
    groups.delete_group(group=organisation, by=alice)
    assert not Group.objects.exists()


def test_what_was_removed_meanwhile_is_said(team, ruth, alice):
    stale = Person.objects.get(pk=ruth.pk)
    groups.remove_person(person=ruth, by=alice)
    with pytest.raises(ValidationError, match="Ruth Adeyemi has been removed in the meantime"):
        groups.place_person(person=stale, group=None, by=alice)


# --- People


@pytest.mark.parametrize("address", ["ruth@northmoor.org", "RUTH@northmoor.org", "ruth+night@Northmoor.org"])
def test_one_mailbox_is_one_person(workspace, ruth, alice, address):
    with pytest.raises(ValidationError, match="is the mailbox of Ruth Adeyemi"):
        groups.add_person(workspace=workspace, name="Another", email=address, by=alice)


def test_one_mailbox_may_be_known_to_two_workspaces(ruth, alice, client_for):
    other = groups.Workspace.objects.create(name="Southmoor")
    assert groups.add_person(workspace=other, name="Ruth", email="ruth@northmoor.org", by=alice)


def test_an_address_is_kept_in_lower_case_and_may_take_a_tag(ruth, alice):
    groups.change_person(person=ruth, by=alice, **changed(ruth, email="Ruth+Work@Northmoor.org"))
    saved = Person.objects.get(pk=ruth.pk)
    assert (saved.email, saved.mailbox) == ("ruth+work@northmoor.org", "ruth@northmoor.org")


def test_an_address_cannot_be_changed_to_somebody_elses(workspace, ruth, alice):
    sam = groups.add_person(workspace=workspace, name="Sam", email="sam@northmoor.org", by=alice)
    with pytest.raises(ValidationError, match="is the mailbox of Ruth Adeyemi"):
        groups.change_person(person=sam, by=alice, **changed(sam, email="ruth+2@northmoor.org"))


def test_a_person_is_placed_and_moved(ruth, organisation, alice):
    groups.place_person(person=ruth, group=organisation, by=alice)
    assert Person.objects.get().group == organisation
    assert last_entry().detail == {"group": organisation.public_id}


def test_a_group_loses_a_leader_who_is_removed(team, ruth, alice):
    groups.name_leader(group=team, leader=ruth, by=alice)
    groups.remove_person(person=ruth, by=alice)
    team.refresh_from_db()
    assert team.leader is None
    assert last_entry().verb == "remove_person"


def test_the_database_holds_to_one_person_per_mailbox(workspace, ruth):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(workspace=workspace, name="Another", email="Ruth+9@northmoor.org")


def test_the_database_holds_to_one_name_per_place(organisation, team):
    for taken in (organisation, team):
        with pytest.raises(IntegrityError), transaction.atomic():
            Group.objects.create(workspace=taken.workspace, parent=taken.parent, name=taken.name)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("A.B+c+d@E.org", "a.b@e.org"),
        (" a@b.org ", "a@b.org"),
        ("+tag@b.org", "+tag@b.org"),
        ("a@b+c.org", "a@b+c.org"),
    ],
)
def test_mailbox_folds_case_and_tags_only(address, expected):
    assert mailbox(address) == expected
