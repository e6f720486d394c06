"""The secret in a respondent's link, and what is derived from it. Only hashes and tags are ever stored.

Every derivation names its purpose, so that none of them tells anything about another.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

TOKEN_BYTES = 20  # 160 bits
KEY_BYTES = 32
MARK_BYTES = 16


def new_link_key() -> bytes:
    """The survey's secret behind all personal links; lives in the key store until the survey closes."""
    return secrets.token_bytes(KEY_BYTES)


def token(link_key: bytes, invitation: str, version: int) -> str:
    """The token of an invitation; the same again for a reminder, another one once an address is corrected."""
    return _text(_derive(link_key, f"link:{invitation}:{version}")[:TOKEN_BYTES])


def visitor_token() -> str:
    """The token of one visit by a shared link."""
    return _text(secrets.token_bytes(TOKEN_BYTES))


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def ballot_tag(token: str) -> str:
    """One ballot per token and survey: the database refuses a second."""
    return _derive(token.encode(), "ballot").hex()


def draft_tag(token: str) -> str:
    return _derive(token.encode(), "draft").hex()


def draft_key(token: str) -> bytes:
    return _derive(token.encode(), "draft key")


def _derive(secret: bytes, purpose: str) -> bytes:
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def page_mark(secret: str) -> str:
    """What each page of a link carries, and says of it no more than that two pages belong together."""
    return _text(_derive(secret.encode(), "page")[:MARK_BYTES])


def place_tag(token: str) -> str:
    """The name of the place that a visit by a shared link takes."""
    return _derive(token.encode(), "place").hex()
