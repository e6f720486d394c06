import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.audit.models import Entry
from core.jobs.models import Job
from core.jobs.tasks import run_job
from spaces.actions import groups
from spaces.importing.actions import importing, keeping
from spaces.importing.actions.importing import import_list
from spaces.importing.actions.keeping import FORGET_LIST
from spaces.importing.kept import chosen_for
from spaces.importing.people.plan import Choices, Plan
from spaces.importing.people.planning import plan_for
from spaces.importing.preview import Preview
from spaces.importing.table.reading import read
from spaces.importing.table.rows import as_text, unpacked
from spaces.models import Group, PeopleList, Person
from spaces.tree import branches
from tests.spaces.conftest import kept_list
from tests.spaces.lists import pasted
from tests.spaces.workbooks import workbook

LIST = """Name\tE-mail\tGroup\tLanguage
Sam Lee\tSam+work@E.org\tNorthmoor / Wards / Nights\tEnglish
Ada Byron\tada@e.org\tNorthmoor / Wards
Bo Ek\tbo@e.org
"""


@pytest.fixture
def bring(workspace, alice):
    """Brings a list and imports it as it was looked at."""

    def brought(text: str, **choices: bool) -> PeopleList:
        people_list = kept_list(workspace, text, by=alice)
        seen = plan_for(unpacked(people_list.rows), workspace, chosen_for(people_list)).fingerprint
        import_list(people_list=people_list, choices=Choices(**choices), seen=seen, by=alice, now=timezone.now())
        return people_list

    return brought


def places(workspace) -> dict[str, str]:
    paths = {branch.group.pk: branch.path for branch in branches(workspace.groups.all())}
    return {person.email: paths.get(person.group_id, "") for person in workspace.people.all()}


def lines(people_list: PeopleList) -> list[str]:
    return [" ".join(row.cells) for row in unpacked(people_list.rows)]


def test_people_and_groups_come_in(bring, workspace):
    assert bring(LIST).rows == []
    assert places(workspace) == {
        "sam+work@e.org": "Northmoor › Wards › Nights",
        "ada@e.org": "Northmoor › Wards",
        "bo@e.org": "",
    }
    assert dict(workspace.groups.values_list("name", "kind")) == {
        "Northmoor": Group.Kind.ORGANISATION,
        "Wards": Group.Kind.ORGANISATION,
        "Nights": Group.Kind.TEAM,
    }
    sam = Person.objects.get(name="Sam Lee")
    assert (sam.mailbox, sam.language) == ("sam@e.org", "en-gb")


def test_the_log_holds_counts_and_nobodys_name(bring, ruth):
    bring(LIST + "Ruth Bello\truth@northmoor.org\nNobody\tnobody.e.org\n")
    entry = Entry.objects.latest("pk")
    assert entry.verb == "import_people"
    assert entry.detail == {"added": 3, "changed": 1, "removed": 0, "groups": 3, "leaders": 0, "left": 1}


def test_rows_to_mend_stay_in_the_list_and_the_others_come_in(bring, workspace):
    people_list = bring(LIST + "No Address\tnone\n\tnobody@e.org\nHalf\thalf.e.org\n")
    assert workspace.people.get(email="nobody@e.org").name == "nobody@e.org"
    assert lines(people_list) == ["Name E-mail Group Language", "No Address none", "Half half.e.org"]
    assert [row.number for row in unpacked(people_list.rows)] == [1, 5, 7]  # as in the list that was brought


def test_a_row_that_repeats_another_stays_a_row_to_mend(bring, workspace):
    people_list = bring(LIST + "Bo Other\tBO@e.org\n")
    plan = plan_for(unpacked(people_list.rows), workspace)
    assert lines(people_list)[1:] == ["Bo Ek bo@e.org", "Bo Other BO@e.org"]
    assert ["same mailbox" in fault.sentences[0] for fault in plan.faults] == [True]
    assert not plan.changes


def test_without_heading_what_is_left_gets_one(bring):
    people_list = bring("Wards/A,sam@e.org,Sam\nWards/A,nothing,Ada\nWards / A,bo@e.org,Bo\n")
    assert lines(people_list) == ["Group E-mail Name", "Wards/A nothing Ada"]


def test_without_new_groups_whoever_needs_one_waits(bring, workspace):
    people_list = bring(LIST, create_groups=False)
    assert places(workspace) == {"bo@e.org": ""}
    assert len(people_list.rows) == 3
    assert not workspace.groups.exists()


def test_only_groups_that_somebody_comes_into_are_made(bring, workspace, ruth):
    bring("Name\tE-mail\tGroup\nRuth\truth@northmoor.org\tElsewhere", update=False)
    assert not workspace.groups.filter(name="Elsewhere").exists()


def test_known_people_are_changed_or_left(bring, ruth, organisation):
    line = "Name\tE-mail\tGroup\nRuth Bello\truth+x@northmoor.org\tCommunity services / New"
    assert bring(line, update=False).rows == []
    assert Person.objects.get(pk=ruth.pk).name == "Ruth Adeyemi"
    bring(line)
    ruth.refresh_from_db()
    assert (ruth.name, ruth.email, ruth.group.name) == ("Ruth Bello", "ruth@northmoor.org", "New")
    assert ruth.group.parent == organisation


def test_nothing_is_imported_that_was_not_shown(workspace, alice):
    people_list = kept_list(workspace, LIST, by=alice)
    seen = plan_for(unpacked(people_list.rows), workspace).fingerprint
    groups.add_person(workspace=workspace, name="Bo", email="bo@e.org", by=alice)
    with pytest.raises(ValidationError, match="changed since you looked"):
        import_list(people_list=people_list, choices=Choices(), seen=seen, by=alice, now=timezone.now())
    assert workspace.people.count() == 1


