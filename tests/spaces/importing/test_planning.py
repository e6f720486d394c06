"""What a list would do to a workspace, and what must be corrected in it first."""

import time

import pytest

from spaces.actions import groups
from spaces.importing.people.plan import Plan
from spaces.importing.people.planning import MOST_NEW_GROUPS, plan_for
from spaces.models import Group, Person
from tests.spaces.lists import pasted

HEADING = "Name\tE-mail\tGroup\tLanguage\n"


@pytest.fixture
def plan(workspace):
    def made(*rows: str, heading: str = HEADING) -> Plan:
        return plan_for(pasted(heading + "\n".join(rows)), workspace)

    return made


@pytest.fixture
def sentences(plan):
    """What must be mended, by row."""

    def said(*rows: str) -> dict[int, tuple[str, ...]]:
        return {fault.entry.row.number: fault.sentences for fault in plan(*rows).faults}

    return said


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Sam", "Give this person an e-mail address."),
        ("N" * 300 + "\tsam@e.org", "Shorten the name to 150 characters; it has 300 now."),
        ("Sam\t" + "a" * 290 + "@example.org", "Shorten the e-mail address to 254 characters; it has 302 now."),
        ("Sam\tsam@e.org\t" + "G" * 300, f"Shorten the group name “{'G' * 29}…” to 120 characters; it has 300 now."),
        ("Sam\tsam.e.org", "“sam.e.org” is not an e-mail address. Write one such as name@example.org."),
        ("Sam\tsam@example", "“sam@example” is not an e-mail address. Write one such as name@example.org."),
        ("Sam\tsam lee@e.org", "“sam lee@e.org” is not an e-mail address. Write one such as name@example.org."),
        ("Sam\tsam@e.org, s@e.org", "“sam@e.org, s@e.org” holds more than one address. Keep one."),
        (
            "Sam,sam@e.org",
            "The address is not in the column of addresses. Check that no quotation mark is missing, and that name and "
            "address have a comma or tab between them.",
        ),
    ],
)
def test_what_must_be_mended_in_a_row_is_said_as_a_sentence(sentences, row, sentence):
    assert sentences("Ada\tada@e.org", row) == {3: (sentence,)}


def test_a_row_says_all_that_is_wrong_with_it(sentences):
    assert len(sentences("N" * 300 + "\tsam.e.org\t" + "G" * 300)[2]) == 3


@pytest.mark.parametrize("again", ["sam@e.org", "SAM@E.ORG", "sam+survey@e.org", "Sam Lee <Sam+1@e.org>"])
def test_the_same_mailbox_twice_is_told_with_the_row_it_repeats(sentences, again):
    expected = "This is the same mailbox as in row 2. Remove one of the two rows, or correct its address."
    assert sentences("Sam\tsam@e.org", "Ada\tada@e.org", f"Sam\t{again}") == {4: (expected,)}


@pytest.mark.parametrize(
    "cell", ["mailto:Sam@E.org", "<sam@e.org>", "sam@e.org;", "'sam@e.org'", "s@e.org <sam@e.org>"]
)
def test_addresses_as_mail_programs_write_them(plan, cell):
    [arrival] = plan(f"Sam Lee\t{cell}").additions
    assert (arrival.entry.name, arrival.entry.email) == ("Sam Lee", "sam@e.org")


def test_a_name_beside_an_address_counts_where_there_is_no_other(plan):
    [arrival] = plan("\tSam Lee <sam@e.org>").additions
    assert (arrival.entry.name, arrival.entry.email) == ("Sam Lee", "sam@e.org")


def test_what_holds_an_address_is_neither_name_nor_group(plan):
    found = plan("Sam (sam@e.org)\tsam@e.org\tTeam of ann@e.org")
    [arrival] = found.additions
    assert (arrival.entry.name, arrival.destination) == ("sam@e.org", None)
    assert sum("is not taken for one" in remark for remark in found.remarks) == 2


def test_an_unclosed_quotation_mark_does_not_hide_people(workspace):
    rows = pasted('Name,E-mail\n"Sam,sam@e.org\nAda,ada@e.org\nBo,bo@e.org\n')
    [fault] = plan_for(rows, workspace).faults
    assert "quotation mark" in fault.sentences[0]
    assert "bo@e.org" in fault.entry.row.cells[0]


# --- People who are here


def test_who_is_here_with_the_same_details_stays_as_they_are(plan, ruth):
    made = plan("Ruth Adeyemi\tRUTH+x@northmoor.org\tCommunity services / Pharmacy\tEnglish")
    assert [arrival.person for arrival in made.same] == [ruth]
    assert (made.additions, made.changes) == ((), ())


