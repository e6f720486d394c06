import pytest

from reports.documents.names import file_name, plain
from tests.reports.stories import submitted


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
        ("\x00\u202egnp", "gnp"),
        ("é" * 200, "é" * 50),
    ],
)
def test_plain_keeps_what_any_file_system_takes(name, kept):
    assert plain(name) == kept


def test_file_name_of_somebody_without_letters(instrument, ruth, now):
    ruth.name = "***"
    ruth.save()
    assert file_name(submitted(ruth, now=now), "svg") == "TRACE self-assessment 2026-11-25.svg"
