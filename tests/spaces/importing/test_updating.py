"""A list of people who are here already: who has a new address or is gone, who leads; and all of it taken back."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.tasks import run_job
from spaces.actions.groups import add_person, change_person, create_group, name_leader
from spaces.importing.actions.importing import import_list
from spaces.importing.actions.remembering import FORGET_IMPORT
from spaces.importing.actions.undoing import take_back
from spaces.importing.kept import chosen_for, rows_of
from spaces.importing.people.columns import Chosen
from spaces.importing.people.plan import Choices, Plan
from spaces.importing.people.planning import plan_for
from spaces.models import Group, PeopleImport, Person
from spaces.tree import branches
from tests.pages import press, tight
from tests.spaces.conftest import kept_list
from tests.spaces.lists import pasted

HEADING = "Name\tE-mail\tGroup\tManager\tManager e-mail\n"
LIST = (
    HEADING
    + """Ada Byron\tada@e.org\tWards\tAnn Lee\tann@e.org
Jo Park\tjo.park@e.org\tWards\tAnn Lee\tann@e.org
Ann Lee\tann@e.org\tWards\tCy Oak\tcy@e.org
Cy Oak\tcy@e.org\tOffice
"""
)


@pytest.fixture
def wards(workspace, alice) -> Group:
    """Ada, Jo under an older address, and Max, who has left since; Bo is in another group."""
    wards = create_group(workspace=workspace, name="Wards", kind="team", by=alice)
    stroke = create_group(workspace=workspace, name="Stroke", kind="team", by=alice)
    for name, email, group in (
        ("Ada Byron", "ada@e.org", stroke),
        ("Jo Park", "jo@e.org", wards),
        ("Max Rowe", "max@e.org", wards),
        ("Bo Ek", "bo@e.org", None),
    ):
        add_person(workspace=workspace, name=name, email=email, group=group, by=alice)
    return wards


@pytest.fixture
def bring(workspace, alice):
    def brought(text: str = LIST, **choices: bool) -> PeopleImport:
        people_list = kept_list(workspace, text, by=alice)
        seen = plan_for(rows_of(people_list), workspace, chosen_for(people_list)).fingerprint
        now = timezone.now()
        return import_list(people_list=people_list, choices=Choices(**choices), seen=seen, by=alice, now=now)

    return brought


def plan(workspace, text: str = LIST) -> Plan:
    return plan_for(pasted(text), workspace)


def world(workspace) -> dict:
    """Everybody and every group, as they stand."""
    paths = {branch.group.pk: branch.path for branch in branches(workspace.groups.all())}
    people = {one.pk: (one.name, one.email, paths.get(one.group_id)) for one in workspace.people.all()}
    leaders = dict(workspace.groups.filter(leader__isnull=False).values_list("name", "leader__name"))
    return {"people": people, "groups": sorted(paths.values()), "leaders": leaders}


# --- What a list would do


def test_who_is_gone_is_told_of_the_groups_that_the_list_names(workspace, wards):
    assert [person.name for person in plan(workspace).gone] == ["Jo Park", "Max Rowe"]


def test_a_new_address_is_proposed_as_the_same_person(workspace, wards):
    [one] = plan(workspace).readdressed
    assert (one.person.email, one.entry.email) == ("jo@e.org", "jo.park@e.org")


def test_two_of_the_same_name_are_nobody_in_particular(workspace, wards, alice):
    add_person(workspace=workspace, name="jo park", email="jp@e.org", group=wards, by=alice)
    assert not plan(workspace).readdressed


def test_who_leads_is_named_by_most_and_never_by_themselves(workspace, wards):
    assert [(lead.destination.path, lead.name) for lead in plan(workspace).leads] == [("Wards", "Ann Lee")]


def test_a_leader_is_found_by_name_where_only_one_has_it(workspace, wards):
    by_name = "Name\tE-mail\tGroup\tManager\n{}\tada@e.org\tWards\tByron, Ada\n"
    [lead] = plan(workspace, by_name.format("Ada Byron")).leads
    assert lead.mailbox == "ada@e.org"
    nobody = plan(workspace, "Name\tE-mail\tGroup\tManager\nSam\tsam@e.org\tWards\tWho Knows\n")
    assert not nobody.leads
    assert "is led by Who Knows, who is not here" in nobody.remarks[-1]


@pytest.mark.parametrize("manager", ["ann@e.org", "Ann Lee <Ann@e.org>", '"Lee, A." <ann@e.org>', "mailto:ann@e.org"])
def test_a_leader_is_found_by_the_address_in_the_column_of_leaders(workspace, wards, manager):
    lines = f"Jo Park\tjo@e.org\tWards\t{manager}\nAnn Lee\tann@e.org\tOffice\tN/A\n"
    made = plan(workspace, "Name\tE-mail\tGroup\tManager\n" + lines)
    assert [(lead.destination.path, lead.name) for lead in made.leads] == [("Wards", "Ann Lee")]
    assert not [remark for remark in made.remarks if "addresses in" in remark or "(rows" in remark]
    by_managers = plan_for(pasted(lines), workspace, Chosen({0: "name", 1: "email", 3: "leader"}, -1, by_managers=True))
    assert [place.path for place in by_managers.new_groups] == ["Ann Lee’s team"]


def test_who_is_named_as_leader_is_not_gone(workspace, wards):
    made = plan(workspace, "Name\tE-mail\tGroup\tManager\nSam\tsam@e.org\tWards\tMax Rowe\n")
    assert [person.name for person in made.gone] == ["Jo Park"]


def test_who_leads_until_now_is_shown(workspace, wards, alice, client_for):
    Group.objects.filter(pk=wards.pk).update(leader=workspace.people.get(name="Bo Ek"))
    seen = plan(workspace)
    assert [lead.instead_of for lead in seen.leads] == ["Bo Ek"]
    page = client_for(alice).get(kept_list(workspace, LIST, by=alice).get_absolute_url())
    assert "Wards: Ann Lee instead of Bo Ek" in tight(page.content.decode())
    Group.objects.filter(pk=wards.pk).update(leader=None)
    assert plan(workspace).fingerprint != seen.fingerprint


def test_two_leaders_of_a_group_are_told_and_nobody_is_named(workspace, wards):
    lines = "Sam\tsam@e.org\tWards\tAda Byron\nUma\tuma@e.org\tWards\tMax Rowe\n"
    made = plan(workspace, "Name\tE-mail\tGroup\tManager\n" + lines)
    assert not made.leads
    assert "several people lead “Wards”: Ada Byron and Max Rowe." in made.remarks[-1]


def test_groups_are_made_of_who_reports_to_whom_on_request(workspace):
    lines = """Name\tE-mail\tManager
