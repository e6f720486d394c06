"""The two secrets of a survey, in the key store under its public id: read by workers, never by the web.

The box opens the ballots that are sealed to its public half. The link key is what all personal links derive from.
"""

from secrets import token_bytes

from core.keys.store import KeyExists, KeyMissing, key_store
from diagnostics.sealing.boxes import new_keypair
from diagnostics.sealing.tokens import new_link_key
from diagnostics.surveys.models import Survey

HALF = 32  # bytes: the private half of a box comes first, then the public one


def make_keys(survey: Survey) -> tuple[bytes, bytes]:
    """(public key, link key): new, or those that an earlier try has made. Raises KeyDestroyed."""
    box = _create_or_read(_box(survey), b"".join(new_keypair()))
    return box[HALF:], _create_or_read(_link(survey), new_link_key())


def private_key(survey: Survey) -> bytes:
    """Raises KeyMissing or KeyDestroyed."""
    return key_store().read(_box(survey))[:HALF]


def link_key(survey: Survey) -> bytes:
    """Raises KeyMissing or KeyDestroyed."""
    return key_store().read(_link(survey))


def destroy_keys(survey: Survey) -> None:
    """For good; a survey whose keys were never made gets none any more."""
    for name in names_of(survey):
        try:
            key_store().destroy(name)
        except KeyMissing:
            _create_or_read(name, token_bytes(1))
            key_store().destroy(name)


def names_of(survey: Survey) -> tuple[str, str]:
    """Under which both are in the store."""
    return _box(survey), _link(survey)


def _box(survey: Survey) -> str:
    return f"survey-{survey.public_id}-box"


def _link(survey: Survey) -> str:
    return f"survey-{survey.public_id}-link"


def _create_or_read(name: str, key: bytes) -> bytes:
    store = key_store()
    try:
        store.create(name, key)
    except KeyExists:
        return store.read(name)
    return key
