"""The lists of all people and all groups: what is found, and what is done with many at once."""

import pytest
from django.core.exceptions import ValidationError

from core.audit.models import Entry
from spaces.actions import groups, many
from spaces.models import Group, Person, Workspace
from tests.pages import press, seen_on, tight
from tests.spaces.pages.test_workspaces import after, shown, url


@pytest.fixture
def alices(client_for, alice):
    return client_for(alice)


@pytest.fixture
def people(workspace, organisation, team, ruth, alice) -> dict[str, Person]:
    """Ruth leads Pharmacy and is in it; Łukasz is in the organisation itself, Siân nowhere."""
    groups.name_leader(group=team, leader=ruth, by=alice)
    found = {"ruth": ruth}
    for name, email, group in [
        ("Łukasz Müller", "lukasz@example.org", organisation),
        ("Siân Ellis", "sian.ellis@example.org", None),
        ("Sam Brook", "sam@northmoor.org", team),
    ]:
        person = groups.add_person(workspace=workspace, name=name, email=email, group=group, by=alice)
        found[email.partition("@")[0]] = person
    return found


def test_people_are_found(alices, workspace, people, organisation, team):
    names = {"Lukasz": "lukasz@", "Ruth": "ruth@", "Sam": "sam@", "Sian": "sian.ellis@"}
    for asked, found in [
        ("", "LukaszRuthSamSian"),
        ("words=muller+LUKASZ", "Lukasz"),
        ("words=SIAN", "Sian"),
        ("words=northmoor.org", "RuthSam"),
        ("words=100%25", ""),
        (f"group={organisation.public_id}", "LukaszRuthSam"),
        (f"group={team.public_id}", "RuthSam"),
        ("which=groupless", "Sian"),
        ("which=leaders", "Ruth"),
        ("which=others&words=s", "LukaszSamSian"),
        ("which=nonsense&page=77", "LukaszRuthSamSian"),
    ]:
        page = shown(alices.get(url("people", workspace) + f"?{asked}"))
        assert "".join(name for name, address in names.items() if address in page) == found, asked


def test_the_list_says_how_many_and_pages_keep_what_is_looked_for(
    alices, workspace, team, people, django_assert_num_queries
):
    new = [Person(workspace=workspace, name=f"Nurse {n}", email=f"n{n}@example.org", group=team) for n in range(120)]
    Person.objects.make_many(new, at_a_time=50)
    with django_assert_num_queries(7):  # session, user, membership, groups, found, of them a page, all
        page = tight(alices.get(url("people", workspace) + "?words=nurse&page=2"))
    assert "120 of 124 people" in page
    assert 'rel="next" href="?words=nurse&amp;page=3"' in page
    assert "Page 2 of 3" in page
    assert page.count('name="person"') == 50


def test_what_is_ticked_is_moved_after_a_page_that_says_so(alices, workspace, team, people):
    address = url("move_people", workspace) + f"?person={people['sian.ellis'].public_id}&words=si"
    assert "Move Siân Ellis to another group" in shown(alices.get(address))
    done = press(alices, address, group=team.public_id, follow=True)
    assert done.redirect_chain[-1][0] == url("people", workspace) + "?words=si"
    assert "Siân Ellis is moved." in after(done)
    people["sian.ellis"].refresh_from_db()
    assert people["sian.ellis"].group == team


def test_all_found_are_moved_in_one_step_with_one_line_in_the_log(alices, workspace, organisation, people):
    press(alices, url("move_people", workspace) + "?all=1&words=northmoor", group=organisation.public_id)
    assert {person.name for person in organisation.people.all()} == {"Łukasz Müller", "Ruth Adeyemi", "Sam Brook"}
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.detail) == ("move_people", {"count": 2})


def test_nothing_is_done_where_somebody_else_is_found_by_now(alices, workspace, people, alice):
    address = url("remove_people", workspace) + "?all=1&words=northmoor"
    seen = seen_on(alices.get(address))
    groups.add_person(workspace=workspace, name="New", email="new@northmoor.org", group=None, by=alice)
    page = shown(alices.post(address, {"seen": seen}))
    assert "from “2 people” to “3 people”" in page
    assert Person.objects.count() == 5


def test_nobody_chosen_is_said(alices, workspace, people):
    for name in ("move_people", "remove_people", "name_leaders"):
        assert "Nobody is chosen." in after(alices.get(url(name, workspace), follow=True))


def test_several_are_removed_and_what_they_lead_is_said_before(alices, workspace, team, people):
    address = url("remove_people", workspace) + "?all=1&words=northmoor"
    page = shown(alices.get(address))
    assert "Remove 2 people?" in page
    assert "Ruth Adeyemi leads Pharmacy, which will have no leader then." in page
    assert "2 people are removed." in after(press(alices, address, follow=True))
    team.refresh_from_db()
    assert team.leader is None
    assert Entry.objects.latest("pk").detail == {"count": 2}


