"""Answers on their way: drafts locked with the respondent's token, ballots sealed to the survey's public key.

A sealed ballot can be opened by whoever holds the private key, which is a worker at close, and by nobody else. All
payloads of one survey have one length, so that the length of a comment shows in no row.
"""

import json
from collections.abc import Iterable, Iterator

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

ANSWER_BYTES = 16  # '"T1.organisation":0,' and a little more, on average
FIXED_BYTES = 600  # names, group, flags, what matters most
NONCE_BYTES = SecretBox.NONCE_SIZE  # at the start of a draft: another one whenever it is locked
COMMENTS_BYTES = 12_000  # for all comments of one person together


class TooLong(ValueError):
    """The payload does not fit the size that all ballots of the survey have."""


class Unreadable(ValueError):
    """Not sealed with this key, or changed since."""


def new_keypair() -> tuple[bytes, bytes]:
    """(private, public)."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def payload_size(statements: int, questions: int) -> int:
    """Bytes of every payload in a survey of so many statements and open questions, rounded up to whole kilobytes."""
    needed = FIXED_BYTES + ANSWER_BYTES * statements * 2 + (COMMENTS_BYTES if questions else 0)
    return -(-needed // 1024) * 1024


def comments_room(size: int, statements: int) -> int:
    """Bytes that all comments of one person may take together, however many statements they rate."""
    return size - FIXED_BYTES - ANSWER_BYTES * 2 * statements


def seal(payload: dict, public_key: bytes, size: int) -> bytes:
    """Raises TooLong when the payload needs more than `size` bytes."""
    return SealedBox(PublicKey(bytes(public_key))).encrypt(_padded(payload, size))


def open_ballot(sealed: bytes, private_key: bytes) -> dict:
    """Raises Unreadable."""
    return next(open_ballots([sealed], private_key))


def open_ballots(sealed: Iterable[bytes | memoryview], private_key: bytes) -> Iterator[dict]:
    """One after the other; the box is made once, which takes a third as long as opening one. Raises Unreadable."""
    box = SealedBox(PrivateKey(private_key))
    for one in sealed:
        try:
            yield _unpadded(box.decrypt(bytes(one)))
        except CryptoError as failure:
            raise Unreadable("This ballot was not sealed to this survey's key.") from failure


def lock_draft(payload: dict, key: bytes, size: int) -> bytes:
    """Raises TooLong when the payload needs more than `size` bytes."""
    return bytes(SecretBox(key).encrypt(_padded(payload, size)))


def unlock_draft(locked: bytes, key: bytes) -> dict:
    """Raises Unreadable."""
    try:
        return _unpadded(SecretBox(key).decrypt(bytes(locked)))
    except CryptoError as failure:
        raise Unreadable("This draft was not saved with this link.") from failure


def packed(payload: dict) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def _padded(payload: dict, size: int) -> bytes:
    """JSON filled up with spaces, which JSON ignores."""
    text = packed(payload)
    if len(text) > size:
        raise TooLong(f"The answers need {len(text)} bytes; there is room for {size}.")
    return text.ljust(size)


def _unpadded(text: bytes) -> dict:
    return json.loads(text.rstrip(b" "))
