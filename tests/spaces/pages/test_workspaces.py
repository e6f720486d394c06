"""What people do on the pages, and what each of them is shown."""

import pytest
from django.urls import reverse

from spaces.actions import groups
from spaces.models import Group, Membership, Person, Role, Workspace
from spaces.notices import usual_notice
from tests.conftest import make_user
from tests.pages import filled_in, press, tight
from tests.spaces.conftest import invite, membership

LONG = "N" * 300


def url(name: str, *args) -> str:
    return reverse(f"spaces:{name}", args=[getattr(arg, "public_id", arg) for arg in args])


def shown(response) -> str:
    """The page as it is read: where an address may break says nothing."""
    assert response.status_code == 200
    return response.content.decode().replace("<wbr>", "")


def after(response) -> str:
    """The page that a post leads to."""
    assert response.redirect_chain, "a post that succeeds redirects"
    return shown(response)


@pytest.fixture
def alices(client_for, alice):
    return client_for(alice)


# --- The list


def test_the_list_shows_ones_own_workspaces_with_the_role_in_each(client_for, workspace, personal, bob):
    page = shown(client_for(bob).get(url("workspaces")))
    assert "Northmoor" in page
    assert "Consultant" in page
    assert personal.name not in page


def test_the_list_tells_of_open_invitations_whose_links_are_in_letters(client_for, invitation, charlie, workspace):
    page = shown(client_for(charlie).get(url("workspaces")))
    assert "You are invited" in page
    assert "Northmoor" not in page
    assert "/workspaces/invitations/" not in page


def test_the_list_costs_the_same_for_many_workspaces(client_for, charlie, alice, django_assert_num_queries):
    for number in range(8):
        workspace = Workspace.objects.create(name=f"Workspace {number}")
        Membership.objects.create(workspace=workspace, user=charlie, role=Role.LEADER)
        other = Workspace.objects.create(name=f"Other {number}")
        Membership.objects.create(workspace=other, user=alice, role=Role.OWNER)
        invite(other, charlie.email, by=alice)
    browser = client_for(charlie)
    with django_assert_num_queries(6):  # session, user, addresses twice, invitations, memberships
        page = shown(browser.get(url("workspaces")))
    assert "Workspace 7" in page
    assert page.count("Open the link in the letter") == 8


def test_without_a_confirmed_address_the_list_says_what_to_do(client_for, unconfirmed):
    page = shown(client_for(unconfirmed).get(url("workspaces")))
    assert "not confirmed yet" in page
    assert reverse("account_email") in page
    assert url("new_workspace") not in page


# --- One workspace


def test_a_new_workspace_belongs_to_whoever_makes_it(client_for, charlie):
    page = after(client_for(charlie).post(url("new_workspace"), {"name": "  South   moor "}, follow=True))
    assert "South moor is ready. You own it." in page
    assert membership(Workspace.objects.get(name="South moor"), charlie).role == Role.OWNER


def test_without_a_confirmed_address_no_workspace_is_made(client_for, unconfirmed):
    browser = client_for(unconfirmed)
    for response in (browser.get(url("new_workspace")), browser.post(url("new_workspace"), {"name": "Southmoor"})):
        assert "Confirm your e-mail address first" in shown(response)
    assert not Workspace.objects.exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (LONG, "Shorten this to 120 characters; it has 300 now."),
        ("x", "Enter at least two characters"),
        ("   ", "Enter a name for the workspace"),
        ("North\x00moor", None),  # refused before it reaches a form
    ],
)
def test_a_bad_name_is_said_and_kept(alices, workspace, name, sentence):
    response = alices.post(url("rename", workspace), {"name": name})
    workspace.refresh_from_db()
    assert workspace.name == "Northmoor"
    if sentence:
        page = shown(response)
        assert page.count(sentence) == 2  # in the summary and at the field
        assert f'value="{name}"' in page or not name.strip()
        assert "maxlength" not in page
    else:
        assert response.status_code in {200, 400}


def test_renaming(alices, workspace):
    assert "The workspace is now called Southmoor." in after(
        alices.post(url("rename", workspace), {"name": "Southmoor"}, follow=True)
    )