def test_importing_twice_is_importing_once(bring, workspace, alice):
    people_list = bring(LIST)
    import_list(people_list=people_list, choices=Choices(), seen="", by=alice, now=timezone.now())
    assert workspace.people.count() == 3


def test_it_is_all_or_nothing(bring, workspace, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(importing, "record", broken)
    with pytest.raises(RuntimeError):
        bring(LIST)
    assert not workspace.people.exists()
    assert not workspace.groups.exists()
    assert PeopleList.objects.get().rows


# --- What is understood of a list while it is mended

SHEETS = [
    [("Name", "E-mail"), ("Sam Lee", "sam@e.org"), ("Jo Park", "jo.e.org")],
    [("Name", "E-mail"), ("Ada Byron", "ada@e.org")],
]
REPORTING = """Name\tE-mail\tManager
Ann Low\tann@e.org
Sam Lee\tsam@e.org\tAnn Low
Jo Park\tjo.e.org\tSam Lee
"""
TEAMS = {"jo@e.org": "Ann Low’s team › Sam Lee’s team", "sam@e.org": "Ann Low’s team", "ann@e.org": ""}


@pytest.fixture
def of_sheets(workspace, alice) -> PeopleList:
    content = workbook(*SHEETS)
    return keeping.keep_list(
        workspace=workspace, content=content, reading=read(content), source="", by=alice, now=timezone.now()
    )


@pytest.fixture
def of_managers(workspace, alice) -> PeopleList:
    people_list = kept_list(workspace, REPORTING, by=alice)
    keeping.take_columns(people_list=people_list, fields={}, heading=0, by_managers=True)
    return people_list


def seen(people_list: PeopleList) -> Plan:
    return plan_for(unpacked(people_list.rows), people_list.workspace, chosen_for(people_list))


def mended(people_list: PeopleList) -> Plan:
    text = as_text(unpacked(people_list.rows)).replace("jo.e.org", "jo@e.org")
    keeping.correct_list(people_list=people_list, rows=pasted(text))
    return seen(people_list)


def destinations(plan: Plan) -> dict[str, str]:
    return {one.entry.email: one.destination.path if one.destination else "" for one in plan.additions}


def test_a_corrected_list_of_several_sheets_keeps_its_groups(of_sheets):
    assert destinations(mended(of_sheets)) == {"sam@e.org": "Sheet 1", "jo@e.org": "Sheet 1", "ada@e.org": "Sheet 2"}


def test_a_corrected_list_keeps_its_groups_by_managers(of_managers):
    assert destinations(mended(of_managers)) == TEAMS


def test_a_corrected_list_keeps_its_heading_and_what_was_said(workspace, alice):
    text = "Name\tE-mail\nWho\tWhere to\tGuild\nSam\ts7@e.org\tNorth\nJo\tjo.e.org\tNorth\n"
    people_list = kept_list(workspace, text, by=alice)
    keeping.take_columns(people_list=people_list, fields={}, heading=1, by_managers=False)
    fields = {0: "name", 1: "email", 2: "path"}
    keeping.take_columns(people_list=people_list, fields=fields, heading=1, by_managers=False)
    assert destinations(mended(people_list)) == {"s7@e.org": "North", "jo@e.org": "North"}


def test_without_heading_what_was_said_holds_while_the_list_is_the_same(workspace, alice):
    people_list = kept_list(workspace, "Sam,s7@e.org,North\nJo,jo.e.org,North\n", by=alice)
    fields = {0: "name", 1: "email", 2: "path"}
    keeping.take_columns(people_list=people_list, fields=fields, heading=-1, by_managers=False)
    assert destinations(mended(people_list)) == {"s7@e.org": "North", "jo@e.org": "North"}
    keeping.correct_list(people_list=people_list, rows=pasted("ada@e.org,Ada"))
    assert list(destinations(seen(people_list))) == ["ada@e.org"]


@pytest.mark.parametrize("name", ["of_sheets", "of_managers"])
def test_rows_to_mend_are_understood_without_the_others(request, alice, name):
    people_list = request.getfixturevalue(name)
    path = "Sheet 1" if name == "of_sheets" else TEAMS["jo@e.org"]
    plan = seen(people_list)
    brought = pasted(Preview(plan).faults_csv.replace("jo.e.org", "jo@e.org"))
    assert destinations(plan_for(brought, people_list.workspace)) == {"jo@e.org": path}
    import_list(people_list=people_list, choices=Choices(), seen=plan.fingerprint, by=alice, now=timezone.now())
    copied = pasted(as_text(unpacked(people_list.rows)).replace("jo.e.org", "jo@e.org"))
    assert destinations(plan_for(copied, people_list.workspace)) == {"jo@e.org": path}
    assert destinations(mended(people_list)) == {"jo@e.org": path}


def test_a_list_is_forgotten_after_a_day(workspace, alice, now):
    people_list = kept_list(workspace, LIST, by=alice, now=now)
    job = Job.objects.get(kind=FORGET_LIST)
    day = datetime.timedelta(days=1)
    assert (job.subject, job.not_before) == (people_list.public_id, now + day)
    assert PeopleList.objects.open(now + day * 0.99).exists()
    assert not PeopleList.objects.open(now + day).exists()
    Job.objects.update(not_before=None)
    run_job(job.pk)
    assert not PeopleList.objects.exists()


def test_a_personal_workspace_keeps_no_list(personal, alice):
    with pytest.raises(ValidationError, match="yours alone"):
        kept_list(personal, LIST, by=alice)
