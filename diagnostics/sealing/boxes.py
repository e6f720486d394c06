"""Answers on their way: drafts locked with the respondent's token, ballots sealed to the survey's public key.

A sealed ballot can be opened by whoever holds the private key, which is a worker at close, and by nobody else. All
payloads of one survey have one length, so that the length of a comment shows in no row.
"""

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

ANSWER_BYTES = 16  # '"T1.organisation":0,' and a little more, on average
FIXED_BYTES = 600  # names, group, flags, what matters most
NONCE_BYTES = SecretBox.NONCE_SIZE  # at the start of a draft: another one whenever it is locked
COMMENTS_BYTES = 12_000  # for all comments of one person together
AT_ONCE = 100  # boxes that one thread opens before it hands them on
MOST_THREADS = 4  # more wait for each other


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
    [payload] = _opened(SealedBox(PrivateKey(private_key)), [sealed])
    return payload


def open_ballots(sealed: Iterable[bytes | memoryview], private_key: bytes) -> Iterator[dict]:
    """In their order, and no more at once than the threads have in hand. Raises Unreadable.

    Most of the work is libsodium's, which every processor can do at the same time: so threads open boxes as fast as
    processes would, and the key stays in one. The box is made once, which takes a third as long as opening one.
    """
    opened = partial(_opened, SealedBox(PrivateKey(private_key)))
    threads, waiting = min(_processors(), MOST_THREADS), iter(sealed)
    with ThreadPoolExecutor(threads) as pool:
        at_work: deque[Future[list[dict]]] = deque()
        try:
            while some := list(islice(waiting, AT_ONCE)):
                at_work.append(pool.submit(opened, some))
                if len(at_work) > 2 * threads:
                    yield from at_work.popleft().result()
            while at_work:
                yield from at_work.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _opened(box: SealedBox, sealed: Sequence[bytes | memoryview]) -> list[dict]:
    try:
        return [_unpadded(box.decrypt(bytes(one))) for one in sealed]
    except CryptoError as failure:
        raise Unreadable("This ballot was not sealed to this survey's key.") from failure


def _processors() -> int:
    """That this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