def test_the_notice_begins_with_the_usual_text_and_an_empty_box_brings_it_back(alices, workspace):
    where = url("privacy_notice", workspace)
    assert f"{usual_notice(workspace)}</textarea>" in shown(alices.get(where))
    assert "The privacy notice is saved." in after(alices.post(where, {"text": "One.\r\n\r\nTwo."}, follow=True))
    assert ">\nOne.\n\nTwo.</textarea>" in shown(alices.get(where))
    alices.post(where, {"text": "  "})
    assert f"{usual_notice(workspace)}</textarea>" in shown(alices.get(where))


def test_the_usual_notice_sent_back_by_a_browser_stays_the_usual_one(alices, workspace):
    alices.post(url("privacy_notice", workspace), {"text": usual_notice(workspace).replace("\n", "\r\n")})
    workspace.refresh_from_db()
    assert workspace.privacy_notice == ""


def test_a_notice_that_is_too_long_is_refused_with_a_sentence(alices, workspace):
    page = shown(alices.post(url("privacy_notice", workspace), {"text": "a" * 8001}))
    assert "Shorten this to 8000 characters; it has 8001 now." in page


def test_those_who_manage_find_surveys_and_the_notice(page_of, workspace):
    for address in (reverse("surveys:list", args=[workspace.public_id]), url("privacy_notice", workspace)):
        assert [who for who in ("alice", "bob", "dora", "erik") if address in page_of(who)] == ["alice", "bob"]


@pytest.fixture
def page_of(request, client_for, workspace, invitation, ruth):
    """The workspace's page as somebody sees it, with all there is to see."""
    groups.name_leader(group=ruth.group, leader=ruth, by=invitation.invited_by)
    return lambda who: shown(client_for(request.getfixturevalue(who)).get(workspace.get_absolute_url()))


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_those_who_manage_see_people_addresses_and_invitations(page_of, who):
    page = page_of(who)
    for text in ("Ruth Adeyemi", "dora@example.org", "charlie@example.org", "Pharmacy", "Add a person"):
        assert text in page


@pytest.mark.parametrize("who", ["dora", "erik"])
def test_others_see_members_and_groups_but_no_person_and_no_address(page_of, who):
    page = page_of(who)
    for text in ("Alice", "Bob", "Pharmacy", "inside Community services"):
        assert text in page
    for text in ("Ruth", "@", "charlie", "Add a", "Change", "Withdraw"):
        assert text not in page.partition("<main")[2].partition("</main>")[0], text


def test_a_member_without_a_name_is_not_named_by_the_address(client_for, workspace, dora, bob):
    bob.name = ""
    bob.save()
    page = shown(client_for(dora).get(workspace.get_absolute_url()))
    assert "No name given" in page
    assert bob.email not in page


def test_the_page_costs_the_same_for_many_groups_and_people(client_for, workspace, alice, django_assert_num_queries):
    tops = [Group.objects.create(workspace=workspace, name=f"Group {number}") for number in range(12)]
    for number in range(40):
        group = tops[number % 11] if number % 10 else None
        Person.objects.create(workspace=workspace, name=f"Person {number}", email=f"p{number}@e.org", group=group)
    for top in tops:
        top.leader = Person.objects.latest("pk")
        top.save()
    for number in range(5):
        user = make_user(f"Member{number}")
        Membership.objects.create(workspace=workspace, user=user, role=Role.LEADER)
        invite(workspace, f"new{number}@example.org", by=alice)
    browser = client_for(alice)
    with django_assert_num_queries(9):  # session, user, membership, members, invited, letters, groups, people, import
        page = shown(browser.get(workspace.get_absolute_url()))
    assert page.count("led by Person 39") == 12


def test_a_large_group_names_twelve_and_counts_the_rest(alices, workspace, team):
    for number in range(15):
        Person.objects.create(workspace=workspace, name=f"Person {number:02}", email=f"p{number}@e.org", group=team)
    page = shown(alices.get(workspace.get_absolute_url()))
    assert "Person 11" in page
    assert "Person 12" not in page
    assert "and 3 more" in page


def test_an_empty_workspace_says_what_will_be_here(client_for, workspace, alice, dora):
    assert "Add the largest first" in shown(client_for(alice).get(workspace.get_absolute_url()))
    assert "There are no groups here yet" in shown(client_for(dora).get(workspace.get_absolute_url()))


