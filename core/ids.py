"""Public identifiers: random, so that a row's address tells nothing about how many there are or which came first."""

import secrets

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
LENGTH = 16  # 80 bits


def public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def derived_id(secret: bytes) -> str:
    """An identifier that looks like any other and is the same for the same secret (at least 16 bytes)."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secret[:LENGTH])
