"""How many of those asked answered, as much as may be said of it: who answered can follow from how many did.

Source: confidentiality, 'Turnout'.
"""

LEAST_ASKED = 50  # people; of fewer nothing is said
STEP, MOST = 5, 95  # per cent; MOST reads 'or more'


def turnout_share(answered: int, asked: int) -> int | None:
    """In steps of five per cent; 95 from there on and not below, so 90 up to there. None where nothing is said.

    >>> [turnout_share(answered, 80) for answered in (43, 75, 76, 80)], turnout_share(40, 49)
    ([55, 90, 95, 95], None)
    """
    if asked < LEAST_ASKED:
        return None
    if 100 * answered >= MOST * asked:
        return MOST
    return min(STEP * ((200 * answered + STEP * asked) // (2 * STEP * asked)), MOST - STEP) or None
