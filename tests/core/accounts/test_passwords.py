import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from core.accounts.models import User
from core.accounts.passwords import common, is_common

COMPOSED, APART, WIDE = "café-ümläut-9", "cafe\u0301-u\u0308mla\u0308ut-9", "\uff43afé-ümläut-9"


def refused(password: str, **known) -> str:
    try:
        validate_password(password, User(**known))
    except ValidationError as refusal:
        return refusal.messages[0]
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "Password2026!",
        "p4ssw0rd!!!!",
        "qwertyuiop",
        "iloveyou-iloveyou",
        "1234567890",
        "9876543210",
        "aaaaaaaaaaaa",
        "!!football2026",
    ],
)
def test_what_many_people_use_is_refused_also_with_signs_around_it(password):
    assert "Many people use this password" in refused(password)


@pytest.mark.parametrize(
    "password", ["kettle, moss and rain", "trace-demo-word", "Überweg 7 hinterm Haus", "wG7#kq0Zp2"]
)
def test_others_are_let_be(password):
    assert refused(password) == ""


def test_a_password_is_more_than_the_name_address_or_workspace_of_its_owner():
    known = {"name": "Amina Okafor", "email": "amina@northmoor.example"}
    for password in ("amina-okafor1", "Okafor2026Okafor", "northmoor2026", "trace-trace-1"):
        assert "too much like your name" in refused(password, **known) or is_common(password)
    assert refused("northmoor has wet feet", **known) == ""


def test_it_may_be_as_long_as_256_characters_of_which_every_one_counts():
    long = "a very long sentence, " * 12
    assert refused(long[:256]) == ""
    assert "at most 256" in refused(long[:257])
    user = User(email="a@example.org")
    user.set_password(long[:256])
    assert user.check_password(long[:256])
    assert not user.check_password(long[:255])


@pytest.mark.parametrize("typed", [COMPOSED, APART, WIDE])
def test_it_is_the_same_from_every_keyboard(typed):
    user = User(email="a@example.org")
    for chosen in (COMPOSED, APART, WIDE):
        user.set_password(chosen)
        assert user.check_password(typed)


def test_a_password_that_is_older_than_that_still_opens():
    user = User(email="a@example.org", password=make_password(APART))
    assert user.check_password(APART)


def test_the_list_is_what_it_says():
    assert len(common()) == 55_859
    assert all(word == word.lower() for word in common())
