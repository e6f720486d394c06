"""Which column is taken for what."""

import pytest
from django.core.exceptions import ValidationError

from spaces.importing.people.columns import columns_of
from spaces.importing.table.reading import read_pasted


def read(*lines: str) -> dict[str, object]:
    columns = columns_of(read_pasted("\n".join(lines)))
    found = {"name": columns.name, "email": columns.email, "group": columns.group, "language": columns.language}
    return found | {"heading": columns.heading.number if columns.heading else None}


@pytest.mark.parametrize(
    "heading",
    [
        "Name,E-mail,Group,Language",
        "full name,Email address,Group path,Lang",
        "NAME , e-mail* ,Team,Preferred language",
    ],
)
def test_a_heading_is_known_by_several_names(heading):
    found = {"name": (0,), "email": 1, "group": (2,), "language": 3, "heading": 1}
    assert read(heading, "Sam,sam@e.org,Wards,en") == found


def test_columns_stand_in_any_order_and_others_are_passed_over():
    found = read("Phone,Team,Mail,Born,Name", "1,Wards,sam@e.org,1980,Sam")
    assert found == {"name": (4,), "email": 2, "group": (1,), "language": None, "heading": 1}


def test_two_parts_of_a_name_and_several_groups_from_the_outermost():
    found = read("Surname,First name,Team,Organisation,Department,E-mail", "Lee,Sam,Nights,Northmoor,Wards,sam@e.org")
    assert (found["name"], found["group"]) == ((1, 0), (3, 4, 2))


def test_a_heading_may_stand_below_a_title_and_need_not_name_the_addresses():
    assert read("Staff of Northmoor", "", "Name,Contact,Team", "Sam,sam@e.org,Wards")["heading"] == 3
    assert read("Staff", "Name,Contact,Team", "Sam,sam@e.org,Wards")["email"] == 1


def test_a_heading_is_known_even_where_no_address_is_right():
    assert read("Name,E-mail", "Sam,sam.e.org")["heading"] == 1


@pytest.mark.parametrize(
    ("line", "name", "email", "group"),
    [
        ("Sam,sam@e.org,Wards", 0, 1, 2),
        ("sam@e.org,Sam,Wards", 1, 0, 2),
        ("North / Wards,Sam,sam@e.org", 1, 2, 0),
        ("sam@e.org,North › Wards,Sam", 2, 0, 1),
    ],
)
def test_without_heading_the_addresses_and_paths_show_where_they_are(line, name, email, group):
    found = {"name": (name,), "email": email, "group": (group,), "language": None, "heading": None}
    assert read(line, "Ada,b@e.org,Wards" if email == 1 else line) == found


def test_without_heading_languages_are_known_by_their_looks():
    found = read("en,Sam,sam@e.org,Wards", "English,Ada,ada@e.org,Wards")
    assert (found["language"], found["name"], found["group"]) == (0, (1,), (3,))


def test_a_first_row_that_lacks_its_address_is_no_heading():
    """Whoever it is must not vanish."""
    assert read("Sam,sam.e.org,Wards", "Ada,ada@e.org,Wards")["heading"] is None
    assert read("Sam,none,Team", "Ada,ada@e.org,Wards")["heading"] is None
    assert read("Sam,,Wards", "Ada,ada@e.org,Wards")["heading"] is None


def test_a_list_without_addresses_is_refused():
    with pytest.raises(ValidationError, match="no column of e-mail addresses"):
        read("Once upon a time, there was", "a list, without any")


@pytest.mark.parametrize("lines", [("sam@e.org,Sam,Wards",), ("Mail,Last name,First name", "s@e.org,Lee,Sam")])
def test_a_heading_that_is_made_reads_back_to_the_same_columns(lines):
    rows = read_pasted("\n".join(lines))
    columns = columns_of(rows)
    again = columns_of(read_pasted(",".join(columns.heading_cells()) + "\n" + lines[-1]))
    assert (again.name, again.email, again.group) == (columns.name, columns.email, columns.group)
