"""The people of a workspace as a file, which comes back as the same people."""

import pytest
from django.urls import reverse

from spaces.actions.groups import add_person, create_group, name_leader
from spaces.importing.people.planning import plan_for
from spaces.importing.table.reading import read
from spaces.models import Workspace

FORMS = ["csv", "xlsx"]


@pytest.fixture
def peopled(workspace, team, ruth, alice) -> Workspace:
    name_leader(group=team, leader=ruth, by=alice)
    odd = create_group(workspace=workspace, name="A/E", kind="team", by=alice)
    add_person(workspace=workspace, name="=1+1", email="sum@e.org", group=odd, by=alice)
    for number, name in enumerate(("Ops / Night", "Q>A", "R/D", "Sales > 5 / 6"), 1):
        odd = create_group(workspace=workspace, name=name, kind="team", parent=team.parent, by=alice)
        add_person(workspace=workspace, name=f"Odd {number}", email=f"odd{number}@e.org", group=odd, by=alice)
    add_person(workspace=workspace, name="Zoë Müller", email="zoe@e.org", by=alice)
    return workspace


@pytest.mark.parametrize("form", FORMS)
def test_everybody_comes_back_as_they_are(client_for, alice, peopled, form):
    file = client_for(alice).get(reverse("spaces:export_people", args=[peopled.public_id, form]))
    assert f"northmoor-people.{form}" in file["Content-Disposition"]
    plan = plan_for(read(file.content).rows, peopled)
    assert len(plan.same) == peopled.people.count() == 7
    assert (plan.additions, plan.changes, plan.faults, plan.new_groups, plan.leads, plan.gone) == ((),) * 6


def test_a_formula_is_harmless_in_a_spreadsheet(client_for, alice, peopled):
    text = client_for(alice).get(reverse("spaces:export_people", args=[peopled.public_id, "csv"])).content.decode()
    assert "'=1+1," in text
    assert "Community services / Pharmacy" in text


@pytest.mark.parametrize("who", ["dora", "erik", "charlie"])
def test_only_those_who_manage_may_have_it(request, client_for, peopled, who):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(reverse("spaces:export_people", args=[peopled.public_id, "csv"])).status_code in {403, 404}


@pytest.mark.parametrize("form", FORMS)
def test_five_thousand_people_take_the_same_queries(client_for, alice, peopled, django_assert_num_queries, form):
    address = reverse("spaces:export_people", args=[peopled.public_id, form])
    browser = client_for(alice)
    with django_assert_num_queries(7):  # session, user, membership, two of the log, groups, people
        browser.get(address)
