from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from core.accounts.hashers import LeanArgon2Hasher

HASHERS = ["core.accounts.hashers.LeanArgon2Hasher"]


def test_a_password_costs_what_owasp_asks_for_and_no_more(settings):
    settings.PASSWORD_HASHERS = HASHERS
    assert make_password("correct horse").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_of_djangos_own_cost_still_opens_the_door_and_is_made_again(settings):
    settings.PASSWORD_HASHERS = HASHERS
    older = Argon2PasswordHasher().encode("correct horse", "saltsaltsaltsalt")
    made_again = []
    assert check_password("correct horse", older, setter=made_again.append)
    assert not check_password("wrong horse", older)
    assert made_again == ["correct horse"]
    assert LeanArgon2Hasher().must_update(older)
