"""What people do on the two pages of an import, and what is kept for them."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from spaces.actions.workspaces import create_workspace
from spaces.models import Group, PeopleList, Person
from tests.pages import tight
from tests.spaces.conftest import kept_list
from tests.spaces.importing.test_lists import LISTS
from tests.spaces.workbooks import workbook

LIST = "Name\tE-mail\tGroup\nZoë Müller\tzoe@e.org\tWards\nNo Address\tnone\tWards\n"


@pytest.fixture
def alices(client_for, alice):
    return client_for(alice)


@pytest.fixture
def start(workspace) -> str:
    return reverse("spaces:import_people", args=[workspace.public_id])


@pytest.fixture
def people_list(workspace, alice) -> PeopleList:
    return kept_list(workspace, LIST, by=alice)


def shown(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def choices(page) -> dict[str, str]:
    """What the page would send: all as it stands."""
    return {"seen": page.context["plan"].fingerprint, "create_groups": "on", "known": "update"}


def test_the_workspace_leads_to_the_import(alices, workspace, start):
    assert start in shown(alices.get(workspace.get_absolute_url()))


@pytest.mark.parametrize("who", ["dora", "erik", "charlie"])
def test_only_those_who_manage_may_bring_a_list(request, client_for, start, who):
    browser = client_for(request.getfixturevalue(who))
    assert browser.post(start, {"pasted": LIST}).status_code in {403, 404}
    assert not PeopleList.objects.exists()


def test_from_a_pasted_list_to_people(alices, start, workspace):
    page = alices.post(start, {"pasted": LIST}, follow=True)
    text = shown(page)
    assert "1 row to mend" in text
    assert "Give this person an e-mail address" in text
    assert not Person.objects.exists()
    after = shown(alices.post(page.redirect_chain[-1][0], choices(page), follow=True))
    assert "One person is added. One row is left" in after
    assert "No Address\tnone\tWards" in after
    assert Person.objects.get().group.name == "Wards"
    assert Person.objects.get().workspace == workspace


def test_a_mended_list_is_checked_again_and_ends_at_the_workspace(alices, people_list, workspace):
    address = people_list.get_absolute_url()
    page = alices.post(address, {"pasted": LIST.replace("none", "no@e.org")}, follow=True)
    assert "Nothing is imported yet" in shown(page)
    assert not page.context["plan"].faults
    response = alices.post(address, choices(page), follow=True)
    assert response.redirect_chain[-1][0] == workspace.get_absolute_url()
    assert "2 people are added." in shown(response)


def test_a_file_need_not_be_chosen_again(alices, start):
    upload = SimpleUploadedFile("staff.xlsx", workbook([["Name", "E-mail"], ["Zoë", "zoe@e.org"], ["Sam", "sam"]]))
    page = alices.post(start, {"upload": upload}, follow=True)
    text = shown(page)
    assert "staff.xlsx, Sheet 1" in text
    assert "Sam\tsam" in text  # to be mended where it stands
    assert "1 row to mend" in text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"pasted": ""}, "Paste a list or choose a file"),
        ({"pasted": " \r\n\r\n"}, "Paste a list or choose a file"),
        ({"pasted": "no table at all"}, "This list has no column of e-mail addresses."),
        ({"pasted": "Name\tE-mail"}, "This list has a heading and nobody below it."),
        ({"upload": SimpleUploadedFile("a.csv", b"")}, "There is nothing in this list."),
        ({"upload": SimpleUploadedFile("a.csv", b"\x89PNG\r\n\x1a\n\0\0")}, "This file is not a table."),
        ({"pasted": LIST, "upload": SimpleUploadedFile("a.csv", b"a,b")}, "You pasted a list and chose a file."),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_pasted_stays(alices, start, sent, sentence):
    for upload in filter(None, [sent.get("upload")]):
        upload.seek(0)
    page = shown(alices.post(start, sent))
    assert page.count(sentence) == 2  # in the summary and at the field
    assert "<title>Error:" in tight(page)
    assert sent.get("pasted", "") in page
    assert not PeopleList.objects.exists()


def test_a_list_mended_into_no_list_is_said_and_stays_on_the_page(alices, people_list):
    page = shown(alices.post(people_list.get_absolute_url(), {"pasted": "only words"}))
    assert "<title>Error:" in tight(page)
    assert "only words</textarea>" in page
    assert "1 row to mend" in page
    people_list.refresh_from_db()
    assert len(people_list.rows) == 3


def test_a_plan_that_was_not_seen_is_shown_again(alices, people_list, workspace, alice):
    page = shown(alices.post(people_list.get_absolute_url(), {"seen": "other", "create_groups": "on"}))
    assert "has changed since you looked" in page
    assert not workspace.people.exists()


def test_groups_are_made_only_where_that_is_ticked(alices, people_list, workspace):
    page = alices.get(people_list.get_absolute_url())
    assert "Make the group that is not here yet" in shown(page)
    sent = choices(page)
    del sent["create_groups"]
    text = shown(alices.post(people_list.get_absolute_url(), sent, follow=True))
    assert "0 people are added. 2 rows are left" in text
    assert not Group.objects.exists()


def test_what_would_change_is_shown_before_and_after(alices, workspace, ruth, alice):
    line = "Name\tE-mail\tGroup\nRuth Bello\truth@northmoor.org\tCommunity services"
    address = kept_list(workspace, line, by=alice).get_absolute_url()
    page = alices.get(address)
    text = shown(page)
    assert "Name: Ruth Adeyemi becomes Ruth Bello" in text
    assert "Group: Community services › Pharmacy becomes Community services" in text
    after = shown(alices.post(address, choices(page), follow=True))
    assert "0 people are added. One person is changed." in after


def test_what_to_do_with_known_people_must_be_said(alices, workspace, ruth, alice):
    address = kept_list(workspace, "Ruth Bello\truth@northmoor.org", by=alice).get_absolute_url()
    sent = choices(alices.get(address)) | {"known": "nonsense"}
    assert "Choose what happens to people who are here already" in shown(alices.post(address, sent))
    ruth.refresh_from_db()
    assert ruth.name == "Ruth Adeyemi"


def test_what_is_written_in_a_list_is_shown_as_text(alices, start):
    rude = '<script>alert("1")</script>'
    page = shown(
        alices.post(start, {"pasted": f"Name\tE-mail\tGroup\n{rude}\ta@e.org\t{rude}\n{rude}\t{rude}"}, follow=True)
    )
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_second_click_finds_the_work_done(alices, workspace, alice):
    address = kept_list(workspace, "Sam\tsam@e.org", by=alice).get_absolute_url()
    sent = choices(alices.get(address))
    for _ in range(2):
        assert alices.post(address, sent).url == workspace.get_absolute_url()
    assert workspace.people.count() == 1


def test_a_list_waits_for_its_reader_alone_and_for_a_day(alices, client_for, bob, people_list, start):
    assert people_list.get_absolute_url() in shown(alices.get(start))
    bobs = client_for(bob)
    assert people_list.get_absolute_url() not in shown(bobs.get(start))
    assert bobs.post(people_list.get_absolute_url(), {"pasted": LIST}).status_code == 404
    PeopleList.objects.update(created_at=timezone.now() - datetime.timedelta(days=1))
    assert people_list.get_absolute_url() not in shown(alices.get(start))
    assert alices.get(people_list.get_absolute_url()).status_code == 404


def test_a_personal_workspace_imports_nobody(alices, personal):
    address = reverse("spaces:import_people", args=[personal.public_id])
    for page in (alices.get(address), alices.post(address, {"pasted": LIST})):
        assert "yours alone" in shown(page)
    assert not PeopleList.objects.exists()


def test_the_check_costs_the_same_for_many_rows(alices, workspace, alice, ruth, django_assert_num_queries):
    lines = [f"Person {number}\tp{number}@e.org\tGroup {number % 30}" for number in range(400)]
    lines += [f"Wrong {number}\tp{number}" for number in range(100)] + ["Ruth Bello\truth@northmoor.org\tGroup 1"]
    address = kept_list(workspace, "Name\tE-mail\tGroup\n" + "\n".join(lines), by=alice).get_absolute_url()
    with django_assert_num_queries(6):  # session, user, membership, list, groups, people
        page = shown(alices.get(address))
    assert "100 rows to mend" in page
    assert "and 390 more" in page


def test_a_list_too_long_for_a_form_says_where_to_change_it(alices, people_list, monkeypatch):
    monkeypatch.setattr("spaces.pages.importing.LONGEST_TEXT", 20)
    page = shown(alices.get(people_list.get_absolute_url()))
    assert "too long to be changed here" in page
    assert 'name="pasted"' not in page


# --- How it was read --------------------------------------------------------------------------------------


def columns_sent(page) -> dict[str, str]:
    """What the form of the columns would send: all as it stands."""
    form = page.context["columns"]
    return {"columns": "1"} | {field.html_name: str(field.value()) for field in form}


def upload(name: str, content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"upload": SimpleUploadedFile(name, content)}


def test_a_column_is_taken_for_something_else_in_place(alices, start):
    page = alices.post(start, {"pasted": "Sam Lee,sam@e.org,Wards\nAda Byron,ada@e.org,Wards"}, follow=True)
    text = shown(page)
    assert "In which column are the groups, if in any?" in text
    assert "Import the list" not in text
    address = page.redirect_chain[-1][0]
    again = alices.post(address, columns_sent(page) | {"column_2": "path"}, follow=True)
    assert "Import the list" in shown(again)
    assert [place.path for place in again.context["plan"].new_groups] == ["Wards"]


def test_no_column_is_an_answer_too(alices, start):
    page = alices.post(start, {"pasted": "Sam Lee,sam@e.org,Nurse"}, follow=True)
    again = alices.post(page.redirect_chain[-1][0], columns_sent(page), follow=True)
    assert not again.context["plan"].columns.asks
    assert not again.context["plan"].new_groups


def test_while_something_is_asked_nothing_is_imported(alices, start, workspace):
    page = alices.post(start, {"pasted": "Sam Lee,sam@e.org,Wards"}, follow=True)
    answer = shown(alices.post(page.redirect_chain[-1][0], choices(page)))
    assert "Say first which column holds what" in answer
    assert not workspace.people.exists()


def test_two_columns_are_not_taken_for_one_thing(alices, start):
    page = alices.post(start, {"pasted": "Name,Mail,Other mail\nSam,s@e.org,t@e.org"}, follow=True)
    sent = columns_sent(page) | {"column_1": "email", "column_2": "email"}
    answer = alices.post(page.redirect_chain[-1][0], sent)
    assert "Two columns are taken for the same: E-mail address." in shown(answer)
    assert answer.context["columns"]["column_2"].value() == "email"


def test_what_was_said_of_a_heading_is_remembered_in_the_workspace(alices, start, workspace, client_for, alice):
    first = "Kolleg*in,Dienstmail,Standort\nSam Lee,s7@e.org,Leeds\n"
    page = alices.post(start, {"pasted": first}, follow=True)
    assert page.context["plan"].columns.asks == ("name",)
    said = {"column_0": "name", "column_2": "path"}
    alices.post(page.redirect_chain[-1][0], columns_sent(page) | said)
    later = alices.post(start, {"pasted": first.replace("Sam Lee,s7", "Ada Byron,s8")}, follow=True)
    assert "read as in the last list with this heading" in shown(later)
    [ada] = later.context["plan"].additions
    assert (ada.entry.name, ada.destination.path) == ("Ada Byron", "Leeds")
    another = create_workspace(name="Elsewhere", by=alice)
    there = alices.post(reverse("spaces:import_people", args=[another.public_id]), {"pasted": first}, follow=True)
    assert there.context["plan"].columns.asks == ("name",)


def test_which_row_was_said_to_be_the_heading_is_remembered(alices, start):
    first = "Asked by,admin@e.org\nWho,Mail\nSam,sam@e.org\n"
    page = alices.post(start, {"pasted": first}, follow=True)
    assert page.context["plan"].columns.heading_at == -1
    alices.post(page.redirect_chain[-1][0], columns_sent(page) | {"heading": "1"})
    later = alices.post(start, {"pasted": first.replace("Sam,sam", "Ada,ada")}, follow=True)
    assert later.context["plan"].columns.heading_at == 1
    alices.post(later.redirect_chain[-1][0], columns_sent(later) | {"heading": "-1"})
    assert alices.post(start, {"pasted": first}, follow=True).context["plan"].columns.heading_at == -1


def test_the_heading_is_another_row(alices, start):
    page = alices.post(start, {"pasted": "Name,Mail\nReally,Names here\nSam,sam@e.org\n"}, follow=True)
    assert page.context["plan"].columns.heading_at == 0
    again = alices.post(page.redirect_chain[-1][0], columns_sent(page) | {"heading": "1"}, follow=True)
    assert again.context["plan"].columns.heading_at == 1
    assert not again.context["plan"].faults
    none = alices.post(page.redirect_chain[-1][0], columns_sent(again) | {"heading": "-1"}, follow=True)
    assert len(none.context["plan"].faults) == 2


def test_a_file_is_read_in_another_way_without_choosing_it_again(alices, start):
    content = "Name;E-mail\nŁukasz Żak;lukasz@e.org\n".encode("cp1250")
    page = alices.post(start, upload("people.csv", content), follow=True)
    address = page.redirect_chain[-1][0]
    assert "Central Europe: Łukasz, Żak" in shown(page)
    other = alices.post(address, {"way": "1", "encoding": "cp1257"}, follow=True)
    assert other.context["way"].how.choice.encoding == "cp1257"
    back = alices.post(address, {"way": "1", "encoding": "cp1250"}, follow=True)
    assert [one.entry.name for one in back.context["plan"].additions] == ["Łukasz Żak"]
    wrong = alices.post(address, {"way": "1", "encoding": "klingon"})
    assert "Select a valid choice" in shown(wrong) or wrong.context["way"].errors


def test_every_sheet_and_hidden_rows_are_offered(alices, start):
    content = (LISTS / "sheet_per_team.xlsx").read_bytes()
    page = alices.post(start, upload("teams.xlsx", content), follow=True)
    assert len(page.context["plan"].additions) == 3
    alone = alices.post(page.redirect_chain[-1][0], {"way": "1", "sheet": "Sales"}, follow=True)
    assert [one.entry.name for one in alone.context["plan"].additions] == ["Jo Park", "Max Rowe"]
    content = (LISTS / "filtered_rows.xlsx").read_bytes()
    page = alices.post(start, upload("filtered.xlsx", content), follow=True)
    assert "Leave out: 2 rows are hidden" in shown(page)
    every = alices.post(page.redirect_chain[-1][0], {"way": "1", "with_hidden": "on"}, follow=True)
    assert len(every.context["plan"].additions) == 3


def test_the_rows_to_mend_are_a_file_that_comes_back(alices, start, workspace):
    lines = "Name\tE-mail\tGroup\nZoë\tzoe@e.org\tWards\nHalf\thalf.e.org\t=Wards\n"
    page = alices.post(start, {"pasted": lines}, follow=True)
    address = page.redirect_chain[-1][0]
    file = alices.get(f"{address}rows-to-mend.csv").content
    assert "'=Wards" in file.decode()
    assert "is not an e-mail address" in file.decode()
    alices.post(address, choices(page))
    mended = alices.post(start, upload("mended.csv", file.replace(b"half.e.org", b"half@e.org")), follow=True)
    [half] = mended.context["plan"].additions
    assert (half.entry.name, half.destination.path) == ("Half", "=Wards")


def test_a_long_list_makes_no_long_page(alices, start):
    lines = "\n".join(f"Person {number},person{number}@e.org,Group {number % 300}" for number in range(4_000))
    faulty = "\n".join(f"Half {number},half{number}.e.org,Group" for number in range(1_000))
    page = alices.post(start, {"pasted": f"Name,E-mail,Group\n{lines}\n{faulty}"}, follow=True)
    assert len(shown(page)) < 150_000
    assert "too long to be changed here" in shown(page)
    assert "1000 rows to mend" in shown(page)
