"""Whether two surveys asked nearly the same people; on hashes and sizes alone."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

HASH_SIZE = 16  # bytes of each mailbox's hash


@dataclass(frozen=True)
class Asked:
    """One leaf group. `mailboxes` are hashes, and none where people come by a shared link."""

    sources: frozenset[str]
    size: int
    mailboxes: frozenset[bytes] = frozenset()


def differing_people(now: Asked, before: Asked) -> int | None:
    """In how many people they differ, at the least; None where they have nobody in common.

    Where one of them came by a shared link only sizes can be compared, of the same groups of the workspace. If the
    groups are the same only in part, nobody knows, and one person is taken.
    """
    if now.mailboxes and before.mailboxes:
        return len(now.mailboxes ^ before.mailboxes) if now.mailboxes & before.mailboxes else None
    if not now.sources & before.sources:
        return None
    difference = abs(now.size - before.size)
    return difference if now.sources == before.sources else max(1, difference)


def is_nearly_the_same(now: Asked, before: Asked, k: int) -> bool:
    """1 to k − 1 people differ: what these few answered could be worked out from two results."""
    difference = differing_people(now, before)
    return difference is not None and 0 < difference < k


def hashed(mailboxes: Iterable[str], workspace: str, *, secret: str | None = None) -> frozenset[bytes]:
    """Under a key of the site and of this workspace (its public id), so that no list of one matches another's.

    `secret`: an earlier one of the site, by which lists from before its change are recognised.
    Whoever has the site's secret and the database can try addresses; it hides them from everybody else.
    """
    key = salted_hmac("diagnostics.surveys.history", workspace, secret=secret, algorithm="sha256").digest()
    return frozenset(hmac.digest(key, mailbox.encode(), "sha256")[:HASH_SIZE] for mailbox in mailboxes)


def packed(hashes: Iterable[bytes]) -> bytes:
    """In their own order, which tells nothing of the list's."""
    return b"".join(sorted(hashes))


def unpacked(content: bytes) -> frozenset[bytes]:
    return frozenset(content[start : start + HASH_SIZE] for start in range(0, len(content), HASH_SIZE))
