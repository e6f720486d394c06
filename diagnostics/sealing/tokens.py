"""The secret in a respondent's link, and what is derived from it. Only hashes, tags and marks are ever stored.

The token of a personal link says two things: which one ballot its invitation may put in, the same in every version of
the link, and which version it is. Drafts, and the right to withdraw, follow from the whole token: a link that was sent
anew opens nothing that was written under an earlier one. Every derivation names its purpose, so that none of them tells
anything about another.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings
from django.utils.crypto import salted_hmac

TAG_BYTES = 16
VERSION_BYTES = 16
SHORT_BYTES = (
    20  # of one visit, or of a personal link from before versions were told apart: each names its ballot itself
)
SHORT_LENGTH = 27  # characters
KEY_BYTES = 32
MARK_BYTES = 16


def new_link_key() -> bytes:
    """The survey's secret behind all personal links; lives in the key store until the survey closes."""
    return secrets.token_bytes(KEY_BYTES)


def token(link_key: bytes, invitation: str, version: int, *, tag: str | None = None) -> str:
    """The token of one version of an invitation: the same for a reminder, another one once the link is sent anew.

    `tag`: of its ballot, where an earlier rule has named it (`short_token`).
    """
    ballot = bytes.fromhex(tag) if tag else _derive(link_key, f"ballot:{invitation}")[:TAG_BYTES]
    return _text(ballot + _derive(link_key, f"version:{invitation}:{version}")[:VERSION_BYTES])


def short_token(link_key: bytes, invitation: str, version: int) -> str:
    """As personal links were made before their versions were told apart."""
    return _text(_derive(link_key, f"link:{invitation}:{version}")[:SHORT_BYTES])


def visitor_token() -> str:
    """The token of one visit by a shared link."""
    return _text(secrets.token_bytes(SHORT_BYTES))


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def site_token(purpose: str, public_id: str, stored: str | None) -> str:
    """Of a link that is derived from the secret of the site: the one that made its hash (`stored`), else today's."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    tokens = [_text(salted_hmac(purpose, public_id, secret=key, algorithm="sha256").digest()) for key in keys]
    return next((one for one in tokens if token_hash(one) == stored), tokens[0])


def ballot_tag(token: str) -> str:
    """The name of the one ballot of whoever holds any version of this link: the database refuses a second."""
    if _is_short(token):
        return _derive(token.encode(), "ballot").hex()
    return urlsafe_b64decode(token + "=" * (-len(token) % 4))[:-VERSION_BYTES].hex()


def ballot_mark(token: str) -> str:
    """What a ballot carries of the version that handed it in, and by which that one alone finds it again."""
    return ballot_tag(token) if _is_short(token) else _derive(token.encode(), "mark").hex()


def spare_tag(token: str) -> str:
    """The name of what a later version hands in: it looks like a ballot and belongs to no invitation."""
    return _derive(token.encode(), "spare").hex()[: 2 * TAG_BYTES]


def decline_tag(token: str) -> str:
    return _derive(token.encode(), "decline").hex()


def draft_tag(token: str) -> str:
    return _derive(token.encode(), "draft").hex()


def draft_key(token: str) -> bytes:
    return _derive(token.encode(), "draft key")


def turn(link_key: bytes, purpose: str, invitation: str) -> str:
    """When an invitation has its turn, in an order that nobody without the key can tell and that stays the same."""
    return _derive(link_key, f"{purpose}:{invitation}").hex()


def _derive(secret: bytes, purpose: str) -> bytes:
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()


def _is_short(token: str) -> bool:
    return len(token) <= SHORT_LENGTH


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def page_mark(secret: str) -> str:
    """What each page of a link carries, and says of it no more than that two pages belong together."""
    return _text(_derive(secret.encode(), "page")[:MARK_BYTES])


def place_tag(token: str) -> str:
    """The name of the place that a visit by a shared link takes."""
    return _derive(token.encode(), "place").hex()