def test_a_personal_workspace_points_to_a_shared_one(alices, personal):
    page = shown(alices.get(personal.get_absolute_url()))
    assert "yours alone" in page
    assert url("new_workspace") in page
    for name in ("invite", "new_group", "new_person", "leave"):
        assert "yours alone" in shown(alices.get(url(name, personal))), name


def test_leaving(client_for, workspace, dora, alice):
    page = after(press(client_for(dora), url("leave", workspace), follow=True))
    assert "You have left Northmoor." in page
    assert "Hand it over to another member first" in shown(client_for(alice).get(url("leave", workspace)))
    assert "Hand it over to another member first" in shown(client_for(alice).post(url("leave", workspace)))


# --- Members


def test_inviting(alices, workspace):
    form = {"email": "New@Example.org", "role": "facilitator"}
    page = after(alices.post(url("invite", workspace), form, follow=True))
    assert "An invitation is on its way to new@example.org." in page
    assert "open until" in page


def test_an_invitation_that_is_refused_keeps_what_was_typed(alices, workspace, invitation):
    page = shown(alices.post(url("invite", workspace), {"email": "Charlie@example.org", "role": "leader"}))
    assert page.count("has an invitation already") == 2
    assert 'value="Charlie@example.org"' in page


def test_an_invitation_needs_an_address_and_a_role(alices, workspace):
    page = shown(alices.post(url("invite", workspace), {"email": "nobody", "role": "owner"}))
    for sentence in ("Enter an e-mail address such as name@example.org", "Choose a role", "Two things need"):
        assert sentence in page


def test_a_consultant_is_not_offered_to_invite_consultants(client_for, workspace, bob):
    page = shown(client_for(bob).get(url("invite", workspace)))
    assert 'value="leader"' in page
    assert 'value="consultant"' not in page
    refused = client_for(bob).post(url("invite", workspace), {"email": "new@example.org", "role": "consultant"})
    assert "Choose a role" in shown(refused)


def test_withdrawing(alices, workspace, invitation):
    page = after(press(alices, url("withdraw", workspace, invitation), follow=True))
    assert "The invitation to charlie@example.org is withdrawn." in page
    assert "in the meantime" in shown(press(alices, url("withdraw", workspace, invitation)))


def test_changing_a_role(alices, workspace, dora):
    target = membership(workspace, dora)
    assert "The role of Dora is saved." in after(
        alices.post(url("member", workspace, target), {"role": "consultant"}, follow=True)
    )
    target.refresh_from_db()
    assert target.role == Role.CONSULTANT


def test_a_consultant_changes_leaders_and_facilitators_only(client_for, workspace, alice, bob, dora):
    browser = client_for(bob)
    assert "Hand over" not in shown(browser.get(url("member", workspace, membership(workspace, dora))))
    assert browser.get(url("member", workspace, membership(workspace, bob))).status_code == 403
    assert browser.get(url("member", workspace, membership(workspace, alice))).status_code == 404


def test_removing_a_member(alices, workspace, dora):
    page = after(press(alices, url("remove_member", workspace, membership(workspace, dora)), follow=True))
    assert "Dora is no longer a member." in page


def test_handing_over(alices, workspace, alice, bob):
    address = url("hand_over", workspace, membership(workspace, bob))
    assert "only Bob can reverse this" in shown(alices.get(address))
    page = after(press(alices, address, follow=True))
    assert "Bob now owns Northmoor. You are a consultant in it." in page
    assert membership(workspace, alice).role == Role.CONSULTANT


# --- Groups


def test_adding_a_group_inside_another(alices, workspace, organisation):
    page = shown(alices.get(url("new_group", workspace) + f"?inside={organisation.public_id}"))
    assert f'<option value="{organisation.public_id}" selected>' in page
    form = {"name": "Therapies", "kind": "team", "parent": organisation.public_id}
    assert "Therapies is added." in after(alices.post(url("new_group", workspace), form, follow=True))
    assert Group.objects.get(name="Therapies").parent == organisation


