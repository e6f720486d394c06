import pytest

from diagnostics.surveys.models import Survey
from reports.editions.models import Edition
from reports.files.names import file_name, plain, survey_file_name
from tests.reports.stories import submitted


def edition_of(title: str = "How we lead", zone: str = "Europe/London") -> Edition:
    """Closed at half past two at night in London."""
    survey = Survey(title=title, time_zone=zone)
    return Edition(survey=survey, ledger={"cut_off": "2026-12-05T02:30:00+00:00"})


def test_file_name_says_what_when_and_whose(instrument, ruth, now):
    assert file_name(submitted(ruth, now=now), "pdf") == "TRACE self-assessment 2026-11-25 Ruth Adeyemi.pdf"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etc passwd"),
        ('A "quoted"\r\nSet-Cookie: x', "A quoted Set-Cookie x"),
        ("Zoë O’Brien-Łuk", "Zoë O’Brien-Łuk"),
        ("李小龍", "李小龍"),
        ("CON.\\a:b*c?d|e<f>", "CON a b c d e f"),
        ("- - -", ""),
        ("Ward 🦄 night 👩🏽‍⚕️", "Ward night"),
        ("\x00\u202egnp", "gnp"),
        ("é" * 200, f"{'é' * 24}…{'é' * 24}"),
        ("龍" * 200, f"{'龍' * 16}…{'龍' * 16}"),
    ],
)
def test_plain_keeps_what_any_file_system_takes(name, kept):
    assert plain(name) == kept


def test_file_name_of_somebody_without_letters(instrument, ruth, now):
    ruth.name = "***"
    ruth.save()
    assert file_name(submitted(ruth, now=now), "svg") == "TRACE self-assessment 2026-11-25.svg"


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/London", "2026-12-05"), ("America/Los_Angeles", "2026-12-04"), ("Asia/Tokyo", "2026-12-05")],
)
def test_a_report_s_file_tells_the_day_on_which_the_survey_closed_where_it_was_run(zone, day):
    assert survey_file_name(edition_of(zone=zone), "Ward 3", "pdf") == f"TRACE How we lead {day} Ward 3.pdf"


@pytest.mark.parametrize("letter", ["a", "é", "龍", "𠀋"])
def test_two_long_names_fit_on_every_file_system(letter):
    name = survey_file_name(edition_of(letter * 120), letter * 160, "pptx")
    assert 100 < len(name.encode()) <= 255 - len(" (50)")


WARD = "Community mental health services for older adults, "


@pytest.mark.parametrize(
    "names",
    [
        (f"{WARD}north", f"{WARD}south"),
        (f"North, {WARD}{WARD}", f"South, {WARD}{WARD}"),
        (f"{WARD}1 {WARD}", f"{WARD}2 {WARD}"),
        ("Ward A/B", "Ward A:B"),
        ("龍" * 60 + "北", "龍" * 60 + "南"),
        ("فريق " * 12 + "الأول", "فريق " * 12 + "الثاني"),
    ],
)
def test_files_of_groups_whose_names_are_alike_have_different_names(names):
    made = [survey_file_name(edition_of(), name, "pdf", names) for name in names]
    assert len(set(made)) == len(names)
    assert all(len(name.encode()) <= 255 for name in made)


def test_a_name_that_is_cut_shows_where_it_differs():
    names = [f"{WARD}north", f"{WARD}south"]
    assert survey_file_name(edition_of(), names[1], "pdf", names).endswith(" adults south.pdf")
