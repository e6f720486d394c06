"""Which addresses reach the same person."""


def mailbox(email: str) -> str:
    """The mailbox behind an address: lower case, without a +tag.

    >>> mailbox("Sam.Lee+work@Example.org")
    'sam.lee@example.org'
    """
    local, _, domain = email.strip().lower().rpartition("@")
    untagged = local.partition("+")[0] or local
    return f"{untagged}@{domain}"
