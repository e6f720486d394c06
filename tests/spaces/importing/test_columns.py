"""Which column is taken for what."""

import pytest
from django.core.exceptions import ValidationError

from spaces.importing.people.columns import Chosen, columns_of
from tests.spaces.lists import pasted


def read(*lines: str) -> dict[str, object]:
    columns = columns_of(pasted("\n".join(lines)))
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
        ("Sam Lee,sam@e.org", (0,), 1, ()),
        ("sam@e.org,Sam", (1,), 0, ()),
        ("North / Wards,Sam,sam@e.org", (1,), 2, (0,)),
        ("sam@e.org,North › Wards,Sam", (2,), 0, (1,)),
        ("Lee,Sam,sam.lee@e.org", (1, 0), 2, ()),  # in the order of the address
        ("Jörg Müller,joerg.mueller@e.org", (0,), 1, ()),
    ],
)
def test_without_heading_names_are_known_by_their_addresses_and_paths_by_their_looks(line, name, email, group):
    assert read(line) == {"name": name, "email": email, "group": group, "language": None, "heading": None}


def test_without_heading_languages_are_known_by_their_looks():
    found = read("en,Sam,sam@e.org", "English,Ada,ada@e.org")
    assert (found["language"], found["name"]) == (0, (1,))


@pytest.mark.parametrize(
    ("lines", "asks"),
    [
        (("Sam,sam@e.org",), ()),
        (("sam@e.org", "ada@e.org"), ()),
        (("Sam,sam@e.org,Wards",), ("path",)),  # or a job, or a town
        (("Sam,sam@e.org,1980", "Ada,ada@e.org,1970"), ()),
        (("Staff,Where,Mail", "Sam,Wards,s7@e.org"), ("name",)),
        (("Kto,Gdzie,Co", "Sam,Wards,s7@e.org"), ("name", "path")),
        (("Name,Private e-mail", "Sam,sam@home.example"), ("email",)),
        (("Name,Manager e-mail", "Sam,boss@e.org"), ("email",)),
        (("Name,Mail,Shoe size", "Sam,sam@e.org,Large"), ()),
    ],
)
def test_what_neither_heading_nor_looks_tell_is_asked(lines, asks):
    assert columns_of(pasted("\n".join(lines))).asks == asks


def test_what_was_said_of_every_column_asks_nothing_more():
    rows = pasted("Sam,sam@e.org,Wards")
    said = columns_of(rows, Chosen({0: "name", 1: "email", 2: None}))
    assert (said.asks, said.group) == ((), ())
    assert columns_of(rows, Chosen({0: "name", 1: "email", 2: "path"})).group == (2,)
    assert columns_of([*rows, *rows], Chosen(heading=0)).heading.number == 1


def test_a_row_without_addresses_above_them_is_a_heading_known_or_not():
    assert read("Sam,none,Team", "Ada,ada@e.org,Wards")["heading"] == 1
    assert read("Henkilö,Posti", "Ada,ada@e.org")["heading"] == 1
    assert read("ФИО,Эл. почта", "Ada,ada@e.org")["heading"] == 1
    assert read("Wer,Adr.,Wo", "Ada,ada@e.org,Wards")["heading"] == 1


def test_a_heading_may_stand_below_a_cover_that_holds_addresses():
    heading, people = "Name,E-mail,Team", ["Sam,sam@e.org,Wards", "Ada,ada@e.org,Wards"]
    assert read("Exported by,admin@e.org", "Help,help@e.org", "", heading, *people)["heading"] == 4
    assert read(*people, "Bo,bo@e.org,Wards", heading, *people)["heading"] is None  # they are people
    assert read(*people, heading)["heading"] is None


def test_a_first_row_with_half_an_address_is_no_heading():
    """Whoever it is must not vanish."""
    assert read("Sam,sam.e.org,Wards", "Ada,ada@e.org,Wards")["heading"] is None
    assert read("Sam,,Wards", "Ada,ada@e.org,Wards")["heading"] is None


def test_of_two_columns_with_addresses_the_one_of_the_person_is_read():
    columns = columns_of(pasted("Name,Recovery email,Email,Manager email\nSam,s@home.example,sam@e.org,boss@e.org"))
    assert (columns.email, columns.addresses) == (2, (1, 2, 3))
    own = columns_of(pasted("Email,Name,Work email\nanonymous,Sam,sam@e.org\nanonymous,Ada,ada@e.org"))
    assert own.email == 2