def test_an_empty_cell_takes_nothing_away(plan, ruth):
    assert len(plan("\truth@northmoor.org").same) == 1


def test_who_is_here_with_other_details_would_be_changed(plan, ruth, organisation):
    [arrival] = plan("Ruth Bello\truth@northmoor.org\tCommunity services\t").changes
    assert arrival.proposed == {"name": "Ruth Bello", "group": organisation}
    assert arrival.origin.path == "Community services › Pharmacy"


# --- Groups


def test_unknown_groups_are_offered_each_once_from_the_top_down(plan, team):
    made = plan("A\ta@e.org\tNew / One", "B\tb@e.org\tNEW / one", "C\tc@e.org\tPharmacy / Nights", "D\td@e.org\tNew")
    assert [place.path for place in made.new_groups] == ["New", "New › One", "Community services › Pharmacy › Nights"]
    assert [arrival.needs_new_group for arrival in made.additions] == [True] * 4


def test_people_at_an_inner_group_are_told(plan, team):
    remarks = plan(
        "A\ta@e.org\tCommunity services", "B\tb@e.org\tNew", "C\tc@e.org\tNew / One", "D\td@e.org\tNew"
    ).remarks
    assert remarks[0].startswith("One person is placed at “Community services” itself")
    assert remarks[1].startswith("2 people are placed at “New” itself, which has groups inside it (rows 3 and 5)")
    assert "small group of their own" in remarks[1]


def test_a_slip_of_the_pen_is_suspected(plan, team):
    assert "much like “Pharmacy”" in plan("A\ta@e.org\tCommunity services / Pharmcy").remarks[0]
    assert "much like “Night nurse”" in plan("A\ta@e.org\tNight nurse", "B\tb@e.org\tNight nurses").remarks[0]
    assert plan("A\ta@e.org\tCommunity services / Podiatry").remarks == ()
    assert "named like a day: “2026-02-01”" in plan("A\ta@e.org\t2026-02-01").remarks[0]
    assert plan("A\ta@e.org\t24/7").remarks == plan("A\ta@e.org\tWard 1.2.3").remarks == ()
    assert plan("A\ta@e.org\tWard of surgery 1", "B\tb@e.org\tWard of surgery 2").remarks == ()


def test_people_without_group_and_unknown_languages_are_remarked_on(plan):
    made = plan("A\ta@e.org\t\tKlingon", *(f"P\tp{number}@e.org" for number in range(12)))
    group, language = made.remarks
    assert group.startswith("13 people have no group (rows 2, 3, 4, 5, 6, 7, 8, 9 and 5 more)")
    assert language.startswith("No messages are written in “Klingon” yet (row 2)")


def test_a_wrong_column_makes_no_thousands_of_groups(plan):
    rows = [f"P\tp{number}@e.org\tG{number}" for number in range(MOST_NEW_GROUPS + 1)]
    made = plan(*rows)
    assert len(made.new_groups) == MOST_NEW_GROUPS
    assert "can make 1,000 groups" in made.faults[0].sentences[0]


# --- The whole


def test_a_plan_is_known_again_only_while_nothing_changed(plan, ruth, alice):
    rows = ["Ruth Bello\truth@northmoor.org", "Sam\tsam@e.org\tWards"]
    before = plan(*rows).fingerprint
    assert plan(*rows).fingerprint == before
    assert plan(*rows[:1]).fingerprint != before
    groups.change_person(person=ruth, name="Ruth B", email=ruth.email, group=ruth.group, by=alice)
    assert plan(*rows).fingerprint != before


def test_two_thousand_rows_take_two_queries_and_little_time(workspace, django_assert_num_queries):
    tops = [Group.objects.create(workspace=workspace, name=f"Group {number}") for number in range(40)]
    Person.objects.bulk_create(
        Person(workspace=workspace, name="Old", email=f"p{n}@e.org", mailbox=f"p{n}@e.org", group=tops[n % 40])
        for n in range(1000)
    )
    lines = [f"Person {number}\tp{number}@e.org\tGroup {number % 40} / Team {number % 200}" for number in range(2000)]
    rows = pasted(HEADING + "\n".join(lines))
    began = time.process_time()
    with django_assert_num_queries(2):  # groups, people
        made = plan_for(rows, workspace)
    assert time.process_time() - began < 2
    assert (len(made.additions), len(made.changes), len(made.new_groups)) == (1000, 1000, 200)