Cy Oak\tcy@e.org\t
Ann Lee\tann@e.org\tOak, Cy
Ada Byron\tada@e.org\tAnn Lee
Jo Park\tjo@e.org\tAnn Lee
Max Rowe\tmax@e.org\tSomebody Else
"""
    assert not plan(workspace, lines).new_groups
    made = plan_for(pasted(lines), workspace, Chosen(by_managers=True))
    assert [place.path for place in made.new_groups] == [
        "Cy Oak’s team",
        "Cy Oak’s team › Ann Lee’s team",
        "Somebody Else’s team",
    ]
    assert [(lead.destination.path, lead.name) for lead in made.leads] == [
        ("Cy Oak’s team", "Cy Oak"),
        ("Cy Oak’s team › Ann Lee’s team", "Ann Lee"),
    ]


def test_a_line_that_turns_back_on_itself_ends(workspace):
    lines = "Name\tE-mail\tManager\nAda\tada@e.org\tJo\nJo\tjo@e.org\tAda\n"
    made = plan_for(pasted(lines), workspace, Chosen(by_managers=True))
    assert [one.destination.path for one in made.additions] == ["Jo’s team", "Ada’s team"]


# --- What an import does, and how it is taken back


def test_an_update_is_one_step(bring, workspace, wards):
    jo = workspace.people.get(email="jo@e.org").pk
    kept = bring(remove_gone=True)
    now = world(workspace)
    assert now["people"][jo] == ("Jo Park", "jo.park@e.org", "Wards")
    assert sorted(email for _name, email, _path in now["people"].values()) == [
        "ada@e.org", "ann@e.org", "bo@e.org", "cy@e.org", "jo.park@e.org",
    ]  # fmt: skip
    assert now["leaders"] == {"Wards": "Ann Lee"}
    assert kept.counts == {"added": 2, "changed": 2, "removed": 1, "groups": 1, "leaders": 1}


@pytest.mark.parametrize("choices", [{}, {"remove_gone": True}, {"same_people": False, "remove_gone": True}])
def test_taken_back_everything_is_as_it_was(bring, workspace, wards, alice, choices):
    Group.objects.filter(pk=wards.pk).update(leader=workspace.people.get(email="max@e.org"))
    before = world(workspace)
    kept = bring(**choices)
    assert world(workspace) != before
    assert take_back(kept=kept, by=alice, now=timezone.now()) == 0
    assert world(workspace) == before
    with pytest.raises(ValidationError, match="taken back already"):
        take_back(kept=kept, by=alice, now=timezone.now())


def test_what_somebody_changed_since_stays(bring, workspace, wards, alice):
    kept = bring()
    ada = workspace.people.get(email="ada@e.org")
    change_person(person=ada, name="Ada King", email=ada.email, group=ada.group, by=alice)
    assert take_back(kept=kept, by=alice, now=timezone.now()) == 1
    assert workspace.people.get(email="ada@e.org").name == "Ada King"


def test_an_address_that_is_somebody_elses_by_now_is_not_given_back(bring, workspace, wards, alice):
    kept = bring(remove_gone=True)
    for address in ("jo@e.org", "max+new@e.org"):
        add_person(workspace=workspace, name="Other", email=address, by=alice)
    assert take_back(kept=kept, by=alice, now=timezone.now()) == 2
    assert workspace.people.get(name="Jo Park").email == "jo.park@e.org"
    assert not workspace.people.filter(name="Max Rowe").exists()


@pytest.mark.parametrize("change", [{"name": "Ann King"}, {"email": "max@e.org"}, {"group": "Stroke"}, {}])
def test_who_came_in_and_was_changed_since_stays(bring, workspace, wards, alice, change):
    kept = bring(remove_gone=True)
    ann, stroke = workspace.people.get(email="ann@e.org"), workspace.groups.get(name="Stroke")
    group = stroke if "group" in change else wards
    change_person(person=ann, **{"name": ann.name, "email": ann.email, **change, "group": group}, by=alice)
    if not change:
        name_leader(group=stroke, leader=ann, by=alice)
    then = Person.objects.get(pk=ann.pk)
    assert take_back(kept=kept, by=alice, now=timezone.now()) == (2 if "email" in change else 1)
    now = Person.objects.get(pk=ann.pk)
    assert (now.name, now.email, now.group) == (then.name, then.email, group)
    assert not workspace.people.filter(email="cy@e.org").exists()
    assert workspace.groups.filter(leader=ann).exists() is not bool(change)


def test_imports_are_taken_back_from_the_last_one_on(bring, workspace, wards, alice):
    first = bring()
    second = bring("Name\tE-mail\nNew\tnew@e.org\n")
    with pytest.raises(ValidationError, match="Take that one back first"):
        take_back(kept=first, by=alice, now=timezone.now())
    take_back(kept=second, by=alice, now=timezone.now())
    take_back(kept=first, by=alice, now=timezone.now())
    assert len(world(workspace)["people"]) == 4


def test_after_a_fortnight_it_is_forgotten(bring, wards):
    bring()
    job = Job.objects.get(kind=FORGET_IMPORT)
    assert job.not_before > timezone.now() + datetime.timedelta(days=13)
    Job.objects.update(not_before=timezone.now())
    run_job(job.pk)
    assert not PeopleImport.objects.exists()


def test_it_is_taken_back_on_a_page(bring, client_for, alice, workspace, wards):
    kept = bring(remove_gone=True)
    browser = client_for(alice)
    page = browser.get(workspace.get_absolute_url()).content.decode()
    address = reverse("spaces:undo_import", args=[workspace.public_id, kept.public_id])
    assert address in page
    assert "People who come back" in browser.get(address).content.decode()
    ada = workspace.people.get(email="ada@e.org")
    change_person(person=ada, name="Ada King", email=ada.email, group=ada.group, by=alice)
    done = press(browser, address, follow=True).content.decode()
    assert "The import is taken back. One person was changed since and stays as they are." in done
    assert address not in done
    assert "has been taken back already" in browser.get(address).content.decode()
    assert Person.objects.filter(email="max@e.org").exists()
