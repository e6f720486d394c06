"""The two secrets of a survey, in the key store under its public id: read by workers, never by the web.

The box opens the ballots that are sealed to its public half. The link key is what all personal links derive from.
"""

from secrets import token_bytes

from django.utils.translation import gettext_lazy as _

from core.jobs.runs import Hindered
from core.keys.mark import Found
from core.keys.store import KeyExists, KeyMissing, KeyStore, StoreAway, key_store
from diagnostics.sealing.boxes import new_keypair
from diagnostics.sealing.tokens import new_link_key
from diagnostics.surveys.models import Survey

HALF = 32  # bytes: the private half of a box comes first, then the public one
AWAY = {
    Found.GONE: _(
        "The folder with the keys of surveys is not there, though it was. Those who run this site can bring it back."
    ),
    Found.SHUT: _("The folder with the keys of surveys is shut to us. Those who run this site can open it."),
    Found.OTHER: _(
        "The folder with the keys of surveys is not the one that was used so far. Those who run this site can put the "
        "right one in its place."
    ),
}
MISSING = _(
    "The keys of this survey are not in the folder of keys. Without them nobody can open its answers or make its "
    "links. If those who run this site have a copy of the keys, they can put it back."
)


def make_keys(survey: Survey) -> tuple[bytes, bytes]:
    """(public key, link key): new, or those that an earlier try has made. Raises KeyDestroyed or Hindered."""
    box = _create_or_read(_box(survey), b"".join(new_keypair()))
    return box[HALF:], _create_or_read(_link(survey), new_link_key())


def private_key(survey: Survey) -> bytes:
    """Raises KeyDestroyed, or Hindered with what can be done."""
    return _read(_box(survey))[:HALF]


def link_key(survey: Survey) -> bytes:
    """Raises KeyDestroyed, or Hindered with what can be done."""
    return _read(_link(survey))


def destroy_keys(survey: Survey) -> None:
    """For good; a survey whose keys were never made gets none any more. Raises Hindered where the store is away: there
    they would outlive the promise."""
    store = _store()
    for name in names_of(survey):
        try:
            store.destroy(name)
        except KeyMissing:
            _create_or_read(name, token_bytes(1))
            store.destroy(name)


def names_of(survey: Survey) -> tuple[str, str]:
    """Under which both are in the store."""
    return _box(survey), _link(survey)


def _box(survey: Survey) -> str:
    return f"survey-{survey.public_id}-box"


def _link(survey: Survey) -> str:
    return f"survey-{survey.public_id}-link"


def _store() -> KeyStore:
    try:
        return key_store()
    except StoreAway as away:
        raise Hindered(AWAY[away.found]) from away


def _read(name: str) -> bytes:
    try:
        return _store().read(name)
    except KeyMissing as missing:
        raise Hindered(MISSING) from missing


def _create_or_read(name: str, key: bytes) -> bytes:
    store = _store()
    try:
        store.create(name, key)
    except KeyExists:
        return store.read(name)
    return key
