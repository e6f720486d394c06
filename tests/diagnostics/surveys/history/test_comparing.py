"""Nearly the same people: by mailboxes where they are known, else by the size of the same groups."""

import hashlib
import hmac

import pytest
from django.test import override_settings

from diagnostics.surveys.history.comparing import (
    HASH_SIZE,
    Asked,
    differing_people,
    hashed,
    is_nearly_the_same,
    packed,
    unpacked,
)

K = 5


def people(*numbers: int, of: str = "team") -> Asked:
    return Asked(frozenset([of]), len(numbers), frozenset(bytes([number]) * HASH_SIZE for number in numbers))


def link(size: int, *of: str) -> Asked:
    return Asked(frozenset(of or ("team",)), size)


@pytest.mark.parametrize(
    ("now", "before", "difference"),
    [
        (people(1, 2, 3), people(1, 2, 3), 0),
        (people(1, 2, 3), people(1, 2, 3, 4), 1),
        (people(1, 2, 3, 4), people(1, 2, 3), 1),
        (people(1, 2, 3), people(1, 2, 4), 2),  # one has gone, one has come
        (people(*range(10)), people(*range(4, 14)), 8),
        (people(1, 2, of="team"), people(1, 2, 3, of="another"), 1),  # a group may have another name now
        (people(1, 2), people(3), None),
        (link(12), link(12), 0),
        (link(12), link(15), 3),
        (link(15), link(12), 3),
        (link(12, "a"), link(12, "a", "b"), 1),  # as many, but who knows which
        (link(12, "a"), link(18, "a", "b"), 6),
        (link(12, "a"), link(12, "b"), None),
        (link(3), people(1, 2, 3), 0),
        (people(1, 2, 3), link(5), 2),
    ],
)
def test_in_how_many_people_two_groups_differ(now, before, difference):
    assert differing_people(now, before) == difference


@pytest.mark.parametrize(("difference", "nearly"), [(0, False), (1, True), (K - 1, True), (K, False), (K + 1, False)])
def test_one_to_k_less_one_is_nearly_the_same(difference, nearly):
    assert is_nearly_the_same(people(*range(8)), people(*range(8 + difference)), K) is nearly
    assert is_nearly_the_same(people(*range(8 + difference)), people(*range(8)), K) is nearly


def test_strangers_are_never_nearly_the_same():
    assert not is_nearly_the_same(people(1), people(2), K)


def test_a_hash_is_keyed_by_site_and_workspace():
    (here,) = hashed(["ada@example.org"], "northmoor")
    assert here not in hashed(["ada@example.org"], "southmoor")
    with override_settings(SECRET_KEY="another site"):
        assert here not in hashed(["ada@example.org"], "northmoor")
    plain = {hashlib.sha256(b"ada@example.org").digest(), hmac.digest(b"northmoor", b"ada@example.org", "sha256")}
    assert not [one for one in plain if one.startswith(here)]


def test_what_is_stored_is_what_was_meant_and_keeps_no_order():
    hashes = hashed([f"{name}@example.org" for name in ("zoe", "ada", "mo")], "northmoor")
    stored = packed(hashes)
    assert (len(stored), unpacked(stored)) == (3 * HASH_SIZE, hashes)
    assert stored == packed(reversed(list(hashes)))
    assert unpacked(b"") == frozenset()