def test_leaders_are_named_each_of_their_own_group_or_one_of_another(alices, workspace, organisation, team, people):
    both = url("name_leaders", workspace) + "?all=1&words=sam"
    press(alices, both, group="")
    team.refresh_from_db()
    assert team.leader == people["sam"]
    press(alices, both, group=organisation.public_id)
    organisation.refresh_from_db()
    assert organisation.leader == people["sam"]
    whole = url("name_leaders", workspace) + "?all=1"
    assert "In no group: Siân Ellis." in shown(press(alices, whole, group=""))
    assert "go back and choose one person" in shown(press(alices, whole, group=team.public_id))
    Person.objects.filter(name="Siân Ellis").delete()
    assert "In one and the same group: Ruth Adeyemi and Sam Brook." in shown(press(alices, whole, group=""))


# --- Groups


def test_groups_are_found(alices, workspace, organisation, team, people):
    Group.objects.create(workspace=workspace, name="Empty ward", parent=organisation)
    for asked, found in [
        ("", ["Community services", "Empty ward", "Pharmacy"]),
        ("words=community+PHARM", ["Pharmacy"]),
        ("words=adeyemi", ["Pharmacy"]),
        ("which=leaderless", ["Community services", "Empty ward"]),
        ("which=empty", ["Empty ward"]),
        ("which=small", ["Community services", "Pharmacy"]),
    ]:
        page = alices.get(url("groups", workspace) + f"?{asked}").context["page"]
        assert [place.group.name for place in page] == found, asked


def test_only_empty_groups_are_deleted_of_those_chosen(alices, workspace, organisation, team, people):
    Group.objects.create(workspace=workspace, name="Empty ward", parent=organisation)
    address = url("delete_groups", workspace) + "?all=1"
    assert "Delete Empty ward?" in shown(alices.get(address))
    assert "Empty ward is deleted." in after(press(alices, address, follow=True))
    assert {group.name for group in workspace.groups.all()} == {"Community services", "Pharmacy"}
    assert "None of the groups chosen is empty." in after(alices.get(address, follow=True))


def test_a_group_that_was_filled_meanwhile_is_not_deleted(workspace, organisation, team, people, alice):
    empty = Group.objects.create(workspace=workspace, name="Empty ward", parent=team)
    for full in (team, organisation):
        with pytest.raises(ValidationError, match=f"Not empty any more: {full}"):
            many.delete_groups(workspace=workspace, groups=[empty, full], by=alice)
    assert workspace.groups.count() == 3


def test_one_person_leads_all_that_are_chosen(alices, workspace, people, organisation, team):
    address = url("lead_groups", workspace) + f"?group={organisation.public_id}&group={team.public_id}"
    press(alices, address, leader=people["sam"].public_id)
    assert {group.leader for group in workspace.groups.all()} == {people["sam"]}


# --- Many


@pytest.fixture
def large(workspace) -> Workspace:
    """Two hundred and fifty teams in one organisation, three of one name; and more people than a list should hold."""
    top = Group.objects.create(workspace=workspace, name="Trust", kind="organisation")
    other = Group.objects.create(workspace=workspace, name="Other trust", kind="organisation")
    teams = [Group(workspace=workspace, parent=top, name=f"Team {number:03}") for number in range(250)]
    teams.append(Group(workspace=workspace, parent=other, name="Team 001"))
    Group.objects.bulk_create(teams)
    people = [
        Person(workspace=workspace, name=f"Person {n:03}", email=f"p{n:03}@example.org", group=teams[n % 250])
        for n in range(310)
    ]
    Person.objects.make_many(people, at_a_time=500)
    return workspace


def test_a_large_workspace_shows_its_top_and_no_endless_list(alices, large, django_assert_num_queries):
    with django_assert_num_queries(9):  # one more than a small one, to count the people of each group
        page = tight(alices.get(large.get_absolute_url()))
    assert "There are 253 groups in all" in page
    assert "250 groups inside" in page
    assert "Person 001" not in page
    group = large.groups.get(name="Team 002")
    for name, *args in [("new_person",), ("new_group",), ("change_group", group), ("person", group.people.first())]:
        page = shown(alices.get(url(name, large, *args)))
        assert "<option" not in page, name


def test_among_many_a_group_is_typed(alices, large):
    person = large.people.get(name="Person 009")
    address, fields = url("person", large, person), {"name": person.name, "email": person.email}
    for typed, path in [("team 002", "Trust › Team 002"), ("trust › team 001", "Trust › Team 001"), ("", None)]:
        assert alices.post(address, fields | {"group": typed}).status_code == 302, typed
        person.refresh_from_db()
        assert (person.group and f"{person.group.parent} › {person.group}") == path
    for typed, told in [
        ("Team 001", "Several fit. Type one of them in full: Other trust › Team 001; Trust › Team 001"),
        ("team", "and others"),
        ("nothing like it", "Choose a group from the list"),
    ]:
        page = shown(alices.post(address, fields | {"group": typed}))
        assert told in page
        assert f'value="{typed}"' in page


def test_among_many_a_leader_is_typed_by_name_or_address(alices, large):
    group = large.groups.get(name="Team 002")
    for typed, name in [("person 007", "Person 007"), ("P008@example.org", "Person 008"), ("", None)]:
        fields = {"name": group.name, "kind": "team", "parent": "Trust", "leader": typed}
        assert alices.post(url("change_group", large, group), fields).status_code == 302
        group.refresh_from_db()
        assert (group.leader and group.leader.name) == name
    fields["leader"] = "person"
    assert "Several fit." in shown(alices.post(url("change_group", large, group), fields))