@pytest.mark.parametrize("heading", ["Display name,E-mail", "Staff,Contact"])
def test_an_address_among_the_names_takes_them_from_nobody_else(heading):
    rows = pasted(f"{heading}\nSam Lee,sam.lee@e.org\nAda Byron,ada@e.org\nguest@home.example,guest@home.example")
    columns = columns_of(rows)
    assert (columns.name, columns.email, columns.addresses) == ((0,), 1, (1,))


def test_names_that_cannot_be_told_are_asked_even_with_an_address_among_them():
    assert columns_of(pasted("Staff,Mail\nSam,s7@e.org\nAda,a3@e.org\nguest@e.org,g1@e.org")).asks == ("name",)


@pytest.mark.parametrize("heading", ["Recovery,Home,Work", "Home,Old,Contact", "Privat,Other e-mail,Büro"])
def test_addresses_of_a_life_outside_work_are_not_those_to_ask_at(heading):
    assert columns_of(pasted(f"{heading}\nsam@home.example,s@home.example,sam@e.org")).email == 2


def test_one_name_for_everybody_is_that_of_nobody():
    rows = pasted("Name,Email,First name,Last name\nAnonymous,s@e.org,Sam,Lee\nAnonymous,a@e.org,Ada,Byron")
    assert columns_of(rows).name == (2, 3)


@pytest.mark.parametrize(
    ("heading", "first", "last"),
    [
        ("Name;Vorname;E-Mail", 1, 0),
        ("Nom;Prénom;Courriel", 1, 0),
        ("Nombre;Apellidos;Correo electrónico", 0, 1),
        ("Nome;Cognome;E-mail", 0, 1),
        ("Voornaam;Achternaam;E-mailadres", 0, 1),
        ("Imię;Nazwisko;Adres e-mail", 0, 1),
        ("Nome;Apelido;Correio eletrónico", 0, 1),
        ("Förnamn;Efternamn;E-post", 0, 1),
        ("Fornavn;Etternavn;E-postadresse", 0, 1),
        ("Etunimi;Sukunimi;Sähköposti", 0, 1),
        ("Enw cyntaf;Cyfenw;E-bost", 0, 1),
    ],
)
def test_headings_of_other_languages(heading, first, last):
    cells = {first: "Ada", last: "Byron", 2: "x7@e.org"}
    columns = columns_of(pasted(heading + "\n" + ";".join(cells[column] for column in range(3))))
    assert (columns.name, columns.email, columns.asks) == ((first, last), 2, ())


@pytest.mark.parametrize(
    "heading",
    [
        "Abteilung",
        "Service",
        "Departamento",
        "Reparto",
        "Afdeling",
        "Dział",
        "Equipa",
        "Avdelning",
        "Hold",
        "Tiimi",
        "Tîm",
    ],
)
def test_groups_are_known_in_other_languages(heading):
    assert columns_of(pasted(f"Name,E-mail,{heading}\nSam,sam@e.org,Wards")).group == (2,)


def test_the_name_in_one_column_and_again_in_parts():
    rows = pasted("Display name,First name,Mail\nSam Lee,Sam,sam@e.org")
    assert columns_of(rows).name == (0,)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["Sam,Lee,s7@e.org", "Ada,Byron,a3@e.org"], (0, 1)),
        (["Lee,Sam,sam.lee@e.org", "Byron,Ada,ada.byron@e.org"], (1, 0)),
        (["Sam Lee,Nurse,s7@e.org", "Ada Byron,Nurse,a3@e.org"], (0,)),
        (["Sam,7,s7@e.org", "Ada,3,a3@e.org"], (0,)),
        (["Sam,,s7@e.org", "Ada,Byron,a3@e.org", "Max,,m1@e.org"], (0,)),
    ],
)
def test_one_heading_over_both_parts_of_a_name(lines, name):
    assert columns_of(pasted("\n".join(["Name,,E-mail", *lines]))).name == name


def test_a_list_without_addresses_is_refused():
    with pytest.raises(ValidationError, match="no column of e-mail addresses"):
        read("Once upon a time, there was", "a list, without any")


@pytest.mark.parametrize("lines", [("sam@e.org,Sam,North / Wards",), ("Mail,Last name,First name", "s@e.org,Lee,Sam")])
def test_a_heading_that_is_made_reads_back_to_the_same_columns(lines):
    columns = columns_of(pasted("\n".join(lines)))
    again = columns_of(pasted(",".join(columns.heading_cells()) + "\n" + lines[-1]))
    assert (again.name, again.email, again.group) == (columns.name, columns.email, columns.group)