def test_a_group_shows_its_people_with_addresses_and_the_groups_inside(alices, workspace, organisation, team, ruth):
    assert "ruth@northmoor.org" in shown(alices.get(url("group", workspace, team)))
    page = shown(alices.get(url("group", workspace, organisation)))
    assert "Pharmacy" in page
    assert "Nobody is in this group itself." in page


def test_a_group_is_changed_moved_and_led(alices, workspace, team, ruth):
    form = {"name": "Dispensary", "kind": "system", "parent": "", "leader": ruth.public_id}
    page = after(alices.post(url("change_group", workspace, team), form, follow=True))
    assert "Dispensary is saved." in page
    assert "System, led by Ruth Adeyemi" in tight(page)
    team.refresh_from_db()
    assert team.parent is None


def test_a_group_is_not_offered_a_place_inside_itself(alices, workspace, organisation, team):
    page = shown(alices.get(url("change_group", workspace, organisation)))
    assert f'value="{team.public_id}"' not in page
    form = {"name": "Community", "kind": "organisation", "parent": team.public_id, "leader": ""}
    assert "cannot be inside itself" in shown(alices.post(url("change_group", workspace, organisation), form))


@pytest.mark.parametrize("field", ["parent", "leader"])
def test_a_choice_from_elsewhere_is_refused(alices, workspace, team, field):
    other = Workspace.objects.create(name="Southmoor")
    foreign = {
        "parent": Group.objects.create(workspace=other, name="Theirs"),
        "leader": Person.objects.create(workspace=other, name="Theirs", email="theirs@e.org"),
    }
    form = {"name": "Pharmacy", "kind": "team", "parent": "", "leader": "", field: foreign[field].public_id}
    page = shown(alices.post(url("change_group", workspace, team), form))
    assert "from the list" in page
    assert "Theirs" not in page


def test_a_long_group_name_is_said_and_kept(alices, workspace):
    page = shown(alices.post(url("new_group", workspace), {"name": LONG, "kind": "team", "parent": ""}))
    assert "Shorten this to 120 characters; it has 300 now." in page
    assert LONG in page


def test_deleting_a_group(alices, workspace, organisation, team):
    assert "is not empty" in shown(alices.get(url("delete_group", workspace, organisation)))
    assert "is not empty" in shown(alices.post(url("delete_group", workspace, organisation)))
    assert "Pharmacy is deleted." in after(press(alices, url("delete_group", workspace, team), follow=True))


def test_names_are_text_not_markup(alices, workspace, organisation, alice):
    groups.rename_group(group=organisation, name="<script>alert(1)</script>", by=alice)
    for address in (workspace.get_absolute_url(), url("group", workspace, organisation), url("new_person", workspace)):
        assert "<script>alert" not in shown(alices.get(address))


# --- People


def test_adding_a_person(alices, workspace, team):
    page = shown(alices.get(url("new_person", workspace) + f"?group={team.public_id}"))
    assert f'<option value="{team.public_id}" selected>' in page
    form = {"name": "Sam Brook", "email": "Sam.Brook@Northmoor.org", "group": team.public_id}
    page = after(alices.post(url("new_person", workspace), form, follow=True))
    assert "Sam Brook is added." in page
    assert "sam.brook@northmoor.org" in page


@pytest.mark.parametrize("address", ["RUTH@northmoor.org", "ruth+second@northmoor.org"])
def test_a_second_person_with_one_mailbox_is_refused(alices, workspace, ruth, address):
    page = shown(alices.post(url("new_person", workspace), {"name": "Another", "email": address, "group": ""}))
    assert page.count("is the mailbox of Ruth Adeyemi") == 2
    assert f'value="{address}"' in page
    assert Person.objects.count() == 1


def test_a_long_name_and_address_are_said_and_kept(alices, workspace):
    address = "a" * 60 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + "." + "e" * 30 + ".org"
    page = shown(alices.post(url("new_person", workspace), {"name": LONG, "email": address, "group": ""}))
    assert "Shorten this to 150 characters; it has 300 now." in page
    assert "Shorten this to 254 characters" in page
    assert LONG in page
    assert address in page


def test_a_person_is_changed_and_moved(alices, workspace, ruth, organisation):
    form = {"name": "Ruth Brook", "email": "ruth.brook@northmoor.org", "group": organisation.public_id}
    assert "Ruth Brook is saved." in after(alices.post(url("person", workspace, ruth), form, follow=True))
    ruth.refresh_from_db()
    assert (ruth.name, ruth.email, ruth.group) == ("Ruth Brook", "ruth.brook@northmoor.org", organisation)


# --- What two have open at once


@pytest.fixture
def pages(workspace, team, organisation, ruth, dora):
    return {
        "person": url("person", workspace, ruth),
        "group": url("change_group", workspace, team),
        "name": url("rename", workspace),
        "notice": url("privacy_notice", workspace),
        "look": url("look", workspace),
        "role": url("member", workspace, membership(workspace, dora)),
    }


@pytest.fixture
def meant(workspace, organisation, ruth, alice):
    """What is sent for names in capitals."""
    other = groups.create_group(workspace=workspace, name="Other", kind="team", by=alice)
    known = {"COMMUNITY": organisation.public_id, "RUTH": ruth.public_id, "OTHER": other.public_id}
    return lambda fields: {key: known.get(value, value) for key, value in fields.items()}


@pytest.mark.parametrize(
    ("page", "hers", "his"),
    [
        ("person", {"email": "right@northmoor.org"}, {"name": "Ruth A."}),
        ("person", {"group": "COMMUNITY"}, {"email": "right@northmoor.org"}),
        ("person", {"name": "Ruth A."}, {"group": ""}),
        ("group", {"name": "Dispensary", "leader": "RUTH"}, {"kind": "system"}),
        ("group", {"kind": "system"}, {"parent": "", "name": "Dispensary"}),
        ("name", {"name": "Northmoor Trust"}, {}),
        ("notice", {"text": "In our own words.\n\nAnd no others."}, {}),
        ("look", {"colour": "#8a1c3b"}, {}),
        ("role", {"role": "leader"}, {}),
    ],
)
def test_what_a_colleague_changed_meanwhile_stays(alices, pages, meant, page, hers, his):  # noqa: PLR0917 — a cast
    hers, his = meant(hers), meant(his)
    sent = filled_in(alices.get(pages[page]))
    for changed in (hers, his):
        assert alices.post(pages[page], sent | changed).status_code == 302
    now = filled_in(alices.get(pages[page]))
    assert {key: now.get(key, "") for key in hers | his} == hers | his


@pytest.mark.parametrize(
    ("page", "hers", "his", "shown_as"),
    [
        ("person", {"email": "right@northmoor.org"}, {"email": "other@northmoor.org"}, ", to “right@northmoor.org”"),
        ("person", {"group": ""}, {"group": "COMMUNITY"}, ", to “No group yet”"),
        ("group", {"kind": "system"}, {"kind": "organisation"}, ", to “System”"),
        ("group", {"parent": ""}, {"parent": "OTHER"}, ", to “No other group: it is at the top”"),
        ("role", {"role": "leader"}, {"role": "consultant"}, ", to “Leader”"),
    ],
)
def test_where_both_changed_the_same_the_second_is_told_first(  # noqa: PLR0917 — a cast
    alices, pages, meant, page, hers, his, shown_as
):
    his = meant(his)
    sent = filled_in(alices.get(pages[page]))
    alices.post(pages[page], sent | hers)
    told = alices.post(pages[page], sent | his)
    assert f"It was changed meanwhile{shown_as}. Save again" in told.content.decode()
    again = filled_in(told)
    assert again.items() >= his.items()
    assert alices.post(pages[page], again).status_code == 302
    assert filled_in(alices.get(pages[page])).items() >= his.items()


def test_removing_a_person_says_what_they_lead(alices, workspace, ruth, team, alice):
    groups.name_leader(group=team, leader=ruth, by=alice)
    address = url("remove_person", workspace, ruth)
    assert "leads Pharmacy" in shown(alices.get(address))
    assert "Ruth Adeyemi is removed." in after(press(alices, address, follow=True))
    assert not Person.objects.exists()


def test_an_unknown_place_in_the_address_is_ignored(alices, workspace, team):
    for name in ("new_person", "new_group"):
        page = shown(alices.get(url(name, workspace) + "?inside=nothing&group=nothing"))
        assert team.public_id in page
        assert " selected" not in page
